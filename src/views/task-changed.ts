import { type Button, type Reply, type RichText, say, type Tone, text } from '../core/view.ts';
import type { StatusChange } from '../services/change-status.ts';
import type { Deed } from '../services/move-task.ts';
import type { TaskRecord } from '../services/task-record.ts';
import { taskName } from './words.ts';

const deedWords: Record<Deed, string> = {
  start: 'Started',
  done: 'Done',
  block: 'Blocked',
  unblock: 'Unblocked',
  review: 'In review',
  reopen: 'Reopened',
  cancel: 'Cancelled',
};

/** Acknowledges a change of a task: one line to the one who made it; the card shows it to everyone. */
export function statusChanged({ task, outcome }: StatusChange, deed: Deed): Reply {
  switch (outcome) {
    case 'changed':
      return changed(task, {
        sentence: text`${deedWords[deed]}: ${taskName(task)}`,
        ack: `#${task.number}: ${deedWords[deed].toLowerCase()}.`,
        tone: deed === 'done' ? 'good' : 'neutral',
      });
    case 'approval':
      return changed(task, {
        sentence: text`${taskName(task)} waits for approval by ${task.project?.ownerName ?? 'a manager'} now.`,
        ack: `#${task.number} waits for approval now.`,
      });
    case 'part': {
      const done = task.assignees.filter(({ state }) => state === 'done').length;
      return changed(task, {
        sentence: text`Your part of ${taskName(task)} is done: ${done} of ${task.assignees.length}.`,
        ack: `#${task.number}: ${done} of ${task.assignees.length} done.`,
      });
    }
    default:
      return outcome satisfies never;
  }
}

/** Moved by the name of a status: says that name. */
export function statusMoved(change: StatusChange): Reply {
  const { task, outcome } = change;
  if (outcome !== 'changed') return statusChanged(change, 'done');
  const status = task.status.name;
  return changed(task, {
    sentence: text`${status}: ${taskName(task)}`,
    ack: `#${task.number}: ${status}.`,
    tone: task.status.category === 'done' ? 'good' : 'neutral',
  });
}

/** A line on what was done to a task, with the way to its card. */
export function changed(
  task: Pick<TaskRecord, 'number'>,
  { sentence, ack, tone = 'good' }: { sentence: RichText; ack: string; tone?: Tone },
): Reply {
  const show: Button = { label: 'Show', intent: { action: 'show', args: { task: String(task.number) } } };
  return say(sentence, { to: 'user', tone, ack, buttons: [show] });
}
