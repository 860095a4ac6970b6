import type { Messages } from '../core/messages.ts';
import { type Button, plain, type Reply, say } from '../core/view.ts';
import type { FollowMode } from '../services/follow-task.ts';
import type { TaskRecord } from '../services/task-record.ts';
import { shorten } from './words.ts';

const nameOf = ({ number, title }: Pick<TaskRecord, 'number' | 'title'>): string =>
  `#${number} ${shorten(title, 90)}`;

/** What they hear of it from now on, with the way back. */
export function followed(
  task: Pick<TaskRecord, 'number' | 'title'>,
  mode: FollowMode,
  { follow }: Messages,
): Reply {
  const args = { task: String(task.number) };
  const back: Button =
    mode === 'watching'
      ? { label: follow.unwatch, intent: { action: 'unwatch', args } }
      : { label: follow.unmute, intent: { action: 'unmute', args } };
  return say(plain(follow[mode](nameOf(task))), { to: 'user', buttons: [back] });
}

export function unfollowed(
  task: Pick<TaskRecord, 'number' | 'title'>,
  mode: FollowMode,
  { follow }: Messages,
): Reply {
  return say(plain((mode === 'watching' ? follow.unwatched : follow.unmuted)(nameOf(task))), { to: 'user' });
}
