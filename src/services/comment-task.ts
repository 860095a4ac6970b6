import { sql } from '../lib/sql.ts';
import { hearersOfComment, notify } from './notify.ts';
import type { Scope } from './scope.ts';
import { readTask, type TaskRecord } from './task-record.ts';
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
  scope.work.write(sql`INSERT INTO comments (id, task_id, author_id, body, created_at)
    VALUES (${id}, ${task.id}, ${scope.actor.personId}, ${body}, ${scope.now})`);
  scope.work.refreshCards(task.id);
  auditTask(scope, task, { comment: body });
  notify(scope, {
    kind: 'commented',
    to: hearersOfComment(task),
    task,
    data: { commentId: id },
    occasion: id,
  });
  return task;
}
