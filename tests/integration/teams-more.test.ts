import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Crew, openCrew } from '../support/crew.ts';
import { mention, press } from '../support/teams-activities.ts';
import { startBot, type TestBot } from '../support/teams-bot.ts';
import { answerAsCrew, who } from '../support/teams-crew.ts';

let crew: Crew;
let bot: TestBot;

beforeAll(async () => {
  crew = await openCrew();
});
afterAll(() => crew.close());
beforeEach(async () => {
  bot = await startBot();
  answerAsCrew(bot, crew);
});
afterEach(() => bot.close());

// biome-ignore lint/suspicious/noExplicitAny: digs into what was sent
type Any = any;

const { conversation, channelData } = mention('', '');
const pressed = async (data: object, where: object): Promise<Any> =>
  (await bot.post(press(bot.connector.serviceUrl, data, { ...who('wes'), ...where }))).body;
const buttonsOf = (card: Any): Any[] => card.body.flatMap(({ actions = [] }: Any) => actions);

test.each([
  ['a channel', { conversation, channelData }],
  ['one’s own chat', {}],
])(
  'in %s the menu of a card takes its place for whoever presses, and leads back to it',
  async (place, where) => {
    const more = { crewline: { action: 'more', args: { task: '1' }, nonce: `more-${place}` } };
    const menu = await pressed(more, where);
    expect(menu.type).toBe('application/vnd.microsoft.card.adaptive');
    const [back] = buttonsOf(menu.value).slice(-1);
    const card = await pressed(back.data, where);
    expect(card.type).toBe('application/vnd.microsoft.card.adaptive');
    expect(buttonsOf(card.value).map(({ title }) => title)).toEqual([
      'Start',
      'Done',
      'Block',
      'Comment',
      'More…',
    ]);
    await bot.adapter.stop();
    expect(bot.connector.messages()).toEqual([]);
  },
);
