import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Crew, openCrew } from '../support/crew.ts';
import { type SlackApi, startSlackApi } from '../support/slack-api.ts';
import { type SlackBot, startSlackBot } from '../support/slack-bot.ts';
import { interactionBody, sign, submissionPayload } from '../support/slack-requests.ts';

let api: SlackApi;
let bot: SlackBot;
let crew: Crew;

/** Requests of the workspace T1 are Harbor Works' own. */
beforeAll(async () => {
  [api, crew] = await Promise.all([startSlackApi(), openCrew()]);
  const { id: workspaceId } = await crew.db.prisma.workspace.findFirstOrThrow({
    where: { platform: 'slack' },
  });
  await crew.db.prisma.channelLink.create({
    data: {
      id: 'link-1',
      workspaceId,
      channelId: 'C1',
      channelName: 'dock',
      projectId: 'harbor-project-dock',
      createdById: 'harbor-person-maya',
    },
  });
});
afterAll(async () => {
  await api.close();
  await crew.close();
});
beforeEach(async () => {
  api.reset();
  bot = await startSlackBot(api);
  bot.answer(
    (invocation) => {
      const { profile } = crew.invocation(invocation.userId.replace('U-', ''), invocation.request);
      return crew.dispatch({ ...invocation, workspaceId: 'T-HARBOR', profile });
    },
    { opensForm: true },
  );
});
afterEach(() => bot.close());

const user = (id: string) => ({ id, username: id.slice(2), name: id.slice(2), team_id: 'T1' });

/** A shortcut on a message of #dock, in Slack's shape. */
const onMessage = (callbackId: string, text: string, more: object = {}) =>
  bot.send(
    sign(
      interactionBody({
        type: 'message_action',
        token: 'legacy',
        action_ts: '1700000001.000001',
        team: { id: 'T1', domain: 'harbor' },
        user: user('U-maya'),
        channel: { id: 'C1', name: 'dock' },
        is_enterprise_install: false,
        enterprise: null,
        callback_id: callbackId,
        trigger_id: 'trigger-5',
        response_url: api.responseUrl,
        message_ts: '1700000000.000009',
        message: { type: 'message', user: 'U-tom', ts: '1700000000.000009', text, team: 'T1', blocks: [] },
        ...more,
      }),
    ),
  );

const globally = (callbackId: string, who = 'U-maya') =>
  bot.send(
    sign(
      interactionBody({
        type: 'shortcut',
        token: 'legacy',
        action_ts: '1700000001.000002',
        team: { id: 'T1', domain: 'harbor' },
        user: user(who),
        is_enterprise_install: false,
        enterprise: null,
        callback_id: callbackId,
        trigger_id: 'trigger-6',
      }),
    ),
  );

interface Modal {
  title: { text: string };
  blocks: { block_id: string; element: { initial_value?: string; initial_option?: { value: string } } }[];
}
const modal = async () => {
  const view = (await api.call('views.open')).args.view as Modal;
  const field = (name: string) => view.blocks.find((block) => block.block_id === `field:${name}`)?.element;
  return { view, title: view.title.text, value: (name: string) => field(name)?.initial_value, field };
};
const typed = (value: string) => ({ value: { type: 'plain_text_input', value } });
const chosen = (value: string) => ({ value: { type: 'static_select', selected_option: { value } } });
const submit = (view: object, values: object, who = 'U-maya') =>
  bot.send(
    sign(
      interactionBody({
        ...submissionPayload(view, values as Record<string, unknown>),
        user: user(who),
      }),
    ),
  );

const ADDRESS = 'https://harbor.slack.com/archives/C1/p1700000000000009';

it('Create task opens the form with the message, its address and the channel’s project', async () => {
  await onMessage('create_task', 'Pump 3 *leaks* &amp; hisses, <@U-WES>\nSince this morning.');
  const { title, value, field } = await modal();
  expect(title).toBe('New task');
  expect(value('title')).toBe('Pump 3 *leaks* & hisses, @Wes Carter');
  expect(value('description')).toBe(`Pump 3 *leaks* & hisses, @Wes Carter\nSince this morning.\n${ADDRESS}`);
  expect(field('project')?.initial_option?.value).toBe('DOCK');
  expect(bot.invocations).toMatchObject([
    { source: 'shortcut', place: { kind: 'channel', channelId: 'C1', channelName: 'dock' } },
  ]);
});

