import type { AuditRecord, NewId } from '../core/ports.ts';
import { latestOccurrence, nextOccurrence, type Rule, ruleSchema } from '../core/recurrence.ts';
import type { Scheduled } from '../core/scheduled.ts';
import { DAY, HOUR, instantOf, startOfDay, wallTime } from '../core/time-zone.ts';
import { type Sql, sql } from '../lib/sql.ts';
import type { Database } from './scope.ts';
import { readHolidays } from './series.ts';

interface Deps {
  db: Pick<Database, 'rows'>;
  newId: NewId;
  /** Series a page */
  page?: number;
}

interface DueSeries {
  id: string;
  organizationId: string;
  taskId: string;
  rule: unknown;
  timeZone: string;
  nextAt: Date;
  dueAt: Date | null;
  dueHasTime: boolean;
  number: number;
  title: string;
  subtasks: number;
  /** Its project is archived, or it was one person's own who is off the team */
  orphaned: boolean;
}

/** Where only a day is said, it is due at the end of that working day. */
const END_OF_WORKING_DAY = 17 * HOUR;

/**
 * Makes the next task of each series whose time has come: the one that it repeats, with its people and parts. After downtime
 * the latest alone: nobody needs five of last week's.
 */
export function recurringTasks({ db, newId, page = 50 }: Deps): Scheduled {
  return {
    name: 'recurring tasks',
    async run(now, signal) {
      const holidaysOf = createHolidays(db);
      let made = 0;
      let after = { at: new Date(0), id: '' };
      while (!signal.aborted) {
        const due = await readPage(db, { now, after, page });
        for (const series of due) {
          if (signal.aborted) break;
          made += await bringAgain(db, {
            series,
            holidays: await holidaysOf(series.organizationId),
            now,
            newId,
          });
        }
        const last = due.at(-1);
        if (!last || due.length < page) break;
        after = { at: last.nextAt, id: last.id };
      }
      return made;
    },
  };
}

/** Of each organisation once a run. */
function createHolidays(db: Deps['db']) {
  const known = new Map<string, Promise<ReadonlySet<string>>>();
  return (organizationId: string): Promise<ReadonlySet<string>> => {
    const found = known.get(organizationId) ?? readHolidays(db, organizationId);
    known.set(organizationId, found);
    return found;
  };
}

function readPage(
  db: Deps['db'],
  { now, after, page }: { now: Date; after: { at: Date; id: string }; page: number },
): Promise<DueSeries[]> {
  return db.rows<DueSeries>(sql`SELECT r.id, r.organization_id AS "organizationId", r.task_id AS "taskId", r.rule,
      r.time_zone AS "timeZone", r.next_at AS "nextAt", t.due_at AS "dueAt", t.due_has_time AS "dueHasTime", t.number, t.title,
      (SELECT count(*)::int FROM tasks sub WHERE sub.parent_id = t.id) AS subtasks,
      coalesce(p.archived_at IS NOT NULL, owner.deactivated_at IS NOT NULL) AS orphaned
    FROM recurrences r
    JOIN tasks t ON t.id = r.task_id
    JOIN persons owner ON owner.id = t.created_by_id
    LEFT JOIN projects p ON p.id = t.project_id
    WHERE r.next_at <= ${now}::timestamptz AND (r.next_at, r.id) > (${after.at}::timestamptz, ${after.id})
    ORDER BY r.next_at, r.id LIMIT ${page}::int`);
}

/** Says how many tasks it made: one, unless another replica was first or the series is over. */
async function bringAgain(
  db: Deps['db'],
  {
    series,
    holidays,
    now,
    newId,
  }: { series: DueSeries; holidays: ReadonlySet<string>; now: Date; newId: NewId },
): Promise<number> {
  const parsed = ruleSchema.safeParse(series.rule);
  if (series.orphaned || !parsed.success) {
    await db.rows(moveOn(series, undefined));
    return 0;
  }
  const rule = parsed.data;
  const calendar = { timeZone: series.timeZone, holidays };
  const at = latestOccurrence(rule, { ...calendar, first: series.nextAt, now });
  const next = nextOccurrence(rule, { ...calendar, after: at });
  const copy = { id: newId(), at, now, next, due: dueOf(series, at), newId };
  const rows = await db.rows(copyStatement(series, rule, copy));
  return rows.length;
}

