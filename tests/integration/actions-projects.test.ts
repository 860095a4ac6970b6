import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mentionToken } from '../../src/core/command-line.ts';
import { buttonOf, type Crew, openCrew } from '../support/crew.ts';
import { wordsOfView } from '../support/words-of.ts';

let crew: Crew;
beforeAll(async () => {
  crew = await openCrew();
  for (const who of ['maya', 'omar', 'wes', 'sam', 'tom', 'lena']) await crew.says(who, 'hi');
});
afterAll(() => crew.close());

const membersOf = async (key: string): Promise<string[]> =>
  (
    await crew.db.prisma.projectMember.findMany({
      where: { project: { key } },
      include: { person: true },
      orderBy: { person: { name: 'asc' } },
    })
  ).map(({ person }) => person.name);

describe('project create', () => {
  test('starts a project that one manages and is in', async () => {
    expect((await crew.says('omar', 'project create quay The  long quay')).words).toMatch(
      /^Started QUAY The long quay\. .*project members QUAY \+@who/,
    );
    expect(await membersOf('QUAY')).toEqual(['Omar Haddad']);
    expect((await crew.says('omar', 'add "Sweep it" in QUAY')).words).toMatch(/· QUAY/);
  });

  test.each([
    ['project create', /Say a key and a name, like/],
    ['project create QUAY2', /Say a key and a name/],
    ['project create 4X Four', /“4X” can’t be a key/],
    ['project create OVERDUE Late things', /“OVERDUE” can’t be a key/],
    ['project create DOCK Another dock', /^DOCK is taken already\. Choose another key\./],
    ['project frobnicate', /I don’t know .*project frobnicate/],
  ])('%s: says what to type instead', async (words, said) => {
    expect((await crew.says('omar', words)).words).toMatch(said);
  });

  test('is for managers', async () => {
    expect((await crew.says('wes', 'project create MINE1 Mine')).words).toMatch(
      /^Only managers can do that\./,
    );
  });
});

describe('project members', () => {
  test('lets people in and out, in every way of writing it, and tells who was let in', async () => {
    expect((await crew.says('omar', 'project members QUAY +@wes +@sam')).words).toBe(
      'QUAY The long quay · in: Wes Carter and Sam Ngata',
    );
    await crew.says('omar', 'project members quay -@sam +@tom lena@harbor.example');
    expect(await membersOf('QUAY')).toEqual(['Lena Vogt', 'Omar Haddad', 'Tom Reilly', 'Wes Carter']);
    await crew.says('omar', `project members QUAY remove ${mentionToken(0)} add +@aiko`, {
      mentions: [{ userId: 'U-tom' }],
    });
    expect(await membersOf('QUAY')).toEqual(['Aiko Tanaka', 'Lena Vogt', 'Omar Haddad', 'Wes Carter']);
    await crew.settle();
    expect(crew.messagesTo('wes').map(({ view }) => wordsOfView(view))).toEqual([
      'Omar Haddad took you into QUAY The long quay\n[Tasks]',
    ]);
    expect(crew.messagesTo('omar')).toEqual([]);
  });

  test('alone it shows who is in', async () => {
    expect((await crew.says('wes', 'project members QUAY')).words).toBe(
      'QUAY The long quay: Omar Haddad, who manages it, and Aiko Tanaka, Lena Vogt and Wes Carter.',
    );
  });

  test('who goes with open tasks keeps them, and it says so', async () => {
    await crew.says('omar', 'add "Paint it" @lena in QUAY');
    expect((await crew.says('omar', 'project members QUAY -@lena')).words).toBe(
      'QUAY The long quay · out: Lena Vogt · 1 open task there is still theirs',
    );
  });

  test.each([
    ['omar', 'project members QUAY +@wes', 'Wes Carter is in QUAY already.'],
    ['omar', 'project members QUAY -@tom', 'Tom Reilly is not in QUAY.'],
    ['omar', 'project members QUAY -@omar', 'Omar Haddad manages QUAY, and stays in it.'],
    ['wes', 'project members QUAY +@tom', 'Only managers can do that. Ask Omar Haddad.'],
    ['omar', 'project members QUAY wes', /I don’t understand “wes”/],
    ['omar', 'project members', /Write it like/],
    ['omar', 'project members QUAY +@nobody', /I don’t know “nobody”/],
  ])('%s: %s', async (who, words, said) => {
    expect((await crew.says(who, words)).words).toMatch(said);
  });
});

