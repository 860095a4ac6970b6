import { AppError } from '../core/errors.ts';
import { sql } from '../lib/sql.ts';
import { type Due, readDue } from './due.ts';
import { has, require, type Tried } from './rights.ts';
import type { Scope } from './scope.ts';
import { type Priority, readTask, type SeenTask, type TaskRecord } from './task-record.ts';
import { auditTask, updateTask } from './update-task.ts';

/** Sets or (with `none`) removes the due date. Throws AppError `unknown_task`, `not_allowed`, `invalid_arguments`. */
export async function setDue(
  scope: Scope,
  { number, words }: { number: number; words: string },
): Promise<{ task: TaskRecord; due: Due | null }> {
  const seen = await readEditable(scope, number, 'due');
  const due = /^(none|never|no|clear|off)$/i.test(words.trim())
    ? null
    : readDue(words, { person: scope.actor, now: scope.now });
  const { task } = seen;
  updateTask(
    scope,
    task,
    sql`due_at = ${due?.at ?? null}::timestamptz, due_has_time = ${due?.hasTime ?? false}::boolean`,
  );
  auditTask(scope, task, { from: task.dueAt?.toISOString() ?? 'none', to: due?.at.toISOString() ?? 'none' });
  return { task, due };
}

/** Throws AppError `unknown_task`, `not_allowed`, or `not_possible_now` when it has that priority. */
export async function setPriority(
  scope: Scope,
  { number, priority }: { number: number; priority: Priority },
): Promise<TaskRecord> {
  const { task } = await readEditable(scope, number, 'priority');
  if (task.priority === priority) {
    throw new AppError('not_possible_now', {
      userMessage: ({ tasks, words }) => tasks.hasPriority(number, words.priorities[priority]),
    });
  }
  updateTask(scope, task, sql`priority = ${priority}::priority`);
  auditTask(scope, task, { from: task.priority, to: priority });
  return task;
}

/** Throws AppError `unknown_task`, `not_allowed`, or `not_possible_now` when that is its title. */
export async function renameTask(
  scope: Scope,
  { number, title }: { number: number; title: string },
): Promise<TaskRecord> {
  const { task } = await readEditable(scope, number, 'rename');
  if (task.title === title) {
    throw new AppError('not_possible_now', { userMessage: ({ tasks }) => tasks.hasTitle(number) });
  }
  updateTask(scope, task, sql`title = ${title}`);
  auditTask(scope, task, { was: task.title, title });
  return { ...task, title };
}

/** The task, for managers and whoever made it. Throws AppError `unknown_task`, `not_allowed`. */
export async function readEditable(scope: Scope, number: number, deed: Tried): Promise<SeenTask> {
  const seen = await readTask(scope.db, { actor: scope.actor, number });
  const { personId } = scope.actor;
  if (seen.task.createdBy.id !== personId || has('manage', seen, personId))
    require('manage', seen, { personId, deed });
  return seen;
}
