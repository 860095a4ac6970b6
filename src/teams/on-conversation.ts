import type { Conversations, Log, PlatformUser } from '../core/ports.ts';
import type { Incoming } from './incoming.ts';
import { splitThread } from './references.ts';

export interface ConversationTools {
  conversations: Conversations;
  log: Log;
  /** Says hello where the app was added. */
  greet(incoming: Incoming): Promise<void>;
}

/**
 * The app was added, removed or brought up to date. Source: learn.microsoft.com, "Conversation events in your Teams bot": a
 * person's removal tells of their own chat, a team's of all of its channels.
 */
export async function onInstallation(tools: ConversationTools, incoming: Incoming): Promise<void> {
  const { tenantId, action, conversation } = incoming;
  tools.log.info({ tenant: tenantId, scope: conversation.type, action }, 'Teams installation changed');
  if (action === 'add') return tools.greet(incoming);
  if (action === 'remove') return removed(tools, incoming);
}

/** A channel or a team changed, or somebody came or went. Of people only the bot itself matters. */
export async function onConversationUpdate(tools: ConversationTools, incoming: Incoming): Promise<void> {
  const { channel, teamId, membersAdded, membersRemoved, botId } = incoming;
  switch (incoming.eventType) {
    case 'channelRenamed':
      if (channel?.name)
        await tools.conversations.renamed(by(incoming), { channelId: channel.id, name: channel.name });
      return;
    case 'channelDeleted':
      if (channel) await tools.conversations.ended(by(incoming), { channelId: channel.id });
      return;
    case 'teamDeleted':
    case 'teamHardDeleted':
      return tools.conversations.ended(by(incoming), placeOf(incoming));
    default:
      if (membersAdded.includes(botId)) return tools.greet(incoming);
      if (membersRemoved.includes(botId)) return removed(tools, incoming);
      if (teamId) tools.log.debug({ event: incoming.eventType }, 'a Teams event that changes nothing here');
  }
}

async function removed({ conversations }: ConversationTools, incoming: Incoming): Promise<void> {
  if (incoming.conversation.type === 'personal') return conversations.left(by(incoming));
  return conversations.ended(by(incoming), placeOf(incoming));
}

const by = ({ tenantId, user }: Incoming): PlatformUser => ({
  platform: 'teams',
  workspaceId: tenantId,
  userId: user.id,
  name: user.name,
});

const placeOf = ({ conversation, teamId }: Incoming) => ({
  channelId: splitThread(conversation.id).channelId,
  teamId,
});
