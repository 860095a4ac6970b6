import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoPeople } from '../../prisma/seed/people.ts';
import { type ChainProblem, verifyChain } from '../../src/core/audit-verify.ts';
import { sql } from '../../src/lib/sql.ts';
import type { Work } from '../../src/lib/work.ts';
import { type Crew, openCrew, type Told } from '../support/crew.ts';

/** One way to ask for an action, as somebody who may. */
interface Sample {
  who: string;
  /** Typed, unless nobody types it: then `ask` does it */
  text?: string;
  ask?(crew: Crew): Promise<Told>;
  channel?: string;
  /** What the audit row names as its target; absent for what is about nothing in particular */
  target?: string | RegExp;
  /** Number of the task */
  task?: number;
}

const task = (number: number): Pick<Sample, 'target' | 'task'> => ({
  target: `harbor-task-${number}`,
  task: number,
});

const samples: Record<string, Sample> = {
  add: { who: 'maya', text: 'add "Reseal pump 3" @wes due tomorrow 2pm !high', target: /^task:/, task: 31 },
  start: { who: 'wes', text: 'start 1', ...task(1) },
  done: { who: 'wes', text: 'done 2 hose is on', ...task(2) },
  block: { who: 'tom', text: 'block 3 no gas for the welder', ...task(3) },
  unblock: { who: 'priya', text: 'unblock 4', ...task(4) },
  review: { who: 'wes', text: 'review 13', ...task(13) },
  reopen: { who: 'maya', text: 'reopen 12', ...task(12) },
  cancel: { who: 'maya', text: 'cancel 8', ...task(8) },
  status: { who: 'sam', text: 'status 22 in progress', ...task(22) },
  claim: { who: 'wes', text: 'claim 9', ...task(9) },
  accept: { who: 'lena', text: 'accept 24', ...task(24) },
  decline: { who: 'priya', text: 'decline 11 no crane licence', ...task(11) },
  comment: { who: 'wes', text: 'comment 1 two fenders are cracked', ...task(1) },
  reply: {
    who: 'wes',
    ask: (crew) => answersCard(crew, 'reply', { message: 'm1', body: 'the seal is on' }),
    ...task(1),
  },
  'delete-reply': {
    who: 'wes',
    ask: (crew) => answersCard(crew, 'delete-reply', { message: 'm1' }),
    ...task(1),
  },
  'offer-task': {
    who: 'wes',
    ask: (crew) => crew.presses('wes', { intent: { action: 'offer-task', args: { message: 'm2' } } }),
  },
  'no-task': { who: 'wes', ask: (crew) => crew.presses('wes', { intent: { action: 'no-task', args: {} } }) },
  'add-to-task': {
    who: 'wes',
    ask: (crew) => crew.presses('wes', { intent: { action: 'add-to-task', args: {} } }),
  },
  approve: { who: 'omar', text: 'approve 17 well done', ...task(17) },
  return: { who: 'omar', text: 'return 18 count them again', ...task(18) },
  assign: { who: 'maya', text: 'assign 15 @tom', ...task(15) },
  unassign: { who: 'omar', text: 'unassign 28', ...task(28) },
  'find-people': {
    who: 'maya',
    ask: (crew) => crew.presses('maya', { intent: { action: 'find-people', args: { words: 'wes' } } }),
  },
  nudge: { who: 'maya', text: 'nudge 1', ...task(1) },
  watch: { who: 'tom', text: 'watch 1', ...task(1) },
  unwatch: { who: 'tom', text: 'unwatch 1', ...task(1) },
  mute: { who: 'tom', text: 'mute 1', ...task(1) },
  unmute: { who: 'tom', text: 'unmute 1', ...task(1) },
  remind: { who: 'wes', text: 'remind 1 tomorrow 9am', ...task(1) },
  snooze: { who: 'wes', text: 'snooze 1 3h', ...task(1) },
  undo: { who: 'maya', text: 'undo 15', ...task(15) },
  rename: { who: 'maya', text: 'rename 5 Replace the light at the east mole', ...task(5) },
  edit: { who: 'maya', text: 'edit 5', ...task(5) },
  sub: { who: 'maya', text: 'sub 6 Book the inspector', target: /^task:/, task: 32 },
  repeat: { who: 'maya', text: 'repeat 5 every weekday 9am', ...task(5) },
  due: { who: 'omar', text: 'due 27 fri 5pm', ...task(27) },
  priority: { who: 'omar', text: 'priority 27 high', ...task(27) },
  list: { who: 'wes', text: 'list' },
  show: { who: 'wes', text: 'show 1', ...task(1) },
  more: { who: 'wes', text: 'more 1', ...task(1) },
  find: { who: 'wes', text: 'find pump' },
  'find-tasks': {
    who: 'wes',
    ask: (crew) => crew.presses('wes', { intent: { action: 'find-tasks', args: { words: 'pump' } } }),
  },
  share: {
    who: 'wes',
    ask: (crew) => crew.presses('wes', { intent: { action: 'share', args: { task: '1' } } }),
    ...task(1),
  },
  project: { who: 'wes', text: 'project list' },
  'project-create': { who: 'maya', text: 'project create QUAY The quay', target: /^project:/ },
  'project-members': { who: 'maya', text: 'project members QUAY +@wes', target: /^project:/ },
  'project-policy': { who: 'maya', text: 'project policy QUAY approval on', target: /^project:/ },
  'project-archive': {
    who: 'maya',
    ask: (crew) =>
      crew.presses('maya', { intent: { action: 'project-archive', args: { project: 'QUAY', sure: 'yes' } } }),
    target: /^project:/,
  },
  team: { who: 'maya', text: 'team list' },
  'team-add': { who: 'maya', text: 'team add ana@harbor.example manager', target: /^person:/ },
  'team-remove': {
    who: 'maya',
    ask: (crew) =>
      crew.presses('maya', {
        intent: { action: 'team-remove', args: { who: 'email:ana@harbor.example', sure: 'yes' } },
      }),
    target: /^person:/,
  },
  timeline: { who: 'wes', text: 'timeline 1' },
  report: { who: 'maya', text: 'report' },
  audit: { who: 'maya', text: 'audit' },
  link: { who: 'maya', text: 'link DOCK', channel: 'C-YARD', target: 'project:harbor-project-dock' },
  'digest-here': { who: 'maya', text: 'digest here at 9', channel: 'C-YARD' },
  unlink: { who: 'maya', text: 'unlink DOCK', channel: 'C-YARD', target: 'project:harbor-project-dock' },
  links: { who: 'wes', text: 'links' },
  settings: { who: 'wes', text: 'settings' },
  'settings-language': { who: 'wes', text: 'settings language en', target: 'person:harbor-person-wes' },
  'settings-timezone': { who: 'wes', text: 'settings timezone Madrid', target: 'person:harbor-person-wes' },
  'settings-quiet': { who: 'wes', text: 'settings quiet 19:00-06:30', target: 'person:harbor-person-wes' },
  'settings-days': { who: 'wes', text: 'settings days mon-thu', target: 'person:harbor-person-wes' },
  'settings-away': { who: 'wes', text: 'settings away until 3 dec', target: 'person:harbor-person-wes' },
  'settings-digest': { who: 'wes', text: 'settings digest at 7:30', target: 'person:harbor-person-wes' },
  'settings-notify': {
    who: 'wes',
    text: 'settings notify commented off',
    target: 'person:harbor-person-wes',
  },
  'settings-general': {
    who: 'wes',
    ask: (crew) =>
      crew.presses('wes', {
        intent: { action: 'settings-general', args: { form: 'sent', quiet: '21-6', shown_quiet: '' } },
      }),
    target: 'person:harbor-person-wes',
  },
  'settings-notifications': {
    who: 'wes',
    ask: (crew) =>
      crew.presses('wes', {
        intent: { action: 'settings-notifications', args: { form: 'sent', assigned: 'digest' } },
      }),
    target: 'person:harbor-person-wes',
  },
  digest: { who: 'wes', text: 'digest now' },
  'digest-on': { who: 'wes', text: 'digest on', target: 'person:harbor-person-wes' },
  'digest-off': { who: 'wes', text: 'digest off', target: 'person:harbor-person-wes' },
  'digest-at': { who: 'wes', text: 'digest at 7:30', target: 'person:harbor-person-wes' },
  'digest-days': { who: 'wes', text: 'digest days mon-fri', target: 'person:harbor-person-wes' },
  holiday: { who: 'wes', text: 'holiday' },
  'holiday-add': { who: 'maya', text: 'holiday add 25.12. Christmas' },
  'holiday-remove': { who: 'maya', text: 'holiday remove 25.12.' },
  delivery: { who: 'maya', text: 'delivery' },
  'delivery-replay': { who: 'maya', ask: givenUpAndReplayed },
  whoami: { who: 'wes', text: 'whoami' },
  connect: { who: 'wes', text: 'connect', target: 'person:harbor-person-wes' },
  disconnect: {
    who: 'omar',
    ask: (crew) =>
      crew.presses('omar', { intent: { action: 'disconnect', args: { platform: 'teams', sure: 'yes' } } }),
    target: 'person:harbor-person-omar',
  },
  help: { who: 'wes', text: 'help' },
  home: { who: 'wes', text: 'home' },
  news: { who: 'wes', text: 'news' },
  welcome: { who: 'wes', ask: (crew) => crew.presses('wes', { intent: { action: 'welcome', args: {} } }) },
  greet: { who: 'wes', ask: (crew) => crew.presses('wes', { intent: { action: 'greet', args: {} } }) },
  join: { who: 'zoe', text: 'join' },
  'approve-join': { who: 'maya', ask: (crew) => answers(crew, 'approve-join', 'zed'), target: /^join:/ },
  'deny-join': { who: 'omar', ask: (crew) => answers(crew, 'deny-join', 'zac'), target: /^join:/ },
};