describe('project archive', () => {
  test('asks first, and says what it means', async () => {
    await crew.says('omar', 'link QUAY', { channel: 'C-QUAY' });
    const asked = await crew.says('omar', 'project archive QUAY');
    expect(asked.words).toMatch(
      /^QUAY The long quay has 2 open tasks\. Archived, its tasks stay readable, there are no new ones and 1 channel no longer shows it\. It can’t be taken back\./,
    );
    expect((await crew.presses('omar', buttonOf(asked, 'Archive'))).words).toBe(
      'Archived: QUAY The long quay',
    );
  });

  test('then its tasks stay readable, there are no new ones, and no channel shows it', async () => {
    const { number } = await crew.db.prisma.task.findFirstOrThrow({ where: { title: 'Paint it' } });
    expect((await crew.says('wes', `show ${number}`)).words).toMatch(/Paint it/);
    expect((await crew.says('omar', 'add "More" in QUAY')).words).toMatch(/^QUAY is archived\.$/m);
    expect((await crew.says('omar', `sub ${number} More`)).words).toBe('QUAY is archived: no new tasks.');
    expect(await crew.db.prisma.channelLink.count({ where: { project: { key: 'QUAY' } } })).toBe(0);
    expect((await crew.says('omar', 'project list')).words).not.toMatch(/QUAY/);
    expect((await crew.says('omar', 'project archive QUAY')).words).toMatch(/^QUAY is archived\.$/m);
    expect((await crew.says('tom', 'project archive QUAY')).words).toMatch(/^Only managers/);
    expect((await crew.says('omar', 'project create QUAY Again')).words).toMatch(/^QUAY is taken already/);
  });

  test('and it is found by its key, with its tasks, by those who were in it', async () => {
    const shown = await crew.says('omar', 'project quay');
    expect(shown.words).toMatch(/^QUAY The long quay\narchived · /);
    expect(shown.buttons.map(({ label }) => label)).toEqual(['Tasks']);
    expect((await crew.presses('omar', buttonOf(shown, 'Tasks'))).words).toMatch(/tasks of QUAY/);
    const done = await crew.db.prisma.status.findFirstOrThrow({ where: { category: 'done' } });
    await crew.db.prisma.task.updateMany({ where: { title: 'Paint it' }, data: { statusId: done.id } });
    expect((await crew.says('omar', 'list done quay')).words).toMatch(
      /^Done tasks of QUAY \(1\)\n#\d+ Paint it/,
    );
    expect((await crew.says('tom', 'project quay')).words).toMatch(/^I don’t know “project quay”/);
    expect((await crew.says('tom', 'list quay')).words).toMatch(/^I don’t know “quay”\. Use mine/);
  });

  test('is for managers of the project', async () => {
    expect((await crew.says('wes', 'project archive DOCK')).words).toMatch(/^Only managers can do that\./);
  });

  test('is for who leads the project and for admins: another manager of it can’t end it', async () => {
    const forged = { intent: { action: 'project-archive', args: { project: 'DOCK', sure: 'yes' } } };
    for (const answer of [
      await crew.says('omar', 'project archive DOCK'),
      await crew.presses('omar', forged),
    ])
      expect(answer.words).toMatch(/^Only Maya Okafor, who leads DOCK, or an admin can archive it\./);
    expect((await crew.says('maya', 'project archive LINE')).words).toMatch(
      /^LINE .* It can’t be taken back\./,
    );
  });
});

test('help shows the verbs under their word, to those who may', async () => {
  const overview = (await crew.says('maya', 'help')).words;
  expect(overview).toMatch(/\bproject\b/);
  expect(overview).not.toMatch(/project-/);
  expect((await crew.says('maya', 'help project')).words).toMatch(
    /project create <KEY> <name>\nstart a project/,
  );
  expect((await crew.says('wes', 'help project')).words).not.toMatch(/create/);
});

describe('project policy', () => {
  test('asks for a manager’s approval of what is finished, and no longer', async () => {
    expect((await crew.says('maya', 'project policy dock approval on')).words).toMatch(
      /^In DOCK .+, what is finished now waits for a manager’s approval\./,
    );
    expect((await crew.says('wes', 'project list')).words).toMatch(/DOCK [^\n]+\n[^\n]* · approval asked/);
    await crew.says('wes', 'done 1');
    expect((await crew.task(1)).status.category).toBe('review');
    expect((await crew.says('maya', 'project policy DOCK approval off')).words).toMatch(
      /^In DOCK .+, what is finished is done at once\./,
    );
    await crew.says('wes', 'done 2');
    expect((await crew.task(2)).status.category).toBe('done');
  });

  test.each([
    ['maya', 'project policy DOCK approval off', /^DOCK does not ask for approval\./],
    ['maya', 'project policy', /^Say which project and how, like/],
    ['maya', 'project policy DOCK approval perhaps', /^Say which project and how, like/],
    ['maya', 'project policy NOPE approval on', /^You have no project “NOPE”/],
    ['wes', 'project policy DOCK approval on', /^Only managers can do that\./],
  ])('%s: %s', async (who, text, words) => {
    expect((await crew.says(who, text)).words).toMatch(words);
  });
});

test('a project’s key shows the project, with what can be done with it', async () => {
  const shown = await crew.says('maya', 'project dock');
  expect(shown.words).toMatch(
    /^DOCK .+\n\d+ open .*Maya Okafor.*\n\[Tasks\] \[Members\] \[Ask for approval\]$/,
  );
  expect((await crew.presses('maya', buttonOf(shown, 'Members'))).words).toMatch(
    /^DOCK .+: Maya Okafor, who manages it/,
  );
  expect((await crew.presses('maya', buttonOf(shown, 'Ask for approval'))).words).toMatch(/^In DOCK/);
  expect((await crew.says('wes', 'project DOCK')).words).toMatch(/\[Tasks\] \[Members\]$/);
});
