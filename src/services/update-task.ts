import { type Sql, sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';
import { changeRow, type Snapshot } from './task-changes.ts';
import type { TaskRecord } from './task-record.ts';

/**
 * Writes a task that was read, so that it can be undone, counts its version up, and has its cards refreshed. The commit is a
 * conflict when somebody else wrote it meanwhile. `columns` is the SET list, without version and time; `before` what the change
 * changes besides the task's own row.
 */
export function updateTask(
  scope: Scope,
  task: TaskRecord,
  columns?: Sql,
  before?: Pick<Snapshot, 'repeats'>,
): void {
  touchTask(scope, task, columns);
  scope.work.write(changeRow(scope, task, before));
}

/** As updateTask, for what can't be undone. */
export function touchTask(scope: Scope, task: TaskRecord, columns?: Sql): void {
  const set = columns ? sql`${columns}, ` : sql``;
  scope.work.write(
    sql`UPDATE tasks SET ${set}version = version + 1, updated_at = ${scope.now}
      WHERE id = ${task.id} AND version = ${task.version}::int`,
    { rows: 1 },
  );
  scope.work.refreshCards(task.id);
}

/** The audit row's target, and what changed. Empty words are left out. */
export function auditTask(
  scope: Scope,
  task: TaskRecord,
  details: Record<string, string | null | undefined> = {},
): void {
  const said = Object.entries(details).filter((entry): entry is [string, string] => Boolean(entry[1]));
  scope.audit({ target: `task:${task.id}`, taskNumber: task.number, details: Object.fromEntries(said) });
}

/** For the SET list of what changes who has an open task, or opens it again: the next look at the clock finds out when they are reminded. */
export const remindAnew = (now: Date): Sql =>
  sql`remind_at = CASE WHEN due_at IS NULL THEN NULL ELSE ${now}::timestamptz END`;