/** At the hour at which the first one is due, where that is later than they come; else at the end of the working day. */
function dueOf({ dueAt, dueHasTime, timeZone }: DueSeries, at: Date): { at: Date; hasTime: boolean } {
  const wall = wallTime(at, timeZone);
  const day = startOfDay(wall);
  const first = dueAt && dueHasTime ? wallTime(dueAt, timeZone) : undefined;
  const hour = first === undefined ? END_OF_WORKING_DAY : first - startOfDay(first);
  // What comes in the evening is due by the end of the day.
  const moment = day + hour > wall ? day + hour : day + DAY - 60_000;
  return { at: instantOf(moment, timeZone), hasTime: first !== undefined && day + hour > wall };
}

const moveOn = ({ id, nextAt }: DueSeries, next: Date | undefined): Sql =>
  sql`UPDATE recurrences SET next_at = ${next ?? null}::timestamptz WHERE id = ${id} AND next_at = ${nextAt}::timestamptz`;

interface Copy {
  id: string;
  at: Date;
  now: Date;
  next: Date | undefined;
  due: { at: Date; hasTime: boolean };
  newId: NewId;
}

/**
 * All in one statement that hangs on the series' own row: who moves its time on makes the task, and nobody else does, whatever
 * falls over in between. A part is due as many days before or after the whole as the first one, but not before it is there.
 */
