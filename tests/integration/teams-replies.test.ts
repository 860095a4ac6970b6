import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Crew, openCrew } from '../support/crew.ts';
import { BOT, threadMessage } from '../support/teams-activities.ts';
import { startBot, type TestBot } from '../support/teams-bot.ts';
import { answerAsCrew, portsOf, who } from '../support/teams-crew.ts';

/* Signed messages in the shape of learn.microsoft.com; the playground sends neither edits nor what does not name the bot. */
let crew: Crew;
let bot: TestBot;
let url: string;

beforeAll(async () => {
  crew = await openCrew();
  const { id: workspaceId } = await crew.db.prisma.workspace.findFirstOrThrow({
    where: { platform: 'teams' },
  });
  const card = { taskId: 'harbor-task-1', workspaceId, channelId: '19:dock@thread.tacv2', messageId: 'root' };
  await crew.db.prisma.taskCard.create({
    data: { id: 'card-of-1', ...card, requestedById: 'harbor-person-maya', state: 'sent' },
  });
});
afterAll(() => crew.close());
beforeEach(async () => {
  await crew.db.prisma.comment.deleteMany({ where: { taskId: 'harbor-task-1' } });
  bot = await startBot(portsOf(crew));
  url = bot.connector.serviceUrl;
  answerAsCrew(bot, crew);
});
afterEach(() => bot.close());

let count = 0;
const fresh = () => `reply-${++count}`;
const comments = async () =>
  (await crew.task(1)).comments.map(({ authorId, body }) => [authorId.replace('harbor-person-', ''), body]);
const naming = (text: string) => ({
  text: `<at>Crewline</at> ${text}`,
  entities: [{ type: 'mention', mentioned: BOT, text: '<at>Crewline</at>' }],
});

describe('what is said under a card', () => {
  test('becomes a comment, without a word of the bot’s', async () => {
    await bot.post(
      threadMessage(url, '<at>Priya</at> the seal is on', {
        id: fresh(),
        entities: [
          { type: 'mention', mentioned: { id: '29:U-priya', name: 'Priya Nair' }, text: '<at>Priya</at>' },
        ],
        ...who('wes'),
      }),
    );
    await bot.adapter.stop();
    expect(await comments()).toEqual([['wes', '@Priya Nair the seal is on']]);
    expect(await crew.db.prisma.notification.findMany({ where: { kind: 'mentioned' } })).toMatchObject([
      { recipientId: 'harbor-person-priya', taskId: 'harbor-task-1' },
    ]);
    expect(bot.connector.messages()).toEqual([]);
  });

  test('follows when it is changed or deleted, however often that is told', async () => {
    const id = fresh();
    const edit = (text: string, timestamp: string) =>
      threadMessage(url, text, {
        type: 'messageUpdate',
        id,
        timestamp,
        channelData: { ...(threadMessage(url, '').channelData as object), eventType: 'editMessage' },
        ...who('wes'),
      });
    await bot.post(threadMessage(url, 'two fenders', { id, ...who('wes') }));
    await bot.post(edit('three fenders', '2026-11-24T15:01:00Z'));
    expect(await comments()).toEqual([['wes', 'three fenders']]);
    await bot.post(edit('two fenders', '2026-11-24T15:02:00Z'));
    await bot.post(edit('two fenders', '2026-11-24T15:02:00Z'));
    expect(await comments()).toEqual([['wes', 'two fenders']]);
    const gone = { type: 'messageDelete', id, timestamp: '2026-11-24T15:03:00Z', ...who('wes') };
    await bot.post(threadMessage(url, '', gone));
    await bot.post(threadMessage(url, '', gone));
    expect(await comments()).toEqual([]);
    expect(bot.connector.messages()).toEqual([]);
  });

  test('is nobody else’s to change', async () => {
    const id = fresh();
    await bot.post(threadMessage(url, 'mine', { id, ...who('wes') }));
    await bot.post(threadMessage(url, 'not yours', { type: 'messageUpdate', id, ...who('tom') }));
    await bot.post(threadMessage(url, '', { type: 'messageDelete', id, ...who('tom') }));
    expect(await comments()).toEqual([['wes', 'mine']]);
  });

  test('by a bot, this one too, is none', async () => {
    await bot.post(threadMessage(url, 'Posted', { id: fresh(), from: { id: '28:other', name: 'Other' } }));
    await bot.post(threadMessage(url, 'Posted', { id: fresh(), from: BOT }));
    expect(await comments()).toEqual([]);
    expect(bot.invocations).toEqual([]);
  });
});

