import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Crew, openCrew } from '../support/crew.ts';
import { mention, message } from '../support/teams-activities.ts';
import { startBot, type TestBot } from '../support/teams-bot.ts';
import { answerAsCrew, who } from '../support/teams-crew.ts';

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

let said = 0;
const says = async (text: string, name = 'wes') => {
  await bot.post(message(url, text, { id: `said-${++said}`, ...who(name) }));
  return (await bot.connector.received(1)).at(-1)?.body;
};

test.each(['Hi', 'Hello', 'Help', 'help', 'Hi!', 'Hola', '¡Hola!', 'ayuda'])(
  '%s is answered with what one can do',
  async (word) => {
    const answer = await says(word);
    expect(answer.summary).toBe('What I can do for you');
    expect(JSON.stringify(answer.attachments)).toContain('My tasks');
  },
);

test.each(['/task list', '/task', 'list', '/Task list mine'])(
  '%s is the same list, in one’s own chat',
  async (text) => {
    const answer = await says(text);
    expect(answer.summary).toMatch(/^Your open tasks: \d+ open tasks|^Your open tasks/);
  },
);

test('/task works after the bot’s name too', async () => {
  await bot.post(mention(url, '/task show 1', { id: 'in-dock', ...who('wes') }));
  expect(bot.invocations[0]?.request).toMatchObject({ type: 'text', text: '/task show 1' });
  const private_ = (await bot.connector.received(2)).find(({ path }) => path.includes('personal-chat'));
  expect(private_?.body.summary).toMatch(/^#1 /);
});

test.each(['blurb', 'done', 'show 99999', 'assign 1', 'add', 'due 1 blursday', '42 done', '?!'])(
  '“%s” gets a message whose summary stands alone on a lock screen',
  async (text) => {
    const answer = await says(text, 'maya');
    expect(answer.summary.trim().length).toBeGreaterThan(3);
    expect(answer.summary).not.toContain('card');
  },
);
