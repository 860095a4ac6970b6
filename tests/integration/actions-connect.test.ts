import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/lib/sql.ts';
import { mergedColumns } from '../../src/services/merge-people.ts';
import { plantRivalYard, rivalTeam } from '../fixtures/rival-yard.ts';
import { buttonOf, type Crew, openCrew } from '../support/crew.ts';

let crew: Crew;

beforeAll(async () => {
  crew = await openCrew();
});
afterAll(() => crew.close());

/** For what follows nobody is connected yet. */
const anew = () =>
  beforeAll(async () => {
    await crew.close();
    crew = await openCrew();
  });

const onTeams = { platform: 'teams' } as const;

/** Somebody whose address differs on Teams, and who was let in there as another person. */
async function letInOnTeams(user: string): Promise<string> {
  await crew.says(user, 'join', onTeams);
  const request = await crew.db.prisma.joinRequest.findFirstOrThrow({
    where: { externalId: `U-${user}`, state: 'open' },
  });
  await crew.presses('maya', { intent: { action: 'approve-join', args: { request: request.id } } });
  const account = await crew.db.prisma.chatAccount.findFirstOrThrow({
    where: { externalId: `U-${user}`, workspace: { platform: 'teams' } },
  });
  return account.personId;
}

async function codeFor(who: string): Promise<string> {
  const { words } = await crew.says(who, 'connect');
  const [, code] = /Your code is (\w{5}-\w{5})\./.exec(words) ?? [];
  if (!code) throw new Error(`There is no code in: ${words}`);
  return code;
}

const person = (id: string) =>
  crew.db.prisma.person.findUniqueOrThrow({
    where: { id },
    include: { manager: true, worker: true, chatAccounts: true, memberships: true, settings: true },
  });

