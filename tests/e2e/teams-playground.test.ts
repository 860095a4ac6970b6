import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTeamsWorld, type TeamsWorld } from '../support/app.ts';
import { describeUnless, teamsPlaygroundMissing } from '../support/optional.ts';
import type { Place, TeamsMessage } from '../support/teams-playground.ts';
import { buttonsOf, wordsOf } from '../support/teams-playground-cards.ts';
import { until } from '../support/until.ts';

const describe = describeUnless(teamsPlaygroundMissing());
const mayasChat = { personal: 'maya' } as const;
const wesChat = { personal: 'wes' } as const;

describe('a Teams tenant', () => {
  let world: TeamsWorld;
  let teams: TeamsWorld['teams'];
  beforeAll(async () => {
    world = await startTeamsWorld();
    teams = world.teams;
  });
  afterAll(() => world?.stop());

  const titlesOf = (message: TeamsMessage) => buttonsOf(message.activity).map(({ title }) => title);

  /** Waits for a message that is, or has become, one with these words. */
  const become = (place: Place, id: string, words: string) =>
    until(
      `"${words}" in the message ${id}`,
      async () =>
        (await teams.messages(place)).find(
          (message) => message.id === id && wordsOf(message.activity).includes(words),
        ),
      async () => (await teams.messages(place)).map(({ activity }) => wordsOf(activity)),
    );

  /** Waits for the task: a message in Teams is answered before its work is done. */
  const numberOf = (title: string) =>
    until(`the task "${title}"`, async () => {
      const task = await world.app.db.prisma.task.findFirst({ where: { title } });
      return task?.number;
    });

  test('whoever adds the app is welcomed, once', async () => {
    await teams.install();
    const welcome = await teams.seen('I keep your crew’s tasks in this chat', mayasChat);
    expect(titlesOf(welcome)).toEqual(['New task', 'My tasks', 'Help']);
    await teams.install();
    await teams.say('maya', 'hi');
    await teams.seen('What I can do for you', mayasChat);
    const welcomes = (await teams.messages(mayasChat)).filter(({ activity }) =>
      wordsOf(activity).includes('Hello Maya'),
    );
    expect(welcomes).toHaveLength(1);
  });

  test('a list in the personal chat brings tasks on with its buttons, in place', async () => {
    await teams.say('wes', 'list');
    const list = await teams.seen('Your open tasks (7)', wesChat);
    expect(titlesOf(list)).toEqual(expect.arrayContaining(['Start', 'Done', 'New task', 'Help']));
    const answer = await teams.press('wes', list, 'Done');
    expect(answer?.type).toBe('application/vnd.microsoft.card.adaptive');
    await become(wesChat, list.id, 'Your open tasks (6)');
    await teams.press('wes', list, 'Help');
    await teams.seen('What I can do for you', wesChat);
  });

  test('a new task reaches its worker, and its end the manager, both unasked', async () => {
    await teams.say('maya', 'add "Reseal pump 3" @wes due tomorrow 2pm !high');
    await teams.seen('Reseal pump 3 · Wes Carter · due tomorrow 2:00 PM', mayasChat);
    const told = await teams.seen('Maya Okafor gave you a task', wesChat);
    expect(wordsOf(told.activity)).toContain('Reseal pump 3');
    expect(titlesOf(told)).toEqual(['Start', 'Done', 'Decline']);
    await teams.press('wes', told, 'Done');
    // By itself, or in one message with what else came within two minutes.
    const ended = /Wes Carter finished\n#\d+ Reseal pump 3|Reseal pump 3\nWes Carter finished/;
    await until('the end of the task, told to Maya', async () =>
      (await teams.messages(mayasChat)).find(({ activity }) => ended.test(wordsOf(activity))),
    );
    const number = await numberOf('Reseal pump 3');
    await until('both deeds in the timeline', async () => {
      await teams.say('maya', `timeline ${number}`);
      const timeline = await teams.seen(`#${number} Reseal pump 3`, mayasChat);
      return /Wes Carter finished .*Maya Okafor added /s.test(wordsOf(timeline.activity)) ? true : undefined;
    });
  });

  test('add alone brings a form, whose error stands at its field and whose success takes its place', async () => {
    await teams.say('maya', 'add');
    const form = await teams.seen('New task\n', mayasChat);
    expect(titlesOf(form)).toEqual(['Add']);
    const fields = { 'What is to be done?': 'Paint the mole', 'Who?': 'person:harbor-person-wes' };
    await teams.press('maya', form, 'Add', { ...fields, 'Until when?': 'when pigs fly' });
    const refused = await become(mayasChat, form.id, '⚠');
    expect(wordsOf(refused.activity)).toContain('when pigs fly');
    expect(titlesOf(refused)).toEqual(['Add']);
    await teams.press('maya', refused, 'Add', { ...fields, 'Until when?': 'tomorrow' });
    await become(mayasChat, form.id, 'Paint the mole · Wes Carter · due tomorrow');
    await teams.seen('Paint the mole', wesChat);
    const count = await world.app.db.prisma.task.count({ where: { title: 'Paint the mole' } });
    expect(count).toBe(1);
  });

  test('in a channel the card is posted once and kept true, and who asks is answered in private', async () => {
    await teams.say('maya', 'link DOCK', 'dock');
    await teams.seen('Maya Okafor linked DOCK', 'dock');
    await teams.say('maya', 'add "Oil the winch" <@wes>', 'dock');
    const number = await numberOf('Oil the winch');
    const card = await teams.seen(`#${number} Oil the winch`, 'dock');
    await teams.seen(`Added as #${number}.`, 'dock');
    expect(titlesOf(card)).toEqual(['Start', 'Done', 'Block', 'Comment', 'More…']);
    await teams.press('wes', card, 'Start');
    await become('dock', card.id, '◐ In progress · Wes Carter');
    await teams.say('wes', `done ${number} runs like new`, 'dock');
    const done = await become('dock', card.id, '● Done');
    expect(wordsOf(done.activity)).toContain('“runs like new” Wes Carter');
    expect(titlesOf(done)).toEqual(['Reopen', 'Comment', 'More…']);
    await teams.seen('Wes Carter finished: “runs like new”', mayasChat);

    await teams.say('wes', 'list', 'dock');
    await teams.seen('I answered you in our chat.', 'dock');
    await teams.seen('Your open tasks', wesChat);
    const inDock = (await teams.messages('dock')).map(({ activity }) => wordsOf(activity));
    expect(inDock.filter((words) => words.includes('Your open tasks'))).toEqual([]);
    expect(inDock.filter((words) => words.includes('Oil the winch'))).toHaveLength(1);
  });

  test('Block on a card in a channel asks why, in the personal chat', async () => {
    await teams.say('maya', 'add "Grease the capstan" <@wes>', 'dock');
    const number = await numberOf('Grease the capstan');
    const card = await teams.seen(`#${number} Grease the capstan`, 'dock');
    const answer = await teams.press('wes', card, 'Block');
    expect(answer?.value).toBe('I have sent you the form in our chat.');
    const form = await teams.seen(`Block #${number}`, wesChat);
    await teams.press('wes', form, 'Block', { 'What holds it up?': 'no grease left' });
    await become('dock', card.id, '“no grease left” Wes Carter');
    const told = await teams.seen('Wes Carter is blocked: “no grease left”', mayasChat);
    await teams.press('maya', told, 'Unblock');
    await become('dock', card.id, '◐ In progress');
  });

  test('in a group chat a task of nobody is claimed by whoever presses', async () => {
    await teams.say('maya', 'add "Count the shackles" in DOCK', 'group');
    const number = await numberOf('Count the shackles');
    const card = await teams.seen(`#${number} Count the shackles`, 'group');
    await teams.press('wes', card, 'Claim');
    await become('group', card.id, '○ To do · Wes Carter');
  });

  test('a button that is none of ours is refused in words', async () => {
    await teams.say('wes', 'show 2');
    const shown = await teams.seen('#2 Replace hydraulic hose', wesChat);
    const forged = structuredClone(shown);
    const [button] = buttonsOf(forged.activity);
    if (button)
      Object.assign(button.data, { crewline: { action: 'done', args: { task: '17' }, nonce: 'mine' } });
    await teams.press('wes', forged, button?.title ?? '');
    await teams.seen('There is no task #17 that you can see', wesChat);
    if (button) Object.assign(button.data, { crewline: 'nonsense' });
    const answer = await teams.press('wes', forged, button?.title ?? '');
    expect(answer?.value).toMatchObject({ message: expect.stringContaining('not one that I know') });
  });
});
