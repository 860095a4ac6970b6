import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Crew, openCrew, type Told } from '../support/crew.ts';

type Process = Pick<Crew, 'says'>;

const crowd = Array.from({ length: 10 }, (_, index) => `hand${index}`);
const MEANWHILE = /^Somebody else changed this at the same moment/;

let crew: Crew;
let replicas: Process[];

beforeAll(async () => {
  crew = await openCrew();
  replicas = [crew.replica(), crew.replica(), crew.replica()];
  for (const who of ['maya', 'omar', 'wes', 'priya', 'lena', 'tom', 'sam']) await crew.says(who, 'hi');
  for (const who of crowd) {
    await crew.db.prisma.person.create({
      data: {
        id: `harbor-person-${who}`,
        organizationId: 'harbor-works',
        name: `Deck ${who}`,
        email: `${who}@elsewhere.example`,
        memberships: { create: { projectId: 'harbor-project-dock' } },
        worker: { create: { id: `worker-${who}`, managerId: 'harbor-manager-maya' } },
      },
    });
    await crew.says(who, 'hi');
  }
});
afterAll(() => crew.close());

/** All at once, each through one of three processes. */
const atOnce = (deeds: readonly { who: string; text: string }[]): Promise<Told[]> =>
  Promise.all(
    deeds.map(({ who, text }, index) => {
      const process = replicas[index % replicas.length] ?? crew;
      return process.says(who, text);
    }),
  );

const okRows = async (number: number, action: string) =>
  (await crew.auditRows()).filter(
    (row) => row.taskNumber === number && row.action === action && row.outcome === 'ok',
  );

test('ten people claim one task: one has it, nine hear who, or that it was taken meanwhile', async () => {
  const answers = await atOnce(crowd.map((who) => ({ who, text: 'claim 9' })));
  const task = await crew.task(9);
  expect(task.assignees).toHaveLength(1);
  const winner = task.assignees[0]?.person.name ?? '';
  const won = crowd.filter((_who, index) => /is yours\./.test(answers[index]?.words ?? ''));
  expect(won.map((who) => `Deck ${who}`)).toEqual([winner]);
  for (const { words } of answers.filter((answer) => !/is yours\./.test(answer.words))) {
    expect(words).toMatch(new RegExp(`^#9 is ${winner}’s\\.|${MEANWHILE.source}`));
  }
  expect(task.version).toBe(2);
  expect(await okRows(9, 'claim')).toHaveLength(1);
});

