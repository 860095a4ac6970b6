import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { message } from '../support/teams-activities.ts';
import { startBot, type TestBot } from '../support/teams-bot.ts';

describe('who may speak to the Teams end point', () => {
  let bot: TestBot;
  let body: string;
  let printed: jest.SpiedFunction<typeof console.error>;

  beforeAll(async () => {
    printed = jest.spyOn(console, 'error').mockImplementation(() => {});
    bot = await startBot();
    body = JSON.stringify(message(bot.connector.serviceUrl, 'help'));
  });
  beforeEach(() => {
    bot.invocations.length = 0;
  });
  afterAll(async () => {
    await bot.close();
    jest.restoreAllMocks();
  });

  test('a request that Microsoft signed for this bot and this service URL is taken', async () => {
    const response = await bot.raw(body, await bot.identity.bearer(bot.claims()));
    expect(response.status).toBe(200);
    expect(bot.invocations).toHaveLength(1);
  });

  const bad: [string, () => Promise<string | undefined>][] = [
    ['no token', async () => undefined],
    ['no JWT at all', async () => 'Bearer abc'],
    ['another scheme', async () => 'Basic d2VzOnB3'],
    ['a token for another bot', () => bot.identity.bearer({ ...bot.claims(), aud: 'someone-else' })],
    ['a token of another issuer', () => bot.identity.bearer({ ...bot.claims(), iss: 'https://evil.test' })],
    ['a token signed with another key', () => bot.identity.bearer(bot.claims(), { key: 'foreign' })],
    ['an expired token', () => bot.identity.bearer(bot.claims(), { expired: true })],
    [
      'a token for another service URL',
      () => bot.identity.bearer({ ...bot.claims(), serviceurl: 'https://evil.test/' }),
    ],
    [
      'a token that names no service URL',
      () => bot.identity.bearer({ iss: bot.claims().iss ?? '', aud: bot.claims().aud ?? '' }),
    ],
    [
      'an emulator’s token, which has no service URL',
      () =>
        bot.identity.bearer({
          iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
          aud: bot.claims().aud ?? '',
          appid: bot.claims().aud ?? '',
          ver: '1.0',
        }),
    ],
  ];
  test.each(bad)('%s is refused with 401 and tells nothing', async (_name, bearer) => {
    const response = await bot.raw(body, await bearer());
    expect(response.status).toBe(401);
    expect(response.text).toBe('');
    expect(bot.invocations).toHaveLength(0);
  });

  test.each(bad)('%s is one line in the log and none on the console', async (_name, bearer) => {
    bot.logged.length = 0;
    printed.mockClear();
    await bot.raw(body, await bearer());
    expect(bot.logged).toMatchObject([
      { level: 'warn', message: 'refused a request to the Teams end point' },
    ]);
    expect(printed).not.toHaveBeenCalled();
  });

  test('an activity without a service URL is refused', async () => {
    const { serviceUrl: _gone, ...without } = message(bot.connector.serviceUrl, 'help');
    const response = await bot.raw(JSON.stringify(without), await bot.identity.bearer(bot.claims()));
    expect(response.status).toBe(401);
    expect(bot.invocations).toHaveLength(0);
  });

  test('a service URL that is not Microsoft’s is refused though the token vouches for it', async () => {
    const response = await bot.post(message('https://evil.test/', 'help'));
    expect(response.status).toBe(401);
    expect(bot.connector.calls.filter((call) => call.path.includes('evil'))).toEqual([]);
  });

  test('another channel than Teams is refused', async () => {
    expect(
      (await bot.post(message(bot.connector.serviceUrl, 'help', { channelId: 'emulator' }))).status,
    ).toBe(401);
  });

  test.each([
    ['{', 400],
    ['', 400],
    ['[]', 400],
    ['"text"', 400],
    [`{"text":"${'x'.repeat(600_000)}"}`, 413],
  ])('a body that is no activity (%#) is answered without a stack trace', async (text, status) => {
    const response = await bot.raw(text, await bot.identity.bearer(bot.claims()));
    expect(response.status).toBe(status);
    expect(response.text).toBe('');
  });

  test('an activity that lacks its sender is answered with 400', async () => {
    const { from: _gone, ...without } = message(bot.connector.serviceUrl, 'help');
    expect((await bot.post(without)).status).toBe(400);
  });

  test('while the signing keys can’t be had, Teams is asked to come again', async () => {
    const cut = await startBot({
      openId: { metadataUrl: 'http://127.0.0.1:1/openid', issuer: 'https://issuer.test' },
    });
    try {
      const response = await cut.post(message(cut.connector.serviceUrl, 'help'));
      expect(response.status).toBe(503);
    } finally {
      await cut.close();
    }
  });
});
