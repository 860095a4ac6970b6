import { json, textOf } from './json.ts';

/** Where to write to: the part of Bot Framework's conversation reference that Teams needs. */
export interface Reference {
  serviceUrl: string;
  bot: { id: string };
  conversation: { id: string; tenantId: string; conversationType: ConversationType };
  /** A channel's team: with it ends what is posted there. */
  team?: string;
}

export type ConversationType = 'personal' | 'groupChat' | 'channel';

/** As `Place.address` and `directAddress` carry it. */
export const toAddress = (reference: Reference): string => JSON.stringify(reference);

/** Reads an address that was stored; undefined when it is not one of ours. */
export function fromAddress(address: string): Reference | undefined {
  const stored = json(parse(address));
  const conversation = json(stored.conversation);
  const serviceUrl = textOf(stored.serviceUrl);
  const bot = textOf(json(stored.bot).id);
  const id = textOf(conversation.id);
  if (!serviceUrl || !bot || !id) return undefined;
  const tenantId = textOf(conversation.tenantId) ?? '';
  return {
    serviceUrl,
    bot: { id: bot },
    conversation: { id, tenantId, conversationType: conversationType(conversation.conversationType) },
  };
}

export function conversationType(value: unknown): ConversationType {
  return value === 'channel' || value === 'groupChat' ? value : 'personal';
}

/** A thread's id is `<channel>;messageid=<root>`: the channel's own, and the message that starts the thread. */
export function splitThread(conversationId: string): { channelId: string; threadId: string | undefined } {
  const [channelId = conversationId, threadId] = conversationId.split(';messageid=');
  return { channelId, threadId };
}

/** The same place outside of any thread. */
export function withoutThread(reference: Reference): Reference {
  const id = splitThread(reference.conversation.id).channelId;
  return { ...reference, conversation: { ...reference.conversation, id } };
}

/** The thread that a message of a channel starts. */
export function inThread(channel: Reference, messageId: string): Reference {
  const id = `${splitThread(channel.conversation.id).channelId};messageid=${messageId}`;
  return { ...channel, conversation: { ...channel.conversation, id } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
