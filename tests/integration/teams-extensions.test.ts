import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Crew, openCrew } from '../support/crew.ts';
import { extension, messagePayload, press, TENANT } from '../support/teams-activities.ts';
import { saying, startBot, type TestBot } from '../support/teams-bot.ts';
import { answerAsCrew, linkDock, who } from '../support/teams-crew.ts';

/*
 * Of message extensions Teams' playground shows action commands alone, without a message's address: what a client sends is signed here in the shape that
 * Microsoft's documentation ("Create and send dialogs", "Respond to search command") gives. No real tenant has seen these.
 */
let crew: Crew;
let bot: TestBot;
let url: string;

beforeAll(async () => {
  crew = await openCrew();
  await linkDock(crew);
});
afterAll(() => crew.close());
beforeEach(async () => {
  bot = await startBot({ newId: randomUUID });
  url = bot.connector.serviceUrl;
  answerAsCrew(bot, crew);
});
afterEach(() => bot.close());

// biome-ignore lint/suspicious/noExplicitAny: digs into what was sent
type Any = any;

const input = (card: Any, name: string): Any => card.body.find(({ id }: Any) => id === `field.${name}`);
const submitOf = (card: Any): Any => card.body.at(-1).actions[0];
const cardIn = (body: Any): Any => body.task.value.card.content;
const filled = (card: Any, values: Record<string, string>): object => ({
  ...submitOf(card).data,
  ...Object.fromEntries(
    card.body.flatMap((element: Any) => (element.value ? [[element.id, element.value]] : [])),
  ),
  ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`field.${name}`, value])),
});

const ADDRESS = 'https://teams.microsoft.com/l/message/19:dock@thread.tacv2/1611060744833';
const said =
  '<div><div>Pump 3 <b>leaks</b> &amp; hisses, <at id="0">Wes Carter</at></div>\n<div>Since this morning.</div></div>';

const onMessage = (commandId: string, name = 'maya', overlay: object = {}, content = said) =>
  bot.post(
    extension(
      url,
      'fetchTask',
      { commandId, commandContext: 'message', messagePayload: messagePayload(content) },
      { ...who(name), ...overlay },
    ),
  );

const submit = (commandId: string, data: object, name = 'maya', overlay: object = {}) =>
  bot.post(
    extension(
      url,
      'submitAction',
      { commandId, commandContext: 'message', data },
      { ...who(name), ...overlay },
    ),
  );

