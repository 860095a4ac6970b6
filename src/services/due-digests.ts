import { encodeTime } from 'ulid';
import { type Slot, slotsBetween } from '../core/digest-slots.ts';
import type { NewId } from '../core/ports.ts';
import type { Scheduled } from '../core/scheduled.ts';
import { defaults } from '../core/settings.ts';
import { rawSql, type Sql, sql } from '../lib/sql.ts';
import { createScheduleMark } from './schedule-mark.ts';
import type { Database } from './scope.ts';

/** People a statement */
const PAGE = 500;
/** The longest downtime that is caught up with, in ms; older slots are of a day that is over. */
const LONGEST_MS = 24 * 60 * 60 * 1_000;

/** Somebody whose hour has come. */
interface PersonDue {
  id: string;
  organizationId: string;
  manager: string | null;
  /** The workspace that they are reached in */
  lane: string;
  date: string;
  instant: Date;
  since: Date;
  dayEnd: Date;
  daily: boolean;
  weekly: boolean;
}

/** Which people a pass goes over: those who have the time that holds for everyone, or those who set their own. */
type Pass = 'usual time' | 'own time';

/**
 * Makes the digests that are due: for each person whose hour has come on one of their days, and who has something in it.
 * A page of people is read at a time, and theirs are counted and written in one statement: the process holds no more than that.
 */
export function dueDigests({ db, newId }: { db: Database; newId: NewId }): Scheduled {
  const mark = createScheduleMark(db, { name: 'digests', holder: newId() });

  return {
    name: 'digests',
    async run(now, signal) {
      const from = await mark.take(now);
      if (!from) return 0;
      const after = new Date(Math.max(from.getTime(), now.getTime() - LONGEST_MS));
      const slots = slotsBetween({ ...(await readTimes(db)), after, until: now });
      let made = await channelDigests(db, { slots, now });
      for (const pass of ['usual time', 'own time'] as const) {
        made += await goOver(pass, { slots, now, signal });
        if (signal.aborted) {
          await mark.release();
          return made;
        }
      }
      await mark.moveTo(now);
      return made;
    },
  };

  async function goOver(
    pass: Pass,
    { slots, now, signal }: { slots: readonly Slot[]; now: Date; signal: AbortSignal },
  ): Promise<number> {
    const wanted = pass === 'usual time' ? slots.filter(({ at }) => at === defaults.digestAt) : slots;
    if (wanted.length === 0) return 0;
    let made = 0;
    let cursor: string | undefined = '';
    while (cursor !== undefined && !signal.aborted) {
      const page: PersonDue[] = await db.rows<PersonDue>(pageOf({ pass, slots: wanted, cursor }));
      // Apart from the page: the planner, who can't know how many people a page has, would read all tasks for each.
      if (page.length > 0) made += (await db.rows(digestsOf(page, now))).length;
      cursor = page.length === PAGE ? page.at(-1)?.id : undefined;
      if (cursor !== undefined) await mark.renew(now);
    }
    return made;
  }
}

async function readTimes(db: Database): Promise<{ zones: string[]; times: string[] }> {
  const rows = await db.rows<{ zone: string | null; at: string | null }>(sql`
    SELECT DISTINCT p.time_zone AS zone, NULL AS at FROM persons p WHERE p.deactivated_at IS NULL
    UNION SELECT d.time_zone, d.at FROM channel_digests d
    UNION SELECT NULL, s.digest_at FROM person_settings s WHERE s.digest_at IS NOT NULL`);
  return {
    zones: [...new Set(rows.flatMap(({ zone }) => zone ?? []))],
    times: [...new Set([defaults.digestAt, ...rows.flatMap(({ at }) => at ?? [])])],
  };
}

const slotTable = (slots: readonly Slot[]): Sql =>
  sql`slot AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${JSON.stringify(slots)}::jsonb)
    AS s(zone text, at text, date text, weekday int, instant timestamptz, "dayEnd" timestamptz))`;

/** A ULID of this moment: sorted by time, as the others are, and the rest of it from what makes it unique. */
const idOf = (now: Date, key: Sql): Sql =>
  sql`${encodeTime(now.getTime(), 10)} || upper(left(md5(${key}), 16))`;

