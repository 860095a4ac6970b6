import {
  type ConnectorClient,
  type ConnectorClientOptions,
  TeamsConnectorClient,
} from 'botframework-connector';
import type { Activity, ConversationParameters } from 'botframework-schema';
import { type Json, json } from './json.ts';
import type { Reference } from './references.ts';
import type { ServiceUrlCheck } from './service-urls.ts';

/** A message or typing sign, without its addressing. */
export type Outgoing = Pick<Activity, 'type'> &
  Partial<Pick<Activity, 'text' | 'textFormat' | 'summary' | 'attachments'>>;

/** Speaks to Teams. Throws ConnectorError, ConnectorUnreachable and TokenError. */
export interface Connector {
  /** Sends to a conversation, into the thread of `replyTo` if given; gives the new activity's id. */
  send(to: Reference, activity: Outgoing, replyTo?: string): Promise<string>;
  update(to: Reference, activityId: string, activity: Outgoing): Promise<void>;
  /** Opens the personal chat with someone, or finds the one that is there. */
  openPersonal(to: {
    serviceUrl: string;
    botId: string;
    tenantId: string;
    userId: string;
  }): Promise<Reference>;
  /** One member of a conversation or team, as Teams tells. */
  member(serviceUrl: string, conversationId: string, userId: string): Promise<Json>;
  /** What a team's channels are called, by their ids; the first one has no name. */
  channels(serviceUrl: string, teamId: string): Promise<ReadonlyMap<string, string | undefined>>;
}

/**
 * Talks to the connector directly, in a turn and outside of one alike: a turn's context may be gone when
 * a late answer comes.
 */
export function createConnector(options: {
  createClient: (serviceUrl: string) => Promise<ConnectorClient>;
  allowed: ServiceUrlCheck;
  httpClient: NonNullable<ConnectorClientOptions['httpClient']>;
}): Connector {
  async function clientOf(serviceUrl: string): Promise<ConnectorClient> {
    // Also for stored addresses: what is called bears the bot's token.
    if (!options.allowed(serviceUrl)) throw new Error(`service URL not allowed: ${serviceUrl}`);
    return options.createClient(serviceUrl);
  }

  const client = async (serviceUrl: string) => (await clientOf(serviceUrl)).conversations;

  return {
    async send(to, activity, replyTo) {
      const conversations = await client(to.serviceUrl);
      const addressed = { ...address(to), ...activity };
      const sent = replyTo
        ? await conversations.replyToActivity(to.conversation.id, replyTo, {
            ...addressed,
            replyToId: replyTo,
          })
        : await conversations.sendToConversation(to.conversation.id, addressed);
      return sent.id ?? '';
    },

    async update(to, activityId, activity) {
      const conversations = await client(to.serviceUrl);
      const addressed = { ...address(to), ...activity, id: activityId };
      await conversations.updateActivity(to.conversation.id, activityId, addressed);
    },

    async openPersonal({ serviceUrl, botId, tenantId, userId }) {
      const conversations = await client(serviceUrl);
      const opened = await conversations.createConversation(personalChat(botId, tenantId, userId));
      return {
        serviceUrl,
        bot: { id: botId },
        conversation: { id: opened.id ?? '', tenantId, conversationType: 'personal' },
      };
    },

    async member(serviceUrl, conversationId, userId) {
      const conversations = await client(serviceUrl);
      return json(await conversations.getConversationMember(conversationId, userId));
    },

    // learn.microsoft.com, "Get Teams specific context for your bot": botbuilder has this in another client alone.
    async channels(serviceUrl, teamId) {
      const { credentials } = await clientOf(serviceUrl);
      const { httpClient } = options;
      const client = new TeamsConnectorClient(credentials, { baseUri: serviceUrl, httpClient });
      const { conversations = [] } = await client.teams.fetchChannelList(teamId);
      return new Map(conversations.map(({ id, name }) => [id ?? '', name || undefined]));
    },
  };
}

function address(to: Reference) {
  const { id, tenantId, conversationType } = to.conversation;
  return {
    channelId: 'msteams',
    serviceUrl: to.serviceUrl,
    from: { id: to.bot.id, name: '' },
    conversation: { id, tenantId, conversationType, isGroup: conversationType !== 'personal', name: '' },
  };
}

/** Needs the app installed for the person, else 403 (learn.microsoft.com, "Send proactive messages"). */
function personalChat(botId: string, tenantId: string, userId: string): ConversationParameters {
  const bot = { id: botId, name: '' };
  const members = [{ id: userId, name: '' }];
  return {
    isGroup: false,
    bot,
    members,
    tenantId,
    channelData: { tenant: { id: tenantId } },
  } as Partial<ConversationParameters> as ConversationParameters;
}