describe('in the menu of a message', () => {
  test('Create task opens the form with the words, the address and the channel’s project, and adds the task', async () => {
    const { body } = await onMessage('create_task');
    expect(body.task).toMatchObject({ type: 'continue', value: { title: 'New task' } });
    const card = cardIn(body);
    expect(input(card, 'title').value).toBe('Pump 3 leaks & hisses, @Wes Carter');
    expect(input(card, 'description').value).toBe(
      `Pump 3 leaks & hisses, @Wes Carter\n\nSince this morning.\n${ADDRESS}`,
    );
    expect(input(card, 'project').value).toBe('DOCK');
    const sent = await submit('create_task', filled(card, { title: 'Mend pump 3' }));
    const [, number] =
      /^Added #(\d+) Mend pump 3 · nobody has it yet · DOCK$/.exec(sent.body.task.value) ?? [];
    const task = await crew.task(Number(number));
    expect(task.description).toContain(ADDRESS);
    expect(task.cards.map(({ channelId }) => channelId)).toEqual(['19:dock@thread.tacv2']);
  });

  test('Create task says a message of one line once', async () => {
    const card = cardIn((await onMessage('create_task', 'maya', {}, '<p>Pump 3 <b>leaks</b></p>')).body);
    expect(input(card, 'title').value).toBe('Pump 3 leaks');
    expect(input(card, 'description').value).toBe(ADDRESS);
  });

  test('Add to task keeps the message as a comment on the task that is chosen', async () => {
    const { body } = await onMessage('add_to_task', 'wes');
    const card = cardIn(body);
    expect(input(card, 'task').choices[0].title).toMatch(/^#\d+ /);
    expect(input(card, 'body').value).toContain('Since this morning.');
    const sent = await submit('add_to_task', filled(card, { task: '1' }), 'wes');
    expect(sent.body.task.value).toContain('Commented on #1');
    expect((await crew.task(1)).comments.at(-1)?.body).toContain(ADDRESS);
  });

  test('errors stand at their fields', async () => {
    const card = cardIn((await onMessage('create_task')).body);
    const { body } = await submit('create_task', filled(card, { due: 'blursday' }));
    expect(JSON.stringify(cardIn(body))).toContain('⚠');
  });

  test('somebody unknown can ask to join', async () => {
    const { body } = await onMessage('create_task', 'zora');
    expect(JSON.stringify(cardIn(body))).toContain('I don’t know you');
    const join = submitOf(cardIn(body));
    expect(join).toMatchObject({ type: 'Action.Submit', title: 'Ask to join' });
    expect(JSON.stringify((await submit('create_task', join.data, 'zora')).body)).toContain('I have asked');
  });

  test('a late answer comes in the chat with the bot, which may be no member here', async () => {
    const card = cardIn((await onMessage('create_task')).body);
    bot.answer(async () => {
      await new Promise((resolve) => setTimeout(resolve, 2_300));
      return saying('Added at last.');
    });
    const { body, tookMs } = await submit('create_task', filled(card, {}));
    expect(tookMs).toBeLessThan(2_500);
    expect(body.task.value).toContain('Still working');
    const [late] = await bot.connector.received(1);
    expect(late?.path).toContain('a:personal-chat');
  });

  test('a command that the manifest does not name is answered in words', async () => {
    expect((await onMessage('delete_all')).body.task.type).toBe('message');
    expect(bot.invocations).toHaveLength(0);
  });
});

describe('between two people, where the bot is not', () => {
  const theirs = {
    conversation: { id: '19:maya_wes@unq.gbl.spaces', conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT }, source: { name: 'message' } },
  };

  test('a task is added without a card, and their chat never becomes a way to write to either', async () => {
    const card = cardIn((await onMessage('create_task', 'maya', theirs)).body);
    const { body } = await submit('create_task', filled(card, { title: 'Buy oil' }), 'maya', theirs);
    const [, number] = /^Added #(\d+)/.exec(body.task.value) ?? [];
    expect((await crew.task(Number(number))).cards).toEqual([]);
    for (const invocation of bot.invocations) {
      expect(invocation.directAddress).toBeUndefined();
      expect(invocation.place).toEqual({ kind: 'direct', channelId: '19:maya_wes@unq.gbl.spaces' });
    }
  });

  test('also where Teams does not say which chat it is', async () => {
    const { status, body } = await onMessage('create_task', 'maya', { ...theirs, conversation: undefined });
    expect(status).toBe(200);
    expect(body.task.value.title).toBe('New task');
  });

  test('who asks is found in their own chat with the bot', async () => {
    await onMessage('create_task', 'maya', theirs);
    bot.connector.behave({ status: 403, code: 'BotNotInConversationRoster', times: 1 });
    expect(await bot.invocations[0]?.profile()).toMatchObject({ email: 'wes@harbor.example' });
    const roster = bot.connector.calls.at(-1)?.path;
    expect(roster).toContain('/conversations/a:personal-chat/members/');
  });
});

