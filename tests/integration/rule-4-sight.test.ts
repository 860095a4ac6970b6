import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { plantRivalYard, plantUnsharedProject, rivalTeam } from '../fixtures/rival-yard.ts';
import { buttonOf, type Crew, openCrew, type Saying, type Told } from '../support/crew.ts';

let crew: Crew;

beforeAll(async () => {
  crew = await openCrew();
  await plantRivalYard(crew);
  await plantUnsharedProject(crew);
  for (const who of ['maya', 'omar', 'wes', 'tom']) await crew.says(who, 'hi');
  await crew.says('wes', 'comment 900 who is on it?');
  await crew.says('ruth', 'comment 9001 only us', atRival);
  await crew.settle();
});
afterAll(() => crew.close());

const atRival: Saying = { team: rivalTeam };

/** Somebody, a task that is none of theirs, and a number that nobody has. */
const outsiders = [
  { who: 'omar', what: 'a manager, on a project that is not theirs', hidden: 900, absent: 998, at: {} },
  { who: 'tom', what: 'a worker, on a project that is not theirs', hidden: 900, absent: 998, at: {} },
  { who: 'maya', what: 'an admin, on another organisation', hidden: 9_001, absent: 9_998, at: {} },
  { who: 'ruth', what: 'another organisation’s admin', hidden: 1, absent: 9_998, at: atRival },
] as const;

/** What each action needs besides the task; as words, and as a button or form carries it. */
const asked: Record<string, { words: string; args: Record<string, string> }> = {
  start: { words: '', args: {} },
  done: { words: 'it is done', args: { note: 'it is done' } },
  block: { words: 'no parts', args: { note: 'no parts' } },
  unblock: { words: '', args: {} },
  review: { words: '', args: {} },
  reopen: { words: '', args: {} },
  cancel: { words: '', args: {} },
  status: { words: 'done', args: { status: 'done' } },
  claim: { words: '', args: {} },
  accept: { words: '', args: {} },
  decline: { words: 'no time', args: { note: 'no time' } },
  comment: { words: 'hello', args: { body: 'hello' } },
  approve: { words: '', args: {} },
  return: { words: 'not yet', args: { note: 'not yet' } },
  assign: { words: 'me', args: { people: 'me' } },
  unassign: { words: '', args: {} },
  due: { words: 'tomorrow', args: { when: 'tomorrow' } },
  priority: { words: 'low', args: { priority: 'low' } },
  nudge: { words: '', args: {} },
  watch: { words: '', args: {} },
  unwatch: { words: '', args: {} },
  mute: { words: '', args: {} },
  unmute: { words: '', args: {} },
  remind: { words: 'tomorrow', args: { when: 'tomorrow' } },
  snooze: { words: '3h', args: { when: '3h' } },
  undo: { words: '', args: {} },
  repeat: { words: 'every monday', args: { rule: 'every monday' } },
  rename: { words: 'Mine', args: { title: 'Mine' } },
  edit: { words: '', args: { form: 'sent', title: 'Mine' } },
  sub: { words: 'Look', args: { title: 'Look' } },
  show: { words: '', args: {} },
  more: { words: '', args: {} },
  timeline: { words: '', args: {} },
  share: { words: '', args: {} },
  audit: { words: '', args: {} },
};

/** An answer with the one thing masked in which two may differ. */
const masked = ({ reply }: Told, known: string | number): string =>
  JSON.stringify(reply)
    .replaceAll(new RegExp(`\\b${known}\\b`, 'gi'), '…')
    .replaceAll(/"nonce":"\w+"/g, '');

/** Everything that is kept of a task. */
const stateOf = (number: number) =>
  crew.db.prisma.task.findMany({
    where: { number },
    include: { assignees: true, comments: true, cards: true, notifications: { select: { id: true } } },
  });

describe.each(outsiders)('$what ($who)', ({ who, hidden, absent, at }) => {
  test('every action that takes a task is tried', () => {
    const takers = crew.registry.actions.filter((action) => {
      const bound = action.bind({ task: 'none' });
      return !bound.ok && 'task' in bound.errors;
    });
    expect(takers.map(({ name }) => name).sort()).toEqual(Object.keys(asked).sort());
  });

  test.each(Object.entries(asked))('%s: as if it did not exist', async (action, { words, args }) => {
    const before = await stateOf(hidden);
    const ways = [
      (number: number) => crew.says(who, `${action} ${number} ${words}`, at),
      (number: number) =>
        crew.presses(who, { intent: { action, args: { task: String(number), ...args } } }, at),
      (number: number) =>
        crew.submits(
          who,
          { intent: { action, args: { task: String(number) } }, nonce: `${action}-${number}-${who}` },
          args,
          at,
        ),
      // A button's follow-up
      (number: number) =>
        crew.presses(
          who,
          { intent: { action: 'help', args: { after: `${action} ${number} ${words}` } } },
          at,
        ),
    ];
    for (const ask of ways) {
      const answer = await ask(hidden);
      expect(masked(answer, hidden)).toBe(masked(await ask(absent), absent));
      expect(answer.words).not.toMatch(/layoff|hull|fender/i);
    }
    expect(await stateOf(hidden)).toEqual(before);
  });
});

