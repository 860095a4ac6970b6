import { AppError } from '../core/errors.ts';
import { messagesFor } from '../core/messages.ts';
import { shorten } from '../core/shorten.ts';
import { statusName } from '../core/status-name.ts';
import { sql } from '../lib/sql.ts';
import { type Deed, deedTo, moveTask, notNow, transitions } from './move-task.ts';
import { has, require } from './rights.ts';
import type { Scope } from './scope.ts';
import { readTask, type SeenTask, type StatusCategory, type TaskRecord } from './task-record.ts';
import { auditTask, updateTask } from './update-task.ts';

export interface StatusChange {
  /** As it stands after the commit */
  task: TaskRecord;
  /** approval: done, but a manager must approve. part: the actor's share of it is done. */
  outcome: 'changed' | 'approval' | 'part';
  /** When the next of its series comes, for one who could stop it; in ISO */
  comesAgain?: string;
}

/**
 * Moves a task on. Throws AppError `unknown_task`, `not_allowed`, or `not_possible_now` with the state
 * that it is in and who brought it there.
 */
export async function changeStatus(
  scope: Scope,
  { number, deed, note }: { number: number; deed: Deed; note?: string },
): Promise<StatusChange> {
  const seen = await readTask(scope.db, { actor: scope.actor, number });
  require('work', seen, { personId: scope.actor.personId, deed: deed === 'done' ? 'finish' : deed });
  const transition = transitions[deed];
  if (!transition.from.includes(seen.task.status.category)) throw notNow(scope, seen.task, deed);
  if (deed === 'done') return finish(scope, seen, { note, statusId: undefined });
  const task = await moveTask(scope, seen, { to: transition.to, note });
  return { task, outcome: 'changed', ...comesAgain(seen, scope.actor.personId) };
}

function comesAgain(seen: SeenTask, personId: string): Pick<StatusChange, 'comesAgain'> {
  const { series, createdBy } = seen.task;
  const mayStop = createdBy.id === personId || has('manage', seen, personId);
  return series?.nextAt && mayStop ? { comesAgain: series.nextAt } : {};
}

/** That the reason is not asked of somebody who may not block it anyway. Throws AppError as `changeStatus` does. */
export async function requireBlockable(scope: Scope, number: number): Promise<void> {
  const seen = await readTask(scope.db, { actor: scope.actor, number });
  require('work', seen, { personId: scope.actor.personId, deed: 'block' });
  if (!transitions.block.from.includes(seen.task.status.category)) throw notNow(scope, seen.task, 'block');
}

/** Moves a task to any of the organisation's statuses. Throws AppError as `changeStatus` does. */
export async function moveToStatus(
  scope: Scope,
  { number, status }: { number: number; status: NamedStatus },
): Promise<StatusChange> {
  const seen = await readTask(scope.db, { actor: scope.actor, number });
  require('work', seen, { personId: scope.actor.personId, deed: 'move' });
  const { task } = seen;
  if (task.status.id === status.id) throw notNow(scope, task, deedTo[status.category]);
  if (status.category === 'blocked' && !status.note) {
    throw new AppError('invalid_arguments', {
      userMessage: ({ tasks }) => tasks.blockReason(number),
    });
  }
  if (status.category === 'done') return finish(scope, seen, { note: status.note, statusId: status.id });
  const moved = await moveTask(scope, seen, { to: status.category, note: status.note, statusId: status.id });
  return {
    task: { ...moved, status: { id: status.id, name: status.name, category: status.category } },
    outcome: 'changed',
    ...comesAgain(seen, scope.actor.personId),
  };
}

export interface NamedStatus {
  id: string;
  name: string;
  category: StatusCategory;
  note?: string;
}

/**
 * The organisation's status whose name these words begin with; what follows is a note. Throws AppError
 * `invalid_arguments` naming those there are.
 */