async function answers(crew: Crew, action: string, stranger: string): Promise<Told> {
  const { id } = await crew.db.prisma.joinRequest.findFirstOrThrow({
    where: { externalId: `U-${stranger}` },
  });
  const manager = action === 'approve-join' ? 'maya' : 'omar';
  return crew.presses(manager, { intent: { action, args: { request: id } } });
}

/** In the thread of a card of task 1. */
async function answersCard(crew: Crew, action: string, args: Record<string, string>): Promise<Told> {
  const { id: workspaceId } = await crew.db.prisma.workspace.findFirstOrThrow({
    where: { platform: 'slack' },
  });
  const card = { taskId: 'harbor-task-1', workspaceId, channelId: 'C-ONE', messageId: 'card-1' };
  const id = 'card-of-1';
  const create = { id, ...card, requestedById: 'harbor-person-maya', state: 'sent' as const };
  await crew.db.prisma.taskCard.upsert({ where: { id }, create, update: {} });
  return crew.presses('wes', { intent: { action, args } }, { channel: 'C-ONE', threadId: 'card-1' });
}

/** Somebody who can't be reached, and an admin who tries again. */
async function givenUpAndReplayed(crew: Crew): Promise<Told> {
  await crew.db.prisma.notification.create({
    data: {
      ...{ id: 'given-up', organizationId: 'harbor-works', recipientId: 'harbor-person-wes', kind: 'joined' },
      ...{ dedupeKey: 'given-up', state: 'dead', error: 'user_disabled' },
    },
  });
  return crew.says('maya', 'delivery replay');
}