describe('connect', () => {
  test('says a code that works for ten minutes, and where to type it', async () => {
    const { words, reply } = await crew.says('wes', 'connect');
    expect(words).toMatch(
      /^Your code is \w{5}-\w{5}\. In your chat with me on Teams, write connect \w{5}-\w{5} within ten minutes\. It works once; give it to nobody\.$/,
    );
    expect(reply).toMatchObject({ to: 'user', view: { summary: 'Your code to connect' } });
  });

  test('keeps the code nowhere: not in the answer that is kept, the audit log, nor the database', async () => {
    const asked = await crew.says('tom', 'connect', { key: 'once' });
    const [, code = ''] = /Your code is (\w{5}-\w{5})\./.exec(asked.words) ?? [];
    expect((await crew.says('tom', 'connect', { key: 'once' })).words).toMatch(
      /^I have said that once already/,
    );
    await crew.says('tom', `conect ${code}`);
    await crew.says('tom', code);
    await crew.says('tom', `connect ${code} and more`);
    await crew.says('tom', `connect ${code}`);
    const rows = await crew.db.rows<{ all: string }>(sql`SELECT
      coalesce((SELECT string_agg(i::text, ' ') FROM invocations i), '') ||
      coalesce((SELECT string_agg(c::text, ' ') FROM connect_codes c), '') AS all`);
    const audit = JSON.stringify(await crew.auditRows());
    const secret = code.slice(4).replace('-', '');
    for (const text of [rows[0]?.all ?? '', audit]) {
      expect(text.length).toBeGreaterThan(50);
      expect(text).not.toContain(code);
      expect(text.replaceAll('-', '')).not.toContain(secret);
    }
  });

  test('makes a stranger on the other platform who they are, with no manager in between', async () => {
    const code = await codeFor('lena');
    await crew.says('lena.at.home', 'hi', onTeams);
    expect((await crew.says('lena.at.home', `connect ${code.toLowerCase()}`, onTeams)).words).toMatch(
      /^You are Lena Vogt on Slack and Teams\./,
    );
    expect((await crew.says('lena.at.home', 'whoami', onTeams)).words).toMatch(/^Lena Vogt\n/);
    expect((await crew.says('lena.at.home', 'list', onTeams)).words).toMatch(/#\d+/);
    expect((await crew.says('lena', 'connect')).words).toMatch(/^You are connected on every platform/);
  });

  test('works once', async () => {
    const code = await codeFor('priya');
    await crew.says('priya.at.home', `connect ${code}`, onTeams);
    expect((await crew.says('mallory', `connect ${code}`, onTeams)).words).toMatch(
      /^That code is wrong, used up or older than ten minutes\./,
    );
  });

  test('works once also when two type it at one moment', async () => {
    const code = await codeFor('sam');
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((who) => crew.says(who, `connect ${code}`, onTeams)),
    );
    expect(answers.filter(({ words }) => words.startsWith('You are Sam Ngata'))).toHaveLength(1);
    expect(
      await crew.db.prisma.chatAccount.count({
        where: { personId: 'harbor-person-sam', workspace: { platform: 'teams' } },
      }),
    ).toBe(1);
  });

  test('says in the audit log that a code was wrong', async () => {
    await crew.says('wes', 'connect ABCDE-FGHJK');
    expect((await crew.auditRows()).at(-1)).toMatchObject({
      action: 'connect',
      actor: 'person:harbor-person-wes',
      details: { refused: 'code' },
    });
  });

  test('is over after ten minutes, and when a new code was asked for', async () => {
    const old = await codeFor('aiko');
    const fresh = await codeFor('aiko');
    expect((await crew.says('home', `connect ${old}`, onTeams)).words).toMatch(/^That code is wrong/);
    crew.setNow(new Date(crew.now.getTime() + 10 * 60_000 + 1_000));
    expect((await crew.says('home', `connect ${fresh}`, onTeams)).words).toMatch(/^That code is wrong/);
  });

  test('is void after five wrong guesses', async () => {
    const code = await codeFor('omar');
    const last = code.at(-1) === 'A' ? 'B' : 'A';
    for (let guess = 0; guess < 5; guess += 1) {
      const answer = await crew.says('mallory', `connect ${code.slice(0, -1)}${last}`, onTeams);
      expect(answer.words).toMatch(/^That code is wrong/);
    }
    expect((await crew.says('home', `connect ${code}`, onTeams)).words).toMatch(/^That code is wrong/);
  });

  test.each(['K7QPM', 'K7QPM-3XDFAB', '…'])('%s is no code, and gets one to look at', async (typed) => {
    expect((await crew.says('tom', `connect ${typed}`)).words).toMatch(
      /^A code has ten letters and digits, like K7QPM-3XDFA\./,
    );
  });

  test('one’s own code is for the other platform', async () => {
    const code = await codeFor('wes');
    expect((await crew.says('wes', `connect ${code}`)).words).toMatch(/^That is your own code/);
  });

  test('two people with an account each on one platform stay two', async () => {
    await crew.says('tom', 'hi');
    const code = await codeFor('wes');
    expect((await crew.says('tom', `connect ${code}`)).words).toMatch(
      /^Wes Carter has another account on Slack, so you are two people\./,
    );
    expect((await person('harbor-person-tom')).deactivatedAt).toBeNull();
  });

  test('nobody of another organisation gets in by a code', async () => {
    await plantRivalYard(crew);
    const code = await codeFor('wes');
    expect((await crew.says('ruth', `connect ${code}`, { team: rivalTeam })).words).toMatch(
      /^That code is wrong/,
    );
  });

  test('an account of somebody who was removed does not come back by it', async () => {
    await letInOnTeams('zoe');
    const zoe = await crew.db.prisma.chatAccount.findFirstOrThrow({ where: { externalId: 'U-zoe' } });
    await crew.db.prisma.person.update({ where: { id: zoe.personId }, data: { deactivatedAt: crew.now } });
    await crew.sessions.endAll(zoe.personId);
    const code = await codeFor('wes');
    expect((await crew.says('zoe', `connect ${code}`, onTeams)).words).toMatch(
      /^This account is somebody’s who has left\./,
    );
  });
});

