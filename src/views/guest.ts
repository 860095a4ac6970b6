import type { Guest } from '../core/action.ts';
import { type Reply, say, text } from '../core/view.ts';

/** Someone whom we don't know: why, and the one thing to do. */
export function guestReply({ profile }: Guest): Reply {
  const first = profile.name.split(' ')[0] ?? profile.name;
  const mail = profile.email ? ` by ${profile.email}` : '';
  return say(
    text`Hello ${first}. I don’t know you${mail} yet, so I can’t show you any tasks. Shall I ask a manager to let you in?`,
    {
      to: 'user',
      ack: 'We have not met. Write to me in a direct message and I’ll ask a manager to let you in.',
      buttons: [{ label: 'Ask to join', tone: 'primary', intent: { action: 'join', args: {} } }],
    },
  );
}
