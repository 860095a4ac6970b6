import { type Sql, sql } from '../lib/sql.ts';
import type { TaskRow } from './list-tasks.ts';
import { type NotificationContent, readNotificationContent } from './outbox-content.ts';
import type { Database } from './scope.ts';

/** In the order in which they are read; a task stands in the first that it belongs to. */
export const digestSections = [
  'overdue',
  'today',
  'blocked',
  'waiting',
  'late',
  'fresh',
  'moved',
  'told',
] as const;
export type DigestSection = (typeof digestSections)[number];

/** Tasks that a section shows; the rest is counted. */
const SHOWN: Record<DigestSection, number> = {
  overdue: 5,
  today: 5,
  blocked: 3,
  waiting: 3,
  late: 3,
  fresh: 3,
  moved: 3,
  told: 5,
};

/** Whose digest, of which moment. */
export interface DigestAsk {
  /** The row of the outbox; any id for one that is asked for by hand */
  id: string;
  personId: string;
  now: Date;
  dayEnd: Date;
  /** What was assigned and what moved since then is news */
  since: Date;
}

export interface DigestContent {
  id: string;
  recipient: { id: string; name: string; timeZone: string; locale: string; manages: boolean };
  sections: readonly { section: DigestSection; total: number; tasks: readonly TaskRow[] }[];
  /** Notifications that were kept for it */
  held: readonly string[];
  /** What these say, oldest first; without what its reader may no longer see */
  news: readonly NotificationContent[];
}

interface Row extends Omit<TaskRow, 'assignees'> {
  ask: string;
  section: number;
  total: number;
  assignees: string[] | null;
}

interface Asker {
  id: string;
  personId: string;
  name: string;
  timeZone: string;
  locale: string;
  manages: boolean;
  held: string[];
}

/** What these people have in their digests, as it is now: three reads for any number. */
export async function readDigests(db: Database, asks: readonly DigestAsk[]): Promise<DigestContent[]> {
  if (asks.length === 0) return [];
  const ask = sql`ask AS MATERIALIZED (SELECT s.*, m.id AS manager, coalesce(m.admin, false) AS admin
    FROM jsonb_to_recordset(${JSON.stringify(asks)}::jsonb) AS s(id text, "personId" text, now timestamptz, "dayEnd" timestamptz, since timestamptz)
    LEFT JOIN managers m ON m.person_id = s."personId")`;
  const askers = await db.rows<Asker>(sql`WITH ${ask}
    SELECT ask.id, p.id AS "personId", p.name, p.time_zone AS "timeZone", p.locale, ask.manager IS NOT NULL AS manages,
      ARRAY(SELECT n.id FROM notifications n WHERE n.recipient_id = p.id AND n.held_for = 'digest' ORDER BY n.id) AS held
    FROM ask JOIN persons p ON p.id = ask."personId" WHERE p.deactivated_at IS NULL`);
  const rows = await db.rows<Row>(contentOf(ask));
  const kept = askers.flatMap(({ held }) => held);
  const news = kept.length > 0 ? await readNotificationContent(db, kept) : [];
  const byId = new Map(news.map((content) => [content.id, content]));
  return askers.map(({ id, personId, held, ...asker }) => ({
    id,
    held,
    news: held.flatMap((one) => byId.get(one) ?? []),
    recipient: { id: personId, ...asker },
    sections: digestSections.flatMap((section, index) => {
      const own = rows.filter((row) => row.ask === id && row.section === index);
      const tasks = own.map(({ assignees, ...row }) => ({ ...row, assignees: assignees ?? [] }));
      return own[0] ? [{ section, total: own[0].total, tasks }] : [];
    }),
  }));
}

const number = (section: DigestSection): number => digestSections.indexOf(section);