describe('a person who was known twice', () => {
  anew();
  test('is asked whether they are that person, and nothing changes before', async () => {
    const twin = await letInOnTeams('zoe');
    const code = await codeFor('wes');
    const asked = await crew.says('zoe', `connect ${code}`, onTeams);
    expect(asked.words).toMatch(
      /^That code is Wes Carter’s \(wes@harbor\.example\)\. If that is you, you become one person on Slack and Teams:/,
    );
    expect((await person(twin)).deactivatedAt).toBeNull();
    expect(JSON.stringify(await crew.db.prisma.invocation.findMany())).not.toContain(code);
  });

  test('has all that was theirs on either side, once', async () => {
    const twin = await letInOnTeams('ida');
    await crew.says('maya', 'add "Paint the rail" in DOCK');
    const rail = await crew.db.prisma.task.findFirstOrThrow({ where: { title: 'Paint the rail' } });
    await crew.db.prisma.taskAssignee.createMany({
      data: [
        { taskId: rail.id, personId: twin, assignedById: 'harbor-person-maya', state: 'accepted' },
        { taskId: 'harbor-task-1', personId: twin, assignedById: twin, state: 'done' },
      ],
    });
    await crew.db.prisma.projectMember.createMany({
      data: [
        { projectId: 'harbor-project-dock', personId: twin },
        { projectId: 'harbor-project-line', personId: twin },
      ],
    });
    await crew.says('ida', 'add "Call the painter"', onTeams);
    await crew.says('ida', `comment ${rail.number} blue or red?`, onTeams);
    await crew.says('ida', 'settings quiet 21-6', onTeams);
    await crew.says('ida', 'settings notify commented off', onTeams);
    await crew.says('wes', 'settings days mon-thu');
    await crew.says('wes', 'settings notify assigned digest');
    await crew.settle();

    const code = await codeFor('wes');
    const asked = await crew.says('ida', `connect ${code}`, onTeams);
    const done = await crew.presses('ida', buttonOf(asked, 'That is me'), onTeams);
    expect(done.words).toMatch(/^You are Wes Carter on Slack and Teams\./);

    const wes = await person('harbor-person-wes');
    expect(wes.chatAccounts.map(({ externalId }) => externalId).sort()).toEqual(['U-ida', 'U-wes']);
    expect(wes.memberships.map(({ projectId }) => projectId).sort()).toEqual([
      'harbor-project-dock',
      'harbor-project-line',
    ]);
    expect(wes.settings).toMatchObject({
      quietFrom: '21:00',
      quietTo: '06:00',
      workDays: [1, 2, 3, 4],
      events: { commented: 'off', assigned: 'digest' },
    });
    const parts = await crew.db.prisma.taskAssignee.findMany({
      where: { taskId: { in: [rail.id, 'harbor-task-1'] }, personId: { in: [twin, wes.id] } },
    });
    expect(parts.map(({ taskId, personId, state }) => `${taskId} ${personId} ${state}`).sort()).toEqual(
      [`${rail.id} ${wes.id} accepted`, `harbor-task-1 ${wes.id} done`].sort(),
    );
    expect(
      (await crew.db.prisma.task.findFirstOrThrow({ where: { title: 'Call the painter' } })).createdById,
    ).toBe(wes.id);
    expect(await crew.db.prisma.comment.findFirst({ where: { taskId: rail.id } })).toMatchObject({
      authorId: wes.id,
    });
    expect(await person(twin)).toMatchObject({
      mergedIntoId: wes.id,
      email: null,
      chatAccounts: [],
      worker: null,
    });
    expect((await crew.says('maya', 'assign 15 @ida')).words).toMatch(/^I don’t know “ida”\./);
  });

  test('is the same in their next words on either platform', async () => {
    await letInOnTeams('yan');
    await crew.says('tom', 'whoami');
    const asked = await crew.says('yan', `connect ${await codeFor('tom')}`, onTeams);
    await crew.presses('yan', buttonOf(asked, 'That is me'), onTeams);
    expect((await crew.says('yan', 'whoami', onTeams)).words).toMatch(
      /^Tom Reilly\n[\s\S]*\nConnected: Slack \(.+\) and Teams/,
    );
    expect((await crew.says('tom', 'whoami')).words).toMatch(/\nConnected: Slack \(.+\) and Teams/);
  });

  test('stands in the history of both sides', async () => {
    const twin = await letInOnTeams('kim');
    const asked = await crew.says('kim', `connect ${await codeFor('lena')}`, onTeams);
    await crew.presses('kim', buttonOf(asked, 'That is me'), onTeams);
    const rows = (await crew.auditRows()).filter(({ details }) => details.with !== undefined);
    expect(rows.map(({ actor, action, target }) => ({ actor, action, target }))).toEqual(
      expect.arrayContaining([
        { actor: `person:${twin}`, action: 'connect', target: 'person:harbor-person-lena' },
        { actor: 'person:harbor-person-lena', action: 'account.merged', target: `person:${twin}` },
      ]),
    );
  });

  test('keeps the rights of both, leads what both led, and manages nobody twice', async () => {
    const twin = await letInOnTeams('kai');
    const lead = await crew.db.prisma.manager.create({ data: { id: 'lead-zoe', personId: twin } });
    await crew.db.prisma.project.create({
      data: { id: 'p-zoe', organizationId: 'harbor-works', key: 'PIER', name: 'The pier', ownerId: lead.id },
    });
    await crew.db.prisma.worker.update({
      where: { personId: 'harbor-person-sam' },
      data: { managerId: lead.id },
    });
    await crew.sessions.endAll(twin);
    const asked = await crew.says('kai', `connect ${await codeFor('omar')}`, onTeams);
    await crew.presses('kai', buttonOf(asked, 'That is me'), onTeams);
    const omar = await person('harbor-person-omar');
    expect(omar.manager).toMatchObject({ admin: false });
    expect(await crew.db.prisma.project.findUnique({ where: { id: 'p-zoe' } })).toMatchObject({
      ownerId: omar.manager?.id,
    });
    const sam = await person('harbor-person-sam');
    expect(sam.worker?.managerId).toBe(omar.manager?.id);
    expect(omar.worker?.managerId).not.toBe(omar.manager?.id);
  });

  test('still has their tasks where somebody takes back a change that was made before', async () => {
    const twin = await letInOnTeams('gil');
    await crew.says('maya', 'add "Mend the fence" @wes in DOCK');
    const { id, number } = await crew.db.prisma.task.findFirstOrThrow({
      where: { title: 'Mend the fence' },
    });
    const part = { taskId: id, assignedById: 'harbor-person-maya' };
    await crew.db.prisma.taskAssignee.create({ data: { ...part, personId: twin } });
    await crew.says('maya', `due ${number} in 3 days`);
    const asked = await crew.says('gil', `connect ${await codeFor('sam')}`, onTeams);
    await crew.presses('gil', buttonOf(asked, 'That is me'), onTeams);
    const { words } = await crew.says('maya', `undo ${number}`);
    expect(words).not.toMatch(/assignees|people/i);
    const left = await crew.db.prisma.taskAssignee.findMany({ where: { taskId: id } });
    expect(left.map(({ personId }) => personId).sort()).toEqual(['harbor-person-sam', 'harbor-person-wes']);
    expect((await crew.says('sam', `show ${number}`)).words).toMatch(/Sam Ngata/);
  });

  test('has one digest a day, whichever of the two had got it', async () => {
    const twin = await letInOnTeams('max');
    await crew.settle();
    const [date, other] = ['2026-11-24', '2026-11-25'];
    const digest = { organizationId: 'harbor-works', kind: 'digest', nextAttemptAt: crew.now };
    const key = (who: string, day: string) => `digest:${who}:${day}`;
    const maya = 'harbor-person-maya';
    await crew.db.prisma.notification.createMany({
      data: [
        {
          ...digest,
          id: 'd-1',
          recipientId: twin,
          dedupeKey: key(twin, date),
          state: 'sent',
          sentAt: crew.now,
        },
        { ...digest, id: 'd-2', recipientId: twin, dedupeKey: key(twin, other) },
        { ...digest, id: 'd-3', recipientId: maya, dedupeKey: key(maya, other) },
      ],
    });
    const asked = await crew.says('max', `connect ${await codeFor('maya')}`, onTeams);
    await crew.presses('max', buttonOf(asked, 'That is me'), onTeams);
    const left = await crew.db.prisma.notification.findMany({
      where: { id: { in: ['d-1', 'd-2', 'd-3'] } },
      select: { recipientId: true, dedupeKey: true, state: true },
      orderBy: { id: 'asc' },
    });
    expect(left).toEqual([
      { recipientId: maya, dedupeKey: key(maya, date), state: 'sent' },
      { recipientId: maya, dedupeKey: key(twin, other), state: 'skipped' },
      { recipientId: maya, dedupeKey: key(maya, other), state: 'pending' },
    ]);
  });

  test('hears no news of what they did themselves', async () => {
    const twin = await letInOnTeams('lou');
    await crew.settle();
    const news = {
      organizationId: 'harbor-works',
      recipientId: 'harbor-person-priya',
      actorId: twin,
      kind: 'commented',
      taskId: 'harbor-task-1',
      nextAttemptAt: crew.now,
    };
    await crew.db.prisma.notification.createMany({
      data: [
        { ...news, id: 'n-waits', dedupeKey: 'n-waits' },
        { ...news, id: 'n-held', dedupeKey: 'n-held', state: 'held', heldFor: 'digest' },
      ],
    });
    const asked = await crew.says('lou', `connect ${await codeFor('priya')}`, onTeams);
    await crew.presses('lou', buttonOf(asked, 'That is me'), onTeams);
    const [waits, held] = await crew.db.prisma.notification.findMany({
      where: { id: { in: ['n-waits', 'n-held'] } },
    });
    for (const own of [waits, held]) {
      expect(own).toMatchObject({ recipientId: 'harbor-person-priya', actorId: null, state: 'skipped' });
    }
  });
});