describe('what names the bot under a card', () => {
  test('is a command where it is one', async () => {
    await bot.post(
      threadMessage(url, '', { id: fresh(), ...naming('comment 1 as a command'), ...who('wes') }),
    );
    await bot.connector.received(1);
    expect(bot.invocations).toMatchObject([{ request: { type: 'text' }, place: { threadId: 'root' } }]);
  });

  test('is a comment where it is none, and says so', async () => {
    const id = fresh();
    await bot.post(threadMessage(url, '', { id, ...naming('the seal is on &amp; dry'), ...who('wes') }));
    const [answer] = await bot.connector.received(1);
    expect(answer?.body.text).toBe('Kept as a comment on #1.');
    expect(await comments()).toEqual([['wes', 'the seal is on & dry']]);
    await bot.post(
      threadMessage(url, '', { type: 'messageUpdate', id, ...naming('the seal is on'), ...who('wes') }),
    );
    expect(await comments()).toEqual([['wes', 'the seal is on']]);
  });

  test.each([
    'new grease is on the way',
    'open the valve first',
    'Hello all, it is dry',
    'My glove is in there',
    'today we wait for parts',
  ])('is a comment where it goes on with the talk: “%s”', async (words) => {
    const tasks = await crew.db.prisma.task.count();
    await bot.post(threadMessage(url, '', { id: fresh(), ...naming(words), ...who('wes') }));
    expect((await bot.connector.received(1))[0]?.body.text).toBe('Kept as a comment on #1.');
    expect(await comments()).toEqual([['wes', words]]);
    expect(await crew.db.prisma.task.count()).toBe(tasks);
  });

  test.each([
    ['finished but for the paint', 'done'],
    ['open 2', 'show'],
    ['new "Grease the winch"', 'add'],
    ['add oil for the winch', 'add'],
    ['help', 'help'],
  ])('is a command where it is meant as one: “%s”', async (words, action) => {
    await bot.post(threadMessage(url, '', { id: fresh(), ...naming(words), ...who('wes') }));
    await bot.connector.received(1);
    expect(await comments()).toEqual([]);
    const rows = await crew.auditRows();
    expect(rows.at(-1)?.action).toBe(action);
  });

  test('is not carried out once more when it is changed', async () => {
    const id = fresh();
    await bot.post(
      threadMessage(url, '', { type: 'messageUpdate', id, ...naming('done 1 really'), ...who('wes') }),
    );
    await bot.adapter.stop();
    expect(bot.invocations).toEqual([]);
    expect(await comments()).toEqual([]);
  });

  test('by somebody who may not see the task is refused in words', async () => {
    const stranger = { id: fresh(), ...naming('so it is'), ...who('zora') };
    await bot.post(threadMessage(url, '', stranger));
    expect(JSON.stringify((await bot.connector.received(1))[0]?.body)).toContain('We have not met');
    expect(await comments()).toEqual([]);
  });
});

test('what is said elsewhere in a channel is not looked at further', async () => {
  const elsewhere = {
    ...(threadMessage(url, '').conversation as object),
    id: '19:dock@thread.tacv2;messageid=other',
  };
  await bot.post(threadMessage(url, 'lunch?', { id: fresh(), conversation: elsewhere, ...who('wes') }));
  const top = { ...(threadMessage(url, '').conversation as object), id: '19:dock@thread.tacv2' };
  await bot.post(threadMessage(url, 'lunch!', { id: fresh(), conversation: top, ...who('wes') }));
  expect(bot.invocations).toEqual([]);
});
