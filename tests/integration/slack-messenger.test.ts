import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DeliveryError, type DeliveryFailure } from '../../src/core/ports.ts';
import type { View } from '../../src/core/view.ts';
import { type Behaviour, type SlackApi, startSlackApi } from '../support/slack-api.ts';
import { type SlackBot, startSlackBot } from '../support/slack-bot.ts';

let api: SlackApi;
let bot: SlackBot;

beforeAll(async () => {
  api = await startSlackApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  api.reset();
  bot = await startSlackBot(api, { apiTimeoutMs: 300 });
});
afterEach(() => bot.close());

const workspace = { id: 'w1', externalId: 'T1' };
const view: View = {
  summary: '#42 is done',
  nodes: [{ type: 'text', text: [{ type: 'text', text: '#42 is done' }] }],
};
const post = () => bot.adapter.messenger.post({ workspace, channelId: 'C1', address: undefined, view });
const sendDirect = (address?: string) =>
  bot.adapter.messenger.sendDirect({ workspace, userId: 'U1', address, view });
const update = () =>
  bot.adapter.messenger.update({ workspace, channelId: 'C1', messageId: '1.1', address: undefined, view });

async function failureOf(work: Promise<unknown>): Promise<DeliveryFailure> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DeliveryError)) throw new Error(`not a DeliveryError: ${String(error)}`);
  return error.failure;
}

describe('a message in the thread of a card', () => {
  it('stands there alone: the channel is not told of it', async () => {
    const { messenger } = bot.adapter;
    expect(messenger.hasThreads(undefined)).toBe(true);
    await messenger.post({ workspace, channelId: 'C1', address: undefined, threadId: '1.1', view });
    const [call] = api.of('chat.postMessage');
    expect(call?.args).toMatchObject({ channel: 'C1', thread_ts: '1.1' });
    expect(call?.args).not.toHaveProperty('reply_broadcast');
  });
});

describe('a direct message', () => {
  it('goes to the person the first time, for which Slack opens the conversation, and gives its address', async () => {
    expect(await sendDirect()).toEqual({
      channelId: 'D-U1',
      messageId: '1700000000.000100',
      address: 'D-U1',
    });
    expect(api.of('chat.postMessage')).toMatchObject([
      {
        token: 'xoxb-T1',
        args: { channel: 'U1', text: '#42 is done', unfurl_links: 'false', unfurl_media: 'false' },
      },
    ]);
    // Slack lets an app open 50 conversations a minute, and ten thousand people have their first digest at one hour.
    expect(api.calls).toHaveLength(1);
  });

  it('goes to the address that is known', async () => {
    expect(await sendDirect('D7')).toMatchObject({ channelId: 'D7', address: 'D7' });
    expect(api.of('chat.postMessage')).toMatchObject([{ args: { channel: 'D7' } }]);
  });

  it('goes to the person anew, once, when the address is stale', async () => {
    api.next('chat.postMessage', { type: 'refuse', error: 'channel_not_found' });
    expect(await sendDirect('D7')).toMatchObject({ address: 'D-U1' });
    api.always('chat.postMessage', { type: 'refuse', error: 'channel_not_found' });
    expect(await failureOf(sendDirect('D7'))).toEqual({ kind: 'refused', scope: 'person' });
    expect(api.of('chat.postMessage').map(({ args }) => args.channel)).toEqual(['D7', 'U1', 'D7', 'U1']);
  });

  it('is refused for good by someone who left', async () => {
    for (const error of ['user_disabled', 'channel_not_found']) {
      api.always('chat.postMessage', { type: 'refuse', error });
      expect(await failureOf(sendDirect())).toEqual({ kind: 'refused', scope: 'person' });
    }
  });
});

describe('what became of a post', () => {
  const refusals: [string, DeliveryFailure][] = [
    ['not_in_channel', { kind: 'refused', scope: 'channel' }],
    ['is_archived', { kind: 'refused', scope: 'channel' }],
    ['restricted_action', { kind: 'refused', scope: 'channel' }],
    ['cannot_dm_bot', { kind: 'refused', scope: 'person' }],
    ['token_revoked', { kind: 'refused', scope: 'workspace' }],
    ['account_inactive', { kind: 'refused', scope: 'workspace' }],
    ['invalid_auth', { kind: 'refused', scope: 'workspace' }],
    ['ratelimited', { kind: 'throttled', retryAfterMs: 30_000 }],
    ['internal_error', { kind: 'ambiguous' }],
    ['invalid_blocks', { kind: 'failed' }],
    ['missing_scope', { kind: 'failed' }],
  ];
  it.each(refusals)('that Slack refused with %s', async (error, failure) => {
    api.always('chat.postMessage', { type: 'refuse', error });
    expect(await failureOf(post())).toEqual(failure);
  });

  const answers: [string, Behaviour, DeliveryFailure][] = [
    [
      '429',
      { type: 'status', status: 429, headers: { 'retry-after': '7' } },
      { kind: 'throttled', retryAfterMs: 7_000 },
    ],
    ['429 without a time', { type: 'status', status: 429 }, { kind: 'throttled', retryAfterMs: 30_000 }],
    ['503: nobody worked on it', { type: 'status', status: 503 }, { kind: 'failed' }],
    ['502, which may have posted', { type: 'status', status: 502 }, { kind: 'ambiguous' }],
    ['silence, which may have posted', { type: 'never' }, { kind: 'ambiguous' }],
    ['403', { type: 'status', status: 403 }, { kind: 'failed' }],
  ];
  it.each(answers)('that Slack answered with %s', async (_what, behaviour, failure) => {
    api.always('chat.postMessage', behaviour);
    expect(await failureOf(post())).toEqual(failure);
    expect(api.of('chat.postMessage')).toHaveLength(1);
  });

  it('in a workspace that nobody installed', async () => {
    const gone = { id: 'w9', externalId: 'T9' };
    expect(
      await failureOf(
        bot.adapter.messenger.post({ workspace: gone, channelId: 'C1', address: undefined, view }),
      ),
    ).toEqual({
      kind: 'refused',
      scope: 'workspace',
    });
  });

  it('that was throttled holds up no other channel', async () => {
    api.next('chat.postMessage', { type: 'status', status: 429, headers: { 'retry-after': '60' } });
    expect(await failureOf(post())).toMatchObject({ kind: 'throttled' });
    expect(await post()).toMatchObject({ messageId: '1700000000.000100' });
  });
});

describe('an update', () => {
  it('replaces text and blocks', async () => {
    await update();
    expect(api.of('chat.update')).toMatchObject([
      { args: { channel: 'C1', ts: '1.1', text: '#42 is done' } },
    ]);
  });

  it.each(['message_not_found', 'cant_update_message'])('of a message that is gone: %s', async (error) => {
    api.always('chat.update', { type: 'refuse', error });
    expect(await failureOf(update())).toEqual({ kind: 'gone' });
  });

  it('may simply be done again after silence', async () => {
    api.always('chat.update', { type: 'never' });
    expect(await failureOf(update())).toEqual({ kind: 'failed' });
  });
});