test('every column that names a person is in src/services/merge-people.ts, which makes one person of two', async () => {
  const columns = await crew.db.rows<{
    name: string;
  }>(sql`SELECT DISTINCT c.conrelid::regclass::text || '.' || a.attname AS name
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.confrelid = 'persons'::regclass`);
  expect(columns.length).toBeGreaterThan(10);
  expect(columns.map(({ name }) => name).filter((name) => !mergedColumns.includes(name))).toEqual([]);
});

describe('disconnect', () => {
  anew();
  const onBoth = async (who: string) => {
    await crew.says(who, 'hi');
    await crew.says(who, 'hi', onTeams);
  };

  test('asks first, then makes the account a person of its own, with nothing yet', async () => {
    await onBoth('omar');
    const asked = await crew.says('omar', 'disconnect', onTeams);
    expect(asked.words).toMatch(
      /^Your Teams account becomes a person of its own, a worker without tasks\. Everything stays with you on Slack\./,
    );
    expect((await crew.says('omar', 'team', onTeams)).words).toMatch(/^Only admins/);
    const done = await crew.presses('omar', buttonOf(asked, 'Separate'), onTeams);
    expect(done.words).toMatch(/^Your Teams account is a person of its own now\./);
    expect((await crew.says('omar', 'whoami', onTeams)).words).toMatch(/^Omar Haddad\nRole: worker/);
    expect((await crew.says('omar', 'whoami')).words).toMatch(/\nConnected: Slack \(.+\); not on Teams/);
    expect((await crew.says('omar', 'list', onTeams)).words).not.toMatch(/#/);
  });

  test('and connect brings both together again', async () => {
    await onBoth('maya');
    await crew.presses('maya', buttonOf(await crew.says('maya', 'disconnect teams'), 'Separate'));
    const asked = await crew.says('maya', `connect ${await codeFor('maya')}`, onTeams);
    await crew.presses('maya', buttonOf(asked, 'That is me'), onTeams);
    expect((await crew.says('maya', 'whoami', onTeams)).words).toMatch(/^Maya Okafor\nRole: admin/);
  });

  test('an only account can’t be separated', async () => {
    expect((await crew.says('wes', 'disconnect')).words).toMatch(
      /^You are connected on Slack alone: there is nothing to separate\./,
    );
    expect((await crew.says('wes', 'disconnect myspace')).words).toMatch(
      /^Say which one, like \/task disconnect teams/,
    );
  });
});

test('whoami says who one is, when and where', async () => {
  const { words, buttons } = await crew.says('wes', 'whoami');
  expect(words.split('\n')).toEqual([
    'Wes Carter',
    'Role: worker, with Maya Okafor',
    'Projects: DOCK',
    'E-mail: wes@harbor.example',
    expect.stringMatching(/^Your time: today 10:00 AM \(America\/New York\)$/),
    expect.stringMatching(/^Connected: Slack \(.+\); not on Teams$/),
    '[Settings] [Connect Teams]',
  ]);
  expect((await crew.presses('wes', buttonOf({ words, buttons }, 'Connect Teams'))).words).toMatch(
    /^Your code is /,
  );
});
