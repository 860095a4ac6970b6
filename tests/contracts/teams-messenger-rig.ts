import { TENANT } from '../support/teams-activities.ts';
import { startBot } from '../support/teams-bot.ts';
import type { ConnectorServer } from '../support/teams-connector.ts';
import { type Activity, wordsOf } from '../support/teams-playground-cards.ts';
import type { MessengerRig, Trouble } from './messenger-contract.ts';

/** The connector's statuses: learn.microsoft.com, "Status codes from bot conversational APIs". */
const troubles: Record<Exclude<Trouble, 'no connection'>, Parameters<ConnectorServer['behave']>[0]> = {
  throttled: { status: 429, code: 'TooManyRequests', retryAfter: '7' },
  'throttled without a time': { status: 429 },
  'blocked by the person': { status: 403, code: 'ConversationBlockedByUser' },
  'not in the channel': { status: 403, code: 'BotNotInConversationRoster' },
  'removed from the workspace': { status: 403, code: 'BotDisabledByAdmin' },
  'the message was deleted': { status: 404, code: 'ActivityNotFoundInConversation' },
  'an error of its own': { status: 500, code: 'InternalServerError' },
  'no answer': 'never',
};

export async function createTeamsMessengerRig(): Promise<MessengerRig> {
  const bot = await startBot({ apiTimeoutMs: 500 });
  const { connector } = bot;
  const addressOf = (id: string, conversationType: string) =>
    JSON.stringify({
      serviceUrl: connector.serviceUrl,
      bot: { id: '28:bot' },
      conversation: { id, tenantId: TENANT, conversationType },
    });
  return {
    messenger: bot.adapter.messenger,
    workspace: { id: 'w1', externalId: TENANT },
    userId: '29:wes',
    directAddress: addressOf('a:wes-chat', 'personal'),
    directId: 'a:wes-chat',
    channelId: '19:dock@thread.tacv2',
    channelAddress: addressOf('19:dock@thread.tacv2', 'channel'),
    async trouble(what) {
      if (what === 'no connection') await connector.close();
      else connector.behave(what && troubles[what]);
    },
    arrived: () =>
      connector.messages().map(({ method, path, body }) => ({
        type: method === 'PUT' ? 'update' : 'send',
        to: /\/conversations\/([^/]+)/.exec(path)?.[1] ?? '',
        words: wordsOf(body as Activity),
      })),
    opened: () => connector.calls.filter(({ path }) => path.endsWith('/v3/conversations')).length,
    close: bot.close,
  };
}
