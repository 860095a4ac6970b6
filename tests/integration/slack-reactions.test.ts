import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Crew, openCrew } from '../support/crew.ts';
import { type SlackApi, startSlackApi } from '../support/slack-api.ts';
import { type SlackBot, startSlackBot } from '../support/slack-bot.ts';
import { eventBody, interactionBody, sign, submissionPayload } from '../support/slack-requests.ts';

let api: SlackApi;
let bot: SlackBot;
let crew: Crew;
let events = 0;

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

/** An emoji on a message of C1, in Slack's shape. */
const react = (ts: string, more: object = {}, eventId = `Ev-${++events}`) =>
  bot.send(
    sign(
      eventBody(
        {
          type: 'reaction_added',
          user: 'U-maya',
          reaction: 'pushpin',
          item: { type: 'message', channel: 'C1', ts },
          item_user: 'U-tom',
          event_ts: '1700000000.000800',
          ...more,
        },
        { event_id: eventId },
      ),
      { type: 'application/json' },
    ),
  );

interface Offer {
  blocks: { elements?: { value: string; text: { text: string } }[] }[];
}
const buttonOf = (args: Record<string, unknown>, label: string): string => {
  const buttons = (args as unknown as Offer).blocks.flatMap(({ elements = [] }) => elements);
  const found = buttons.find(({ text }) => text?.text === label);
  if (!found) throw new Error(`There is no button ${label}`);
  return found.value;
};

/** Pressed in the ephemeral message that asks. */
const press = (value: string) =>
  bot.send(
    sign(
      interactionBody({
        type: 'block_actions',
        team: { id: 'T1', domain: 'harbor' },
        user: { id: 'U-maya', username: 'maya', name: 'maya', team_id: 'T1' },
        api_app_id: 'A1',
        trigger_id: `trigger-${++events}`,
        response_url: api.responseUrl,
        channel: { id: 'C1', name: 'dock' },
        container: {
          type: 'message',
          message_ts: '1700000000.000200',
          channel_id: 'C1',
          is_ephemeral: true,
        },
        actions: [{ type: 'button', action_id: 'b1.0', block_id: 'b1', action_ts: '1', value }],
      }),
    ),
  );

it('the emoji asks whoever put it there, alone, and Create opens the form that makes the task', async () => {
  expect((await react('1700000000.000001')).status).toBe(200);
  const { args } = await api.call('chat.postEphemeral');
  expect(args).toMatchObject({ channel: 'C1', user: 'U-maya', text: 'Make this a task?' });
  expect(args.thread_ts).toBeUndefined();
  expect(JSON.stringify(args.blocks)).toContain('Make “Pump 3 leaks” a task?');
  expect(await crew.db.prisma.task.count({ where: { title: 'Pump 3 leaks' } })).toBe(0);

  await press(buttonOf(args, 'Create'));
  const { view } = (await api.call('views.open')).args;
  expect(JSON.stringify(view)).toContain('https://harbor.slack.com/archives/C1/p1700000000000001');
  const values = {
    'field:title': { value: { type: 'plain_text_input', value: 'Pump 3 leaks' } },
    'field:priority': { value: { type: 'static_select', selected_option: { value: 'normal' } } },
  };
  const submission = submissionPayload(view as object, values);
  await bot.send(sign(interactionBody({ ...submission, user: { id: 'U-maya', team_id: 'T1' } })));
  expect((await api.call('response_url')).args).toMatchObject({
    replace_original: true,
    text: expect.stringMatching(/^Added #\d+ Pump 3 leaks/),
  });
  expect(await crew.db.prisma.task.count({ where: { title: 'Pump 3 leaks' } })).toBe(1);
});

it('asks once a message, whoever puts it there and however often the event comes', async () => {
  await react('1700000000.000002', {}, 'Ev-same');
  await react('1700000000.000002', {}, 'Ev-same');
  await react('1700000000.000002');
  await react('1700000000.000002', { user: 'U-wes' });
  await bot.adapter.stop();
  expect(api.of('chat.postEphemeral')).toHaveLength(1);
});

it('No takes the question away', async () => {
  await react('1700000000.000003');
  await press(buttonOf((await api.call('chat.postEphemeral')).args, 'No'));
  expect((await api.call('response_url')).args).toMatchObject({
    replace_original: true,
    text: 'No task was made of it.',
  });
});

it('on a reply, it asks in that thread', async () => {
  await react('1700000000.000009');
  const { args } = await api.call('chat.postEphemeral');
  expect(args).toMatchObject({ thread_ts: '1700000000.000000' });
  expect(JSON.stringify(args.blocks)).toContain('Pump 4 too');
});

it('where the message can’t be read, it asks without its words', async () => {
  api.always('conversations.history', { type: 'refuse', error: 'missing_scope' });
  await react('1700000000.000004');
  expect(JSON.stringify((await api.call('chat.postEphemeral')).args.blocks)).toContain('Make this a task?');
});

it.each([
  ['another emoji', { reaction: 'eyes' }],
  ['the bot’s own', { user: 'UBOT' }],
  ['one on a file', { item: { type: 'file', file: 'F1' } }],
])('%s asks nothing', async (_which, event) => {
  expect((await react('1700000000.000005', event)).status).toBe(200);
  await bot.adapter.stop();
  expect([bot.invocations, api.calls]).toEqual([[], []]);
});
