import { sql } from '../lib/sql.ts';
import { tellOfComment } from './comment-task.ts';
import { namedIn } from './mentions.ts';
import type { Scope } from './scope.ts';
import { taskOfThread } from './task-in-context.ts';
import { readTask, type TaskRecord } from './task-record.ts';
import { auditTask } from './update-task.ts';

/** A reply in the thread of a task's card, by the platform's id of it. */
export interface ThreadReply {
  externalId: string;
  body: string;
  /** The platform's ids of those whom it mentions */
  accounts: readonly string[];
  /** It was written before, and says this now. */
  changed: boolean;
}

/**
 * A reply becomes a comment, and one that was changed is the comment that it says now: also where it was none
 * before. Does nothing in a thread that is no card's, and to what somebody else wrote. Gives the task's number. Throws AppError
 * `unknown_task` for a task that the writer does not see.
 */
export async function keepReply(scope: Scope, reply: ThreadReply): Promise<number | undefined> {
  const { externalId, body } = reply;
  const task = await taskHere(scope);
  if (!task) return undefined;
  const known = await readComment(scope, externalId);
  if (!known) {
    await addReply(scope, task, reply);
    return task.number;
  }
  // The first words may come after their change: Slack delivers an event again that it got no answer to.
  if (!reply.changed || known.authorId !== scope.actor.personId || known.body === body) return task.number;
  scope.work.write(sql`UPDATE comments SET body = ${body} WHERE id = ${known.id}`);
  retell(scope, { taskId: task.id, commentId: known.id });
  auditTask(scope, task, { comment: body });
  return task.number;
}

/** A reply was deleted, and its comment with it. */
export async function dropReply(scope: Scope, externalId: string): Promise<void> {
  const task = await taskHere(scope);
  const known = task && (await readComment(scope, externalId));
  if (!known || known.authorId !== scope.actor.personId) return;
  scope.work.write(sql`DELETE FROM comments WHERE id = ${known.id}`);
  retell(scope, { taskId: task.id, commentId: known.id });
  scope.work.refreshCards(task.id);
  auditTask(scope, task);
}

async function addReply(
  scope: Scope,
  task: TaskRecord,
  { externalId, body, accounts }: ThreadReply,
): Promise<void> {
  const id = scope.newId();
  const { people } = await namedIn(scope, { task, body, accounts });
  scope.work.write(sql`INSERT INTO comments (id, task_id, author_id, body, external_id, created_at)
    VALUES (${id}, ${task.id}, ${scope.actor.personId}, ${body}, ${externalId}, ${scope.now})
    ON CONFLICT (external_id) DO NOTHING`);
  scope.work.refreshCards(task.id);
  auditTask(scope, task, { comment: body });
  tellOfComment(scope, task, { id, people, occasion: externalId });
}

/** The threads of the task's other cards follow. */
function retell({ work, now }: Scope, { taskId, commentId }: { taskId: string; commentId: string }): void {
  work.write(sql`UPDATE card_replies SET state = 'pending', revision = revision + 1,
      next_attempt_at = CASE WHEN state = 'sent' THEN ${now}::timestamptz ELSE next_attempt_at END
    WHERE card_id IN (SELECT id FROM task_cards WHERE task_id = ${taskId}) AND ${commentId} = ANY(comment_ids)
      AND state <> 'dead'`);
  work.wake('replies');
}

async function taskHere(scope: Scope): Promise<TaskRecord | undefined> {
  const number = await taskOfThread(scope);
  if (number === undefined) return undefined;
  return (await readTask(scope.db, { actor: scope.actor, number })).task;
}

const readComment = (scope: Scope, externalId: string) =>
  scope.db.prisma.comment.findUnique({
    where: { externalId },
    select: { id: true, authorId: true, body: true },
  });