export async function statusNamed(scope: Scope, words: string): Promise<NamedStatus> {
  const statuses = await scope.db.prisma.status.findMany({
    where: { organizationId: scope.actor.organizationId },
    orderBy: { position: 'asc' },
  });
  const typed = words.trim();
  const lower = typed.toLowerCase();
  const messages = messagesFor(scope.actor.locale);
  const called = statuses.flatMap((status) =>
    [...new Set([status.name, statusName(status, messages)])].map((name) => ({ name, status })),
  );
  // The longest name first: "In progress" before a status called "In".
  const byLength = called.toSorted((a, b) => b.name.length - a.name.length);
  const whole = byLength.find(
    ({ name }) => lower.startsWith(name.toLowerCase()) && !isInWord(lower.charAt(name.length)),
  );
  if (whole) {
    const note = typed.slice(whole.name.length).replace(/^[\s,;:]+/, '');
    const { id, name, category } = whole.status;
    return { id, name, category, ...(note ? { note } : {}) };
  }
  const [first = '', ...rest] = typed.split(/\s+/);
  const begun = called.find(
    ({ name, status }) => startsAWord(name, first) || status.category === first.toLowerCase(),
  )?.status;
  if (begun) {
    const note = rest.join(' ');
    return { id: begun.id, name: begun.name, category: begun.category, ...(note ? { note } : {}) };
  }
  throw new AppError('invalid_arguments', {
    userMessage: (messages) => {
      const known = statuses.map((status) => statusName(status, messages)).join(', ');
      return messages.tasks.noStatus(shorten(typed, 60), known);
    },
  });
}

const isInWord = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);

const startsAWord = (name: string, typed: string): boolean =>
  typed.length > 2 &&
  name
    .toLowerCase()
    .split(' ')
    .some((word) => word.startsWith(typed.toLowerCase()));

async function finish(
  scope: Scope,
  seen: SeenTask,
  { note, statusId }: { note: string | undefined; statusId: string | undefined },
): Promise<StatusChange> {
  const { task } = seen;
  const approves = has('approve', seen, scope.actor.personId);
  if (task.subtasks.open > 0 && !approves) {
    throw new AppError('not_possible_now', {
      userMessage: ({ tasks }) => tasks.openSubtasks(task.number, task.subtasks.open),
    });
  }
  if (othersAreLeft(task, scope.actor.personId)) return finishOwnShare(scope, task, note);
  markOwnShare(scope, task);
  if (task.project?.needsApproval && !approves && task.status.category !== 'review') {
    return { task: await moveTask(scope, seen, { to: 'review', note }), outcome: 'approval' };
  }
  if (task.project?.needsApproval && !approves) {
    const { ownerName } = task.project;
    throw new AppError('not_possible_now', {
      userMessage: ({ tasks }) => tasks.waitsForApproval(task.number, ownerName),
    });
  }
  return { task: await moveTask(scope, seen, { to: 'done', note, statusId }), outcome: 'changed' };
}

/** With mode everyone, a task stays open until the last assignee is done. */
function othersAreLeft(task: TaskRecord, personId: string): boolean {
  if (task.assigneeMode !== 'everyone' || !task.assignees.some(({ id }) => id === personId)) return false;
  return task.assignees.some(({ id, state }) => id !== personId && state !== 'done' && state !== 'declined');
}

function markOwnShare(scope: Scope, task: TaskRecord): void {
  if (task.assigneeMode !== 'everyone') return;
  scope.work.write(sql`UPDATE task_assignees SET state = 'done'
    WHERE task_id = ${task.id} AND person_id = ${scope.actor.personId}`);
}

function finishOwnShare(scope: Scope, task: TaskRecord, note: string | undefined): StatusChange {
  const own = task.assignees.find(({ id }) => id === scope.actor.personId);
  if (own?.state === 'done') {
    throw new AppError('not_possible_now', {
      userMessage: ({ tasks }) => tasks.ownPartDone(task.number),
    });
  }
  markOwnShare(scope, task);
  updateTask(scope, task);
  auditTask(scope, task, { part: 'done', note });
  const assignees = task.assignees.map((assignee) =>
    assignee.id === scope.actor.personId ? { ...assignee, state: 'done' as const } : assignee,
  );
  return { task: { ...task, assignees }, outcome: 'part' };
}
