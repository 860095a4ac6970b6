import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mentionToken } from '../../src/core/command-line.ts';
import { type Crew, openCrew, type Saying } from '../support/crew.ts';

let crew: Crew;

beforeAll(async () => {
  crew = await openCrew();
  for (const who of ['maya', 'wes', 'tom']) await crew.says(who, 'hi');
});
afterAll(() => crew.close());

/** In a message that mentions @dock-team, which has these users. */
const withGroup = (...users: string[]): Saying => ({
  mentions: [{ userId: 'S-DOCK', name: 'dock-team', group: true }],
  groups: { 'S-DOCK': users },
});
const group = mentionToken(0);
const assigneesOf = async (number: number) =>
  (await crew.task(number)).assignees.map(({ person }) => person.name).sort();

test('a group is given a task as everybody in it', async () => {
  await crew.says('maya', `assign 15 ${group} because all hands`, withGroup('U-wes', 'U-tom'));
  expect(await assigneesOf(15)).toEqual(['Tom Reilly', 'Wes Carter']);
});

test('somebody in it who has not written yet is known by their work address', async () => {
  await crew.says('maya', `add "Sweep the yard" ${group}`, withGroup('U-wes', 'U-lena'));
  const task = await crew.db.prisma.task.findFirstOrThrow({ where: { title: 'Sweep the yard' } });
  expect(await assigneesOf(task.number)).toEqual(['Lena Vogt', 'Wes Carter']);
});

test('a group and people who are in it too are each person once', async () => {
  await crew.says('maya', `assign 15 ${group} @wes @tom`, withGroup('U-wes', 'U-maya'));
  expect(await assigneesOf(15)).toEqual(['Maya Okafor', 'Tom Reilly', 'Wes Carter']);
});

test('a group joins a project', async () => {
  await crew.says('maya', 'project create QUAY The quay');
  await crew.says('maya', `project members QUAY +${group}`, withGroup('U-wes', 'U-tom'));
  expect((await crew.says('maya', 'project members QUAY')).words).toMatch(/Tom Reilly.*Wes Carter/);
});

test.each([
  [
    'those whom nobody knows are named, and nothing is done',
    `assign 15 ${group}`,
    withGroup('U-wes', 'U-zoe', 'U-zed'),
    /^I don’t know zoe Stranger and zed Stranger of @dock-team yet\. Ask them to send me a message first/,
  ],
  [
    'more than twenty are too many',
    `assign 15 ${group}`,
    withGroup(...Array.from({ length: 21 }, (_, index) => `U-${index}`)),
    /^There are 21 people in @dock-team; 20 are the most/,
  ],
  ['nobody is nobody', `assign 15 ${group}`, withGroup(), /^There is nobody in @dock-team\./],
  [
    'where the platform tells nobody who is in it, people are named',
    `assign 15 ${group}`,
    { mentions: [{ userId: 'tag-1', name: 'dock-team', group: true }] },
    /^I can’t see who is in @dock-team\. Name the people themselves\./,
  ],
  ['one person is no group', `list ${group}`, withGroup('U-wes'), /^That takes one person, not a group\./],
] satisfies [string, string, Saying, RegExp][])('%s', async (_case, text, at, words) => {
  const before = await assigneesOf(15);
  expect((await crew.says('maya', text, at)).words).toMatch(words);
  expect(await assigneesOf(15)).toEqual(before);
});
