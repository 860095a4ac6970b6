import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { buttonOf, type Crew, openCrew } from '../support/crew.ts';

let crew: Crew;
beforeAll(async () => {
  crew = await openCrew();
});
afterAll(() => crew.close());

it.each(['2.5', '0', '-1', '99999999999999999999'])(
  'does not take %s for the task that was spoken of last',
  async (typed) => {
    await crew.says('wes', 'show 29');
    const answer = await crew.says('wes', `done ${typed}`);

    expect(answer.words).toMatch(/There is no task with such a number|only digits/);
    expect((await crew.task(29)).status.category).toBe('todo');
  },
);

it('says dates as they are typed, not as commands', async () => {
  const answer = await crew.says('maya', 'due 1 someday');

  expect(answer.words).toContain('Try “tomorrow 2pm”');
});

it('says that a form was opened, and not that its deed was done', async () => {
  await crew.says('maya', 'block 2');
  await crew.settle();

  const audit = await crew.says('maya', 'audit');
  expect(audit.words).toContain('Maya Okafor opened the form “block” #2');
  expect((await crew.says('maya', 'timeline 2')).words).not.toContain('form');
});

it('shows someone who only watches no button that would be refused', async () => {
  const shown = await crew.says('wes', 'show 15');

  expect(shown.buttons.map(({ label }) => label)).toEqual(['Comment', 'More…']);
});

it('understands the slash command where it is typed as text', async () => {
  expect((await crew.says('wes', '/task list', { platform: 'teams' })).words).toContain('Your open tasks');
});

it('does by a press what was meant by a slip of the finger', async () => {
  const added = await crew.says('maya', 'add "Mend the net" @wes in DOCK');
  const number = Number(/#(\d+)/.exec(added.words)?.[1]);
  const slip = await crew.says('wes', `dnoe ${number} it holds`);
  expect(slip.words).toMatch(/Did you mean “done”\?/);
  expect((await crew.presses('wes', buttonOf(slip, `done ${number} it holds`))).words).toMatch(
    /^Done: .*Mend the net/,
  );
  expect((await crew.task(number)).statusNote).toBe('it holds');
  // Numbers stand first for some.
  expect((await crew.says('wes', 'zzzzzz 1')).buttons.map(({ label }) => label)).toEqual(['Help']);
});

it.each([
  [
    'add Paint the bollard due in three weeks',
    '“due in three weeks” stays in the title: I can’t read it as a date.',
  ],
  ['add Paint the rail due mañana', '“due mañana” stays in the title'],
  ['add Paint the shed !superhigh', '“!superhigh” stays in the title: priorities are !low'],
])('says what it left in a title that was meant for more: %s', async (typed, said) => {
  expect((await crew.says('maya', `${typed} in DOCK`)).words).toContain(said);
});

it.each([
  'add Paint the pier due tomorrow',
  'add "Collect what is due from the agent" in DOCK',
  'add Wow! Paint it',
])('has nothing to say of a title that is one: %s', async (typed) => {
  const { words } = await crew.says('maya', typed);
  expect(words).toMatch(/^Added #/);
  expect(words).not.toMatch(/stays in the title/);
});
