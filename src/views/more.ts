import { messagesFor } from '../core/messages.ts';
import { type Button, text, type View } from '../core/view.ts';
import type { FollowMode } from '../services/follow-task.ts';
import type { TaskRecord } from '../services/task-record.ts';
import { isClosed, stateOf } from './card-copy.ts';
import { type Reader, taskName } from './words.ts';

/** What the reader may do with the task. */
interface May {
  edit: boolean;
  assign: boolean;
  work: boolean;
  manage: boolean;
}

/** Beside the way back to the card: more is not read on a phone, and Teams shows six. */
const MOST = 5;

/** What can be done with a task besides what stands on its card, the likeliest first. */
export function moreOfTask(
  task: TaskRecord,
  {
    may,
    follows,
    reader,
    now,
  }: { may: May; follows: FollowMode | undefined; reader: Reader & { id: string }; now: Date },
): View {
  const { buttons } = messagesFor(reader.locale);
  const button = (label: string, action: string): Button => ({
    label,
    intent: { action, args: { task: String(task.number) } },
  });
  const offered = isClosed(task) ? [] : whileOpen(task, { may, reader, button });
  const following = followButton(task, { follows, reader, button });
  const all = [
    ...offered,
    button(buttons.remind, 'remind'),
    ...following,
    button(buttons.timeline, 'timeline'),
  ];
  const back: Button = {
    label: buttons.show,
    intent: { action: 'show', args: { task: String(task.number), back: 'yes' } },
  };
  const name = taskName(task);
  return {
    summary: `#${task.number} ${task.title}`,
    nodes: [
      { type: 'text', text: text`${name}\n${stateOf(task, { reader, now })}` },
      { type: 'actions', buttons: [...all.slice(0, MOST), back] },
    ],
  };
}

type MakeButton = (label: string, action: string) => Button;

function whileOpen(
  task: TaskRecord,
  { may, reader, button }: { may: May; reader: Reader & { id: string }; button: MakeButton },
): Button[] {
  const { buttons } = messagesFor(reader.locale);
  const own = task.assignees.find(({ id }) => id === reader.id);
  const othersHaveIt = task.assignees.some(
    ({ id, state }) => id !== reader.id && state !== 'declined' && state !== 'done',
  );
  const offers: [boolean, Button][] = [
    [may.edit, button(buttons.edit, 'edit')],
    [may.assign, button(own || othersHaveIt ? buttons.reassign : buttons.assign, 'assign')],
    [may.manage && othersHaveIt && task.status.category !== 'review', button(buttons.nudge, 'nudge')],
    [own?.state === 'assigned', button(buttons.decline, 'decline')],
    [own !== undefined && task.dueAt !== null, button(buttons.snooze, 'snooze')],
    [may.manage, button(buttons.cancelTask, 'cancel')],
  ];
  return offers.filter(([isOffered]) => isOffered).map(([, offer]) => offer);
}

/** Who has a task hears of it, and can have it hushed; who has not can listen in. */
function followButton(
  task: TaskRecord,
  {
    follows,
    reader,
    button,
  }: { follows: FollowMode | undefined; reader: Reader & { id: string }; button: MakeButton },
): Button[] {
  const { buttons, follow } = messagesFor(reader.locale);
  if (follows === 'muted') return [button(follow.unmute, 'unmute')];
  if (follows === 'watching') return [button(follow.unwatch, 'unwatch')];
  const hears = task.createdBy.id === reader.id || task.assignees.some(({ id }) => id === reader.id);
  return [hears ? button(buttons.mute, 'mute') : button(buttons.watch, 'watch')];
}
