import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type SlackApi, startSlackApi } from '../support/slack-api.ts';
import { type SlackBot, startSlackBot } from '../support/slack-bot.ts';
import { until } from '../support/until.ts';
import { type HelloServer, startHelloServer } from '../support/web-socket.ts';

let api: SlackApi;
let socket: HelloServer;
let bot: SlackBot;
beforeEach(async () => {
  api = await startSlackApi();
  socket = await startHelloServer();
  bot = await startSlackBot(api, { appToken: 'xapp-1' });
});
afterEach(async () => {
  await bot.close();
  await socket.close();
  await api.close();
});

const connected = (count: number) =>
  until(
    `${count} connections`,
    () => (socket.connections >= count ? true : undefined),
    () => [api.of('apps.connections.open').length, bot.logged('warn')],
  );
const named = () => ({ type: 'answer', with: { url: socket.url } }) as const;

describe('Socket Mode', () => {
  it('keeps the start waiting no longer than 2 s while Slack says nothing', async () => {
    api.always('apps.connections.open', { type: 'never' });
    const started = performance.now();
    await bot.adapter.start();
    expect(performance.now() - started).toBeLessThan(2_300);
    await bot.adapter.stop();
  });

  it.each([
    ['broken', { type: 'status', status: 500 } as const],
    ['throttling', { type: 'status', status: 429, headers: { 'retry-after': '1' } } as const],
    ['refusing the token', { type: 'refuse', error: 'invalid_auth' } as const],
  ])('connects when Slack is back that was %s', async (_how, trouble) => {
    api.always('apps.connections.open', trouble);
    await bot.adapter.start();
    await until('a warning', () =>
      bot.logged('warn').find(({ message }) => message.includes('trying again')),
    );
    expect(socket.connections).toBe(0);
    api.always('apps.connections.open', named());
    await connected(1);
  });

  it('connects again after the connection broke, also when Slack is away meanwhile', async () => {
    api.always('apps.connections.open', named());
    await bot.adapter.start();
    await connected(1);
    api.always('apps.connections.open', { type: 'status', status: 500 });
    socket.breakAll();
    await api.call('apps.connections.open', 2);
    api.always('apps.connections.open', named());
    await connected(2);
  });

  it('stays away after a stop', async () => {
    api.always('apps.connections.open', { type: 'status', status: 500 });
    await bot.adapter.start();
    await api.call('apps.connections.open');
    await bot.adapter.stop();
    const calls = api.of('apps.connections.open').length;
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    expect(api.of('apps.connections.open')).toHaveLength(calls);
  });
});
