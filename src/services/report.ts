import type { Report, ReportPeriod, ReportRow } from '../core/report.ts';
import { type Period, periodOf } from '../core/report-period.ts';
import { type Sql, sql } from '../lib/sql.ts';
import { isVisible, viewerOf } from './list-tasks.ts';
import { ownProjects } from './projects.ts';
import type { Scope } from './scope.ts';
import { taskSpans } from './task-history.ts';

export type ReportSubject =
  /** The tasks of the projects that the asker manages; all of the organisation for admins */
  | { type: 'all' }
  /** The projects that are the asker's own */
  | { type: 'owned' }
  | { type: 'project'; id: string; key: string }
  /** Of the tasks that the asker sees */
  | { type: 'person'; id: string; name: string };

/** Rows in a picture that is read on a phone. */
const MOST_ROWS = 8;

/** What a report needs of whoever asks: also a job makes one. */
export interface ReportScope extends Pick<Scope, 'db' | 'now'> {
  actor: Pick<Scope['actor'], 'personId' | 'organizationId' | 'timeZone' | 'locale'>;
}

interface DayCount {
  moment: number;
  done: number;
  open: number;
  overdue: number;
}

interface RowCount extends ReportRow {
  rows: number;
}

/**
 * How work went in a week or a month, counted from the states that tasks had when days ended, in the asker's zone. Past
 * `back` periods, 0 is the present one.
 */
export async function readReport(
  scope: ReportScope,
  { subject, period, back }: { subject: ReportSubject; period: ReportPeriod; back: number },
): Promise<Report> {
  const { actor, now } = scope;
  const calendar = periodOf({ period, back }, { reader: actor, now });
  const by = await splitBy(scope, subject);
  const counted = countedOf(scope, { subject, calendar });
  const last = calendar.moments.length;
  const [days, rows] = await Promise.all([
    scope.db.rows<DayCount>(sql`${counted}
      SELECT moment, sum(done)::int AS done, sum(open)::int AS open, sum(overdue)::int AS overdue FROM counts GROUP BY moment`),
    scope.db.rows<RowCount>(sql`${counted}
      SELECT ${by === 'person' ? sql`person.name` : sql`project.key`} AS name, sum(done)::int AS done, sum(open)::int AS open,
        sum(overdue)::int AS overdue, (count(*) OVER ())::int AS rows
      FROM counts c
      ${
        by === 'person'
          ? sql`LEFT JOIN LATERAL unnest(c.people) AS one(id) ON true LEFT JOIN persons person ON person.id = one.id`
          : sql`LEFT JOIN projects project ON project.id = c.project_id`
      }
      WHERE (c.done = 1 AND c.moment > ${calendar.before}::int) OR (c.open = 1 AND c.moment = ${last}::int)
      GROUP BY ${by === 'person' ? sql`person.id, person.name` : sql`project.id, project.key`}
      ORDER BY name IS NULL, sum(done) + sum(open) DESC, name LIMIT ${MOST_ROWS}::int`),
  ]);
  return {
    ...nameOf(subject),
    period,
    length: calendar.length,
    days: daysOf(calendar, days),
    weekStarts: calendar.weekStarts,
    doneBefore: days.reduce((sum, { moment, done }) => sum + (moment <= calendar.before ? done : 0), 0),
    by,
    rows: rows.map(({ name, done, open, overdue }) => ({ name, done, open, overdue })),
    moreRows: (rows[0]?.rows ?? 0) - rows.length,
  };
}

function nameOf(subject: ReportSubject): Pick<Report, 'of'> {
  switch (subject.type) {
    case 'all':
    case 'owned':
      return {};
    case 'project':
      return { of: subject.key };
    case 'person':
      return { of: subject.name };
    default:
      return subject satisfies never;
  }
}

/** A person's work by project, a project's by person; all of it by project, unless there is but one. */
async function splitBy(scope: ReportScope, subject: ReportSubject): Promise<Report['by']> {
  if (subject.type === 'person') return 'project';
  if (subject.type === 'project') return 'person';
  return (await ownProjects(scope)).length > 1 ? 'project' : 'person';
}

function daysOf({ days, before }: Period, counts: readonly DayCount[]): Report['days'] {
  const byMoment = new Map(counts.map((count) => [count.moment, count]));
  return days.map((day, index) => {
    const { done = 0, open = 0, overdue = 0 } = byMoment.get(before + index + 1) ?? {};
    return { day, done, open, overdue };
  });
}

/**
 * `counts`: at each moment a row for each task that is open then, and for each that is done then and was not at the
 * moment before.
 */
function countedOf(
  scope: ReportScope,
  { subject, calendar }: { subject: ReportSubject; calendar: Period },
): Sql {
  const isTheirs = subject.type === 'person' ? sql`${subject.id} = ANY(s.people)` : sql`true`;
  const times = sql`${calendar.moments}::timestamptz[]`;
  return sql`WITH viewer AS (${viewerOf(scope)}),
    ${taskSpans(scope, { moments: calendar.moments, chosen: chosenBy(scope, subject) })},
    counts AS (
      SELECT m.moment, s.project_id, s.people, 0 AS done, 1 AS open, coalesce(s.due_at < (${times})[m.moment], false)::int AS overdue
      FROM spans s CROSS JOIN LATERAL generate_series(greatest(s.first, ${calendar.before + 1}::int), s.last) AS m(moment)
      WHERE s.category NOT IN ('done', 'cancelled') AND ${isTheirs}
      UNION ALL
      SELECT s.first, s.project_id, s.people, 1, 0, 0 FROM (
        SELECT *, lag(last) OVER (PARTITION BY task_id ORDER BY first) AS done_until FROM spans WHERE category = 'done'
      ) s
      WHERE s.first > 1 AND s.done_until IS DISTINCT FROM s.first - 1 AND ${isTheirs}
    )`;
}

/** Of task `t` and viewer `v`. */
function chosenBy(scope: ReportScope, subject: ReportSubject): Sql {
  switch (subject.type) {
    case 'all':
      return sql`(v.admin OR t.project_id = ANY(v.projects))`;
    case 'owned':
      return sql`t.project_id IN (SELECT p.id FROM projects p JOIN managers m ON m.id = p.owner_id
        WHERE m.person_id = ${scope.actor.personId} AND p.archived_at IS NULL)`;
    case 'project':
      return sql`t.project_id = ${subject.id} AND (v.admin OR t.project_id = ANY(v.projects))`;
    case 'person':
      return isVisible(scope);
    default:
      return subject satisfies never;
  }
}
