import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { errorCodes } from '../../src/core/errors.ts';
import type { Work } from '../../src/lib/work.ts';
import { buttonOf, type Crew, openCrew, type Told } from '../support/crew.ts';

let crew: Crew;

beforeAll(async () => {
  crew = await openCrew();
  await crew.db.prisma.person.create({
    data: {
      id: 'harbor-person-wes2',
      organizationId: 'harbor-works',
      name: 'Wes Miller',
      email: 'wes.miller@harbor.example',
      worker: { create: { id: 'worker-wes2', managerId: 'harbor-manager-maya' } },
      memberships: { create: { projectId: 'harbor-project-dock' } },
    },
  });
  await crew.db.prisma.task.create({
    data: {
      id: 'miller-task',
      organizationId: 'harbor-works',
      number: 700,
      projectId: 'harbor-project-dock',
      title: 'Oil the miller’s gate',
      statusId: 'harbor-status-to-do',
      statusChangedById: 'harbor-person-maya',
      createdById: 'harbor-person-maya',
      assignees: { create: { personId: 'harbor-person-wes2', assignedById: 'harbor-person-maya' } },
    },
  });
});
afterAll(() => crew.close());

/** What no person should ever read. */
function expectHumanWords(words: string): void {
  for (const code of errorCodes.filter((name) => name.includes('_'))) expect(words).not.toContain(code);
  expect(words).not.toMatch(/\bNaN\b/);
  expect(words).not.toMatch(/undefined|\bnull\b|\[object|Invalid input|expected string|ZodError|prisma/i);
}

/** A refusal: one or more whole sentences. */
function expectSentence({ reply, words }: Told): void {
  expectHumanWords(words);
  if (reply.kind === 'fieldErrors') {
    const errors = Object.values(reply.errors);
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error).toMatch(/^\p{Lu}.*[.?!]$/su);
    return;
  }
  const [sentence = ''] = words.split('\n');
  expect(sentence).toMatch(/^[\p{Lu}#].*([.?!]|: \w{8})$/su);
}

const latestTask = () =>
  crew.db.prisma.task.findFirstOrThrow({
    where: { organizationId: 'harbor-works', number: { lt: 700 } },
    orderBy: { number: 'desc' },
  });

describe('what can’t be done is said in a sentence that helps', () => {
  test.each([
    [
      'a number that nobody has',
      'wes',
      'done 999',
      /no task #999 that you can see\. \/task list shows yours\./,
    ],
    ['a number beyond all numbers', 'wes', 'show 99999999999', /./],
    [
      'somebody else’s task',
      'sam',
      'done 17',
      /^You can’t finish #17\. .*Aiko Tanaka or Omar Haddad.* can\./,
    ],
    ['no number at all', 'priya', 'done', /^Which task\? Add its number: \/task list shows yours\./],
    ['a date in the past', 'maya', 'due 1 yesterday', /^That is in the past: “yesterday”\./],
    ['a date that does not exist', 'maya', 'due 1 30 feb', /^That day doesn’t exist: “30 feb”\./],
    [
      'no date',
      'maya',
      'due 1 someday',
      /^I can’t read that as a date: “someday”\. Try \/task tomorrow 2pm|^I can’t read that as a date/,
    ],
    [
      'no status',
      'wes',
      'status 1 sideways',
      /^There is no status “sideways”\. There are: To do, In progress, Blocked/,
    ],
    ['a status left out', 'wes', 'status 1', /^Say the status too, like \/task status 42 in review\./],
    ['a priority that is none', 'maya', 'priority 1 soonish', /^Priority is low, normal, high or urgent/],
    ['a priority left out', 'maya', 'priority 1', /^Priority is low, normal, high or urgent/],
    ['nobody by that name', 'maya', 'assign 1 @nobody', /^I don’t know “nobody”\. Use their @name/],
    [
      'a project that is none',
      'maya',
      'add "Look" in NOPE',
      /^You have no project “NOPE”\. Yours: DOCK, LINE\./,
    ],
    [
      'words beside a quoted title',
      'maya',
      'add "Look" quickly please',
      /^I don’t understand “quickly please”\. Write it like/,
    ],
    [
      'a list of nonsense',
      'wes',
      'list sideways',
      /^I don’t know “sideways”\. Use mine, team, all, here, @name/,
    ],
    ['a search for nothing', 'wes', 'find', /^Say what to look for, like \/task find pump\./],
    ['help for nothing', 'wes', 'help dance', /^There is no command “dance”\./],
    ['a slip of the finger', 'wes', 'dnoe 2', /Did you mean “done”\?/],
    ['half a word', 'wes', 'prior 1 high', /Did you mean “prio/],
    ['a slip in help', 'wes', 'help assing', /./],
    ['a link in a direct message', 'maya', 'link DOCK', /^That works in a channel/],
    ['a finished task', 'wes', 'start 12', /^#12 is done: You finished it /],
    ['a cancelled task', 'maya', 'block 14 no room', /^#14 is cancelled: You cancelled it /],
  ])('%s', async (_case, who, text, words) => {
    const answer = await crew.says(who, text);
    expect(answer.words).toMatch(words);
    expectSentence(answer);
  });

  test('a button on a task that was cancelled meanwhile', async () => {
    const done = buttonOf(await crew.says('priya', 'show 11'), 'Done');
    await crew.says('maya', 'cancel 11 the crane is sold');
    const answer = await crew.presses('priya', done);
    expect(answer.words).toMatch(/^#11 is cancelled: Maya Okafor cancelled it today/);
    expect(answer.buttons.map(({ label }) => label)).toEqual(['Reopen', 'Comment', 'More…']);
    expect((await crew.presses('priya', buttonOf(answer, 'Reopen'))).words).toMatch(/^#11 [\s\S]*To do/);
  });
});

describe('an ambiguous person is asked back, and the buttons answer', () => {
  const chosen = 'Wes Miller';

  test.each([
    ['assign 1 @wes', /is now with Wes Miller/],
    [
      'assign 13 @wes, @lena because you know it',
      /is now with Wes Miller and Lena Vogt|is now with .*Wes Miller/,
    ],
    ['add "Grease the gate" @wes due tomorrow', /^Added #\d+ Grease the gate · Wes Miller · due /],
    ['list @wes', /#700/],
    ['list @wes open', /#700/],
    ['audit @wes', /^Audit of Wes Miller/],
  ])('%s', async (text, words) => {
    const asked = await crew.says('maya', text);
    expect(asked.words).toMatch(/Which wes do you mean\?/);
    expect(asked.buttons.map(({ label }) => label)).toEqual(['Wes Carter', chosen]);
    expectSentence(asked);
    expect((await crew.presses('maya', buttonOf(asked, chosen))).words).toMatch(words);
  });

  test('of many, some are offered, and how to name the others is said', async () => {
    await crew.db.prisma.person.createMany({
      data: Array.from({ length: 7 }, (_, index) => ({
        id: `ann-${index}`,
        organizationId: 'harbor-works',
        name: `Ann No${index}`,
      })),
    });
    const asked = await crew.says('maya', 'assign 1 @ann');
    expect(asked.words).toMatch(
      /^Which ann do you mean\? For somebody else, use their @name or work e-mail\./,
    );
    expect(asked.buttons).toHaveLength(5);
  });

  test('only what was ambiguous is replaced', async () => {
    const asked = await crew.says('maya', 'assign 27 @wesc, @wes, @"Wes Miller"');
    expect(asked.words).toMatch(/^I don’t know “wesc”/);
    const both = await crew.says('omar', 'assign 27 @"Wes Carter", @wes');
    const answer = await crew.presses('omar', buttonOf(both, 'Wes Miller'));
    expect(answer.words).toMatch(/is now with Wes Carter and Wes Miller\./);
  });

  test('a list by person stays that list after a button in it', async () => {
    await crew.says('maya', 'block 700 no parts');
    const list = await crew.says('maya', 'list @"Wes Miller"');
    const unblock = list.buttons.find(({ intent }) => intent.args.task === '700');
    if (!unblock) throw new Error(`There is no button in: ${list.words}`);
    const after = await crew.presses('maya', unblock);
    expect(after.reply).toMatchObject({ kind: 'view', replaceOriginal: true });
    expect(after.words.split('\n')[0]).toBe(list.words.split('\n')[0]);
    expect(after.words).toMatch(/#700 .*\n.*In progress/);
  });

  test('a whole name, or an address, is not ambiguous', async () => {
    expect((await crew.says('maya', 'assign 9 @"Wes Miller"')).words).toMatch(/is now with Wes Miller/);
    expect((await crew.says('maya', 'assign 9 wes@harbor.example')).words).toMatch(/is now with Wes Carter/);
    expect((await crew.says('maya', 'list @"Wes Miller"')).words).toMatch(/#700/);
  });
});

describe('titles', () => {
  test('of 10,000 characters are refused with their length, typed and in a form', async () => {
    const long = 'x'.repeat(10_000);
    const typed = await crew.says('maya', `add ${long}`);
    expect(typed.words).toMatch(/^That title has 10000 characters; 300 are the most\./);
    const form = { intent: { action: 'add', args: { form: 'sent' } }, nonce: 'long' };
    const sent = await crew.submits('maya', form, { title: long });
    expect(sent.reply).toMatchObject({
      kind: 'fieldErrors',
      errors: { title: expect.stringMatching(/^That title has 10000 characters/) },
    });
  });

  test.each(['', '   ', '\u200b', '\u00a0\u2003', '\u200f', '\u0000'])(
    'with nothing in them (%j) are refused at the field',
    async (title) => {
      const form = {
        intent: { action: 'add', args: { form: 'sent' } },
        nonce: `empty ${JSON.stringify(title)}`,
      };
      const answer = await crew.submits('maya', form, { title });
      expect(answer.reply).toEqual({
        kind: 'fieldErrors',
        errors: { title: 'Say in a few words what is to be done.' },
      });
    },
  );

  test.each([
    ['Slack’s shouts', '<!channel> and <@U123> see <http://x.example|here>'],
    ['Teams’ mentions', '<at>Maya</at> & "friends"'],
    ['markdown', '*bold* _it_ ~no~ `code` [a](http://x.example)'],
    ['emoji only', '🛟🔥'],
    ['right-to-left', 'فحص رافعة الحاويات رقم ٣'],
    ['a family of seven code points', 'Call 👨‍👩‍👧‍👦 first'],
    ['300 characters', 'y'.repeat(300)],
    ['words that look like dates', 'Report due last friday'],
    ['an injection', `'; DROP TABLE tasks; --`],
    ['a prototype', '__proto__'],
  ])('with %s stay what they are', async (_what, title) => {
    const form = { intent: { action: 'add', args: { form: 'sent' } }, nonce: title };
    expect((await crew.submits('maya', form, { title })).words).toMatch(/^Added #\d+/);
    const task = await latestTask();
    expect(task.title).toBe(title);
    const card = await crew.says('maya', `show ${task.number}`);
    const spans = JSON.stringify(card.reply);
    expect(spans).toContain(JSON.stringify(title.slice(0, 80)).slice(1, -1));
    expect(spans).not.toMatch(/"type":"link"/);
  });

  test('typed with curly quotes, no-break spaces and a line break are read as meant', async () => {
    const answer = await crew.says(
      'maya',
      'add\u00a0“Reseal\u00a0pump 3”\n@lena\u00a0due tomorrow 2pm\u202f!high',
    );
    expect(answer.words).toMatch(/^Added #\d+ Reseal pump 3 · Lena Vogt · due tomorrow 2:00 PM/);
    expect(await latestTask()).toMatchObject({ title: 'Reseal pump 3', priority: 'high' });
  });

  test('a quoted title is never read for a date or a person', async () => {
    await crew.says('maya', 'add "Call @wes due friday !urgent in LINE"');
    expect(await latestTask()).toMatchObject({
      title: 'Call @wes due friday !urgent in LINE',
      dueAt: null,
      priority: 'normal',
      projectId: null,
    });
  });
});

describe('texts that databases dislike', () => {
  test.each([
    ['a NUL', 'before\u0000after'],
    ['half a surrogate pair', 'before\ud83d after'],
    ['a control character', 'before\u0007after'],
  ])('%s in a form is taken out, and the rest is kept', async (_what, body) => {
    const form = { intent: { action: 'comment', args: { task: '2' } }, nonce: `odd ${body.length}` };
    const answer = await crew.submits('wes', form, { body });
    expect(answer.words).toMatch(/^Commented on #2/);
    const task = await crew.task(2);
    expect(task.comments.at(-1)?.body).toMatch(/^before.?\s?after$/u);
    expect(task.comments.at(-1)?.body.isWellFormed()).toBe(true);
  });

  test('a refusal that repeats them is recorded all the same', async () => {
    const intent = { action: 'list', args: { query: 'no\u0000such\ud83d' } };
    expectSentence(await crew.presses('wes', { intent }));
    const rows = await crew.auditRows();
    expect(rows.at(-1)).toMatchObject({ action: 'list', outcome: 'invalid' });
  });
});

describe('forged and outdated buttons', () => {
  const known = () => crew.registry.actions.map(({ name }) => name);
  const names = ['frobnicate', '__proto__', 'constructor', 'toString', 'hasOwnProperty', ''];

  test.each(names)('an action called %j is out of date', async (action) => {
    const answer = await crew.presses('wes', { intent: { action, args: {} } });
    expect(answer.words).toMatch(/^This button is out of date\./);
    expectSentence(answer);
  });

  const garbage: Record<string, string>[] = [
    {},
    { task: '' },
    { task: '-1' },
    { task: '1; DROP TABLE tasks' },
    { task: '99999999999999999999' },
    { task: '0' },
    { task: '1', people: ',,,', assignees: ':', note: ' ', status: ' ', when: ' ', body: ' ' },
    { task: '1', people: 'person:', who: 'person:', query: '@', project: ' ', request: '' },
    { task: '999', status: 'x'.repeat(5_000), note: 'x'.repeat(20_000), priority: 'constructor' },
    { task: '999', people: Array.from({ length: 30 }, (_, index) => `name:n${index}`).join(',') },
    { title: ' ', priority: '__proto__', page: '-3', cursor: 'x'.repeat(2_000), request: 'y'.repeat(500) },
    JSON.parse('{"__proto__": "x", "constructor": "y", "toString": "z", "code": "c", "reference": "r"}'),
  ];

  test('arguments that no button of ours has get words, for every action', async () => {
    for (const action of known()) {
      for (const args of garbage) {
        const answer = await crew.presses('maya', { intent: { action, args } });
        expectHumanWords(answer.words);
        expect(answer.reply.kind).not.toBe('none');
        expect({ action, args, words: answer.words }).not.toEqual({
          action,
          args,
          words: expect.stringMatching(/went wrong on my side/),
        });
      }
    }
  }, 60_000);

  test('the same by form gets errors at fields, or words', async () => {
    for (const action of known()) {
      for (const [index, args] of garbage.entries()) {
        const form = { intent: { action, args }, nonce: `garbage ${action} ${index}` };
        const answer = await crew.submits('maya', form, {});
        expectHumanWords(answer.words);
        expect(answer.words).not.toMatch(/went wrong on my side/);
      }
    }
  }, 60_000);

  test('a forged argument can’t rewrite what the log says of it', async () => {
    const args = { task: '999', code: 'ok', reference: 'none' };
    await crew.presses('wes', { intent: { action: 'done', args } });
    const row = (await crew.auditRows()).at(-1);
    expect(row?.details.code).toBe('unknown_task');
    expect(row?.details.reference).toMatch(/^[0-9A-Z]{8}$/);
  });
});

describe('what goes wrong on our side', () => {
  test('is answered with a reference that stands in the log and in the audit row', async () => {
    const broken = crew.replica({
      db: {
        ...crew.db,
        begin: () => {
          const commit: Work['commit'] = () => Promise.reject(new Error('disk full at /var/lib'));
          return Object.assign(Object.create(crew.db.begin()) as Work, { commit });
        },
      },
    });
    const answer = await broken.says('wes', 'comment 1 hello');
    expectSentence(answer);
    expect(answer.words).not.toMatch(/disk|var/);
    const reference = /reference: (\w{8})\.?$/m.exec(answer.words)?.[1];
    const line = crew.logged.find(({ level, fields }) => level === 'error' && 'reference' in fields);
    expect(line?.fields).toMatchObject({ reference, action: 'comment', err: expect.any(Error) });
    expect((await crew.auditRows()).at(-1)).toMatchObject({
      outcome: 'failed',
      details: { code: 'unexpected', reference },
    });
  });
});

describe('whatever is typed', () => {
  const verbs = fc.constantFrom(
    'done',
    'add',
    'list',
    'assign',
    'find',
    'help',
    'status',
    'due',
    'block',
    'priority',
    'comment',
    'show',
    'audit',
    'report',
    'timeline',
    'project',
    'claim',
    'unassign',
    'links',
    'whoami',
    'decline',
    'unlink',
    '',
  );
  const pieces = fc.constantFrom(
    '42',
    '#1',
    '@wes',
    '@nobody',
    '"',
    '“',
    '!',
    '!!',
    '!high',
    'due',
    'tomorrow',
    'in',
    'DOCK',
    ',',
    '—',
    '\ue0000\ue001',
    '\n',
    '\u00a0',
    '\u200b',
    '<!channel>',
    '<at>',
    '%',
    '\\',
    "'",
    '`',
    '@',
    'page',
    '-1',
    'wes@harbor.example',
  );
  const line = fc
    .tuple(verbs, fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 8 }))
    .map(([verb, words]) => [verb, ...words].join(' '));

  test('there is an answer in words, and it is never our fault', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('maya', 'wes', 'stranger'), line, async (who, text) => {
        const answer = await crew.says(who, text);
        expect(['view', 'form']).toContain(answer.reply.kind);
        expect(answer.words.trim()).not.toBe('');
        expect(answer.words).not.toMatch(/went wrong on my side/);
      }),
      { numRuns: 300, seed: 20_261_124 },
    );
  }, 60_000);

  test('as a button or a form too', async () => {
    const args = fc.dictionary(
      fc.constantFrom(
        'task',
        'note',
        'title',
        'people',
        'assignees',
        'query',
        'due',
        'when',
        'status',
        'body',
        'page',
        'after',
        'who',
        'since',
        'project',
        'request',
      ),
      fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 20 })),
    );
    const actions = fc.constantFrom(...crew.registry.actions.map(({ name }) => name), 'valueOf');
    let nonce = 0;
    await fc.assert(
      fc.asyncProperty(actions, args, fc.boolean(), async (action, values, asForm) => {
        nonce += 1;
        const answer = asForm
          ? await crew.submits('maya', { intent: { action, args: {} }, nonce: `any ${nonce}` }, values)
          : await crew.presses('maya', { intent: { action, args: values } });
        expect(answer.reply.kind).not.toBe('none');
        expect(answer.words).not.toMatch(/went wrong on my side/);
      }),
      { numRuns: 300, seed: 20_261_124 },
    );
  }, 60_000);
});
