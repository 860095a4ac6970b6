import type { NotificationKind } from '../core/notification.ts';
import { sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';
import type { StatusCategory, TaskRecord } from './task-record.ts';

/**
 * Who hears of what; quiet by default. Never the one who acted.
 *
 * | news           | who hears of it                                              |
 * | assigned       | the new assignee                                             |
 * | unassigned     | who no longer is                                             |
 * | accepted, declined | who assigned it                                          |
 * | status: review | who made or assigned it, the project's manager               |
 * | status: done   | who made or assigned it, the other assignees                 |
 * | status: cancelled, reopened (todo) | who made it, the assignees               |
 * | status: started, unblocked | nobody: the card shows it                        |
 * | blocked        | who made or assigned it, the project's manager               |
 * | approval asked | as review, of these who may approve; the others hear of the review |
 * | approved       | as done                                                      |
 * | returned       | the assignees, who handed it in                              |
 * | nudged         | the assignees who are not done                               |
 * | undone         | who was told of what was taken back                          |
 * | commented      | who made it, the assignees                                   |
 * | mentioned      | who is, and then not that something was said                 |
 *
 * Who watches a task hears of its status and its comments as well.
 */
export function hearersOfStatus(task: TaskRecord, to: StatusCategory): string[] {
  const assignees = onIt(task);
  const assigners = task.assignees.map(({ assignedById }) => assignedById);
  const manager = task.project ? [task.project.ownerId] : [];
  switch (to) {
    case 'done':
      return [task.createdBy.id, ...assigners, ...assignees];
    case 'review':
    case 'blocked':
      return [task.createdBy.id, ...assigners, ...manager];
    case 'todo':
    case 'cancelled':
      return [task.createdBy.id, ...assignees];
    case 'active':
      return [];
    default:
      return to satisfies never;
  }
}

export const hearersOfComment = (task: TaskRecord): string[] => [task.createdBy.id, ...onIt(task)];

/** Who declined is on it no longer. */
const onIt = (task: TaskRecord): string[] =>
  task.assignees.filter(({ state }) => state !== 'declined').map(({ id }) => id);

export interface News {
  kind: NotificationKind;
  /** Persons, in any number and order; the actor is left out. */
  to: readonly string[];
  task?: { id: string; watched?: boolean };
  /** Who is told of the same in other words: not once more for watching it */
  toldOtherwise?: readonly string[];
  data?: Record<string, string>;
  /** What makes this news different from any other: the same occasion is told once. */
  occasion: string;
}

/** What those who watch a task hear besides those whom it is meant for. */
const watchable: ReadonlySet<NotificationKind> = new Set([
  'status_changed',
  'blocked',
  'approved',
  'returned',
  'commented',
]);

/** Puts rows into the outbox, in the same commit as what they tell of. */
export function notify(scope: Scope, news: News): void {
  if (news.task?.watched && watchable.has(news.kind)) notifyWatchers(scope, { ...news, task: news.task });
  for (const recipientId of new Set(news.to)) {
    if (recipientId === scope.actor.personId) continue;
    scope.work.notify({
      id: scope.newId(),
      organizationId: scope.actor.organizationId,
      recipientId,
      kind: news.kind,
      taskId: news.task?.id ?? null,
      actorId: scope.actor.personId,
      data: news.data ?? {},
      dedupeKey: `${news.kind}:${news.occasion}:${recipientId}`,
      nextAttemptAt: scope.now,
      createdAt: scope.now,
    });
  }
}

/** Whoever watches the task and is not told anyway; who may no longer see it is left out when it is sent. */
function notifyWatchers(
  scope: Scope,
  { kind, to, task, data, occasion, toldOtherwise = [] }: News & { task: { id: string } },
): void {
  const { actor, now } = scope;
  const id = scope.newId();
  scope.work.write(sql`INSERT INTO notifications (id, organization_id, recipient_id, kind, task_id, actor_id, data, dedupe_key, next_attempt_at, created_at)
    SELECT left(${id}, 10) || upper(left(md5(${id} || f.person_id), 16)), ${actor.organizationId}, f.person_id, ${kind}, ${task.id},
      ${actor.personId}, ${JSON.stringify(data ?? {})}::jsonb, ${`${kind}:${occasion}:`} || f.person_id, ${now}::timestamptz, ${now}::timestamptz
    FROM task_followers f WHERE f.task_id = ${task.id} AND f.mode = 'watching' AND f.person_id <> ${actor.personId}
      AND f.person_id <> ALL (${[...to, ...toldOtherwise]}::text[])
    ON CONFLICT (dedupe_key) DO NOTHING`);
  scope.work.wake('notifications');
}
