import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { plantUnsharedProject } from '../fixtures/rival-yard.ts';
import { buttonOf, type Crew, openCrew } from '../support/crew.ts';

let crew: Crew;
const open = (who: string, args: Record<string, string> = {}) =>
  crew.presses(who, { intent: { action: 'home', args } });

beforeAll(async () => {
  crew = await openCrew();
  await plantUnsharedProject(crew);
});
afterAll(() => crew.close());

test('a worker sees their own tasks, the next step and the way to each card', async () => {
  const home = await open('wes');
  expect(home.words).toMatch(/^Your open tasks \(\d+\)/);
  expect(home.words).not.toContain('For approval');
  const labels = home.buttons.map(({ label }) => label);
  expect(labels).toEqual(expect.arrayContaining(['Mine', 'From me', 'Overdue', 'Show', 'New task', 'Help']));
});

test('a step taken there brings the page again, as it was left', async () => {
  const week = await open('wes', { tab: 'mine', due: 'week' });
  expect(week.words).toMatch(/^Your open tasks, due this week \(\d+\)/);
  const start = buttonOf(week, 'Start');
  const after = await crew.presses('wes', start);
  expect(after.words).toMatch(/^Your open tasks, due this week/);
  expect(after.reply).toMatchObject({ replaceOriginal: true });
  expect((await crew.task(Number(start.intent.args.task))).status.category).toBe('active');
});

test('what a manager has asked of others stands in a tab of its own', async () => {
  const home = await open('maya', { tab: 'assigned' });
  expect(home.words).toMatch(/^Open tasks from you \(\d+/);
  expect(home.words).not.toContain('· Maya Okafor');
  const number = await crew.says('maya', 'add "Splice the hawser" @tom due today');
  expect(number.words).toContain('Added');
  expect((await open('maya', { tab: 'assigned', due: 'today' })).words).toContain('Splice the hawser');
  expect((await open('tom')).words).toContain('Splice the hawser');
  expect((await open('tom', { tab: 'assigned' })).words).not.toContain('Splice the hawser');
});

test('what waits for approval is shown to those who may approve it, and approved there', async () => {
  await crew.says('wes', 'review 13');
  const home = await open('maya', { tab: 'waiting' });
  expect(home.words).toMatch(/^Waiting for your approval \(\d+/);
  expect(home.words).toContain('#13');
  const approve = home.buttons.find(({ label, intent }) => label === 'Approve' && intent.args.task === '13');
  if (!approve) throw new Error('#13 can’t be approved');
  expect((await crew.presses('maya', approve)).words).not.toContain('#13');
  expect((await crew.task(13)).status.category).toBe('done');
  expect((await open('wes', { tab: 'waiting' })).words).toContain('No task waits for your approval.');
});

test('an empty page says how to fill it', async () => {
  expect((await open('wes', { tab: 'assigned', due: 'week' })).words).toContain(
    'There is nothing due this week here.',
  );
});

test('a manager whose projects no channel shows is told how to link one', async () => {
  const fresh = await openCrew();
  const home = () => fresh.presses('omar', { intent: { action: 'home', args: {} } });
  await fresh.db.prisma.channelLink.deleteMany();
  expect((await home()).words).toContain('In a channel, type /task link <PROJECT>.');
  await fresh.says('maya', 'link LINE', { channel: 'C-LINE' });
  expect((await home()).words).not.toContain('link <PROJECT>');
  await fresh.close();
});

test('the page of an unknown person is a greeting that asks to join', async () => {
  const home = await open('stranger');
  expect(home.words).toContain('I don’t know you');
  expect(home.buttons.map(({ label }) => label)).toEqual(['Ask to join']);
});

test('nobody finds there what they can’t see', async () => {
  for (const tab of ['mine', 'assigned', 'waiting']) {
    expect((await open('tom', { tab })).words).not.toContain('#900');
  }
});

test('a forged choice is refused in words', async () => {
  expect((await open('wes', { tab: 'everything' })).words).toContain('This button is out of date.');
});

test('what others have to do is asked about there when it is late, not done in their place', async () => {
  const late = await crew.db.prisma.task.findFirstOrThrow({
    where: {
      status: { category: { in: ['todo', 'active'] } },
      dueAt: { lt: crew.now },
      createdById: 'harbor-person-maya',
      assignees: { some: {}, none: { personId: 'harbor-person-maya' } },
    },
    orderBy: { dueAt: 'asc' },
  });
  const of = (
    buttons: readonly { label: string; intent: { args: Record<string, string> } }[],
    number: number,
  ) => buttons.filter(({ intent }) => intent.args.task === String(number)).map(({ label }) => label);
  const page = await open('maya', { tab: 'assigned', due: 'overdue' });
  expect(of(page.buttons, late.number)).toEqual(['Nudge', 'Show']);
  const list = await crew.says('maya', 'list all overdue');
  expect(of(list.buttons, late.number)).toEqual(['Nudge']);
  const added = await crew.says('maya', 'add "Oil the capstan" in DOCK');
  const nobodys = Number(/#(\d+)/.exec(added.words)?.[1]);
  const found = await crew.says('maya', 'find capstan');
  expect(of(found.buttons, nobodys)).toEqual(['Assign']);
  const theirs = await crew.says('maya', 'add "Oil the davit" @wes in DOCK');
  expect(
    of((await crew.says('maya', 'find davit')).buttons, Number(/#(\d+)/.exec(theirs.words)?.[1])),
  ).toEqual(['Show']);
  expect(
    of((await crew.says('wes', 'find davit')).buttons, Number(/#(\d+)/.exec(theirs.words)?.[1])),
  ).toEqual(['Start']);
});
