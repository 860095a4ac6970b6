import { sql } from '../lib/sql.ts';
import { namedIn } from './mentions.ts';
import { hearersOfComment, notify } from './notify.ts';
import type { Scope } from './scope.ts';
import { type PersonName, readTask, type TaskRecord } from './task-record.ts';
import { auditTask } from './update-task.ts';

export interface CommentLine {
  author: string;
  body: string;
  at: Date;
}

/** The last comments on a task that the asker sees, oldest first. */
export async function lastComments(
  scope: Scope,
  { taskId, most }: { taskId: string; most: number },
): Promise<CommentLine[]> {
  const comments = await scope.db.prisma.comment.findMany({
    where: { taskId },
    include: { author: { select: { name: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: most,
  });
  return comments
    .map(({ author, body, createdAt }) => ({ author: author.name, body, at: createdAt }))
    .reverse();
}

/** Adds a comment. Everyone who sees a task may. Throws AppError `unknown_task`. */
export async function commentTask(
  scope: Scope,
  { number, body }: { number: number; body: string },
): Promise<TaskRecord> {
  const { task } = await readTask(scope.db, { actor: scope.actor, number });
  const id = scope.newId();
  const named = await namedIn(scope, { task, body });
  scope.work.write(sql`INSERT INTO comments (id, task_id, author_id, body, created_at)
    VALUES (${id}, ${task.id}, ${scope.actor.personId}, ${named.body}, ${scope.now})`);
  scope.work.refreshCards(task.id);
  auditTask(scope, task, { comment: named.body });
  tellOfComment(scope, task, { id, people: named.people, occasion: id });
  return task;
}

/** Whoever is mentioned hears that they are; the others that something was said. */
export function tellOfComment(
  scope: Scope,
  task: TaskRecord,
  { id, people, occasion }: { id: string; people: readonly PersonName[]; occasion: string },
): void {
  const mentioned = people.map((person) => person.id);
  const data = { commentId: id };
  notify(scope, { kind: 'mentioned', to: mentioned, task: { id: task.id }, data, occasion });
  notify(scope, {
    kind: 'commented',
    to: hearersOfComment(task).filter((person) => !mentioned.includes(person)),
    task,
    toldOtherwise: mentioned,
    data,
    occasion,
  });
}