const personOf = (who: string): string =>
  who === 'zoe' ? 'account:slack:T-HARBOR:U-zoe' : `person:harbor-person-${who}`;

/** A first message leaves one row more, of the account that is linked: identity.test.ts looks at those. */
async function openCrewThatHasMet(): Promise<Crew> {
  const crew = await openCrew();
  for (const { user } of demoPeople) await crew.says(user, 'whoami');
  return crew;
}

/** The audit rows that came while something was done. */
async function rowsOf<Result>(crew: Crew, deed: () => Promise<Result>) {
  const before = (await crew.auditRows()).length;
  const result = await deed();
  return { result, rows: (await crew.auditRows()).slice(before) };
}

describe('whatever is done leaves exactly one audit row', () => {
  let crew: Crew;
  beforeAll(async () => {
    crew = await openCrewThatHasMet();
    for (const stranger of ['zed', 'zac']) await crew.says(stranger, 'join');
    await crew.says('omar', 'whoami', { platform: 'teams' });
  });
  afterAll(() => crew.close());

  test('there is a sample of every action, and of nothing else', () => {
    const names = crew.registry.actions.map(({ name }) => name);
    expect(Object.keys(samples).sort()).toEqual(names.sort());
  });

  test.each(Object.entries(samples))(
    '%s',
    async (name, { who, text, ask, channel, target, task: number }) => {
      const { rows } = await rowsOf(crew, () =>
        ask ? ask(crew) : crew.says(who, text ?? '', channel ? { channel } : {}),
      );
      // What is done to two people stands in the other one's history as well.
      const own = rows.filter(({ actor }) => actor === personOf(who));
      expect(own).toHaveLength(1);
      expect(own[0]).toMatchObject({
        action: name,
        outcome: 'ok',
        organizationId: 'harbor-works',
        platform: 'slack',
      });
      const expected = typeof target === 'string' && number !== undefined ? `task:${target}` : target;
      if (expected instanceof RegExp) expect(own[0]?.target).toMatch(expected);
      else expect(own[0]?.target).toBe(expected);
      expect(own[0]?.taskNumber).toBe(number);
    },
  );

  test('the row says what was changed, in the words that were given', async () => {
    const { rows } = await rowsOf(crew, () => crew.says('sam', 'block 19 the line is under a barge'));
    expect(rows[0]?.details).toEqual({ from: 'active', to: 'blocked', note: 'the line is under a barge' });
  });

  test('a button with a message to bring up to date leaves one row for each of the two', async () => {
    const intent = { action: 'start', args: { task: '16', after: 'show 16' } };
    const { rows } = await rowsOf(crew, () => crew.presses('wes', { intent }));
    expect(rows.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(['start ok', 'show ok']);
  });
});

describe('what does not work leaves its row as well', () => {
  let crew: Crew;
  beforeAll(async () => {
    crew = await openCrewThatHasMet();
  });
  afterAll(() => crew.close());

  test.each([
    ['denied by role', 'wes', 'assign 1 @tom', 'assign', 'denied', 'not_allowed'],
    ['denied by task', 'sam', 'done 17', 'done', 'denied', 'not_allowed'],
    ['invalid: no such task', 'wes', 'done 999', 'done', 'invalid', 'unknown_task'],
    ['invalid: not possible', 'wes', 'unblock 1', 'unblock', 'invalid', 'not_possible_now'],
    ['invalid: arguments', 'maya', 'due 1 someday', 'due', 'invalid', 'invalid_arguments'],
    ['invalid: unknown command', 'wes', 'frobnicate', 'unknown', 'invalid', 'unknown_action'],
    ['invalid: unknown person', 'maya', 'assign 1 @nobody', 'assign', 'invalid', 'unknown_person'],
  ])('%s', async (_case, who, text, action, outcome, code) => {
    const { result, rows } = await rowsOf(crew, () => crew.says(who, text));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ actor: `person:harbor-person-${who}`, action, outcome });
    expect(rows[0]?.details.code).toBe(code);
    expect(result.words).not.toContain(code);
  });

  test('a refused form', async () => {
    const form = { intent: { action: 'add', args: { form: 'sent' } }, nonce: 'n1' };
    const { result, rows } = await rowsOf(crew, () => crew.submits('wes', form, { title: '' }));
    expect(result.reply.kind).toBe('fieldErrors');
    expect(rows.map(({ action, outcome }) => [action, outcome])).toEqual([['add', 'invalid']]);
  });

  test('someone unknown who asks for a list', async () => {
    const { rows } = await rowsOf(crew, () => crew.says('stranger', 'list'));
    expect(rows).toMatchObject([
      { actor: 'account:slack:T-HARBOR:U-stranger', action: 'list', outcome: 'denied' },
    ]);
  });

  test('a commit that the database refuses changes nothing, tells nobody and is a failure in the log', async () => {
    const poisoned = crew.replica({
      db: {
        ...crew.db,
        begin: () => {
          const work = crew.db.begin();
          work.write(sql`INSERT INTO comments (id, task_id, author_id, body, created_at)
            VALUES ('blank', 'harbor-task-1', 'harbor-person-wes', ' ', ${crew.now})`);
          return work;
        },
      },
    });
    const before = await crew.task(3);
    const { result, rows } = await rowsOf(crew, () => poisoned.says('tom', 'done 3 welded'));
    expect(result.words).toMatch(/went wrong on my side, and nothing was changed/);
    expect(rows).toMatchObject([{ action: 'done', outcome: 'failed', details: { code: 'unexpected' } }]);
    expect(await crew.task(3)).toEqual(before);
    expect(await crew.db.prisma.notification.count({ where: { taskId: 'harbor-task-3' } })).toBe(0);
  });

  test('a task that others keep changing is left as it is, and that is a failure in the log', async () => {
    const unlucky = crew.replica({ db: { ...crew.db, begin: () => overtaken(crew) } });
    const { result, rows } = await rowsOf(crew, () => unlucky.says('wes', 'done 1'));
    expect(result.words).toMatch(/Somebody else changed this at the same moment/);
    expect(rows).toMatchObject([
      { action: 'done', outcome: 'failed', details: { code: 'changed_meanwhile' } },
    ]);
    expect((await crew.task(1)).status.category).toBe('todo');
    expect(await crew.db.prisma.notification.count({ where: { taskId: 'harbor-task-1' } })).toBe(0);
  });
});