function copyStatement(series: DueSeries, rule: Rule, { id, at, now, next, due, newId }: Copy): Sql {
  const partIds = Array.from({ length: series.subtasks }, () => newId());
  const assigneeIds = Array.from({ length: 20 }, () => newId());
  const audit = auditOf(series, { id: newId(), taskId: id, at, now });
  const local = (time: Sql) => sql`(${time} AT TIME ZONE ${series.timeZone}::text)`;
  const daysLater = sql`${local(sql`t.due_at`)}::date - ${local(sql`whole.due_at`)}::date`;
  const partDue = local(
    sql`(${local(sql`${due.at}::timestamptz`)}::date + (${daysLater}) + ${local(sql`t.due_at`)}::time)`,
  );
  return sql`WITH claimed AS (
      UPDATE recurrences SET next_at = ${next ?? null}::timestamptz, made = made + 1
      WHERE id = ${series.id} AND next_at = ${series.nextAt}::timestamptz RETURNING id, organization_id, task_id, created_by_id
    ), numbered AS (
      UPDATE organizations o SET next_task_number = o.next_task_number + 1 + ${partIds.length}::int
      FROM claimed WHERE o.id = claimed.organization_id
      RETURNING o.next_task_number - 1 - ${partIds.length}::int AS number, claimed.task_id, claimed.id AS recurrence_id, claimed.created_by_id
    ), first_status AS (
      SELECT id FROM statuses WHERE organization_id = ${series.organizationId} AND category = 'todo' ORDER BY position LIMIT 1
    ), made AS (
      INSERT INTO tasks (id, organization_id, number, project_id, title, description, priority, due_at, due_has_time, status_id,
        status_changed_at, status_changed_by_id, assignee_mode, created_by_id, recurrence_id, created_at, updated_at)
      SELECT ${id}, t.organization_id, numbered.number, t.project_id, t.title, t.description, t.priority, ${due.at}::timestamptz,
        ${due.hasTime}::boolean, first_status.id, ${now}::timestamptz, numbered.created_by_id, t.assignee_mode, numbered.created_by_id,
        numbered.recurrence_id, ${now}::timestamptz, ${now}::timestamptz
      FROM numbered JOIN tasks t ON t.id = numbered.task_id CROSS JOIN first_status
      RETURNING number
    ), parts AS (
      SELECT t.id AS was, (${partIds}::text[])[row_number() OVER (ORDER BY t.number)] AS id, t.organization_id, t.project_id, t.title,
        t.description, t.priority, t.assignee_mode, numbered.number + row_number() OVER (ORDER BY t.number) AS number, numbered.created_by_id,
        ${partDue} AS due_at, t.due_has_time
      FROM numbered JOIN tasks whole ON whole.id = numbered.task_id JOIN tasks t ON t.parent_id = whole.id
    ), made_parts AS (
      INSERT INTO tasks (id, organization_id, number, project_id, title, description, priority, due_at, due_has_time, status_id,
        status_changed_at, status_changed_by_id, assignee_mode, parent_id, created_by_id, created_at, updated_at)
      SELECT parts.id, parts.organization_id, parts.number, parts.project_id, parts.title, parts.description, parts.priority,
        CASE WHEN parts.due_at > ${at}::timestamptz THEN parts.due_at WHEN parts.due_at IS NOT NULL THEN ${due.at}::timestamptz END,
        CASE WHEN parts.due_at > ${at}::timestamptz THEN parts.due_has_time ELSE parts.due_at IS NOT NULL AND ${due.hasTime}::boolean END,
        first_status.id, ${now}::timestamptz, parts.created_by_id, parts.assignee_mode, ${id}, parts.created_by_id, ${now}::timestamptz, ${now}::timestamptz
      FROM parts CROSS JOIN first_status WHERE parts.id IS NOT NULL
    ), people AS (
      SELECT ${id} AS task_id, a.person_id, a.assigned_by_id, true AS whole FROM numbered
        JOIN task_assignees a ON a.task_id = numbered.task_id JOIN persons p ON p.id = a.person_id AND p.deactivated_at IS NULL
      UNION ALL
      SELECT parts.id, a.person_id, a.assigned_by_id, false FROM parts
        JOIN task_assignees a ON a.task_id = parts.was JOIN persons p ON p.id = a.person_id AND p.deactivated_at IS NULL
        WHERE parts.id IS NOT NULL
    ), assigned AS (
      INSERT INTO task_assignees (task_id, person_id, assigned_by_id, assigned_at)
      SELECT task_id, person_id, assigned_by_id, ${now}::timestamptz FROM people
    ), cards AS (
      INSERT INTO task_cards (id, task_id, workspace_id, channel_id, address, requested_by_id, next_attempt_at, created_at)
      SELECT ${newId()} || ':' || row_number() OVER (), ${id}, place.workspace_id, place.channel_id, place.address, numbered.created_by_id,
        ${now}::timestamptz, ${now}::timestamptz
      FROM numbered CROSS JOIN (
        SELECT DISTINCT ON (workspace_id, channel_id) workspace_id, channel_id, address FROM (
          SELECT workspace_id, channel_id, address FROM task_cards
          WHERE task_id = ${series.taskId} AND recipient_id IS NULL AND state <> 'dead'
          UNION ALL
          SELECT l.workspace_id, l.channel_id, l.address FROM channel_links l JOIN tasks t ON t.project_id = l.project_id
          WHERE t.id = ${series.taskId} AND t.priority >= coalesce((l.filters ->> 'leastPriority')::priority, 'low')
        ) AS places ORDER BY workspace_id, channel_id
      ) AS place
    ), told AS (
      INSERT INTO notifications (id, organization_id, recipient_id, kind, task_id, data, dedupe_key, next_attempt_at, created_at)
      SELECT (${assigneeIds}::text[])[row_number() OVER (ORDER BY person_id)], ${series.organizationId}, person_id, 'assigned', ${id},
        ${JSON.stringify({ rule: JSON.stringify(rule) })}::jsonb, ${`assigned:${id}:1:`} || person_id, ${now}::timestamptz, ${now}::timestamptz
      FROM people WHERE whole LIMIT ${assigneeIds.length}::int
    ), audited AS (
      INSERT INTO audit_outbox (id, actor, at, body, next_attempt_at)
      SELECT ${audit.id}, ${audit.actor}, ${now}::timestamptz, ${JSON.stringify(audit)}::jsonb || jsonb_build_object('taskNumber', made.number), ${now}::timestamptz
      FROM made
    )
    SELECT number FROM made`;
}

/** In a chain of the series' own: many that come at one hour don't wait for one another. */
const auditOf = (
  { id: seriesId, organizationId, number, title }: DueSeries,
  { id, taskId, at, now }: { id: string; taskId: string; at: Date; now: Date },
): AuditRecord => ({
  id,
  actor: `series:${seriesId}`,
  actorName: 'Crewline',
  at: now.toISOString(),
  organizationId,
  action: 'recur',
  outcome: 'ok',
  target: `task:${taskId}`,
  platform: 'system',
  source: 'schedule',
  details: { title, again: `#${number}`, time: at.toISOString() },
});