/** Milliseconds, as JavaScript writes them. */
const iso = (column: string): Sql =>
  rawSql(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** One page of people whose hour has come on one of their days. Those who can't be reached are left out. */
function pageOf({ pass, slots, cursor }: { pass: Pass; slots: readonly Slot[]; cursor: string }): Sql {
  const ofPass =
    pass === 'usual time'
      ? sql`s.digest_at IS NULL AND slot.at = ${defaults.digestAt} AND p.time_zone = ANY (${slots.map(({ zone }) => zone)}::text[])`
      : sql`s.digest_at = ANY (${slots.map(({ at }) => at)}::text[])`;
  return sql`WITH ${slotTable(slots)}
    SELECT p.id, p.organization_id AS "organizationId", m.id AS manager, way.lane, slot.date, slot.instant, slot."dayEnd",
      slot.instant - interval '1 day' * (SELECT min(k) FROM generate_series(1, 7) k WHERE (slot.weekday - k + 6) % 7 + 1 = ANY (d.days)) AS since,
      coalesce(s.digest, true) AND coalesce(s.events->>'digest', 'dm') <> 'off' AS daily,
      slot.weekday = d.days[1] AND m.id IS NOT NULL AND coalesce(s.events->>'weekly_report', 'dm') <> 'off' AS weekly
    FROM persons p LEFT JOIN person_settings s ON s.person_id = p.id
    JOIN slot ON slot.zone = p.time_zone AND slot.at = coalesce(s.digest_at, ${defaults.digestAt})
    LEFT JOIN managers m ON m.person_id = p.id
    CROSS JOIN LATERAL (SELECT ARRAY(SELECT unnest(CASE WHEN cardinality(s.digest_days) > 0 THEN s.digest_days
      WHEN cardinality(s.work_days) > 0 THEN s.work_days ELSE ${[...defaults.workDays]}::int[] END) ORDER BY 1) AS days) d
    CROSS JOIN LATERAL (SELECT w.id AS lane FROM chat_accounts a JOIN workspaces w ON w.id = a.workspace_id
      WHERE a.person_id = p.id AND a.refused_at IS NULL AND w.uninstalled_at IS NULL ORDER BY a.last_seen_at DESC LIMIT 1) way
    WHERE p.id > ${cursor} AND ${ofPass} AND p.deactivated_at IS NULL AND slot.weekday = ANY (d.days)
      AND (s.away_until IS NULL OR s.away_until <= slot.instant)
      AND NOT EXISTS (SELECT 1 FROM holidays h WHERE h.organization_id = p.organization_id AND h.day = slot.date::date)
    ORDER BY p.id LIMIT ${PAGE}::int`;
}

/**
 * The rows for these people, for those who have something to read. Most overdue goes first, since a row waits as if it had been due
 * a second earlier for each overdue task.
 */
function digestsOf(people: readonly PersonDue[], now: Date): Sql {
  const ids = sql`${people.map(({ id }) => id)}::text[]`;
  const managers = sql`${people.flatMap(({ manager }) => manager ?? [])}::text[]`;
  return sql`WITH page AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb)
    AS p(id text, "organizationId" text, manager text, lane text, date text, instant timestamptz, since timestamptz, "dayEnd" timestamptz,
      daily boolean, weekly boolean)),
  own AS MATERIALIZED (
    SELECT page.id, count(*) FILTER (WHERE t.due_at < page.instant) AS overdue,
      count(*) FILTER (WHERE t.due_at < page."dayEnd" OR a.assigned_at > page.since AND a.assigned_by_id <> page.id) AS pressing
    FROM page JOIN task_assignees a ON a.person_id = page.id AND a.state IN ('assigned', 'accepted')
    JOIN tasks t ON t.id = a.task_id JOIN statuses st ON st.id = t.status_id
    WHERE a.person_id = ANY (${ids}) AND st.category IN ('todo', 'active', 'blocked') GROUP BY page.id),
  about AS MATERIALIZED (
    SELECT pr.owner_id AS manager, NULL AS person, t.id AS task, t.due_at, t.status_id
      FROM projects pr JOIN tasks t ON t.project_id = pr.id WHERE pr.owner_id = ANY (${managers}) AND pr.archived_at IS NULL
    UNION ALL SELECT w.manager_id, NULL, t.id, t.due_at, t.status_id
      FROM workers w JOIN task_assignees a ON a.person_id = w.person_id AND a.state IN ('assigned', 'accepted') JOIN tasks t ON t.id = a.task_id
      WHERE w.manager_id = ANY (${managers})
    UNION ALL SELECT NULL, t.created_by_id, t.id, t.due_at, t.status_id FROM tasks t WHERE t.created_by_id = ANY (${ids})),
  led AS MATERIALIZED (
    SELECT DISTINCT about.manager, about.person FROM about JOIN statuses st ON st.id = about.status_id
    WHERE st.category IN ('blocked', 'review')
      OR st.category IN ('todo', 'active') AND about.due_at < (SELECT min(instant) FROM page)),
  moved AS MATERIALIZED (
    SELECT f.person_id AS id FROM task_followers f JOIN page ON page.id = f.person_id JOIN tasks t ON t.id = f.task_id
      WHERE f.person_id = ANY (${ids}) AND f.mode = 'watching' AND t.status_changed_at > page.since AND t.status_changed_by_id <> page.id
    UNION SELECT n.recipient_id FROM notifications n WHERE n.recipient_id = ANY (${ids}) AND n.held_for = 'digest'),
  due AS (
    SELECT page.*, 'digest' AS kind, 'digest:' || page.id || ':' || page.date AS key, coalesce(own.overdue, 0) AS overdue
      FROM page LEFT JOIN own ON own.id = page.id
      WHERE page.daily AND (own.pressing > 0 OR page.id IN (SELECT id FROM moved) OR page.id IN (SELECT person FROM led WHERE person IS NOT NULL)
        OR page.manager IN (SELECT manager FROM led WHERE manager IS NOT NULL))
    UNION ALL SELECT page.*, 'weekly_report', 'weekly_report:' || page.id || ':' || page.date, -1
      FROM page WHERE page.weekly AND page.manager IN (SELECT owner_id FROM projects WHERE archived_at IS NULL))
  INSERT INTO notifications (id, organization_id, recipient_id, kind, data, dedupe_key, lane, next_attempt_at, created_at)
    SELECT ${idOf(now, rawSql('due.key'))}, due."organizationId", due.id, due.kind, jsonb_build_object('date', due.date,
        'instant', ${iso('due.instant')}, 'since', ${iso('due.since')}, 'dayEnd', ${iso('due."dayEnd"')}),
      due.key, due.lane, due.instant - interval '1 second' * least(due.overdue, 1000), ${now}::timestamptz
    FROM due ON CONFLICT (dedupe_key) DO NOTHING RETURNING 1`;
}

/** The digests of channels, which nobody's settings move. */
async function channelDigests(
  db: Database,
  { slots, now }: { slots: readonly Slot[]; now: Date },
): Promise<number> {
  if (slots.length === 0) return 0;
  const made = await db.rows(sql`WITH ${slotTable(slots)}
    INSERT INTO notifications (id, organization_id, recipient_id, kind, data, dedupe_key, lane, next_attempt_at, created_at)
    SELECT ${idOf(now, sql`d.id || slot.date`)}, d.organization_id, d.set_by_id, 'channel_digest',
      jsonb_build_object('digest', d.id, 'date', slot.date, 'instant', ${iso('slot.instant')}, 'dayEnd', ${iso('slot."dayEnd"')}),
      'channel_digest:' || d.id || ':' || slot.date, d.workspace_id, slot.instant, ${now}::timestamptz
    FROM channel_digests d JOIN slot ON slot.zone = d.time_zone AND slot.at = d.at
    WHERE slot.weekday = ANY (${[...defaults.workDays]}::int[])
      AND NOT EXISTS (SELECT 1 FROM holidays h WHERE h.organization_id = d.organization_id AND h.day = slot.date::date)
    ON CONFLICT (dedupe_key) DO NOTHING RETURNING 1`);
  return made.length;
}
