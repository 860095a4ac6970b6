import { nextOccurrence, type Rule } from '../core/recurrence.ts';
import { type Sql, sql } from '../lib/sql.ts';
import type { Database, Scope } from './scope.ts';
import type { TaskRecord } from './task-record.ts';

/** A rule, and where its days and times are. */
export interface Repetition {
  rule: Rule;
  timeZone: string;
}

/** The days off of an organisation, YYYY-MM-DD. */
export async function readHolidays(
  db: Pick<Database, 'rows'>,
  organizationId: string,
): Promise<ReadonlySet<string>> {
  const rows = await db.rows<{ day: string }>(
    sql`SELECT day::text AS day FROM holidays WHERE organization_id = ${organizationId}`,
  );
  return new Set(rows.map(({ day }) => day));
}

/**
 * Makes the task the one that the next ones of its series are copied from, at the times of this rule. Gives what is to be
 * set at the task, for its one write; undefined where nothing is.
 */
export function writeSeries(
  scope: Scope,
  task: TaskRecord,
  { rule, timeZone, holidays }: Repetition & { holidays: ReadonlySet<string> },
): { next: Date | undefined; columns: Sql | undefined } {
  const { work, actor, now } = scope;
  const next = nextOccurrence(rule, { after: now, timeZone, holidays });
  const known = task.series?.id;
  if (known) {
    work.write(
      sql`UPDATE recurrences SET task_id = ${task.id}, rule = ${JSON.stringify(rule)}::jsonb, time_zone = ${timeZone},
        next_at = ${next ?? null}::timestamptz, created_by_id = ${actor.personId} WHERE id = ${known}`,
      { rows: 1 },
    );
    return { next, columns: undefined };
  }
  const id = scope.newId();
  work.write(sql`INSERT INTO recurrences (id, organization_id, task_id, rule, time_zone, next_at, created_by_id, created_at)
    VALUES (${id}, ${task.organizationId}, ${task.id}, ${JSON.stringify(rule)}::jsonb, ${timeZone}, ${next ?? null}::timestamptz,
      ${actor.personId}, ${now}::timestamptz)`);
  return { next, columns: sql`recurrence_id = ${id}` };
}

/** No more will come. */
export function endSeries({ work }: Scope, task: TaskRecord): void {
  if (task.series)
    work.write(sql`UPDATE recurrences SET next_at = NULL WHERE id = ${task.series.id}`, { rows: 1 });
}
