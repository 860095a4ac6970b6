import { AppError } from '../core/errors.ts';
import { statusName } from '../core/status-name.ts';
import { moveTask, notNow } from './move-task.ts';
import { require } from './rights.ts';
import type { Scope } from './scope.ts';
import { readTask, type TaskRecord } from './task-record.ts';

/**
 * Closes what was handed in for review. Throws AppError `unknown_task`, `not_allowed`, or `not_possible_now`
 * when it is not in review.
 */
export async function approveTask(
  scope: Scope,
  { number, note }: { number: number; note?: string },
): Promise<TaskRecord> {
  const seen = await readTask(scope.db, { actor: scope.actor, number });
  require('approve', seen, { personId: scope.actor.personId, deed: 'approve' });
  if (seen.task.status.category !== 'review') throw notNow(scope, seen.task, 'done');
  return moveTask(scope, seen, { to: 'done', note, news: 'approved' });
}

/** Hands it back, saying what is missing. Throws AppError as `approveTask` does. */
export async function returnTask(
  scope: Scope,
  { number, note }: { number: number; note: string },
): Promise<TaskRecord> {
  const seen = await readReturnable(scope, number);
  return moveTask(scope, seen, { to: 'active', note, news: 'returned' });
}

/** The task, when the actor may return it. Throws AppError as `approveTask` does. */
export async function readReturnable(scope: Scope, number: number) {
  const seen = await readTask(scope.db, { actor: scope.actor, number });
  require('approve', seen, { personId: scope.actor.personId, deed: 'return' });
  if (seen.task.status.category === 'active') {
    throw new AppError('not_possible_now', {
      userMessage: (messages) => messages.tasks.notInReview(number, statusName(seen.task.status, messages)),
    });
  }
  if (seen.task.status.category !== 'review') throw notNow(scope, seen.task, 'start');
  return seen;
}
