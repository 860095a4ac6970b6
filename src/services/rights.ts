import { AppError } from '../core/errors.ts';
import type { Messages } from '../core/messages.ts';
import type { Assignee, SeenTask, Standing } from './task-record.ts';

/** What a person may do with a task that they see. */
export type Right =
  /** status: assignees, managers of the project, whoever made a task without one */
  | 'work'
  /** assignees, due, priority: managers of the project, whoever made a task without one */
  | 'manage'
  /** close what waits for approval, or return it: as manage */
  | 'approve';

/** What of a task, and of somebody's place in it, tells what they may do with it. */
export interface Judged {
  task: {
    assignees: readonly Pick<Assignee, 'id' | 'state'>[];
    project: object | null;
    createdBy: { id: string };
  };
  standing: Standing;
}

export function has(right: Right, seen: Judged, personId: string): boolean {
  const { task, standing } = seen;
  const manages = standing.admin || (standing.manager && standing.member);
  const owns = task.project === null && task.createdBy.id === personId;
  switch (right) {
    case 'work':
      return (
        manages || owns || task.assignees.some(({ id, state }) => id === personId && state !== 'declined')
      );
    case 'manage':
    case 'approve':
      return manages || owns;
    default:
      return right satisfies never;
  }
}

/** What a card's buttons depend on. */
export interface Rights {
  work: boolean;
  approve: boolean;
}

export const rightsOf = (seen: Judged, personId: string): Rights => ({
  work: has('work', seen, personId),
  approve: has('approve', seen, personId),
});

/** What is tried with a task, as a refusal names it. */
export type Tried = keyof Messages['tasks']['deeds'];

/** What nobody has is anybody's to take. */
function unclaimed({ number, project, createdBy }: SeenTask['task']): AppError {
  const manager = project?.ownerName ?? createdBy.name;
  return new AppError('not_allowed', {
    userMessage: ({ tasks }) => tasks.claimFirst(number, manager),
    buttons: ({ buttons }) => [
      { label: buttons.claim, tone: 'primary', intent: { action: 'claim', args: { task: String(number) } } },
    ],
  });
}

/** Throws AppError `not_allowed`, saying who could. */
export function require(
  right: Right,
  seen: SeenTask,
  { personId, deed }: { personId: string; deed: Tried },
): void {
  if (has(right, seen, personId)) return;
  const { task } = seen;
  const isOpen = task.status.category !== 'done' && task.status.category !== 'cancelled';
  if (right === 'work' && isOpen && task.assignees.every(({ state }) => state === 'declined'))
    throw unclaimed(task);
  const assignees = right === 'work' ? task.assignees.map(({ name }) => name) : [];
  const manager = task.project?.ownerName ?? task.createdBy.name;
  const who = [...new Set([...assignees.slice(0, 3), manager])];
  throw new AppError('not_allowed', {
    userMessage: ({ tasks }) => tasks.cant({ deed: tasks.deeds[deed], number: task.number, who }),
  });
}
