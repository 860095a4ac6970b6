import { AppError } from '../core/errors.ts';
import { sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';
import { readTask, type TaskRecord } from './task-record.ts';
import { auditTask } from './update-task.ts';

export type FollowMode = 'watching' | 'muted';

/**
 * From now on the actor hears of a task what its assignees hear, or next to nothing of it. Throws AppError `unknown_task`, or
 * `not_possible_now` where it is so already.
 */
export async function followTask(
  scope: Scope,
  { number, mode }: { number: number; mode: FollowMode },
): Promise<TaskRecord> {
  const { task } = await readTask(scope.db, { actor: scope.actor, number });
  if ((await followModeOf(scope, task)) === mode) {
    throw new AppError('not_possible_now', { userMessage: ({ follow }) => follow.already[mode](number) });
  }
  scope.work.write(sql`INSERT INTO task_followers (task_id, person_id, mode, created_at)
    VALUES (${task.id}, ${scope.actor.personId}, ${mode}, ${scope.now}::timestamptz)
    ON CONFLICT (task_id, person_id) DO UPDATE SET mode = excluded.mode, created_at = excluded.created_at`);
  // What most tasks are not: their commits need not look for followers.
  if (mode === 'watching')
    scope.work.write(sql`UPDATE tasks SET watched = true WHERE id = ${task.id} AND NOT watched`);
  auditTask(scope, task, { follow: mode });
  return task;
}

/** Throws AppError `unknown_task`, or `not_possible_now` where the actor does not watch, or has not muted, the task. */
export async function unfollowTask(
  scope: Scope,
  { number, mode }: { number: number; mode: FollowMode },
): Promise<TaskRecord> {
  const { task } = await readTask(scope.db, { actor: scope.actor, number });
  if ((await followModeOf(scope, task)) !== mode) {
    throw new AppError('not_possible_now', { userMessage: ({ follow }) => follow.not[mode](number) });
  }
  scope.work.write(
    sql`DELETE FROM task_followers WHERE task_id = ${task.id} AND person_id = ${scope.actor.personId} AND mode = ${mode}`,
    { rows: 1 },
  );
  auditTask(scope, task, { follow: `not ${mode}` });
  return task;
}

/** Whether the actor watches a task, or has muted it. */
export async function followModeOf(
  { db, actor }: Pick<Scope, 'db' | 'actor'>,
  task: Pick<TaskRecord, 'id'>,
): Promise<FollowMode | undefined> {
  const [found] = await db.rows<{ mode: FollowMode }>(
    sql`SELECT mode FROM task_followers WHERE task_id = ${task.id} AND person_id = ${actor.personId}`,
  );
  return found?.mode;
}
