import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Crew, openCrew } from '../support/crew.ts';
import { type SlackApi, startSlackApi } from '../support/slack-api.ts';
import { type SlackBot, startSlackBot } from '../support/slack-bot.ts';
import { eventBody, sign } from '../support/slack-requests.ts';

let api: SlackApi;
let bot: SlackBot;
let crew: Crew;

beforeAll(async () => {
  [api, crew] = await Promise.all([startSlackApi(), openCrew()]);
});
afterAll(async () => {
  await api.close();
  await crew.close();
});
beforeEach(async () => {
  api.reset();
  bot = await startSlackBot(api);
  bot.answer((invocation) => {
    const { profile } = crew.invocation(invocation.userId.replace('U-', ''), invocation.request);
    return crew.dispatch({ ...invocation, workspaceId: 'T-HARBOR', profile });
  });
});
afterEach(() => bot.close());

const joined = (event: object, eventId = 'Ev1') =>
  bot.send(
    sign(
      eventBody(
        {
          type: 'member_joined_channel',
          user: 'UBOT',
          channel: 'C7',
          channel_type: 'C',
          team: 'T1',
          inviter: 'U-maya',
          event_ts: '1700000000.000400',
          ...event,
        },
        { event_id: eventId },
      ),
      { type: 'application/json' },
    ),
  );

it('a channel that the bot is added to is greeted once: who, what, and how to link', async () => {
  expect((await joined({})).status).toBe(200);
  const { args } = await api.call('chat.postMessage');
  expect(args).toMatchObject({ channel: 'C7', text: 'Maya Okafor added Crewline here' });
  expect(JSON.stringify(args.blocks)).toContain('/task link');
  await joined({}, 'Ev2');
  await bot.adapter.stop();
  expect(api.of('chat.postMessage')).toHaveLength(1);
});

it.each([
  ['somebody else joined', { user: 'U-wes' }],
  ['the workspace added it by itself', { inviter: undefined }],
])('nothing is said when %s', async (_why, event) => {
  expect((await joined({ channel: 'C8', ...event })).status).toBe(200);
  await bot.adapter.stop();
  expect(api.calls).toEqual([]);
});

it('a channel is greeted also when whoever added the bot is on no crew', async () => {
  await joined({ channel: 'C9', inviter: 'U-stranger' });
  const { args } = await api.call('chat.postMessage');
  expect(args).toMatchObject({ channel: 'C9', text: 'stranger Stranger added Crewline here' });
  await bot.adapter.stop();
  expect(api.of('chat.postEphemeral')).toEqual([]);
});