/** Somebody else writes task 1 before each commit. */
function overtaken(crew: Crew): Work {
  const work = crew.db.begin();
  const commit: Work['commit'] = async (entry) => {
    await crew.db.rows(sql`UPDATE tasks SET version = version + 1 WHERE id = 'harbor-task-1'`);
    return work.commit(entry);
  };
  return Object.assign(Object.create(work) as Work, { commit });
}

test('DynamoDB is away for hours: chat goes on, nothing is lost, and the chains are whole', async () => {
  const crew = await openCrew();
  await crew.says('maya', 'hi');
  await crew.says('wes', 'start 1');
  await crew.settle();
  crew.setDynamoAway(true);
  expect((await crew.says('wes', 'done 2 hose is on')).words).toMatch(/^Done: #2/);
  expect((await crew.says('lena', 'comment 3 still roped off')).words).toMatch(/^Commented on #3/);
  expect((await crew.says('tom', 'done 999')).words).toMatch(/no task #999/);
  expect((await crew.says('wes', 'timeline 2')).words).toMatch(/can’t be read right now/);
  await crew.settle();
  expect((await crew.task(2)).status.category).toBe('done');
  expect(crew.messagesTo('maya').length).toBeGreaterThan(0);
  crew.setNow(new Date(crew.now.getTime() + 5 * 60 * 60 * 1_000));
  await crew.settle();
  expect((await crew.auditRows()).length).toBeGreaterThanOrEqual(4);

  crew.setDynamoAway(false);
  crew.setNow(new Date(crew.now.getTime() + 60 * 60 * 1_000));
  await crew.settle();
  expect(await crew.auditRows()).toEqual([]);
  expect(await logOf(crew, 'wes')).toEqual(['account.linked ok', 'start ok', 'done ok', 'timeline failed']);
  expect(await logOf(crew, 'lena')).toEqual(['account.linked ok', 'comment ok']);
  expect(await logOf(crew, 'tom')).toEqual(['account.linked ok', 'done invalid']);
  expect((await crew.says('wes', 'timeline 2')).words).toMatch(/Wes Carter finished #2/);
  for (const who of ['wes', 'lena', 'tom']) expect(await problemsOf(crew, who)).toEqual([]);
  await crew.close();
});

async function recordsOf(crew: Crew, who: string) {
  const page = await crew.auditLog.byActor(`person:harbor-person-${who}`, { limit: 1_000 });
  return page.records.toReversed();
}

const logOf = async (crew: Crew, who: string): Promise<string[]> =>
  (await recordsOf(crew, who)).map(({ action, outcome }) => `${action} ${outcome}`);

async function problemsOf(crew: Crew, who: string) {
  const actor = `person:harbor-person-${who}`;
  const head = await crew.db.prisma.auditChain.findUniqueOrThrow({ where: { actor } });
  const problems: ChainProblem[] = [];
  for await (const problem of verifyChain(actor, await recordsOf(crew, who), { head, waiting: [] })) {
    problems.push(problem);
  }
  return problems;
}
