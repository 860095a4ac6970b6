import { type Json, json, textOf } from './json.ts';
import { type ConversationType, conversationType, type Reference } from './references.ts';

/** An activity of Bot Framework, as far as Crewline reads it, with its fields checked. */
export interface Incoming {
  type: string;
  /** Absent on some events. */
  id: string | undefined;
  /** An invoke's name: `adaptiveCard/action`. */
  name: string | undefined;
  /** An installation's direction: add, remove, add-upgrade. */
  action: string | undefined;
  text: string;
  textFormat: string | undefined;
  /** What a card's button or form sent. */
  value: unknown;
  user: { id: string; name: string | undefined };
  botId: string;
  tenantId: string;
  conversation: {
    id: string;
    type: ConversationType;
    /** False in a chat of two people: the bot can't write there. */
    hasBot: boolean;
  };
  teamId: string | undefined;
  /** The channel that it was said in, or that the event is about. */
  channel: { id: string; name: string | undefined } | undefined;
  /** Where a team wants the bot to speak, told when it is added. */
  selectedChannelId: string | undefined;
  /** Teams' own name of an event: channelRenamed, editMessage, … */
  eventType: string | undefined;
  membersAdded: readonly string[];
  membersRemoved: readonly string[];
  /** ISO time; tells two changes of one message apart */
  timestamp: string | undefined;
  serviceUrl: string;
  /** The message that carries the card that was pressed. */
  replyToId: string | undefined;
  mentions: readonly { userId: string; name: string | undefined; text: string; group: boolean }[];
  timeZone: string | undefined;
  locale: string | undefined;
}

/** Undefined for what is no activity from a person in a tenant. */
export function readActivity(body: Json): Incoming | undefined {
  const conversation = json(body.conversation);
  const channelData = json(body.channelData);
  const from = json(body.from);
  const entities = Array.isArray(body.entities) ? body.entities.map(json) : [];
  const clientInfo = json(entities.find((entity) => entity.type === 'clientInfo'));
  const type = textOf(body.type);
  const serviceUrl = textOf(body.serviceUrl);
  const conversationId = textOf(conversation.id) ?? extensionPlace(body);
  const tenantId = textOf(conversation.tenantId) ?? textOf(json(channelData.tenant).id);
  const userId = textOf(from.id);
  const botId = textOf(json(body.recipient).id);
  if (!type || !serviceUrl || !conversationId || !tenantId || !userId || !botId) return undefined;
  return {
    type,
    id: textOf(body.id),
    name: textOf(body.name),
    action: textOf(body.action),
    text: textOf(body.text) ?? '',
    textFormat: textOf(body.textFormat),
    value: body.value,
    user: { id: userId, name: textOf(from.name) },
    botId,
    tenantId,
    conversation: placeOf({ id: conversationId, type: conversation.conversationType, botId }),
    teamId: textOf(json(channelData.team).id),
    channel: channelOf(channelData.channel),
    selectedChannelId: textOf(json(json(channelData.settings).selectedChannel).id),
    eventType: textOf(channelData.eventType),
    membersAdded: idsOf(body.membersAdded),
    membersRemoved: idsOf(body.membersRemoved),
    timestamp: textOf(body.timestamp),
    serviceUrl,
    replyToId: textOf(body.replyToId),
    mentions: entities.flatMap(mention),
    timeZone: textOf(body.localTimezone) ?? textOf(clientInfo.timezone),
    locale: textOf(body.locale) ?? textOf(clientInfo.locale),
  };
}

/**
 * A card or a message extension is used also in the chats of two people, which Teams calls personal as well. The bot's own
 * chat with somebody is `a:…`; theirs is `19:<one>_<other>@unq.gbl.spaces`, and as public as a group.
 */
function placeOf({
  id,
  type,
  botId,
}: {
  id: string;
  type: unknown;
  botId: string;
}): Incoming['conversation'] {
  const between = /^19:.+_.+@unq\.gbl\.spaces$/i.test(id) && !id.includes(botId.replace(/^28:/, ''));
  return { id, type: between ? 'groupChat' : conversationType(type), hasBot: !between };
}

/** In a chat between two people Teams may leave out where a message extension was asked. */
function extensionPlace(body: Json): string | undefined {
  const isExtension = body.type === 'invoke' && textOf(body.name)?.startsWith('composeExtension/');
  return isExtension ? textOf(json(body.from).id) : undefined;
}

function channelOf(value: unknown): Incoming['channel'] {
  const { id, name } = json(value);
  const known = textOf(id);
  return known === undefined ? undefined : { id: known, name: textOf(name) };
}

const idsOf = (members: unknown): string[] =>
  Array.isArray(members) ? members.flatMap((member) => textOf(json(member).id) ?? []) : [];

function mention(entity: Json): Incoming['mentions'] {
  const mentioned = json(entity.mentioned);
  const userId = textOf(mentioned.id);
  const text = textOf(entity.text);
  if (entity.type !== 'mention' || !userId || !text) return [];
  // A tag stands for several people; the connector tells nobody who they are.
  return [{ userId, name: textOf(mentioned.name), text, group: mentioned.type === 'tag' }];
}

/** Where an answer goes: the conversation, in a channel the very thread. */
export function referenceOf(incoming: Incoming): Reference {
  return {
    serviceUrl: incoming.serviceUrl,
    bot: { id: incoming.botId },
    conversation: {
      id: incoming.conversation.id,
      tenantId: incoming.tenantId,
      conversationType: incoming.conversation.type,
    },
    ...(incoming.teamId && incoming.conversation.type === 'channel' ? { team: incoming.teamId } : {}),
  };
}
