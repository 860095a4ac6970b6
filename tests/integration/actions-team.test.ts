import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mentionToken } from '../../src/core/command-line.ts';
import { buttonOf, type Crew, openCrew } from '../support/crew.ts';
import { until } from '../support/until.ts';
import { wordsOfView } from '../support/words-of.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew();
  for (const who of ['maya', 'omar', 'wes', 'tom', 'lena']) await crew.says(who, 'hi');
});
afterEach(() => crew.close());

const person = (email: string) =>
  crew.db.prisma.person.findFirst({
    where: { email },
    include: { manager: true, worker: true, chatAccounts: true },
  });

/** It ends a moment after the answer. */
const sessionEnded = (who: string) =>
  until(`the session of ${who} to end`, async () =>
    (await crew.sessions.get(`slack:T-HARBOR:U-${who}`, { fresh: true })) ? undefined : true,
  );

async function newsFor(who: string): Promise<string[]> {
  await crew.settle();
  return crew.messagesTo(who).map(({ view }) => wordsOfView(view));
}

test('team lists everyone with what they have to do, a screen at a time, to admins', async () => {
  const list = await crew.says('maya', 'team');
  expect(list.words).toMatch(/^Your team \(8\)\nMaya Okafor admin\n.*\nOmar Haddad manager\n/);
  expect(list.words).toMatch(/Wes Carter worker\n +\d+ open tasks · with Maya Okafor · wes@harbor\.example/);
  expect((await crew.says('maya', 'team list')).words).toBe(list.words);
  await crew.says('maya', 'team add zed@harbor.example');
  const next = buttonOf(await crew.says('maya', 'team list'), 'Next (1 of 2)');
  expect((await crew.presses('maya', next)).words).toMatch(/Zed worker\n.*has not written yet/);
  expect((await crew.says('omar', 'team list')).words).toBe('Only admins can do that. Ask Maya Okafor.');
  expect((await crew.says('maya', 'team frobnicate')).words).toMatch(/I don’t know .*team frobnicate/);
});

