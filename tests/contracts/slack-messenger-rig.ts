import { textOf } from '../support/local-slack-blocks.ts';
import { useOwnErrorsInFetch } from '../support/own-realm-fetch.ts';
import { type Behaviour, startSlackApi } from '../support/slack-api.ts';
import { startSlackBot } from '../support/slack-bot.ts';
import type { MessengerRig, Trouble } from './messenger-contract.ts';

const refuse = (error: string): Behaviour => ({ type: 'refuse', error });

/** Slack refuses with 200 and a code, throttles with 429. Codes: docs.slack.dev/reference/methods. */
const troubles: Record<Exclude<Trouble, 'no connection'>, Behaviour> = {
  throttled: { type: 'status', status: 429, headers: { 'retry-after': '7' } },
  'throttled without a time': { type: 'status', status: 429 },
  'blocked by the person': refuse('user_disabled'),
  'not in the channel': refuse('not_in_channel'),
  'removed from the workspace': refuse('token_revoked'),
  'the message was deleted': refuse('message_not_found'),
  'an error of its own': { type: 'status', status: 500 },
  'no answer': { type: 'never' },
};

useOwnErrorsInFetch();

const methods = ['chat.postMessage', 'chat.update'];

export async function createSlackMessengerRig(): Promise<MessengerRig> {
  const api = await startSlackApi();
  const bot = await startSlackBot(api, { apiTimeoutMs: 500 });
  let closed = false;
  const close = async () => {
    if (!closed) await api.close();
    closed = true;
  };
  return {
    messenger: bot.adapter.messenger,
    workspace: { id: 'w1', externalId: 'T1' },
    userId: 'U1',
    directAddress: 'D7',
    directId: 'D7',
    channelId: 'C1',
    channelAddress: undefined,
    async trouble(what) {
      if (what === 'no connection') return close();
      for (const method of methods) api.always(method, what && troubles[what]);
    },
    arrived: () =>
      api.calls.flatMap(({ method, args }) => {
        if (method !== 'chat.postMessage' && method !== 'chat.update') return [];
        const type = method === 'chat.update' ? ('update' as const) : ('send' as const);
        return [
          {
            type,
            to: String(args.channel).replace(/^U1$/, 'D-U1'),
            words: textOf(args as unknown as Parameters<typeof textOf>[0]),
          },
        ];
      }),
    // Said to a person instead of a conversation: Slack opens theirs.
    opened: () => api.of('chat.postMessage').filter(({ args }) => args.channel === 'U1').length,
    async close() {
      await bot.close();
      await close();
    },
  };
}
