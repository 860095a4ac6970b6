import type { Invocation, Place, Request } from '../core/action.ts';
import type { NewId } from '../core/ports.ts';
import type { CardData } from './card-data.ts';
import { type Incoming, referenceOf } from './incoming.ts';
import { readText } from './message-text.ts';
import type { AskProfile } from './profile.ts';
import { splitThread, toAddress, withoutThread } from './references.ts';

type Asked = Pick<Invocation, 'key' | 'request' | 'source' | 'answeredSeparately'>;

/** A message; undefined where people talk among themselves. */
export function messageInvocation(
  incoming: Incoming,
  profile: AskProfile,
  newId: NewId,
): Invocation | undefined {
  const { text, mentions, addressed } = readText(incoming);
  const personal = incoming.conversation.type === 'personal';
  if (!personal && !addressed) return undefined;
  return invocation(incoming, profile, {
    key: activityKey(incoming, newId),
    request: { type: 'text', text, mentions },
    source: personal ? 'message' : 'mention',
    answeredSeparately: true,
  });
}

/**
 * A pressed button or a sent form. Teams may redeliver an invoke with a new id and timestamp after about 15 s, so the
 * key is made of what the card carries: the same click has the same key, a freshly drawn card a new one.
 */
export function cardInvocation(
  incoming: Incoming,
  profile: AskProfile,
  data: CardData,
  options: { answeredSeparately: boolean },
): Invocation {
  const { action, args } = data.intent;
  const request: Request =
    data.type === 'form'
      ? { type: 'form', action, args: { ...args, ...data.values } }
      : { type: 'intent', action, args };
  const prefix = data.type === 'form' ? 'form' : 'card';
  const asked = invocation(incoming, profile, {
    key: `${prefix}:${data.nonce}:${incoming.user.id}`,
    request,
    source: data.type === 'form' ? 'form' : 'button',
    ...options,
  });
  if (incoming.replyToId === undefined) return asked;
  return { ...asked, place: { ...asked.place, messageId: incoming.replyToId } };
}

/** The app was added: one welcome a person, one greeting a team, however many events tell of it. */
export function installedInvocation(incoming: Incoming, profile: AskProfile): Invocation {
  const action = incoming.conversation.type === 'personal' ? 'welcome' : 'greet';
  return invocation(incoming, profile, {
    key: `teams:${incoming.tenantId}:${incoming.conversation.id}:installed`,
    request: { type: 'intent', action, args: {} },
    source: 'event',
    answeredSeparately: true,
  });
}

function invocation(incoming: Incoming, profile: AskProfile, asked: Asked): Invocation {
  const personal = incoming.conversation.type === 'personal';
  return {
    ...asked,
    platform: 'teams',
    workspaceId: incoming.tenantId,
    userId: incoming.user.id,
    place: placeOf(incoming),
    profile,
    ...(personal ? { directAddress: toAddress(referenceOf(incoming)) } : {}),
  };
}

const kinds = { personal: 'direct', groupChat: 'group', channel: 'channel' } as const;

function placeOf(incoming: Incoming): Place {
  const { channelId, threadId } = splitThread(incoming.conversation.id);
  return {
    kind: kinds[incoming.conversation.type],
    channelId,
    address: toAddress(withoutThread(referenceOf(incoming))),
    ...(incoming.channelName === undefined ? {} : { channelName: incoming.channelName }),
    ...(threadId === undefined ? {} : { threadId }),
  };
}

/** A message that Teams delivers again keeps its id. One without any can't be told from others: it is one of its own. */
function activityKey(incoming: Incoming, newId: NewId): string {
  return `teams:${incoming.tenantId}:${incoming.conversation.id}:${incoming.id ?? newId()}`;
}
