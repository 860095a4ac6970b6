import type { Messages } from '../core/messages.ts';
import { statusName } from '../core/status-name.ts';
import { type Button, join, type Reply, type RichText, say, type Tone } from '../core/view.ts';
import type { StatusChange } from '../services/change-status.ts';
import type { Deed } from '../services/move-task.ts';
import type { TaskRecord } from '../services/task-record.ts';
import { stopRepeatingButton } from './repeats.ts';
import { type Reader, taskName, whenSpan } from './words.ts';

interface Written {
  messages: Messages;
  reader: Reader;
  now: Date;
}

/** Acknowledges a change of a task: one line to the one who made it; the card shows it to everyone. */
export function statusChanged(change: StatusChange, written: Written & { deed: Deed }): Reply {
  const { task, outcome } = change;
  const { deed, messages } = written;
  const { changes, words } = messages;
  const { number } = task;
  switch (outcome) {
    case 'changed':
      return changed(task, {
        messages,
        ...withSeries(changes.did(changes.deeds[deed], taskName(task)), change, written),
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
export function statusMoved(change: StatusChange, written: Written): Reply {
  const { task, outcome } = change;
  if (outcome !== 'changed') return statusChanged(change, { deed: 'done', ...written });
  const { messages } = written;
  const status = statusName(task.status, messages);
  return changed(task, {
    messages,
    ...withSeries(messages.changes.did(status, taskName(task)), change, written),
    ack: messages.changes.movedShort(status, task.number),
    tone: task.status.category === 'done' ? 'good' : 'neutral',
  });
}

/** Cancelling one of a series leaves the series: that is said, with the way to end it. */
function withSeries(
  sentence: RichText,
  { task, comesAgain }: StatusChange,
  { messages, reader, now }: Written,
): { sentence: RichText; more?: Button[] } {
  if (task.status.category !== 'cancelled' || !comesAgain) return { sentence };
  const next = messages.repeats.nextComes(whenSpan(new Date(comesAgain), { reader, now }));
  return { sentence: join([sentence, next], '. '), more: [stopRepeatingButton(task, messages)] };
}

/** A line on what was done to a task, with the way to its card. */
export function changed(
  task: Pick<TaskRecord, 'number'>,
  {
    messages,
    sentence,
    ack,
    tone = 'good',
    more = [],
  }: { messages: Messages; sentence: RichText; ack: string; tone?: Tone; more?: readonly Button[] },
): Reply {
  const show: Button = {
    label: messages.buttons.show,
    intent: { action: 'show', args: { task: String(task.number) } },
  };
  return say(sentence, { to: 'user', tone, ack, buttons: [...more, show] });
}