const contentOf = (ask: Sql): Sql => sql`WITH ${ask},
  led AS (
    SELECT ask.id AS ask, t.id AS task FROM ask JOIN projects pr ON pr.owner_id = ask.manager AND pr.archived_at IS NULL
      JOIN tasks t ON t.project_id = pr.id
    UNION SELECT ask.id, a.task_id FROM ask JOIN workers w ON w.manager_id = ask.manager
      JOIN task_assignees a ON a.person_id = w.person_id AND a.state IN ('assigned', 'accepted')),
  about AS (
    SELECT ask.id AS ask, t.id AS task, CASE WHEN t.due_at < ask.now THEN ${number('overdue')}::int
        WHEN t.due_at < ask."dayEnd" THEN ${number('today')} ELSE ${number('fresh')} END AS section
      FROM ask JOIN task_assignees a ON a.person_id = ask."personId" AND a.state IN ('assigned', 'accepted')
      JOIN tasks t ON t.id = a.task_id JOIN statuses st ON st.id = t.status_id
      WHERE st.category IN ('todo', 'active', 'blocked')
        AND (t.due_at < ask."dayEnd" OR a.assigned_at > ask.since AND a.assigned_by_id <> ask."personId")
        AND NOT EXISTS (SELECT 1 FROM reminders z WHERE z.task_id = t.id AND z.person_id = ask."personId" AND z.snoozes
          AND z.told_at IS NULL AND z.at > ask.now)
    UNION ALL SELECT led.ask, t.id, CASE st.category WHEN 'review' THEN ${number('waiting')}::int WHEN 'blocked' THEN ${number('blocked')} ELSE ${number('late')} END
      FROM led JOIN ask ON ask.id = led.ask JOIN tasks t ON t.id = led.task JOIN statuses st ON st.id = t.status_id
      WHERE st.category IN ('blocked', 'review') OR st.category IN ('todo', 'active') AND t.due_at < ask.now
    UNION ALL SELECT ask.id, t.id, CASE st.category WHEN 'review' THEN ${number('waiting')}::int WHEN 'blocked' THEN ${number('blocked')} ELSE ${number('late')} END
      FROM ask JOIN tasks t ON t.created_by_id = ask."personId" JOIN statuses st ON st.id = t.status_id
      WHERE st.category IN ('blocked', 'review') OR st.category IN ('todo', 'active') AND t.due_at < ask.now
    UNION ALL SELECT ask.id, t.id, ${number('moved')}
      FROM ask JOIN task_followers f ON f.person_id = ask."personId" AND f.mode = 'watching' JOIN tasks t ON t.id = f.task_id
      WHERE t.status_changed_at > ask.since AND t.status_changed_by_id <> ask."personId"
    UNION ALL SELECT ask.id, n.task_id, ${number('told')}
      FROM ask JOIN notifications n ON n.recipient_id = ask."personId" AND n.held_for = 'digest' WHERE n.task_id IS NOT NULL),
  first AS (SELECT about.ask, about.task, min(about.section) AS section FROM about GROUP BY about.ask, about.task),
  seen AS (
    SELECT first.*, ask."personId", ask.now, ask.admin, ask.manager, t.number, t.title, t.priority, t.due_at, t.due_has_time, t.status_note,
      t.project_id, pr.key, pr.owner_id, st.name, st.category
    FROM first JOIN ask ON ask.id = first.ask JOIN tasks t ON t.id = first.task JOIN statuses st ON st.id = t.status_id
    LEFT JOIN projects pr ON pr.id = t.project_id
    WHERE NOT EXISTS (SELECT 1 FROM task_followers f WHERE f.task_id = t.id AND f.person_id = ask."personId" AND f.mode = 'muted'
        AND first.section IN (${number('late')}, ${number('blocked')}, ${number('moved')}, ${number('told')}))
      AND (first.section <> ${number('waiting')} OR ask.admin OR t.project_id IS NULL AND t.created_by_id = ask."personId"
        OR ask.manager IS NOT NULL AND (pr.owner_id = ask.manager
          OR EXISTS (SELECT 1 FROM project_members pm WHERE pm.project_id = t.project_id AND pm.person_id = ask."personId")))
      AND (ask.admin OR t.created_by_id = ask."personId" OR pr.owner_id = ask.manager
        OR EXISTS (SELECT 1 FROM project_members pm WHERE pm.project_id = t.project_id AND pm.person_id = ask."personId")
        OR EXISTS (SELECT 1 FROM task_assignees a WHERE a.task_id = t.id AND a.person_id = ask."personId"))),
  placed AS (SELECT seen.*, row_number() OVER (PARTITION BY ask, section ORDER BY due_at NULLS LAST, priority DESC, number) AS place,
    count(*) OVER (PARTITION BY ask, section)::int AS total FROM seen)
  SELECT placed.ask, placed.section, placed.total, placed.number, placed.title, placed.priority, placed.due_at AS "dueAt",
    placed.due_has_time AS "dueHasTime", placed.name AS status, placed.category, placed.status_note AS "statusNote", placed.key AS "projectKey",
    (SELECT array_agg(p.name ORDER BY a.assigned_at, p.name) FROM task_assignees a JOIN persons p ON p.id = a.person_id
      WHERE a.task_id = placed.task AND a.state <> 'declined') AS assignees,
    (placed.section <= ${number('today')} OR placed.section = ${number('fresh')}) AS workable
  FROM placed WHERE placed.place <= (${Object.values(SHOWN)}::int[])[placed.section + 1]
  ORDER BY placed.ask, placed.section, placed.place`;
