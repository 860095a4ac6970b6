import { AppError } from '../core/errors.ts';
import type { Sentence } from '../core/messages.ts';
import { statusName } from '../core/status-name.ts';
import { sql } from '../lib/sql.ts';
import { insertAssignees } from './create-task.ts';
import { notify } from './notify.ts';
import { findPeople } from './people.ts';
import { require } from './rights.ts';
import type { Scope } from './scope.ts';
import { type Assignee, type PersonName, readTask, type TaskRecord } from './task-record.ts';
import { auditTask, remindAnew, updateTask } from './update-task.ts';

export interface Assigned {
  task: TaskRecord;
  /** Who was not on it before */
  added: PersonName[];
  removed: PersonName[];
}

/**
 * Gives a task to these people; who has it now loses it. Throws AppError `unknown_task`, `not_allowed`,
 * `unknown_person`, `ambiguous_person`, or `not_possible_now` when nothing would change or it is closed.
 */
export async function assignTask(
  scope: Scope,
  { number, references, because }: { number: number; references: readonly string[]; because?: string },
): Promise<Assigned> {
  const seen = await readTask(scope.db, { actor: scope.actor, number });
  require('manage', seen, { personId: scope.actor.personId, deed: 'assign' });
  requireOpen(seen.task);
  const people = await findPeople(scope, { references, argument: 'people', groups: true });
  const present = seen.task.assignees.filter(({ state }) => state !== 'declined');
  const added = people.filter(({ id }) => !present.some((assignee) => assignee.id === id));
  const removed = seen.task.assignees.filter(({ id }) => !people.some((person) => person.id === id));
  if (added.length === 0 && removed.length === 0) {
    throw notNow(({ tasks }) => tasks.theirsAlready(number, namesOf(people)));
  }
  if (added.length > 0) insertAssignees(scope, { taskId: seen.task.id, assignees: added });
  removeAssignees(scope, seen.task, removed);
  updateTask(scope, seen.task, remindAnew(scope.now));
  // Who had declined is on it no longer anyway: it would be no news.
  const lost = removed.filter(({ state }) => state !== 'declined');
  auditTask(scope, seen.task, { assigned: listed(added), unassigned: listed(lost), because });
  tell(scope, seen.task, { kind: 'assigned', people: added, note: because });
  tell(scope, seen.task, { kind: 'unassigned', people: lost, note: because });
  return { task: seen.task, added, removed: lost };
}

/** Takes a task from these people, or from everyone. Throws AppError as `assignTask` does. */
export async function unassignTask(
  scope: Scope,
  { number, references }: { number: number; references: readonly string[] },
): Promise<Assigned> {
  const seen = await readTask(scope.db, { actor: scope.actor, number });
  require('manage', seen, { personId: scope.actor.personId, deed: 'unassign' });
  requireOpen(seen.task);
  const people = await findPeople(scope, { references, argument: 'people', groups: true });
  const removed = seen.task.assignees.filter(
    ({ id }) => people.length === 0 || people.some((person) => person.id === id),
  );
  if (removed.length === 0) {
    throw notNow(({ tasks }) =>
      people.length > 0 ? tasks.notTheirs(number, namesOf(people)) : tasks.nobodys(number),
    );
  }
  removeAssignees(scope, seen.task, removed);
  updateTask(scope, seen.task, remindAnew(scope.now));
  auditTask(scope, seen.task, { unassigned: listed(removed) });
  tell(scope, seen.task, { kind: 'unassigned', people: removed, note: undefined });
  return { task: seen.task, added: [], removed };
}

/** Takes a task that nobody has. Throws AppError `unknown_task`, or `not_possible_now` naming who has it. */
export async function claimTask(scope: Scope, { number }: { number: number }): Promise<TaskRecord> {
  const { task } = await readTask(scope.db, { actor: scope.actor, number });
  requireOpen(task);
  const holders = task.assignees.filter(({ state }) => state !== 'declined');
  if (holders.some(({ id }) => id === scope.actor.personId)) {
    throw notNow(({ tasks }) => tasks.yoursAlready(number));
  }
  if (holders.length > 0) {
    throw notNow(({ tasks }) => tasks.taken(number, namesOf(holders)));
  }
  const own = { id: scope.actor.personId, name: scope.actor.name };
  insertAssignees(scope, { taskId: task.id, assignees: [own] });
  updateTask(scope, task, remindAnew(scope.now));
  auditTask(scope, task, { assigned: own.name });
  notify(scope, { kind: 'accepted', to: [task.createdBy.id], task, occasion: occasionOf(task) });
  return task;
}

/** Says yes or no to a task that one was given. Throws AppError `not_possible_now` for someone else's. */
export async function answerAssignment(
  scope: Scope,
  { number, answer, reason }: { number: number; answer: 'accepted' | 'declined'; reason?: string },
): Promise<TaskRecord> {
  const { task } = await readTask(scope.db, { actor: scope.actor, number });
  requireOpen(task);
  const own = task.assignees.find(({ id }) => id === scope.actor.personId);
  if (!own) throw notNow(({ tasks }) => tasks.notGiven(number));
  if (own.state === 'done') throw notNow(({ tasks }) => tasks.ownPartDone(number));
  if (own.state === answer) {
    throw notNow(({ tasks }) =>
      answer === 'accepted' ? tasks.acceptedAlready(number) : tasks.declinedAlready(number),
    );
  }
  scope.work.write(
    sql`UPDATE task_assignees SET state = ${answer}::assignee_state, note = ${reason ?? null}
      WHERE task_id = ${task.id} AND person_id = ${own.id}`,
    { rows: 1 },
  );
  updateTask(scope, task, answer === 'declined' ? remindAnew(scope.now) : undefined);
  auditTask(scope, task, { answer, reason });
  notify(scope, {
    kind: answer,
    to: [own.assignedById],
    task,
    data: reason ? { note: reason } : {},
    occasion: occasionOf(task),
  });
  return task;
}

function removeAssignees(scope: Scope, task: TaskRecord, people: readonly PersonName[]): void {
  if (people.length === 0) return;
  scope.work.write(sql`DELETE FROM task_assignees
    WHERE task_id = ${task.id} AND person_id = ANY(${people.map(({ id }) => id)}::text[])`);
}

function tell(
  scope: Scope,
  task: TaskRecord,
  {
    kind,
    people,
    note,
  }: { kind: 'assigned' | 'unassigned'; people: readonly PersonName[]; note: string | undefined },
): void {
  const to = people.map(({ id }) => id);
  notify(scope, { kind, to, task, data: note ? { note } : {}, occasion: occasionOf(task) });
}

/** The version that the change leads to. */
const occasionOf = (task: TaskRecord): string => `${task.id}:${task.version + 1}`;

function requireOpen(task: TaskRecord): void {
  const { status } = task;
  if (status.category !== 'done' && status.category !== 'cancelled') return;
  throw new AppError('not_possible_now', {
    userMessage: (messages) => messages.tasks.closed(task.number, statusName(status, messages)),
    buttons: ({ buttons }) => [
      { label: buttons.reopen, intent: { action: 'reopen', args: { task: String(task.number) } } },
    ],
  });
}

const notNow = (userMessage: Sentence): AppError => new AppError('not_possible_now', { userMessage });

const namesOf = (people: readonly (PersonName | Assignee)[]): string[] => people.map(({ name }) => name);

export const listed = (people: readonly (PersonName | Assignee)[]): string => namesOf(people).join(', ');
