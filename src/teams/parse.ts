import type { Invocation, Place, Request } from '../core/action.ts';
import type { NewId } from '../core/ports.ts';
import type { Intent } from '../core/view.ts';
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
  const asked = invocation(incoming, profile, {
    ...cardRequest(incoming, data),
    source: data.type === 'form' ? 'form' : 'button',
    ...options,
  });
  if (incoming.replyToId === undefined) return asked;
  return { ...asked, place: { ...asked.place, messageId: incoming.replyToId } };
}

/** What a card's or a dialog's button or form asks for, and the key of that very press. */
export function cardRequest(incoming: Incoming, data: CardData): Pick<Invocation, 'key' | 'request'> {
  const { action, args } = data.intent;
  const key = `${data.nonce}:${incoming.user.id}`;
  return data.type === 'form'
    ? { key: `form:${key}`, request: { type: 'form', action, args: { ...args, ...data.values } } }
    : { key: `card:${key}`, request: { type: 'intent', action, args } };
}

/**
 * A dialog's button or form. Its message is the one that opened it: Teams tells it when the dialog opens, and in
 * the asker's own chat the form brings it back.
 */
export function dialogInvocation(incoming: Incoming, profile: AskProfile, data: CardData): Invocation {
  const opener = openerOf(incoming, data);
  return cardInvocation({ ...incoming, replyToId: incoming.replyToId ?? opener }, profile, data, {
    answeredSeparately: false,
  });
}

/** Only where nobody else reads along: what a dialog carries is not to be trusted with others' messages. */
export function openerOf(incoming: Incoming, data: CardData): string | undefined {
  if (incoming.conversation.type !== 'personal') return undefined;
  return data.type === 'form' ? data.opener : incoming.replyToId;
}

/**
 * Asked through a message extension, which people have everywhere, also where the bot is no member: what that place tells is
 * not a way to write to anyone.
 */
export function extensionInvocation(
  incoming: Incoming,
  profile: AskProfile,
  asked: { request: Request; key: string },
): Invocation {
  const isForm = asked.request.type === 'form';
  const { directAddress: _elsewhere, ...rest } = invocation(incoming, profile, {
    ...asked,
    source: isForm ? 'form' : 'shortcut',
    answeredSeparately: false,
  });
  const { type, hasBot } = incoming.conversation;
  if (type !== 'personal' && hasBot) return rest;
  return { ...rest, place: { kind: 'direct', channelId: incoming.conversation.id } };
}

/** The app was added: one welcome a person, one greeting a chat or team, however many events tell of it. */
export function installedInvocation(incoming: Incoming, profile: AskProfile): Invocation {
  const action = incoming.conversation.type === 'personal' ? 'welcome' : 'greet';
  return invocation(incoming, profile, {
    key: `teams:${incoming.tenantId}:${incoming.teamId ?? incoming.conversation.id}:installed`,
    request: { type: 'intent', action, args: {} },
    source: 'event',
    answeredSeparately: true,
  });
}

/** A message under a card, its change or its end. One that named the bot is answered. */
export function replyInvocation(
  incoming: Incoming,
  profile: AskProfile,
  { intent, newId }: { intent: Intent; newId: NewId },
): Invocation {
  const said = activityKey(incoming, newId);
  const isSpoken = intent.args.spoken !== undefined;
  return invocation(incoming, profile, {
    key: incoming.type === 'message' ? said : `${said}:${incoming.type}:${incoming.timestamp ?? newId()}`,
    request: { type: 'intent', ...intent },
    source: isSpoken ? 'mention' : 'event',
    answeredSeparately: isSpoken,
  });
}

function invocation(incoming: Incoming, profile: AskProfile, asked: Asked): Invocation {
  const personal = incoming.conversation.type === 'personal';
  return {
    ...asked,
    platform: 'teams',
    workspaceId: incoming.tenantId,
    userId: incoming.user.id,
    ...(incoming.locale === undefined ? {} : { locale: incoming.locale }),
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
    ...(incoming.conversation.hasBot ? { address: toAddress(withoutThread(referenceOf(incoming))) } : {}),
    ...(incoming.channel?.name === undefined ? {} : { channelName: incoming.channel.name }),
    ...(threadId === undefined ? {} : { threadId }),
  };
}

/** A message that Teams delivers again keeps its id. One without any can't be told from others: it is one of its own. */
function activityKey(incoming: Incoming, newId: NewId): string {
  return `teams:${incoming.tenantId}:${incoming.conversation.id}:${incoming.id ?? newId()}`;
}