test('two finish one task at once: one did, the other hears who', async () => {
  const before = await crew.task(19);
  const answers = await atOnce([
    { who: 'sam', text: 'review 19' },
    { who: 'tom', text: 'review 19' },
  ]);
  const words = answers.map((answer) => answer.words).sort();
  expect(words[1]).toMatch(/^In review: #19/);
  const after = await crew.task(19);
  const name = after.statusChangedById === 'harbor-person-sam' ? 'Sam Ngata' : 'Tom Reilly';
  expect(words[0]).toMatch(new RegExp(`^#19 is already in review: ${name} sent it to review `));
  expect(after.version).toBe(before.version + 1);
});

test('done, block and cancel of one task at once: the state is the last one’s, and each step is true', async () => {
  const before = await crew.task(2);
  const answers = await atOnce([
    { who: 'wes', text: 'done 2' },
    { who: 'maya', text: 'cancel 2' },
    { who: 'omar', text: 'block 2 stop that' },
  ]);
  const after = await crew.task(2);
  const rows = (await crew.auditRows()).filter((row) => row.taskNumber === 2 && row.outcome === 'ok');
  const did = answers.filter(({ words }) => /^(Done|Cancelled|Blocked): #2/.test(words));
  expect(did).toHaveLength(rows.length);
  expect(after.version).toBe(before.version + rows.length);
  // Each step starts where the one before it ended.
  const order = rows.map(({ details }) => [details.from, details.to]);
  let state = 'active';
  while (order.length > 0) {
    const next = order.findIndex(([from]) => from === state);
    expect(next).toBeGreaterThanOrEqual(0);
    state = order.splice(next, 1)[0]?.[1] ?? '';
  }
  expect(after.status.category).toBe(state);
  for (const answer of answers.filter((one) => !did.includes(one))) {
    expect(answer.words).toMatch(/^#2 is (done|cancelled|blocked): .+ (finished|cancelled|blocked) it /);
  }
});

test('two managers assign one task at once: it is the last one’s people, and both answers were true', async () => {
  const before = await crew.task(1);
  const answers = await atOnce([
    { who: 'maya', text: 'assign 1 @priya' },
    { who: 'omar', text: 'assign 1 @lena' },
  ]);
  const task = await crew.task(1);
  expect(task.assignees).toHaveLength(1);
  expect(task.version).toBe(before.version + 2);
  const [last, first] =
    task.assignees[0]?.personId === 'harbor-person-priya'
      ? ['Priya Nair', 'Lena Vogt']
      : ['Lena Vogt', 'Priya Nair'];
  const words = answers.map((answer) => answer.words).join('\n');
  expect(words).toMatch(new RegExp(`is now with ${first}, no longer Wes Carter’s`));
  expect(words).toMatch(new RegExp(`is now with ${last}, no longer ${first}’s`));
});

test('no comment is lost among others and changes of priority', async () => {
  const before = await crew.task(16);
  const levels = ['low', 'urgent', 'normal', 'high'] as const;
  const comments = Array.from({ length: 20 }, (_, index) => `comment 16 number ${index}`);
  const answers = await atOnce([
    ...comments.map((text, index) => ({ who: crowd[index % crowd.length] ?? '', text })),
    ...levels.map((level) => ({ who: 'maya', text: `priority 16 ${level}` })),
  ]);
  const after = await crew.task(16);
  expect(after.comments.map(({ body }) => body).sort()).toEqual(
    comments.map((text) => text.replace('comment 16 ', '')).sort(),
  );
  expect(answers.slice(0, 20).every(({ words }) => words.startsWith('Commented on #16'))).toBe(true);
  const changes = await okRows(16, 'priority');
  expect(after.version).toBe(before.version + changes.length);
  expect(changes.some(({ details }) => details.to === after.priority)).toBe(true);
  const said = answers.slice(20).map(({ words }) => words);
  expect(said.filter((words) => /has \w+ priority now/.test(words))).toHaveLength(changes.length);
  for (const words of said) {
    expect(words).toMatch(/has \w+ priority now|has \w+ priority already|^Somebody else changed this/);
  }
});

test('everyone on a task of mode everyone is done at once: no share is lost, and the last one closes it', async () => {
  const answers = await atOnce(
    ['wes', 'priya', 'lena', 'tom'].map((who) => ({ who, text: 'done 16 my pier' })),
  );
  const task = await crew.task(16);
  expect(
    answers.map(({ words }) => words).filter((words) => words.startsWith('Your part of #16')),
  ).toHaveLength(3);
  expect(answers.map(({ words }) => words).filter((words) => words.startsWith('Done: #16'))).toHaveLength(1);
  expect(task.assignees.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
  expect(task.status.category).toBe('done');
});

test('ten add tasks at once: ten numbers', async () => {
  const answers = await atOnce(crowd.map((who) => ({ who, text: `add "Duty of ${who}"` })));
  const numbers = answers.map(({ words }) => /^Added #(\d+)/.exec(words)?.[1]);
  expect(new Set(numbers).size).toBe(10);
  const tasks = await crew.db.prisma.task.findMany({ where: { title: { startsWith: 'Duty of' } } });
  expect(tasks.map(({ number }) => String(number)).sort()).toEqual(numbers.sort());
});

test('two managers answer one request at once: one answer counts, the other hears whose', async () => {
  await crew.says('newby', 'join');
  const request = await crew.db.prisma.joinRequest.findFirstOrThrow({ where: { externalId: 'U-newby' } });
  const press = (who: string, action: string) =>
    crew.presses(who, { intent: { action, args: { request: request.id } } });
  const answers = await Promise.all([press('maya', 'approve-join'), press('omar', 'deny-join')]);
  const after = await crew.db.prisma.joinRequest.findFirstOrThrow({ where: { id: request.id } });
  const words = answers.map((answer) => answer.words);
  const [right, wrong] = after.state === 'approved' ? [words[0], words[1]] : [words[1], words[0]];
  expect(right).toMatch(after.state === 'approved' ? /is on the team now/ : /was not let in/);
  const decider = after.state === 'approved' ? 'Maya Okafor' : 'Omar Haddad';
  expect(wrong).toBe(`${decider} has ${after.state} newby Stranger already.`);
  expect(await crew.db.prisma.person.count({ where: { name: 'newby Stranger' } })).toBe(
    after.state === 'approved' ? 1 : 0,
  );
});

test('a stranger asks to join twice at once: one request, one message for each manager', async () => {
  const answers = await atOnce([
    { who: 'twin', text: 'join' },
    { who: 'twin', text: 'join' },
  ]);
  expect(answers.map(({ words }) => words).filter((words) => /^I have asked/.test(words))).toHaveLength(1);
  expect(
    answers.map(({ words }) => words).filter((words) => /^You have asked already/.test(words)),
  ).toHaveLength(1);
  expect(await crew.db.prisma.joinRequest.count({ where: { externalId: 'U-twin' } })).toBe(1);
});

test('someone unknown but with a known e-mail address writes twice at once: one account', async () => {
  const answers = await atOnce([
    { who: 'aiko', text: 'list' },
    { who: 'aiko', text: 'whoami' },
  ]);
  expect(answers.map(({ words }) => words).join('\n')).toMatch(/Aiko Tanaka/);
  expect(answers.some(({ words }) => /don’t know you/.test(words))).toBe(false);
  expect(await crew.db.prisma.chatAccount.count({ where: { personId: 'harbor-person-aiko' } })).toBe(1);
});
