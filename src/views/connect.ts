import type { Messages } from '../core/messages.ts';
import { plain, type Reply, say } from '../core/view.ts';
import { withCommands } from './with-commands.ts';

type PlatformName = keyof Messages['connect']['platforms'];

const platformNames = (platforms: readonly PlatformName[], { connect }: Messages): string[] =>
  platforms.map((platform) => connect.platforms[platform]);

/** A one-time code, for the eyes of whoever asked. */
export function codeSaid(
  { code, elsewhere }: { code: string; elsewhere: readonly PlatformName[] },
  messages: Messages,
): Reply {
  const { connect } = messages;
  const sentence = connect.code(code, `connect ${code}`, platformNames(elsewhere, messages));
  const reply = say(withCommands(sentence), { to: 'user', ack: connect.codeAck });
  if (reply.kind !== 'view') return reply;
  // A lock screen is for everyone's eyes.
  return { ...reply, secret: true, view: { ...reply.view, summary: connect.codeShort } };
}

/** Before two become one: who that would be. The code stands in the button, so it is kept nowhere else. */
export function connectAsked(
  { owner, platforms }: { owner: { name: string; email: string | null }; platforms: readonly PlatformName[] },
  { code, messages }: { code: string; messages: Messages },
): Reply {
  const { connect } = messages;
  const sentence = connect.sure(owner.name, owner.email ?? '', platformNames(platforms, messages));
  const reply = say(plain(sentence), {
    to: 'user',
    tone: 'attention',
    ack: connect.privately,
    buttons: [
      {
        label: connect.thatIsMe,
        tone: 'danger',
        intent: { action: 'connect', args: { code, sure: 'yes' } },
      },
    ],
  });
  if (reply.kind !== 'view') return reply;
  return { ...reply, secret: true, view: { ...reply.view, summary: connect.sureShort(owner.name) } };
}

/** Who they are now, and where. */
export function connected(
  { name, platforms }: { name: string; platforms: readonly PlatformName[] },
  messages: Messages,
): Reply {
  const { connect } = messages;
  return say(plain(connect.done(name, platformNames(platforms, messages))), {
    to: 'user',
    tone: 'good',
    ack: connect.ack,
    buttons: [{ label: messages.settings.homeButton, intent: { action: 'settings', args: {} } }],
  });
}

/** A code that is not good, for whatever reason. */
export const codeRefused = ({ connect }: Messages, root: string): Reply =>
  say(withCommands(connect.wrongCode, root), { to: 'user', tone: 'attention', ack: connect.privately });

interface Separation {
  platform: PlatformName;
  others: readonly PlatformName[];
}

/** Before an account becomes a person of its own: what that means. */
export function separationAsked({ platform, others }: Separation, messages: Messages): Reply {
  const { connect } = messages;
  const sentence = connect.separateSure(connect.platforms[platform], platformNames(others, messages));
  return say(plain(sentence), {
    to: 'user',
    tone: 'attention',
    ack: connect.privately,
    buttons: [
      {
        label: connect.separate,
        tone: 'danger',
        intent: { action: 'disconnect', args: { platform, sure: 'yes' } },
      },
    ],
  });
}

/** After it. */
export function separated({ platform, others }: Separation, messages: Messages): Reply {
  const { connect } = messages;
  const sentence = connect.separated(connect.platforms[platform], platformNames(others, messages));
  const reply = say(plain(sentence), { to: 'user', tone: 'good', ack: connect.separatedAck });
  return reply.kind === 'view' ? { ...reply, replaceOriginal: true } : reply;
}
