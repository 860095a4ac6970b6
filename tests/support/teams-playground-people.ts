import { randomUUID } from 'node:crypto';
import { type DemoUser, demoPeople } from '../../prisma/seed/people.ts';
import { teamsObjectId, teamsTenant, teamsUserId } from '../../scripts/lib/teams-playground.ts';
import type { CardElement } from './teams-playground-cards.ts';
import { withoutThread } from './teams-playground-recorder.ts';

export interface Body {
  text: string;
  textFormat: 'plain' | 'xml';
  mentions: { mentioned: { id: string; name: string }; text: string }[];
}

export interface InvokeAnswer {
  type: string;
  value: unknown;
  /** Its value, where it is a card. */
  card?: CardElement;
}

interface Clicked {
  conversationId: string;
  messageId: string;
}

interface Action {
  verb: string | undefined;
  data: Record<string, unknown>;
}

/** What people do in the playground; each promise settles when the bot has answered, or was told. */
export interface People {
  personalChat(user: DemoUser): Promise<string>;
  install(): Promise<void>;
  write(user: DemoUser, conversationId: string, body: Body): Promise<void>;
  submit(user: DemoUser, where: Clicked, value: Record<string, unknown>): Promise<void>;
  execute(user: DemoUser, where: Clicked, action: Action): Promise<InvokeAnswer>;
}

const CARD = 'application/vnd.microsoft.card.adaptive';

export function createPeople(options: {
  url: string;
  messagesUrl: string;
  serviceUrl: string;
  /** In front of the page: what they do goes through the playground. */
  currentUser: DemoUser;
}): People {
  const { url, messagesUrl, serviceUrl, currentUser } = options;

  /** What somebody else does, in the form in which the playground sends it. */
  const send = (user: DemoUser, conversationId: string, activity: object) =>
    post(messagesUrl, {
      id: randomUUID(),
      channelId: 'msteams',
      serviceUrl,
      timestamp: new Date().toISOString(),
      locale: 'en-US',
      from: accountOf(user),
      recipient: { id: teamsTenant.botId, name: 'Crewline' },
      ...whereabouts(conversationId),
      ...activity,
    });

  return {
    async personalChat(user) {
      if (user === currentUser) return teamsTenant.personalChat;
      const created = await post(`${url}/_connector/v3/conversations`, {
        isGroup: false,
        bot: { id: teamsTenant.botId },
        members: [{ id: teamsUserId(user) }],
        tenantId: teamsTenant.tenantId,
      });
      // The same one however often it is asked for.
      return (created as { id: string }).id;
    },
    async install() {
      await post(`${url}/_debug/conversation/${teamsTenant.personalChat}/installation`, {});
    },
    async write(user, conversationId, { text, textFormat, mentions }) {
      if (user === currentUser) {
        const to = `${url}/_conversation/v1/conversations/${encodeURIComponent(conversationId)}/messages`;
        await post(to, { from: { id: teamsUserId(user) }, text, textFormat, mentions });
        return;
      }
      const entities = mentions.map((mention) => ({ type: 'mention', ...mention }));
      await send(user, conversationId, { type: 'message', text, textFormat, entities });
    },
    async submit(user, { conversationId, messageId }, value) {
      const clicked = { replyToId: messageId, value };
      if (user !== currentUser) {
        await send(user, conversationId, { type: 'message', ...clicked });
        return;
      }
      const from = { id: teamsUserId(user) };
      await post(`${url}/_conversation/v1/submit`, {
        from,
        conversation: { id: conversationId },
        ...clicked,
      });
    },
    async execute(user, { conversationId, messageId }, { verb, data }) {
      const action = { type: 'Action.Execute', ...(verb ? { verb } : {}), data };
      const clicked = {
        name: 'adaptiveCard/action',
        replyToId: messageId,
        value: { action, trigger: 'manual' },
      };
      if (user !== currentUser)
        return answerOf(await send(user, conversationId, { type: 'invoke', ...clicked }));
      const from = { id: teamsUserId(user) };
      return answerOf(
        await post(`${url}/_conversation/v1/invoke`, {
          from,
          conversation: { id: conversationId },
          ...clicked,
        }),
      );
    },
  };
}

function accountOf(user: DemoUser) {
  const name = demoPeople.find((person) => person.user === user)?.name;
  return { id: teamsUserId(user), name, aadObjectId: teamsObjectId(user) };
}

function whereabouts(id: string) {
  const { tenantId, team, dockChannel, groupChat } = teamsTenant;
  const tenant = { id: tenantId };
  const channel = withoutThread(id);
  if (channel === team || channel === dockChannel) {
    const place = {
      teamsChannelId: channel,
      teamsTeamId: team,
      team: { id: team },
      channel: { id: channel },
    };
    return {
      conversation: { isGroup: true, conversationType: 'channel', tenantId, id },
      channelData: { ...place, tenant },
    };
  }
  const type =
    id === groupChat ? { isGroup: true, conversationType: 'groupChat' } : { conversationType: 'personal' };
  return { conversation: { ...type, tenantId, id }, channelData: { tenant } };
}

function answerOf(answer: unknown): InvokeAnswer {
  const { type, value } = answer as { type: string; value: unknown };
  return type === CARD ? { type, value, card: value as CardElement } : { type, value };
}

async function post(to: string, body: object): Promise<unknown> {
  const response = await fetch(to, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${new URL(to).pathname}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}
