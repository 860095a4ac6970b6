import type { Snapshot } from './task-changes.ts';
import type { Priority, StatusCategory } from './task-record.ts';

/** Something that happened to a task, as the thread of its card tells it. */
export type HistoryEntry = { who: string /** ISO time */; at: string } & Happening;

export type Happening =
  | { kind: 'status'; from: StatusCategory; to: StatusCategory; status: string; note?: string }
  | { kind: 'part-done' }
  | { kind: 'given'; people: string[] }
  | { kind: 'taken'; people: string[] }
  | { kind: 'claimed' }
  | { kind: 'accepted' }
  | { kind: 'declined'; note?: string }
  | { kind: 'due'; due: string | null; hasTime: boolean }
  | { kind: 'priority'; to: Priority }
  | { kind: 'title'; to: string }
  | { kind: 'description' }
  | { kind: 'undone' }
  | { kind: 'comment'; id: string };

/** What one change of a task was, in the order in which it is told; `by` is who made it. */
export function happenings(before: Snapshot, after: Snapshot, by: string): Happening[] {
  return [
    ...statusChange(before, after),
    ...assigneeChanges(before, after, by),
    ...detailChanges(before, after),
  ];
}

function statusChange(before: Snapshot, after: Snapshot): Happening[] {
  if (before.statusId === after.statusId && before.statusNote === after.statusNote) return [];
  const note = after.statusNote ? { note: after.statusNote } : {};
  return [{ kind: 'status', from: before.category, to: after.category, status: after.statusName, ...note }];
}

function assigneeChanges(before: Snapshot, after: Snapshot, by: string): Happening[] {
  const was = new Map(before.assignees.map((person) => [person.id, person]));
  const is = new Map(after.assignees.map((person) => [person.id, person]));
  const isNew = ({ id }: { id: string }) => !was.has(id) || was.get(id)?.state === 'declined';
  const given = after.assignees.filter((person) => person.state !== 'declined' && isNew(person));
  const taken = before.assignees.filter(({ id }) => !is.has(id));
  const own = is.get(by);
  const answered = own && was.has(by) && own.state !== was.get(by)?.state ? own : undefined;
  const claimed = given.length === 1 && given[0]?.id === by;
  return [
    ...(claimed ? [{ kind: 'claimed' as const }] : []),
    ...(given.length > 0 && !claimed ? [{ kind: 'given' as const, people: namesOf(given) }] : []),
    ...(taken.length > 0 ? [{ kind: 'taken' as const, people: namesOf(taken) }] : []),
    ...(answered && !claimed ? answer(answered, before, after) : []),
  ];
}

function answer(own: Snapshot['assignees'][number], before: Snapshot, after: Snapshot): Happening[] {
  switch (own.state) {
    case 'accepted':
      // Taken up again, everyone's part is open again: that is no answer of theirs.
      return before.statusId === after.statusId ? [{ kind: 'accepted' }] : [];
    case 'declined':
      return [{ kind: 'declined', ...(own.note ? { note: own.note } : {}) }];
    case 'done':
      return before.statusId === after.statusId ? [{ kind: 'part-done' }] : [];
    case 'assigned':
      return [];
    default:
      return own.state satisfies never;
  }
}

function detailChanges(before: Snapshot, after: Snapshot): Happening[] {
  const due = before.dueAt !== after.dueAt || before.dueHasTime !== after.dueHasTime;
  return [
    ...(due ? [{ kind: 'due' as const, due: after.dueAt, hasTime: after.dueHasTime }] : []),
    ...(before.priority !== after.priority ? [{ kind: 'priority' as const, to: after.priority }] : []),
    ...(before.title !== after.title ? [{ kind: 'title' as const, to: after.title }] : []),
    ...(before.description !== after.description ? [{ kind: 'description' as const }] : []),
  ];
}

const namesOf = (people: readonly { name: string }[]): string[] => people.map(({ name }) => name);