describe.each([
  { who: 'omar', hidden: 'HIDE', at: { channel: 'C-OFFICE' } },
  { who: 'maya', hidden: 'SECR', at: { channel: 'C-OFFICE' } },
  { who: 'ruth', hidden: 'DOCK', at: { channel: 'C-RIVAL', ...atRival } },
])('$hidden, a project that is not for $who', ({ who, hidden, at }) => {
  test.each([
    'add "Look" in KEY',
    'link KEY',
    'unlink KEY',
    'list KEY',
    'list KEY done',
    'report KEY',
    'report KEY month',
    'project members KEY',
    'project members KEY +@me',
    'project archive KEY',
  ])('%s: as if it did not exist', async (words) => {
    const [answer, other] = [
      await crew.says(who, words.replace('KEY', hidden), at),
      await crew.says(who, words.replace('KEY', 'NOPE'), at),
    ];
    expect(masked(answer, hidden)).toBe(masked(other, 'NOPE'));
  });

  test.each([
    ['add', { title: 'Look', form: 'sent' }, 'project'],
    ['link', {}, 'project'],
    ['unlink', {}, 'project'],
    ['project-members', { add: 'me' }, 'project'],
    ['project-archive', { sure: 'yes' }, 'project'],
    ['list', {}, 'query'],
    ['report', { period: 'month' }, 'project'],
  ])('%s by button or form: as if it did not exist', async (action, args, name) => {
    const press = (key: string) =>
      crew.presses(who, { intent: { action, args: { ...args, [name]: key } } }, at);
    expect(masked(await press(hidden), hidden)).toBe(masked(await press('NOPE'), 'NOPE'));
    const send = (key: string) =>
      crew.submits(who, { intent: { action, args }, nonce: `${action}-${key}-${who}` }, { [name]: key }, at);
    expect(masked(await send(hidden), hidden)).toBe(masked(await send('NOPE'), 'NOPE'));
  });

  test('nothing came of it', async () => {
    expect(await crew.db.prisma.task.count({ where: { title: 'Look' } })).toBe(0);
    expect(await crew.db.prisma.channelLink.count()).toBe(2);
  });
});

