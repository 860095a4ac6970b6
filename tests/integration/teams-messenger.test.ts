import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DeliveryError } from '../../src/core/ports.ts';
import { plain, type View } from '../../src/core/view.ts';
import { message, TENANT } from '../support/teams-activities.ts';
import { APP_ID } from '../support/teams-auth.ts';
import { startBot, type TestBot } from '../support/teams-bot.ts';

const view: View = {
  summary: 'Task 42 is yours',
  nodes: [{ type: 'text', text: plain('Task 42 is yours') }],
};
const workspace = { id: 'w1', externalId: TENANT };

describe('speaking in Teams of one’s own accord', () => {
  let bot: TestBot;
  let address: string;
  beforeEach(async () => {
    bot = await startBot();
    address = JSON.stringify({
      serviceUrl: bot.connector.serviceUrl,
      bot: { id: '28:bot' },
      conversation: { id: '19:dock@thread.tacv2', tenantId: TENANT, conversationType: 'channel' },
    });
  });
  afterEach(() => bot.close());

  async function failure(work: Promise<unknown>): Promise<unknown> {
    const error = await work.catch((thrown: unknown) => thrown);
    return error instanceof DeliveryError ? error.failure : error;
  }

  test('someone who never wrote is found in their tenant, and the address comes back to be kept', async () => {
    const sent = await bot.adapter.messenger.sendDirect({
      workspace,
      userId: '29:wes',
      address: undefined,
      view,
    });
    expect(bot.connector.calls.map((call) => call.path)).toEqual([
      expect.stringMatching(/\/v3\/conversations$/),
      expect.stringMatching(/\/v3\/conversations\/a:personal-chat\/activities$/),
    ]);
    expect(bot.connector.calls[0]?.body).toMatchObject({ bot: { id: `28:${APP_ID}` }, tenantId: TENANT });
    expect(sent).toMatchObject({ channelId: 'a:personal-chat', messageId: 'activity-1' });
    bot.connector.calls.length = 0;
    await bot.adapter.messenger.sendDirect({ workspace, userId: '29:wes', address: sent.address, view });
    expect(bot.connector.calls).toHaveLength(1);
  });

  test('a message in the thread of a card stands and is changed there', async () => {
    const { messenger } = bot.adapter;
    const place = { workspace, channelId: '19:dock@thread.tacv2', address, threadId: '1699', view };
    const { messageId } = await messenger.post(place);
    await messenger.update({ ...place, messageId });
    expect(bot.connector.calls.map((call) => call.path)).toEqual([
      '/teams/v3/conversations/19:dock@thread.tacv2;messageid=1699/activities',
      `/teams/v3/conversations/19:dock@thread.tacv2;messageid=1699/activities/${messageId}`,
    ]);
  });

  test('only channels have threads', () => {
    const { hasThreads } = bot.adapter.messenger;
    expect(hasThreads(address)).toBe(true);
    expect(hasThreads(address.replace('"channel"', '"groupChat"'))).toBe(false);
    expect(hasThreads(undefined)).toBe(false);
  });

  test('an address that a message brought is written to', async () => {
    await bot.post(message(bot.connector.serviceUrl, 'hi'));
    await bot.adapter.stop();
    bot.connector.calls.length = 0;
    const known = bot.invocations[0]?.directAddress;
    await bot.adapter.messenger.sendDirect({ workspace, userId: '29:wes', address: known, view });
    expect(bot.connector.calls.map((call) => call.path)).toEqual([
      '/teams/v3/conversations/a:wes-chat/activities',
    ]);
    expect(bot.connector.messages()[0]?.body).toMatchObject({ summary: 'Task 42 is yours' });
  });

  test('a channel is posted to and its message updated', async () => {
    const { messenger } = bot.adapter;
    const channelId = '19:dock@thread.tacv2';
    const ref = await messenger.post({ workspace, channelId, address, view });
    await messenger.update({ ...ref, workspace, address, view });
    expect(bot.connector.calls.map((call) => `${call.method} ${call.path}`)).toEqual([
      `POST /teams/v3/conversations/${channelId}/activities`,
      `PUT /teams/v3/conversations/${channelId}/activities/${ref.messageId}`,
    ]);
  });

  test('an address that leads elsewhere than to Microsoft is never called', async () => {
    const evil = address.replace(bot.connector.serviceUrl, 'https://evil.test/');
    const send = bot.adapter.messenger.sendDirect({ workspace, userId: '29:wes', address: evil, view });
    expect(await failure(send)).toEqual({ kind: 'failed' });
  });

  test('a channel without an address is a failure in words', async () => {
    const post = bot.adapter.messenger.post({ workspace, channelId: 'x', address: undefined, view });
    expect(await failure(post)).toEqual({ kind: 'failed' });
  });

  test('Retry-After is told and nothing is repeated here', async () => {
    bot.connector.behave({ status: 429, retryAfter: '17' });
    const post = bot.adapter.messenger.post({ workspace, channelId: 'x', address, view });
    expect(await failure(post)).toEqual({ kind: 'throttled', retryAfterMs: 17_000 });
    expect(bot.connector.calls).toHaveLength(1);
  });

  test('a block ends the matter, a 500 leaves it open, a deleted message is gone', async () => {
    const { messenger } = bot.adapter;
    bot.connector.behave({ status: 403, code: 'ConversationBlockedByUser' });
    const direct = messenger.sendDirect({ workspace, userId: '29:wes', address, view });
    expect(await failure(direct)).toEqual({ kind: 'refused', scope: 'person' });
    bot.connector.behave({ status: 500 });
    expect(await failure(messenger.post({ workspace, channelId: 'x', address, view }))).toEqual({
      kind: 'ambiguous',
    });
    bot.connector.behave({ status: 404 });
    const update = messenger.update({ workspace, channelId: 'x', messageId: '1', address, view });
    expect(await failure(update)).toEqual({ kind: 'gone' });
    expect(bot.connector.calls).toHaveLength(3);
  });

  test('a connector that never answers is left after the time-out', async () => {
    bot.connector.behave('never');
    const started = performance.now();
    expect(await failure(bot.adapter.messenger.post({ workspace, channelId: 'x', address, view }))).toEqual({
      kind: 'ambiguous',
    });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('a connector that can’t be reached has certainly got nothing', async () => {
    await bot.connector.close();
    expect(await failure(bot.adapter.messenger.post({ workspace, channelId: 'x', address, view }))).toEqual({
      kind: 'failed',
    });
  });
});
