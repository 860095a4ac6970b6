import { AppError } from '../core/errors.ts';
import type { NotificationKind } from '../core/notification.ts';
import { statusName } from '../core/status-name.ts';
import { formatWhen } from '../core/when.ts';
import { sql } from '../lib/sql.ts';
import { hearersOfStatus, notify } from './notify.ts';
import type { Scope } from './scope.ts';
import type { SeenTask, StatusCategory, TaskRecord } from './task-record.ts';
import { auditTask, remindAnew, updateTask } from './update-task.ts';

export type Deed = 'start' | 'done' | 'block' | 'unblock' | 'review' | 'reopen' | 'cancel';

interface Transition {
  to: StatusCategory;
  from: readonly StatusCategory[];
}

/** The life of a task. */
export const transitions: Record<Deed, Transition> = {
  start: { to: 'active', from: ['todo', 'blocked', 'review'] },
  done: { to: 'done', from: ['todo', 'active', 'blocked', 'review'] },
  block: { to: 'blocked', from: ['todo', 'active', 'review'] },
  unblock: { to: 'active', from: ['blocked'] },
  review: { to: 'review', from: ['todo', 'active', 'blocked'] },
  reopen: { to: 'todo', from: ['done', 'cancelled', 'review'] },
  cancel: { to: 'cancelled', from: ['todo', 'active', 'blocked', 'review'] },
};

/** The verb that leads to a category. */
export const deedTo: Record<StatusCategory, Deed> = {
  todo: 'reopen',
  active: 'start',
  blocked: 'block',
  review: 'review',
  done: 'done',
  cancelled: 'cancel',
};

interface Move {
  to: StatusCategory;
  note?: string | undefined;
  /** One of several statuses of that category; its first one if left out */
  statusId?: string | undefined;
  /** What people hear instead of the usual */
  news?: 'approved' | 'returned' | undefined;
}

/** Writes a task's new state, and tells who should know. Whether it may be moved has been checked. */
export async function moveTask(
  scope: Scope,
  { task }: Pick<SeenTask, 'task'>,
  { to, note, statusId, news }: Move,
): Promise<TaskRecord> {
  const status = statusId
    ? sql`${statusId}`
    : sql`(SELECT id FROM statuses WHERE organization_id = ${task.organizationId} AND category = ${to}::status_category
        ORDER BY position LIMIT 1)`;
  updateTask(
    scope,
    task,
    sql`status_id = ${status}, status_note = ${note ?? null}, status_changed_at = ${scope.now},
      status_changed_by_id = ${scope.actor.personId}${isReopened(task, to) ? sql`, ${remindAnew(scope.now)}` : sql``}`,
  );
  if (task.parentNumber !== null) scope.work.refreshParentCards(task.id);
  if (to === 'todo' || news === 'returned') resetShares(scope, task);
  auditTask(scope, task, { from: task.status.category, to, note });
  if (to !== task.status.category) await tell(scope, task, { to, note, news });
  return {
    ...task,
    status: { ...task.status, category: to },
    statusNote: note ?? null,
    statusChangedAt: scope.now,
    statusChangedBy: { id: scope.actor.personId, name: scope.actor.name },
    version: task.version + 1,
  };
}

const closed: readonly StatusCategory[] = ['done', 'cancelled'];
const isReopened = ({ status }: TaskRecord, to: StatusCategory): boolean =>
  closed.includes(status.category) && !closed.includes(to);

async function tell(scope: Scope, task: TaskRecord, { to, note, news }: Omit<Move, 'statusId'>) {
  const hearers = news === 'returned' ? hearersOfReturn(task) : hearersOfStatus(task, to);
  const occasion = `${task.id}:${task.version + 1}`;
  const say = (
    kind: NotificationKind,
    people: readonly string[],
    toldOtherwise: readonly string[] = [],
  ): void =>
    notify(scope, {
      kind,
      to: people,
      task,
      data: { to, ...(note ? { note } : {}) },
      occasion,
      toldOtherwise,
    });
  if (news) return say(news, hearers);
  if (to === 'blocked') return say('blocked', hearers);
  if (to !== 'review' || !task.project?.needsApproval) return say('status_changed', hearers);
  const asked = await approversAmong(scope, hearers, task.project);
  say('approval_asked', asked);
  say(
    'status_changed',
    hearers.filter((id) => !asked.includes(id)),
    asked,
  );
}

/** Who has it, and who had handed it in. */
const hearersOfReturn = (task: TaskRecord): string[] => [
  ...task.assignees.filter(({ state }) => state !== 'declined').map(({ id }) => id),
  task.statusChangedBy.id,
];

/** The project's manager, and of the others those who could approve as well. */
async function approversAmong(
  { db }: Scope,
  people: readonly string[],
  project: { id: string; ownerId: string },
): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`SELECT m.person_id AS id FROM managers m
    WHERE m.person_id = ANY(${[...new Set(people)]}::text[]) AND (m.admin OR m.person_id = ${project.ownerId}
      OR EXISTS (SELECT 1 FROM project_members pm WHERE pm.project_id = ${project.id} AND pm.person_id = m.person_id))`);
  return rows.map(({ id }) => id);
}

/** Taken up again, everyone has their part to do. */
function resetShares(scope: Scope, task: TaskRecord): void {
  if (!task.assignees.some(({ state }) => state === 'done')) return;
  scope.work.write(
    sql`UPDATE task_assignees SET state = 'accepted' WHERE task_id = ${task.id} AND state = 'done'`,
  );
}

/** In the state that a task is in, that can't be done to it: which it is, who brought it there and when. */
export function notNow(scope: Scope, task: TaskRecord, deed: Deed): AppError {
  const { number, status, statusChangedBy: by } = task;
  const { category } = status;
  const when = formatWhen(task.statusChangedAt, { now: scope.now, ...scope.actor });
  const isThere = transitions[deed].to === category;
  const closed = category === 'done' || category === 'cancelled';
  const args = { task: String(number) };
  // Who does not have it has returned or unblocked it.
  const began = task.assignees.some(({ id }) => id === by.id);
  const move = category === 'active' && !began ? 'moved' : category;
  return new AppError('not_possible_now', {
    userMessage: (messages) => {
      const { tasks } = messages;
      const moved = by.id === scope.actor.personId ? tasks.moversYou[move] : tasks.movers[move](by.name);
      const standing = { number, status: statusName(status, messages), deed: moved, when };
      return isThere ? tasks.standsAlready(standing) : tasks.stands(standing);
    },
    buttons: ({ buttons }) => {
      const show = { label: buttons.show, intent: { action: 'show', args } };
      const reopen = { label: buttons.reopen, intent: { action: 'reopen', args } };
      return closed && deed !== 'reopen' ? [reopen, show] : [show];
    },
  });
}
