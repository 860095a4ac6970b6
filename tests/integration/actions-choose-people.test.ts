import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Field, Intent, Option } from '../../src/core/view.ts';
import { type Crew, formOf, openCrew } from '../support/crew.ts';

let crew: Crew;

beforeAll(async () => {
  crew = await openCrew();
});
afterAll(() => crew.close());

type Choice = Extract<Field, { options: readonly Option[] }>;

async function whoField(text: string): Promise<Choice> {
  const { reply } = await crew.says('maya', text);
  const field = formOf(reply).fields.find(({ type }) => type === 'multiselect');
  if (field?.type !== 'multiselect') throw new Error('The form asks for nobody');
  return field;
}

const labels = ({ options }: { options: readonly Option[] }) => options.map(({ label }) => label);

async function found(intent: Intent, words: string): Promise<string[]> {
  const { reply } = await crew.presses('maya', {
    intent: { ...intent, args: { ...intent.args, words } },
  });
  if (reply.kind !== 'options') throw new Error(`These are no options: ${reply.kind}`);
  return labels(reply);
}

test('as long as all people fit, all of them are offered and nothing is searched', async () => {
  const field = await whoField('assign 15');
  expect(labels(field)).toContain('Wes Carter');
  expect(field.searched).toBeUndefined();
});

test('who has left is not offered', async () => {
  expect(labels(await whoField('assign 15'))).toContain('Lena Vogt');
  await crew.db.prisma.person.update({
    where: { id: 'harbor-person-lena' },
    data: { deactivatedAt: crew.now },
  });
  expect(labels(await whoField('assign 15'))).not.toContain('Lena Vogt');
  const intent = { action: 'find-people', args: {} };
  expect(await found(intent, 'lena')).toEqual([]);
});

test('more people than fit are searched by the beginnings of their words', async () => {
  await crew.db.prisma.person.createMany({
    data: Array.from({ length: 120 }, (_, index) => ({
      id: `person-many-${index}`,
      organizationId: 'harbor-works',
      name: `Hand ${String(index).padStart(3, '0')}`,
      email: `hand${index}@harbor.example`,
    })),
  });
  await crew.db.prisma.person.createMany({
    data: [
      {
        id: 'p-jose',
        organizationId: 'harbor-works',
        name: 'José O’Neill-Peña',
        email: 'jop@harbor.example',
      },
      { id: 'p-twin-1', organizationId: 'harbor-works', name: 'Kim Berg', email: 'kim.b@harbor.example' },
      { id: 'p-twin-2', organizationId: 'harbor-works', name: 'Kim Berg', email: 'berg2@harbor.example' },
    ],
  });
  const field = await whoField('assign 15');
  expect(field.options).toHaveLength(100);
  const intent = field.searched;
  if (!intent) throw new Error('Nothing is searched');
  expect(await found(intent, 'hand 11')).toEqual(Array.from({ length: 10 }, (_, index) => `Hand 11${index}`));
  expect(await found(intent, 'CART')).toEqual(['Wes Carter']);
  expect(await found(intent, 'jose pen')).toEqual(['José O’Neill-Peña']);
  expect(await found(intent, 'neill')).toEqual(['José O’Neill-Peña']);
  expect(await found(intent, 'jop@harbor.example')).toEqual(['José O’Neill-Peña']);
  expect(await found(intent, 'kim b')).toEqual([
    'Kim Berg (kim.b@harbor.example)',
    'Kim Berg (berg2@harbor.example)',
  ]);
});

test('nothing typed yet offers the members of the project first', async () => {
  const field = await whoField('assign 15');
  const first = await found(field.searched ?? { action: '', args: {} }, '');
  const members = await crew.db.prisma.projectMember.findMany({
    where: { project: { key: 'DOCK' }, person: { deactivatedAt: null } },
    include: { person: true },
  });
  const names = members.map(({ person }) => person.name).sort();
  expect(first.slice(0, names.length).sort()).toEqual(names);
});

test.each(["'; --", 'a & !b | <->', "it's \\ odd:*", '  ', '@', '日本', '\u0301'])(
  'whatever is typed into a search, %j, is only looked for',
  async (words) => {
    expect(Array.isArray(await found({ action: 'find-people', args: {} }, words))).toBe(true);
  },
);

test('who has a task stays chosen, however many there are to choose from', async () => {
  const task = await crew.task(1);
  const field = await whoField('assign 1');
  expect(field.value?.split(',').sort()).toEqual(
    task.assignees.map(({ personId }) => `person:${personId}`).sort(),
  );
});

test('a person without the right to assign finds nobody that way', async () => {
  const answer = await crew.presses('wes', { intent: { action: 'find-people', args: { words: 'm' } } });
  expect(answer.reply.kind).toBe('view');
  expect(answer.words).toMatch(/^Only managers can do that\./);
});