describe('a channel that shows an unshared project', () => {
  const here = { channel: 'C-OFFICE' };

  test.each(['list here', 'unlink', 'links'])('%s tells an outsider nothing of it', async (words) => {
    const answer = await crew.says('omar', words, here);
    expect(answer.reply).toEqual((await crew.says('omar', words, { channel: 'C-NOWHERE' })).reply);
    expect(answer.words).not.toMatch(/HIDE|layoff/i);
  });

  test('a task that an outsider adds there is their own', async () => {
    const added = await crew.says('omar', 'add "Water the plants"', here);
    expect(added.words).not.toMatch(/HIDE/);
    const task = await crew.db.prisma.task.findFirstOrThrow({ where: { title: 'Water the plants' } });
    expect(task.projectId).toBeNull();
  });

  test('its card’s thread is no way in', async () => {
    const added = await crew.says('maya', 'add "Print the letters" in HIDE', here);
    const number = Number(/#(\d+)/.exec(added.words)?.[1]);
    await crew.settle();
    const [card] = crew.messagesIn('C-OFFICE').slice(-1);
    if (!card) throw new Error('There is no card');
    const inThread = { ...here, threadId: card.messageId };
    for (const words of ['show', 'done', 'comment hello', 'timeline']) {
      const answer = await crew.says('omar', words, inThread);
      expect(answer.words).toMatch(new RegExp(`no task #${number} that you can see`));
    }
    expect((await crew.says('wes', 'show', inThread)).words).toMatch(/Print the letters/);
  });
});

describe('lists and searches', () => {
  const secrets = /layoff|letters|HIDE|SECR|secret|hull|rival|\b900\b|9001/i;

  test.each(['omar', 'tom'])('%s finds nothing of an unshared project or of Rival Yard', async (who) => {
    for (const words of [
      'list all',
      'list all done',
      'list team',
      'list',
      'list @wes',
      'list @maya',
      'find the',
      'find letters',
      'find rivet',
      'project list',
      'links',
      'whoami',
      'help',
    ]) {
      const answer = await crew.says(who, words);
      const own = JSON.stringify(answer.reply).replaceAll(/“letters”|find letters|"query":"letters"/g, '');
      expect(own).not.toMatch(secrets);
    }
  });

  test('a manager’s audit log has nothing of it, an insider’s has', async () => {
    expect((await crew.says('omar', 'audit')).words).not.toMatch(/Wes Carter commented|Ruth|who is on it/);
    expect((await crew.says('maya', 'audit 900')).words).toMatch(/Wes Carter commented on #900/);
    expect((await crew.says('maya', 'audit')).words).not.toMatch(/Ruth|only us/);
    expect((await crew.says('ruth', 'audit 9001', atRival)).words).toMatch(/Ruth Rival commented on #9001/);
    expect((await crew.says('ruth', 'audit', atRival)).words).not.toMatch(/Wes|Maya|#900\b/);
  });

  test('those who are in it find all of it', async () => {
    expect((await crew.says('wes', 'list HIDE')).words).toMatch(/#900/);
    expect((await crew.says('wes', 'find layoff')).words).toMatch(/#900/);
    expect((await crew.says('maya', 'project list')).words).toMatch(/HIDE Layoff plan/);
    expect((await crew.says('maya', 'links')).words).toMatch(/HIDE in #office/);
    expect((await crew.says('ruth', 'list all', atRival)).words).toMatch(/#9001/);
    expect((await crew.says('rolf', 'list', atRival)).words).toMatch(/#9001/);
  });
});

describe('people of another organisation', () => {
  const references = [
    ['person:rival-rolf', 'person:rival-nobody'],
    ['email:rolf@elsewhere.example', 'email:nobody@elsewhere.example'],
    ['name:Rolf', 'name:Nobody'],
    ['account:U-rolf', 'account:U-nobody'],
  ] as const;

  test.each(references)('%s: as if they did not exist', async (hidden, absent) => {
    const uses = [
      (reference: string) => ({ action: 'assign', args: { task: '1', people: reference } }),
      (reference: string) => ({ action: 'unassign', args: { task: '1', people: reference } }),
      (reference: string) => ({ action: 'add', args: { title: 'Lend a hand', assignees: reference } }),
      (reference: string) => ({ action: 'list', args: { query: `@${reference}` } }),
      (reference: string) => ({ action: 'audit', args: { who: reference } }),
      (reference: string) => ({ action: 'team-remove', args: { who: reference, sure: 'yes' } }),
      (reference: string) => ({ action: 'project-members', args: { project: 'DOCK', add: reference } }),
    ];
    const before = await stateOf(1);
    const tail = (reference: string): string => reference.slice(reference.indexOf(':') + 1);
    for (const use of uses) {
      const answer = await crew.presses('maya', { intent: use(hidden) });
      const other = await crew.presses('maya', { intent: use(absent) });
      expect(masked(answer, tail(hidden))).toBe(masked(other, tail(absent)));
      expect(answer.words).toMatch(/I don’t know/);
    }
    expect(await stateOf(1)).toEqual(before);
    expect(await crew.db.prisma.task.count({ where: { title: 'Lend a hand' } })).toBe(0);
  });

  test('are not offered in forms', async () => {
    const form = JSON.stringify((await crew.says('maya', 'assign 1')).reply);
    expect(form).toMatch(/Wes Carter/);
    expect(form).not.toMatch(/rival/i);
  });
});

describe('forged buttons', () => {
  test('another organisation’s request to join is gone, and stays open there', async () => {
    await crew.says('quinn', 'join', atRival);
    const request = await crew.db.prisma.joinRequest.findFirstOrThrow({ where: { externalId: 'U-quinn' } });
    for (const action of ['approve-join', 'deny-join']) {
      const answer = await crew.presses('maya', { intent: { action, args: { request: request.id } } });
      const other = await crew.presses('maya', { intent: { action, args: { request: 'none' } } });
      expect(answer.words).toBe(other.words);
    }
    expect((await crew.db.prisma.joinRequest.findFirstOrThrow({ where: { id: request.id } })).state).toBe(
      'open',
    );
  });

  test('a page of another’s log can’t be turned to', async () => {
    for (let count = 0; count < 12; count += 1) await crew.says('ruth', `comment 9001 ${count}`, atRival);
    await crew.settle();
    const theirs =
      buttonOf(await crew.says('ruth', 'timeline 9001', atRival), 'Older').intent.args.cursor ?? '';
    const review = buttonOf(await crew.says('ruth', 'audit', atRival), 'Older').intent.args.cursor ?? '';
    for (const intent of [
      { action: 'timeline', args: { task: '1', cursor: theirs } },
      { action: 'audit', args: { task: '1', cursor: theirs } },
      { action: 'audit', args: { cursor: theirs } },
      { action: 'audit', args: { cursor: review } },
      { action: 'audit', args: { who: 'name:wes', cursor: review } },
      { action: 'audit', args: { cursor: 'AAAA' } },
    ]) {
      const answer = await crew.presses('maya', { intent });
      expect(answer.words).toMatch(/^That page of the audit log cannot be found\./);
    }
    expect(
      (await crew.presses('ruth', { intent: { action: 'audit', args: { cursor: review } } }, atRival)).words,
    ).toMatch(/commented on #9001/);
  });

  test('a worker’s manager sees what they did; another worker does not', async () => {
    expect((await crew.says('maya', 'audit @wes')).words).toMatch(/Wes Carter/);
    expect((await crew.says('omar', 'audit @wes')).words).toMatch(/Maya Okafor, who is their manager/);
    expect((await crew.says('tom', 'audit @wes')).words).toMatch(/Only managers can do that/);
  });
});

test('a workspace that nobody installed gets one sentence, whatever is asked', async () => {
  for (const words of ['show 1', 'list', 'join', 'help']) {
    const answer = await crew.says('maya', words, { team: 'T-UNKNOWN' });
    expect(answer.words).toBe(
      'Crewline is not set up for this workspace. Ask whoever runs it to install it here.',
    );
  }
});
