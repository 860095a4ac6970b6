import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/lib/sql.ts';
import { type Crew, openCrew } from '../support/crew.ts';
import { activity, fetchDialog, message, submitDialog } from '../support/teams-activities.ts';
import { saying, startBot, type TestBot } from '../support/teams-bot.ts';
import { answerAsCrew, who } from '../support/teams-crew.ts';

/*
 * Teams' playground opens no dialogs from buttons: what a client sends is signed here in the shape that Microsoft's documentation
 * ("Use dialogs with bots", "Typeahead search in Adaptive Cards") gives. No real tenant has seen these.
 */
let crew: Crew;
let bot: TestBot;
let url: string;

beforeAll(async () => {
  crew = await openCrew();
});
afterAll(() => crew.close());
beforeEach(async () => {
  bot = await startBot();
  url = bot.connector.serviceUrl;
  answerAsCrew(bot, crew);
});
afterEach(() => bot.close());

// biome-ignore lint/suspicious/noExplicitAny: digs into what was sent
type Card = any;

const inputs = (card: Card): Card[] => card.body.filter(({ type }: Card) => type.startsWith('Input.'));
const input = (card: Card, name: string): Card => inputs(card).find(({ id }: Card) => id === `field.${name}`);
const actions = (card: Card): Card[] =>
  card.body.flatMap((element: Card) => (element.type === 'ActionSet' ? element.actions : []));
const button = (card: Card, title: string): Card => actions(card).find((action) => action.title === title);

let said = 0;

/** The card that someone gets who asks for it in their own chat. */
async function cardOf(text: string, name: string): Promise<Card> {
  const before = bot.connector.messages().length;
  await bot.post(message(url, text, { id: `said-${++said}`, ...who(name) }));
  const sent = await bot.connector.received(before + 1);
  return sent.at(-1)?.body.attachments[0].content;
}

const filled = (card: Card, values: Record<string, string>): object => ({
  ...actions(card).at(-1).data,
  ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`field.${name}`, value])),
});

