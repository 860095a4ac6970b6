import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createCardThreads } from '../../src/lib/card-threads.ts';
import { type Crew, openCrew } from '../support/crew.ts';
import { type SlackApi, startSlackApi } from '../support/slack-api.ts';
import { type SlackBot, startSlackBot } from '../support/slack-bot.ts';
import { eventBody, sign } from '../support/slack-requests.ts';

let api: SlackApi;
let bot: SlackBot;
let crew: Crew;
/** A task, and its card in C1 */
let number: number;
let card: string;
let threads: ReturnType<typeof createCardThreads>;
let events = 0;

beforeAll(async () => {
  [api, crew] = await Promise.all([startSlackApi(), openCrew()]);
  const { id: workspaceId } = await crew.db.prisma.workspace.findFirstOrThrow({
    where: { platform: 'slack' },
  });
  const real = createCardThreads({ db: crew.db, clock: () => crew.now });
  threads = { ...real, isCard: (message) => real.isCard({ ...message, workspaceId }) };
  await crew.says('maya', 'add "Seal pump 3" @wes in DOCK', { channel: 'C1' });
  await crew.settle();
  const task = await crew.db.prisma.task.findFirstOrThrow({
    where: { title: 'Seal pump 3' },
    include: { cards: true },
  });
  number = task.number;
  card = task.cards.find(({ channelId }) => channelId === 'C1')?.messageId ?? '';
});
afterAll(async () => {
  await api.close();
  await crew.close();
});
beforeEach(async () => {
  api.reset();
  await crew.db.prisma.comment.deleteMany();
  bot = await startSlackBot(api, {
    cardThreads: { isCard: (message) => threads.isCard(message), revive: async () => undefined },
  });
  bot.answer((invocation) => {
    const { profile } = crew.invocation(invocation.userId.replace('U-', ''), invocation.request);
    return crew.dispatch({ ...invocation, workspaceId: 'T-HARBOR', profile });
  });
});
afterEach(() => bot.close());

const send = (event: object, eventId = `Ev-${++events}`) =>
  bot.send(sign(eventBody(event, { event_id: eventId }), { type: 'application/json' }));

/** A message in the card's thread, in Slack's shape. */
const reply = (text: string, more: object = {}) => ({
  type: 'message',
  user: 'U-wes',
  ts: '1700000000.000500',
  client_msg_id: '1f0b',
  text,
  team: 'T1',
  blocks: [],
  thread_ts: card,
  parent_user_id: 'UBOT',
  channel: 'C1',
  event_ts: '1700000000.000500',
  channel_type: 'channel',
  ...more,
});
const changed = (from: string, to: string, more: object = {}) => ({
  type: 'message',
  subtype: 'message_changed',
  channel: 'C1',
  channel_type: 'channel',
  ts: '1700000000.000600',
  hidden: true,
  message: { ...reply(to, more), edited: { user: 'U-wes', ts: '1700000000.000000' } },
  previous_message: reply(from, more),
});
const deleted = (text: string, more: object = {}) => ({
  type: 'message',
  subtype: 'message_deleted',
  channel: 'C1',
  channel_type: 'channel',
  ts: '1700000000.000700',
  deleted_ts: '1700000000.000500',
  hidden: true,
  previous_message: reply(text, more),
});
const comments = async () => (await crew.task(number)).comments.map(({ body }) => body);

const toldOf = async (kind: string) =>
  (await crew.db.prisma.notification.findMany({ where: { kind } })).map(({ recipientId }) => recipientId);

