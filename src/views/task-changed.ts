import type { Messages } from '../core/messages.ts';
import { type Button, type Reply, type RichText, say, type Tone } from '../core/view.ts';
import type { StatusChange } from '../services/change-status.ts';
import type { Deed } from '../services/move-task.ts';
import type { TaskRecord } from '../services/task-record.ts';
import { taskName } from './words.ts';

/** Acknowledges a change of a task: one line to the one who made it; the card shows it to everyone. */
export function statusChanged(
  { task, outcome }: StatusChange,
  { deed, messages }: { deed: Deed; messages: Messages },
): Reply {
  const { changes, words } = messages;
  const { number } = task;
  switch (outcome) {
    case 'changed':
      return changed(task, {
        messages,
        sentence: changes.did(changes.deeds[deed], taskName(task)),
        ack: changes.didShort(changes.deeds[deed], number),
        tone: deed === 'done' ? 'good' : 'neutral',
      });
    case 'approval':
      return changed(task, {
        messages,
        sentence: changes.waits(taskName(task), task.project?.ownerName ?? words.aManager),
        ack: changes.waitsShort(number),
      });
    case 'part': {
      const done = task.assignees.filter(({ state }) => state === 'done').length;
      const total = task.assignees.length;
      return changed(task, {
        messages,
        sentence: changes.part({ task: taskName(task), done, total }),
        ack: changes.partShort({ number, done, total }),
      });
    }
    default:
      return outcome satisfies never;
  }
}

/** Moved by the name of a status: says that name. */
export function statusMoved(change: StatusChange, messages: Messages): Reply {
  const { task, outcome } = change;
  if (outcome !== 'changed') return statusChanged(change, { deed: 'done', messages });
  const status = task.status.name;
  return changed(task, {
    messages,
    sentence: messages.changes.did(status, taskName(task)),
    ack: messages.changes.movedShort(status, task.number),
    tone: task.status.category === 'done' ? 'good' : 'neutral',
  });
}

/** A line on what was done to a task, with the way to its card. */
export function changed(
  task: Pick<TaskRecord, 'number'>,
  {
    messages,
    sentence,
    ack,
    tone = 'good',
  }: { messages: Messages; sentence: RichText; ack: string; tone?: Tone },
): Reply {
  const show: Button = {
    label: messages.buttons.show,
    intent: { action: 'show', args: { task: String(task.number) } },
  };
  return say(sentence, { to: 'user', tone, ack, buttons: [show] });
}