describe('a button that needs to know more', () => {
  test('opens a dialog, where others stay what they were', async () => {
    const card = await cardOf('show 1', 'wes');
    expect(button(card, 'Block')).toMatchObject({
      type: 'Action.Submit',
      data: { msteams: { type: 'task/fetch' }, crewline: { action: 'block' } },
    });
    expect(button(card, 'Done')).toMatchObject({ type: 'Action.Execute', verb: 'done' });
    const { body } = await bot.post(fetchDialog(url, button(card, 'Block').data, who('wes')));
    expect(body.task).toMatchObject({
      type: 'continue',
      value: {
        title: 'Block #1',
        card: { contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard' } },
      },
    });
    const { content } = body.task.value.card;
    expect(input(content, 'note')).toMatchObject({ label: 'What holds it up?', isRequired: true });
    expect(actions(content)).toMatchObject([{ type: 'Action.Submit', title: 'Block' }]);
  });

  test('says what came of it in the dialog, and brings the card that it stood on up to date', async () => {
    const card = await cardOf('show 2', 'wes');
    const opened = await bot.post(fetchDialog(url, button(card, 'Block').data, who('wes')));
    const form = opened.body.task.value.card.content;
    const sent = await bot.post(submitDialog(url, filled(form, { note: 'no hose left' }), who('wes')));
    expect(sent.body.task).toEqual({ type: 'message', value: expect.stringContaining('#2') });
    await bot.adapter.stop();
    const update = bot.connector.calls.find(({ method }) => method === 'PUT');
    expect(update?.path).toBe('/teams/v3/conversations/a:wes-chat/activities/card-1');
    expect(JSON.stringify(update?.body)).toContain('no hose left');
    expect((await crew.task(2)).status.category).toBe('blocked');
  });

  test('sent twice has one effect', async () => {
    const card = await cardOf('show 3', 'tom');
    const opened = await bot.post(fetchDialog(url, button(card, 'Comment').data, who('tom')));
    const form = opened.body.task.value.card.content;
    const data = filled(form, { body: 'two of them are cracked' });
    await bot.post(submitDialog(url, data, { id: 'a', ...who('tom') }));
    await bot.post(submitDialog(url, data, { id: 'b', ...who('tom') }));
    const words = (await crew.task(3)).comments.map(({ body }) => body);
    expect(words.filter((body) => body === 'two of them are cracked')).toHaveLength(1);
  });

  test('shows its errors at the field, beside what was typed', async () => {
    const card = await cardOf('help', 'maya');
    const opened = await bot.post(fetchDialog(url, button(card, 'New task').data, who('maya')));
    const form = opened.body.task.value.card.content;
    const sent = await bot.post(
      submitDialog(url, filled(form, { title: 'Oil the winch', due: 'blursday' }), who('maya')),
    );
    expect(sent.body.task).toMatchObject({ type: 'continue', value: { title: 'New task' } });
    const again = sent.body.task.value.card.content;
    expect(input(again, 'title').value).toBe('Oil the winch');
    expect(JSON.stringify(again)).toContain('⚠');
    const mended = await bot.post(
      submitDialog(url, filled(again, { title: 'Oil the winch', due: 'fri' }), who('maya')),
    );
    expect(mended.body.task.value).toMatch(/^Added #\d+ Oil the winch · nobody has it yet · due/);
  });

  test('knows nobody whom it has not met: they can ask to join in the dialog itself', async () => {
    const data = { crewline: { action: 'add', args: {}, nonce: 'n1' } };
    const opened = await bot.post(fetchDialog(url, data, who('zelda')));
    const card = opened.body.task.value.card.content;
    expect(JSON.stringify(card)).toContain('I don’t know you');
    const joined = await bot.post(submitDialog(url, button(card, 'Ask to join').data, who('zelda')));
    expect(JSON.stringify(joined.body.task)).toContain('I have asked');
  });

  test('opens at once while the database is slow, with a button to go on', async () => {
    const data = { crewline: { action: 'edit', args: { task: '5' }, nonce: 'n2' } };
    bot.answer(async () => {
      await new Promise((resolve) => setTimeout(resolve, 2_600));
      return saying('too late');
    });
    const opened = await bot.post(fetchDialog(url, data, who('maya')));
    expect(opened.tookMs).toBeLessThan(2_500);
    expect(opened.body.task.value.title).toBe('One moment');
    const waiting = opened.body.task.value.card.content;
    answerAsCrew(bot, crew);
    const going = await bot.post(submitDialog(url, button(waiting, 'Open it').data, who('maya')));
    expect(going.body.task.value.title).toBe('Edit #5');
    expect(input(going.body.task.value.card.content, 'title').value).toBe(
      'Replace navigation light at the east mole',
    );
  });

  test('is told in the personal chat what came of it, when that took long', async () => {
    bot.answer(async () => {
      await new Promise((resolve) => setTimeout(resolve, 2_300));
      return saying('Blocked at last.');
    });
    const data = {
      crewline: { action: 'block', args: { task: '1' }, nonce: 'f', form: {} },
      'field.note': 'x',
    };
    const sent = await bot.post(submitDialog(url, data, who('wes')));
    expect(sent.body.task.value).toContain('Still working');
    const [late] = await bot.connector.received(1);
    expect(late?.path).toContain('a:personal-chat');
    expect(late?.body.text).toBe('Blocked at last.');
  });

  test('that is none of ours is answered in words', async () => {
    const opened = await bot.post(fetchDialog(url, { delete: 'everything' }, who('wes')));
    expect(opened.body.task).toMatchObject({
      type: 'message',
      value: expect.stringContaining('not one that I know'),
    });
    expect(bot.invocations).toHaveLength(0);
  });

  test('can’t reach another’s message through what a dialog carries, where others read along', async () => {
    const data = {
      crewline: { action: 'block', args: { task: '1' }, nonce: 'f', opener: 'theirs', form: {} },
    };
    const place = {
      conversation: { id: '19:dock@thread.tacv2', conversationType: 'channel', tenantId: 'tenant-1' },
    };
    await bot.post(submitDialog(url, data, { ...place, ...who('wes') }));
    expect(bot.invocations[0]?.place.messageId).toBeUndefined();
  });
});

describe('more people than a list holds', () => {
  beforeAll(async () => {
    await crew.db.rows(sql`INSERT INTO persons (id, organization_id, name, email, time_zone, locale, created_at)
      SELECT 'many-' || n, organization_id, 'Anna ' || chr(65 + n % 26) || to_char(n, 'FM000'), 'anna' || n || '@harbor.example',
        time_zone, locale, created_at
      FROM persons CROSS JOIN generate_series(1, 150) AS n WHERE id = 'harbor-person-maya'`);
  });

  const search = (queryText: string, dataset: string, name = 'maya') =>
    bot.post(
      activity(url, {
        type: 'invoke',
        name: 'application/search',
        value: { queryText, queryOptions: { skip: 0, top: 15 }, dataset },
        ...who(name),
      }),
    );

  async function assignDialog(): Promise<Card> {
    const data = { crewline: { action: 'assign', args: { task: '1' }, nonce: `a${Math.random()}` } };
    return (await bot.post(fetchDialog(url, data, who('maya')))).body.task.value.card.content;
  }

  test('are searched while one types, and those who have it already are chosen', async () => {
    const people = input(await assignDialog(), 'people');
    expect(people).toMatchObject({
      style: 'filtered',
      isMultiSelect: true,
      'choices.data': { type: 'Data.Query', dataset: 'find-people?project=harbor-project-dock' },
    });
    expect(people.choices[0]).toEqual({ title: 'Wes Carter', value: 'person:harbor-person-wes' });
    const { body } = await search('anna z', people['choices.data'].dataset);
    // Both are required: botframework-schema, SearchInvokeResponse.
    expect(body).toMatchObject({
      statusCode: 200,
      type: 'application/vnd.microsoft.search.searchResponse',
    });
    expect(body.value.results.map(({ title }: Card) => title)).toEqual([
      'Anna Z025',
      'Anna Z051',
      'Anna Z077',
      'Anna Z103',
      'Anna Z129',
    ]);
  });

  test('who was found can be given the task', async () => {
    const card = await assignDialog();
    const { body } = await search('Z129', 'find-people?project=harbor-project-dock');
    const [found] = body.value.results;
    const sent = await bot.post(submitDialog(url, filled(card, { people: found.value }), who('maya')));
    expect(sent.body.task.value).toContain('is now with Anna Z129');
  });

  test('stay chosen, by their names, where something else has to be mended first', async () => {
    const data = { crewline: { action: 'add', args: {}, nonce: 'again' } };
    const card = (await bot.post(fetchDialog(url, data, who('maya')))).body.task.value.card.content;
    const { body } = await search('Z103', 'find-people?');
    const values = { title: 'Oil the winch', due: 'blursday', assignees: body.value.results[0].value };
    const sent = await bot.post(submitDialog(url, filled(card, values), who('maya')));
    const again = input(sent.body.task.value.card.content, 'assignees');
    expect(again.value).toBe(values.assignees);
    expect(again.choices[0]).toEqual({ title: 'Anna Z103', value: values.assignees });
  });

  test('are told to nobody who may not assign, and a list of ours is the only one', async () => {
    expect(
      (await search('anna', 'find-people?project=harbor-project-dock', 'wes')).body.value.results,
    ).toEqual([]);
    expect((await search('anna', 'team-remove?who=me&sure=yes')).body.value.results).toEqual([]);
    expect(bot.invocations.map(({ request }) => request.type === 'intent' && request.action)).toEqual([
      'find-people',
    ]);
  });
});