describe('a reply in a card’s thread', () => {
  it('is a comment of who wrote it, others hear of it, and the thread is left to people', async () => {
    expect((await send(reply('It is on, <@U-TOM> &amp; dry'))).status).toBe(200);
    expect(await comments()).toEqual(['It is on, @Tom Reilly & dry']);
    const heard = crew.messagesTo('maya').length;
    await crew.settle();
    expect(crew.messagesTo('maya').slice(heard)).toMatchObject([
      { view: { summary: expect.stringContaining('It is on') } },
    ]);
    expect(JSON.stringify(crew.messagesTo('wes'))).not.toContain('It is on');
    expect(await toldOf('mentioned')).toEqual(['harbor-person-tom']);
    expect((await crew.says('maya', `show ${number}`)).words).toContain('1 comment');
    expect(api.calls.filter(({ method }) => method.startsWith('chat.'))).toEqual([]);
  });

  it('that is delivered four times is one comment', async () => {
    for (let times = 0; times < 3; times += 1) await send(reply('once'), 'Ev-same');
    await send(reply('once'), 'Ev-other');
    expect(await comments()).toEqual(['once']);
  });

  it('that is edited is the comment that it says now', async () => {
    await send(reply('it leeks'));
    await send(changed('it leeks', 'it leaks'));
    expect(await comments()).toEqual(['it leaks']);
    const audit = (await crew.auditRows()).filter(({ action }) => action === 'reply');
    expect(audit.at(-1)).toMatchObject({ taskNumber: number, details: { comment: 'it leaks' } });
  });

  it('is followed also where Slack does not say what kind of channel it is in', async () => {
    await send(reply('it leeks'));
    await send({ ...changed('it leeks', 'it leaks'), channel_type: undefined });
    expect(await comments()).toEqual(['it leaks']);
  });

  it('whose change overtakes it is kept as it says now', async () => {
    await send(changed('it leeks', 'it leaks'));
    await send(reply('it leeks'));
    expect(await comments()).toEqual(['it leaks']);
  });

  it('that is deleted is gone, and nobody is told what it said', async () => {
    await send(reply('wrong thread'));
    const heard = crew.messagesTo('maya').length;
    await send(deleted('wrong thread'));
    expect(await comments()).toEqual([]);
    await crew.settle();
    expect(crew.messagesTo('maya')).toHaveLength(heard);
  });

  it('is changed and deleted by its author alone', async () => {
    await send(reply('mine'));
    await send(changed('mine', 'yours', { user: 'U-maya' }));
    await send(deleted('mine', { user: 'U-maya' }));
    expect(await comments()).toEqual(['mine']);
  });

  it('with a picture is kept by its words, and one without words is let go', async () => {
    await send(reply('see the crack', { subtype: 'file_share', files: [{ id: 'F1' }] }));
    await send(reply('', { subtype: 'file_share', ts: '1700000000.000501', files: [{ id: 'F2' }] }));
    expect(await comments()).toEqual(['see the crack']);
  });

  it('by somebody unknown, or who does not see the task, is no comment and gets no answer', async () => {
    await send(reply('who are you?', { user: 'U-stranger' }));
    await crew.db.prisma.projectMember.deleteMany({ where: { personId: 'harbor-person-aiko' } });
    await send(reply('and I', { user: 'U-aiko', ts: '1700000000.000502' }));
    await bot.adapter.stop();
    expect(await comments()).toEqual([]);
    expect(api.calls.filter(({ method }) => method.startsWith('chat.'))).toEqual([]);
  });
});

describe('what is said in a channel otherwise', () => {
  it.each([
    ['outside threads', () => reply('hello', { thread_ts: undefined })],
    ['as the first of a thread', () => reply('hello', { thread_ts: '1700000000.000500' })],
    ['by this bot', () => reply('hello', { user: 'UBOT' })],
    ['by another bot', () => reply('hello', { bot_id: 'B2' })],
    ['to the bot', () => reply('<@UBOT> done')],
    ['in a group message', () => reply('hello', { channel_type: 'mpim' })],
    ['in a direct message', () => reply('hello', { channel: 'D1', channel_type: undefined })],
    ['of a join', () => reply('hello', { subtype: 'channel_join' })],
    ['when Slack adds a preview', () => changed('hello', 'hello')],
    ['in the thread of anything else', () => reply('hello', { thread_ts: '1699999999.000001' })],
    ['under the same ts in another channel', () => reply('hello', { channel: 'C2' })],
  ])('%s reaches nobody', async (_where, event) => {
    expect((await send(event())).status).toBe(200);
    expect(bot.invocations).toEqual([]);
  });

  it('gets 500 when the thread can’t be looked up, so that Slack delivers it again', async () => {
    const { isCard } = threads;
    threads = { ...threads, isCard: () => Promise.reject(new Error('no database')) };
    expect((await send(reply('later'), 'Ev-later')).status).toBe(500);
    threads = { ...threads, isCard };
    expect((await send(reply('later'), 'Ev-later')).status).toBe(200);
    expect(await comments()).toEqual(['later']);
  });
});