it('what becomes of it is said to the asker alone, and the card is posted in the channel', async () => {
  await onMessage('create_task', 'Pump 3 leaks');
  const { view } = await modal();
  const values = {
    'field:title': typed('Seal pump 3'),
    'field:priority': chosen('normal'),
    'field:project': chosen('DOCK'),
    'field:description': typed(`Pump 3 leaks\n${ADDRESS}`),
  };
  expect(await submit(view, values)).toEqual({ status: 200, body: undefined });
  const { args } = await api.call('response_url');
  expect(args).toMatchObject({
    response_type: 'ephemeral',
    text: expect.stringMatching(/^Added #\d+ Seal pump 3/),
  });
  const task = await crew.db.prisma.task.findFirstOrThrow({
    where: { title: 'Seal pump 3' },
    include: { cards: true },
  });
  expect(task.description).toContain(ADDRESS);
  expect(task.cards.map(({ channelId }) => channelId)).toContain('C1');
  await crew.settle();
  const card = crew.messagesIn('C1').at(-1);
  expect(JSON.stringify(card?.view)).toContain(
    `"type":"link","text":"harbor.slack.com/…","url":"${ADDRESS}"`,
  );
});

it('a long message is cut to a title, and its address stands above it', async () => {
  await onMessage('create_task', `${'word '.repeat(200)}\n`);
  const { value } = await modal();
  expect(value('title')?.length).toBeLessThanOrEqual(120);
  expect(value('title')).toMatch(/…$/);
  expect(value('description')?.startsWith(ADDRESS)).toBe(true);
});

it('a message without words, where the bot is no member, opens an empty form', async () => {
  api.always('chat.getPermalink', { type: 'refuse', error: 'channel_not_found' });
  await onMessage('create_task', '', { channel: { id: 'G9', name: 'privategroup' } });
  const { title, value } = await modal();
  expect([title, value('title'), value('description')]).toEqual(['New task', undefined, undefined]);
});

it('the form opens at once when Slack is slow to say where the message stands', async () => {
  api.always('chat.getPermalink', { type: 'slow', ms: 900 });
  await onMessage('create_task', 'Pump 3 leaks');
  expect((await modal()).title).toBe('Crewline');
  const { args } = await api.call('views.update');
  expect(JSON.stringify(args.view)).toContain('Pump 3 leaks');
  api.always('chat.getPermalink', undefined);
});

it('Add to task asks on which task, and keeps the message there as a comment', async () => {
  await onMessage('add_to_task', 'The new seal has come', { user: user('U-wes') });
  const { view, title, value } = await modal();
  expect(title).toBe('Add to task');
  expect(value('body')).toBe(`The new seal has come\n${ADDRESS}`);
  expect(JSON.stringify(view.blocks[0])).toContain('#1 Inspect fenders on berth 4');
  await submit(view, { 'field:task': chosen('1'), 'field:body': typed('The new seal has come') }, 'U-wes');
  expect((await api.call('response_url')).args).toMatchObject({
    response_type: 'ephemeral',
    text: expect.stringContaining('Commented on #1'),
  });
  expect((await crew.task(1)).comments.map(({ body }) => body)).toEqual(['The new seal has come']);
});

it('Add to task offers only what somebody sees', async () => {
  await onMessage('add_to_task', 'x', { user: user('U-sam') });
  const offered = JSON.stringify((await modal()).view.blocks[0]);
  const hidden = await crew.db.prisma.task.findFirstOrThrow({
    where: { project: { key: 'DOCK' }, assignees: { none: { personId: 'harbor-person-sam' } } },
  });
  const sees = await crew.says('sam', `show ${hidden.number}`);
  expect(sees.words).toContain('There is no task');
  expect(offered).not.toContain(`"value":"${hidden.number}"`);
});

it('New task opens an empty form, and is answered directly', async () => {
  await globally('new_task');
  const { view, title, value } = await modal();
  expect([title, value('title')]).toEqual(['New task', undefined]);
  await submit(view, { 'field:title': typed('Order gloves'), 'field:priority': chosen('low') });
  expect((await api.call('chat.postMessage')).args).toMatchObject({
    channel: 'U-maya',
    text: expect.stringContaining('Order gloves'),
  });
});

it('somebody unknown is greeted, in private', async () => {
  await onMessage('create_task', 'Pump 3 leaks', { user: user('U-stranger') });
  expect((await api.call('response_url')).args).toMatchObject({ response_type: 'ephemeral' });
  expect(api.of('views.open')).toEqual([]);
});