describe('a search for a task', () => {
  const search = (parameters: object[], name = 'wes', queryOptions: object = { skip: 0, count: 25 }) =>
    bot.post(extension(url, 'query', { commandId: 'find_task', parameters, queryOptions }, who(name)));
  const typed = (value: string) => [{ name: 'query', value }];

  test('begins with what is open, one’s own first', async () => {
    const { body } = await search([{ name: 'initialRun', value: 'true' }]);
    expect(body.composeExtension).toMatchObject({ type: 'result', attachmentLayout: 'list' });
    const [first] = body.composeExtension.attachments;
    expect(first).toMatchObject({ contentType: 'application/vnd.microsoft.card.thumbnail' });
    expect(first.preview.content.text).toContain('Wes Carter');
  });

  test('finds by words and by number, a page at a time', async () => {
    const titles = async (...asked: Parameters<typeof search>) =>
      (await search(...asked)).body.composeExtension.attachments.map(
        ({ preview }: Any) => preview.content.title,
      );
    expect((await titles(typed('hydraulic hose')))[0]).toBe('#2 Replace hydraulic hose on dock leveller 2');
    expect((await titles(typed('#2')))[0]).toMatch(/^#2 /);
    const two = await titles([], 'maya', { skip: 0, count: 2 });
    const next = await titles([], 'maya', { skip: 2, count: 2 });
    expect(two).toHaveLength(2);
    expect(next).toHaveLength(2);
    expect(next).not.toEqual(expect.arrayContaining(two));
  });

  test('shows nobody what they may not see, and says so in words', async () => {
    const { body } = await search(typed('conveyor'), 'wes');
    expect(body.composeExtension).toEqual({
      type: 'message',
      text: 'No task that you can see has “conveyor” in it.',
    });
  });

  test('the chosen one is posted as its card', async () => {
    const { body } = await search(typed('hydraulic hose'));
    const [{ preview }] = body.composeExtension.attachments;
    const chosen = await bot.post(extension(url, 'selectItem', preview.content.tap.value, who('wes')));
    const [card] = chosen.body.composeExtension.attachments;
    expect(card.contentType).toBe('application/vnd.microsoft.card.adaptive');
    expect(JSON.stringify(card.content)).toContain('Replace hydraulic hose');
    expect(card.preview.content.title).toContain('#2');
  });

  test('a posted card is brought up to date for whoever asks, and stays as it is for who may not see the task', async () => {
    const { body } = await search(typed('hydraulic hose'));
    const chosen = await bot.post(
      extension(
        url,
        'selectItem',
        body.composeExtension.attachments[0].preview.content.tap.value,
        who('wes'),
      ),
    );
    const [{ content }] = chosen.body.composeExtension.attachments;
    const refresh = (name: string) =>
      bot.post(
        press(url, content.refresh.action.data, {
          ...who(name),
          value: { action: { ...content.refresh.action, id: 'refresh' }, trigger: 'manual' },
        }),
      );
    await crew.says('wes', 'start 2');
    const fresh = await refresh('maya');
    expect(fresh.body.type).toBe('application/vnd.microsoft.card.adaptive');
    expect(JSON.stringify(fresh.body.value)).toContain('◐ In progress');
    expect(fresh.body.value.refresh.action.data).toEqual(content.refresh.action.data);
    expect((await refresh('sam')).body).toMatchObject({ type: 'application/vnd.microsoft.error' });
  });

  describe('a posted card’s button', () => {
    async function postedCard(words: string, name: string): Promise<Any> {
      const { body } = await search(typed(words), name);
      const [{ preview }] = body.composeExtension.attachments;
      const chosen = await bot.post(extension(url, 'selectItem', preview.content.tap.value, who(name)));
      return chosen.body.composeExtension.attachments[0].content;
    }
    const pressed = (card: Any, title: string, name: string, overlay: object) => {
      const action = card.body
        .flatMap(({ actions = [] }: Any) => actions)
        .find((button: Any) => button.title === title);
      return bot.post(press(url, action.data, { ...who(name), ...overlay }));
    };
    const between = {
      conversation: { id: '19:maya_wes@unq.gbl.spaces', conversationType: 'personal', tenantId: TENANT },
    };
    const group = {
      conversation: {
        id: '19:night@thread.v2',
        conversationType: 'groupChat',
        isGroup: true,
        tenantId: TENANT,
      },
    };

    test.each([
      ['a chat of two people', between, 'Grease'],
      ['a group', group, 'Sweep'],
    ])('in %s leaves the card as it is then, for whoever presses', async (_where, overlay, title) => {
      await crew.says('maya', `add "${title} the dock leveller" @wes in DOCK`);
      const card = await postedCard(`${title} dock leveller`, 'wes');
      const { body } = await pressed(card, 'Done', 'wes', overlay);
      expect(body.type).toBe('application/vnd.microsoft.card.adaptive');
      expect(JSON.stringify(body.value)).toContain('● Done');
      expect(body.value.refresh.action.data).toEqual(card.refresh.action.data);
      const again = await pressed(body.value, 'Reopen', 'maya', overlay);
      expect(JSON.stringify(again.body.value)).toContain('○ To do');
    });

    test('never makes the chat of two people a way to write to either', async () => {
      await crew.says('maya', 'add "Paint the bollards" @wes in DOCK');
      const card = await postedCard('paint bollards', 'wes');
      bot.connector.calls.splice(0);
      await pressed(card, 'Start', 'wes', between);
      await pressed(card, 'Start', 'priya', between);
      await bot.adapter.stop();
      const pressedThere = bot.invocations.filter(({ source }) => source === 'button');
      expect(pressedThere.map(({ place, directAddress }) => ({ place, directAddress }))).toEqual(
        ['wes', 'priya'].map(() => ({
          place: { kind: 'group', channelId: between.conversation.id, messageId: 'card-1' },
          directAddress: undefined,
        })),
      );
      expect(bot.connector.calls.filter(({ path }) => path.includes('unq.gbl.spaces'))).toEqual([]);
    });

    test('is refused in words to whoever may not see the task', async () => {
      const card = await postedCard('hydraulic hose', 'maya');
      const { body } = await pressed(card, 'Done', 'sam', between);
      expect(body.value).toBe('The answer comes in our chat.');
      const [refused] = await bot.connector.received(1);
      expect(refused?.path).toContain('a:personal-chat');
      expect(JSON.stringify(refused?.body)).toContain('There is no task');
    });
  });

  test('a forged choice of another’s task is refused, and of anything else not run', async () => {
    const forged = (action: string, task: string) =>
      bot.post(
        extension(url, 'selectItem', { crewline: { action, args: { task }, nonce: 'n' } }, who('wes')),
      );
    const refused = await forged('share', '17');
    expect(refused.body.composeExtension).toMatchObject({
      type: 'message',
      text: expect.stringContaining('no task #17'),
    });
    await forged('cancel', '1');
    expect((await crew.task(1)).status.category).not.toBe('cancelled');
  });

  test('is one entry in the log, however many letters are typed', async () => {
    const searches = async () =>
      (await crew.auditRows()).filter(
        ({ action, actorName }) => action === 'find-tasks' && actorName === 'Lena Vogt',
      ).length;
    for (const word of ['p', 'pu', 'pum', 'pump']) await search(typed(word), 'lena');
    expect(await searches()).toBe(1);
    crew.setNow(new Date(crew.now.getTime() + 61_000));
    await search(typed('winch'), 'lena');
    expect(await searches()).toBe(2);
  });

  test('somebody unknown is told where to begin', async () => {
    const { body } = await search([], 'zita');
    expect(body.composeExtension).toEqual({ type: 'message', text: expect.stringContaining('Write to me') });
  });

  test('is answered in time while the database is slow', async () => {
    bot.answer(async () => {
      await new Promise((resolve) => setTimeout(resolve, 2_300));
      return saying('late');
    });
    const { body, tookMs } = await search(typed('pump'));
    expect(tookMs).toBeLessThan(2_500);
    expect(body.composeExtension.text).toContain('Still searching');
  });
});
