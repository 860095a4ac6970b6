import { AppError } from '../core/errors.ts';
import type { Scope } from './scope.ts';

/**
 * The task that is meant when no number is given: the one whose card or thread one is in, else the one
 * that this session spoke of last. Throws AppError `no_task_in_context`.
 */
export async function taskInContext(
  scope: Scope & { lastTask(): Promise<number | undefined> },
): Promise<number> {
  const here = await taskOfThread(scope);
  if (here) return here;
  const last = await scope.lastTask();
  if (last) return last;
  throw new AppError('no_task_in_context');
}

/** The task whose card one is at, or in the thread of. */
export async function taskOfThread(scope: Scope): Promise<number | undefined> {
  const { channelId, threadId, messageId } = scope.invocation.place;
  const messages = [threadId, messageId].filter((id) => id !== undefined);
  if (messages.length === 0) return undefined;
  const card = await scope.db.prisma.taskCard.findFirst({
    where: { workspaceId: scope.actor.workspaceId, channelId, messageId: { in: messages } },
    select: { task: { select: { number: true } } },
  });
  return card?.task.number;
}
