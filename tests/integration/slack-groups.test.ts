import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type SlackApi, startSlackApi } from '../support/slack-api.ts';
import { type SlackBot, startSlackBot } from '../support/slack-bot.ts';
import { commandBody, sign } from '../support/slack-requests.ts';

let api: SlackApi;
let bot: SlackBot;

beforeAll(async () => {
  api = await startSlackApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  api.reset();
  bot = await startSlackBot(api);
});
afterEach(() => bot.close());

const assign = () => bot.send(sign(commandBody({ text: 'assign 42 <!subteam^S0DOCK|@dock-team>' })));
const members = async () => bot.invocations.at(-1)?.members?.('S0DOCK');
const who = { type: 'answer', with: { ok: true, users: ['U1', 'U2'] } } as const;

test('a user group is a mention that Slack is asked the members of, once a minute', async () => {
  api.always('usergroups.users.list', who);
  await assign();
  expect(bot.invocations.at(-1)?.request).toMatchObject({
    mentions: [{ userId: 'S0DOCK', name: 'dock-team', group: true }],
  });
  expect(await members()).toEqual(['U1', 'U2']);
  expect(await members()).toEqual(['U1', 'U2']);
  expect(api.of('usergroups.users.list')).toMatchObject([{ args: { usergroup: 'S0DOCK' } }]);
});

test('a group that is gone has nobody in it', async () => {
  api.always('usergroups.users.list', { type: 'refuse', error: 'no_such_subteam' });
  await assign();
  expect(await members()).toEqual([]);
});

test.each([
  ['missing_scope', 'invalid_arguments', /add the scope usergroups:read/],
  ['internal_error', 'platform_unavailable', undefined],
])('%s is said in words', async (error, code, words) => {
  api.always('usergroups.users.list', { type: 'refuse', error });
  await assign();
  const failure = await members().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(failure).toMatchObject({ code });
  if (words) expect(String(failure)).toMatch(words);
});
