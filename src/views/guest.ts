import type { Guest } from '../core/action.ts';
import { messagesFor } from '../core/messages.ts';
import { plain, type Reply, say } from '../core/view.ts';

/** Someone whom we don't know: why, and the one thing to do. */
export function guestReply({ profile: { name, email, locale = 'en' } }: Guest): Reply {
  const { hello } = messagesFor(locale);
  const first = name.split(' ')[0] ?? name;
  return say(plain(email ? hello.strangerBy(first, email) : hello.stranger(first)), {
    to: 'user',
    ack: hello.strangerShort,
    buttons: [{ label: hello.askToJoin, tone: 'primary', intent: { action: 'join', args: {} } }],
  });
}