describe('team add', () => {
  test('by an address: they are known when they first write', async () => {
    expect((await crew.says('maya', 'team add zoe.quinn@elsewhere.example')).words).toBe(
      'Zoe Quinn is on the team now, as a worker. I know them by zoe.quinn@elsewhere.example when they write to me.',
    );
    expect(await person('zoe.quinn@elsewhere.example')).toMatchObject({ manager: null, name: 'Zoe Quinn' });
    expect((await crew.says('maya', 'add "Sweep" @zoe')).words).toMatch(/Zoe Quinn/);
  });

  test('by a mention: their account is known at once, and they are told', async () => {
    const added = await crew.says('maya', `team add ${mentionToken(0)} manager`, {
      mentions: [{ userId: 'U-zoe' }],
    });
    expect(added.words).toBe('zoe Stranger is on the team now, as a manager.');
    expect(await newsFor('zoe')).toEqual([expect.stringMatching(/^Maya Okafor let you in\./)]);
    expect((await crew.says('zoe', 'whoami')).words).toMatch(/manager and worker/);
  });

  test('with a role it promotes, in effect at their next word', async () => {
    expect((await crew.says('wes', 'assign 2 @tom')).words).toMatch(/Only managers/);
    expect((await crew.says('maya', 'team add @wes manager')).words).toBe('Wes Carter is a manager now.');
    expect(await newsFor('wes')).toEqual([expect.stringMatching(/^Maya Okafor made you a manager\./)]);
    await sessionEnded('wes');
    expect((await crew.says('wes', 'assign 2 @tom')).words).toMatch(/^#2 .* is now with Tom Reilly/);
  });

  test('and demotes: what they led goes to whoever did it', async () => {
    expect((await crew.says('maya', 'team add @omar worker')).words).toBe('Omar Haddad is a worker now.');
    await sessionEnded('omar');
    expect((await crew.says('omar', 'assign 19 @tom')).words).toMatch(/Only managers can do that/);
    const line = await crew.db.prisma.project.findFirstOrThrow({
      where: { key: 'LINE' },
      include: { owner: true },
    });
    expect(line.owner.personId).toBe('harbor-person-maya');
    expect((await crew.says('tom', 'whoami')).words).toMatch(/Maya Okafor/);
    expect((await person('omar@harbor.example'))?.worker).not.toBeNull();
  });

  test.each([
    ['team add @wes', /^Wes Carter is a worker already\. .*team add @Wes manager/],
    ['team add @omar manager', /^Omar Haddad is a manager already\./],
    ['team add @maya worker', /^Your own role is for another admin to change\./],
    ['team add @wes boss', /^A role is worker, manager or admin/],
    ['team add @nobody', /I don’t know “nobody”/],
    ['team add', /^Say who, like/],
  ])('%s: says why not', async (words, said) => {
    expect((await crew.says('maya', words)).words).toMatch(said);
  });

  test('two admins who take each other’s rights at once: one of them remains', async () => {
    await crew.says('maya', 'team add @omar admin');
    await crew.says('omar', 'whoami');
    await Promise.all([
      crew.says('maya', 'team add @omar worker'),
      crew.says('omar', 'team add @maya worker'),
    ]);
    expect(await crew.db.prisma.manager.count({ where: { admin: true } })).toBe(1);
    await crew.says('maya', 'team add @omar admin');
    await crew.says('omar', 'team add @maya admin');
    const admins = () =>
      crew.db.prisma.manager.count({ where: { admin: true, person: { deactivatedAt: null } } });
    expect(await admins()).toBe(2);
    const remove = (who: string) => ({
      intent: { action: 'team-remove', args: { who: `name:${who}`, sure: 'yes' } },
    });
    await Promise.all([crew.presses('maya', remove('omar')), crew.presses('omar', remove('maya'))]);
    expect(await admins()).toBe(1);
  });
});

describe('team remove', () => {
  const openOf = (who: string) =>
    crew.db.prisma.taskAssignee.count({
      where: {
        personId: `harbor-person-${who}`,
        state: { in: ['assigned', 'accepted'] },
        task: { status: { category: { notIn: ['done', 'cancelled'] } } },
      },
    });

  test('says first what they have, then hands it on in one step and in one message', async () => {
    const before = { wes: await openOf('wes'), tom: await openOf('tom') };
    const asked = await crew.says('maya', 'team remove @wes to @tom');
    expect(asked.words).toMatch(
      new RegExp(
        `^Take Wes Carter off the team\\? ${before.wes} open tasks go to Tom Reilly\\.\\n\\[Remove\\]`,
      ),
    );
    expect(await openOf('wes')).toBe(before.wes);
    expect((await crew.presses('maya', buttonOf(asked, 'Remove'))).words).toBe(
      `Wes Carter is off the team. ${before.wes} open tasks are Tom Reilly’s now.`,
    );
    expect(await openOf('wes')).toBe(0);
    // One of them was Tom's too.
    expect(await openOf('tom')).toBe(before.tom + before.wes - 1);
    expect(await newsFor('tom')).toEqual([
      expect.stringMatching(
        new RegExp(`^Maya Okafor gave you ${before.wes} open tasks of Wes Carter, who is off the team\\.`),
      ),
    ]);
  });

  test('ends their sessions, and keeps the person with all that they did', async () => {
    await crew.presses('maya', buttonOf(await crew.says('maya', 'team remove @wes'), 'Remove'));
    await sessionEnded('wes');
    expect((await crew.says('wes', 'done 2')).words).toMatch(/^Hello Wes\. I don’t know you/);
    expect((await person('wes@harbor.example'))?.deactivatedAt).not.toBeNull();
    expect((await crew.says('maya', 'show 2')).words).toMatch(/nobody’s yet/);
    expect((await crew.says('maya', 'show 12')).words).toMatch(/done by Wes Carter/);
    expect((await crew.says('maya', 'assign 2 @wes')).words).toMatch(/I don’t know “wes”/);
    expect(await newsFor('wes')).toEqual([]);
  });

  test('brought back, they are who they were', async () => {
    await crew.presses('maya', buttonOf(await crew.says('maya', 'team remove @omar'), 'Remove'));
    expect((await crew.says('maya', 'team add @omar')).words).toBe(
      'Omar Haddad is back on the team, as a manager.',
    );
    expect((await crew.says('omar', 'whoami')).words).toMatch(/manager/);
  });

  test('whoever leads hands on what they lead', async () => {
    const asked = await crew.says('maya', 'team remove @omar');
    expect(asked.words).toMatch(/Maya Okafor will manage LINE\./);
    await crew.presses('maya', buttonOf(asked, 'Remove'));
    const line = await crew.db.prisma.project.findFirstOrThrow({
      where: { key: 'LINE' },
      include: { owner: true },
    });
    expect(line.owner.personId).toBe('harbor-person-maya');
  });

  test.each([
    ['maya', 'team remove @maya', /^You can’t take yourself off the team\. Another admin can\./],
    ['maya', 'team remove @wes to @wes', /must go to somebody else/],
    ['maya', 'team remove', /^Say who, like/],
    ['maya', 'team remove @nobody', /I don’t know “nobody”/],
    ['omar', 'team remove @wes', /^Only admins can do that\. Ask Maya Okafor\./],
  ])('%s: %s', async (who, words, said) => {
    expect((await crew.says(who, words)).words).toMatch(said);
  });
});

test('the timeline of each task says who was taken off the team with it, and whose it is now', async () => {
  const [handed] = await crew.db.prisma.taskAssignee.findMany({
    where: {
      personId: 'harbor-person-wes',
      state: { in: ['assigned', 'accepted'] },
      task: { status: { category: { notIn: ['done', 'cancelled'] } } },
    },
    include: { task: true },
  });
  if (!handed) throw new Error('Wes has nothing to hand over');
  const asked = await crew.says('maya', 'team remove @wes to @tom');
  await crew.presses('maya', buttonOf(asked, 'Remove'));
  await crew.settle();
  expect(await crew.auditOf(handed.task.number)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        action: 'assign',
        actorName: 'Maya Okafor',
        taskNumber: handed.task.number,
        details: { assigned: 'Tom Reilly', unassigned: 'Wes Carter', because: 'off the team' },
      }),
    ]),
  );
  expect((await crew.says('maya', `timeline ${handed.task.number}`)).words).toMatch(/Maya Okafor assigned/);
});
