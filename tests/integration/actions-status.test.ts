import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buttonOf, type Crew, formOf, openCrew } from '../support/crew.ts';
import { until } from '../support/until.ts';

let crew: Crew;

beforeAll(async () => {
  crew = await openCrew();
  for (const who of ['maya', 'omar', 'wes', 'priya', 'lena', 'tom', 'aiko', 'sam'])
    await crew.says(who, 'hi');
});
afterAll(() => crew.close());

const words = async (who: string, text: string): Promise<string> => (await crew.says(who, text)).words;
const statusOf = async (number: number): Promise<string> => (await crew.task(number)).status.name;

/** Adds a task for this test alone. */
async function planted(text: string, who = 'maya'): Promise<number> {
  const said = await words(who, `add ${text}`);
  return Number(/^Added #(\d+)/.exec(said)?.[1]);
}

describe('the life of a task', () => {
  test('an assignee starts, blocks, goes on and finishes it, with what they say kept', async () => {
    const number = await planted('"Reseal pump 3" @wes in DOCK');
    expect(await words('wes', `start ${number}`)).toMatch(/^Started: #\d+ Reseal pump 3/);
    expect(await statusOf(number)).toBe('In progress');
    expect(await words('wes', `stuck ${number} waiting for the seal`)).toMatch(/^Blocked: /);
    expect(await crew.task(number)).toMatchObject({ statusNote: 'waiting for the seal' });
    expect(await words('wes', `unblock ${number}`)).toMatch(/^Unblocked: /);
    expect(await words('wes', `${number} done pump sealed`)).toMatch(/^Done: /);
    expect(await crew.task(number)).toMatchObject({
      statusNote: 'pump sealed',
      statusChangedById: 'harbor-person-wes',
      statusChangedAt: crew.now,
      status: { name: 'Done' },
    });
    expect(await words('wes', `reopen ${number}`)).toMatch(/^Reopened: /);
    expect(await words('wes', `review ${number}`)).toMatch(/^In review: /);
    expect(await words('wes', `cancel ${number} not needed`)).toMatch(/^Cancelled: /);
  });

  test.each([
    ['In progress', 'status N in progress', 'active'],
    ['In review', 'status N in review please look', 'review'],
    ['Blocked', 'status N blocked no crane', 'blocked'],
    ['In review', 'move N review', 'review'],
    ['Done', 'status N DONE', 'done'],
    ['Cancelled', 'status N cancel', 'cancelled'],
  ])('%s by its name: %s', async (name, text, category) => {
    const number = await planted('"Sweep" @wes in DOCK');
    await crew.says('wes', text.replace('N', String(number)));
    expect((await crew.task(number)).status).toMatchObject({ name, category });
  });

  test('a step that its state does not allow is refused with who brought it there, and when', async () => {
    expect(await words('priya', 'block 4 once more')).toMatch(
      /^#4 is already blocked: You blocked it .*Nov 23|^#4 is already blocked: You blocked it yesterday/,
    );
    expect(await words('maya', 'unblock 1')).toMatch(/^#1 is to do: You put it back to the start /);
    expect(await words('wes', 'done 7')).toMatch(/^#7 is already done: You finished it /);
    expect((await crew.says('wes', 'start 12')).buttons.map(({ label }) => label)).toEqual([
      'Reopen',
      'Show',
    ]);
  });

  test('a button for block asks why, in a form that does it', async () => {
    const card = await crew.says('tom', 'show 3');
    const form = formOf((await crew.presses('tom', buttonOf(card, 'Block'))).reply);
    expect(form).toMatchObject({ title: 'Block #3', submit: 'Block' });
    expect((await crew.submits('tom', form, { note: 'no welding gas' })).words).toMatch(/^Blocked: #3/);
    expect(await crew.task(3)).toMatchObject({ statusNote: 'no welding gas', status: { name: 'Blocked' } });
  });
});

test.each(['done 2 3', 'start 2 #3', 'cancel 2, 3', 'done 2 3 and 5'])(
  'several numbers are not taken for a note: %s',
  async (words) => {
    const before = await crew.task(2);
    expect((await crew.says('maya', words)).words).toMatch(
      /^One task at a time: \/task \w+ 2, then \/task \w+ 3\.|A task’s number/,
    );
    expect((await crew.task(2)).version).toBe(before.version);
  },
);

test('a note may begin with a number', async () => {
  expect((await crew.says('maya', 'start 2 3 hoses are on')).words).not.toMatch(/One task at a time/);
});

test('who may not block a task is not asked why', async () => {
  const { reply, words } = await crew.says('tom', 'block 2');
  expect(reply.kind).toBe('view');
  expect(words).toMatch(/can’t block #2/);
});

describe('who may', () => {
  test.each([
    ['a worker who is not on it', 'sam', 'done 17', false],
    ['a member of the project who is not on it', 'tom', 'start 1', false],
    ['one who declined it', 'tom', 'start 15', false],
    ['an assignee', 'lena', 'start 15', true],
    ['a manager of the project', 'omar', 'start 22', true],
    ['an admin anywhere', 'maya', 'start 27', true],
    ['who made a task without a project', 'wes', 'start 29', true],
  ])('%s (%s: %s): %s', async (_who, who, text, allowed) => {
    const number = Number(/\d+/.exec(text)?.[0]);
    const before = await statusOf(number);
    const said = await words(who, text);
    if (allowed) {
      expect(await statusOf(number)).not.toBe(before);
    } else {
      expect(said).toMatch(/^You can’t \w+ #\d+\. .+ can\.$/);
      expect(await statusOf(number)).toBe(before);
    }
  });
});

describe('where a project asks for approval', () => {
  test('a worker’s done waits for a manager, whose done closes it', async () => {
    expect(await words('lena', 'done 28 timetable is out')).toMatch(/waits for approval by Omar Haddad now/);
    expect(await statusOf(28)).toBe('In review');
    expect(await words('lena', 'done 28')).toBe('#28 waits for approval by Omar Haddad.');
    const card = await crew.says('omar', 'show 28');
    await crew.presses('omar', buttonOf(card, 'Approve'));
    expect(await crew.task(28)).toMatchObject({
      status: { name: 'Done' },
      statusChangedById: 'harbor-person-omar',
    });
  });

  test('a worker can’t go round it by the name of a status', async () => {
    const number = await planted('"Count lines" @aiko in LINE', 'omar');
    expect(await words('aiko', `status ${number} done`)).toMatch(/waits for approval/);
    expect(await statusOf(number)).toBe('In review');
    expect(await words('aiko', `status ${number} done`)).toMatch(/waits for approval/);
    expect(await statusOf(number)).toBe('In review');
  });

  test('a manager may send it back, or be done at once', async () => {
    expect(await words('omar', 'reopen 17 tugs are missing')).toMatch(/^Reopened: #17/);
    expect(await statusOf(17)).toBe('To do');
    expect(await words('omar', 'done 17')).toMatch(/^Done: #17/);
  });
});

describe('a task that everyone has to do', () => {
  test('is done when the last one is', async () => {
    const number = await planted('"Sign the form" @wes @priya @lena everyone in DOCK');
    expect(await words('wes', `done ${number}`)).toMatch(
      /^Your part of #\d+ Sign the form is done: 1 of 3\./,
    );
    expect(await words('wes', `done ${number}`)).toMatch(/^Your part of #\d+ is done already\./);
    expect(await statusOf(number)).toBe('To do');
    expect((await crew.says('maya', `show ${number}`)).words).toMatch(/\(1 of 3 done\)/);
    await crew.says('priya', `decline ${number} on leave`);
    expect(await words('lena', `done ${number}`)).toMatch(/^Done: #\d+/);
    expect(await statusOf(number)).toBe('Done');
  });

  test('is closed for all by a manager who is not on it', async () => {
    expect(await words('maya', 'done 16')).toMatch(/^Done: #16/);
    expect(await statusOf(16)).toBe('Done');
  });
});

describe('subtasks', () => {
  test('hold their parent: an assignee finishes them first, a manager may close it', async () => {
    expect(await words('wes', 'done 6')).toMatch(/^#6 has 1 open subtasks?\./);
    await crew.says('wes', 'done 8');
    expect(await words('wes', 'done 6')).toMatch(/^Your part of #6/);
    const card = await crew.says('maya', 'show 6');
    expect(card.words).toMatch(/2 of 2 subtasks done/);
  });
});

describe('which task is meant when no number is said', () => {
  test('the last one that one spoke of', async () => {
    await crew.says('wes', 'show 2');
    expect(await words('wes', 'done hose is on')).toMatch(/^Done: #2 .*/);
    expect(await crew.task(2)).toMatchObject({ statusNote: 'hose is on' });
  });

  test('of the process that answers: also another one than before', async () => {
    await crew.says('wes', 'show 13');
    await until('the session to name the task', async () => {
      const session = await crew.sessions.get('slack:T-HARBOR:U-wes', { fresh: true });
      return session?.lastTask === 13 ? session : undefined;
    });
    await crew.replica().says('wes', 'comment looked it up');
    expect((await crew.task(13)).comments.map(({ body }) => body)).toEqual(['looked it up']);
  });

  test('the one in whose card’s thread one speaks, before the last one', async () => {
    const number = await planted('"Rig the gangway" @wes in DOCK');
    await crew.says('maya', 'show 1');
    const added = await crew.says('maya', 'add "Paint the shed" @wes', { channel: 'C-DOCK' });
    const shed = Number(/#(\d+)/.exec(added.words)?.[1]);
    await crew.settle();
    const [card] = crew.messagesIn('C-DOCK').slice(-1);
    await crew.says('wes', `show ${number}`);
    const inThread = { channel: 'C-DOCK', threadId: card?.messageId ?? '' };
    expect((await crew.says('wes', 'start', inThread)).words).toMatch(new RegExp(`^Started: #${shed} Paint`));
  });

  test('nobody’s, when nothing was spoken of', async () => {
    expect((await crew.says('aiko', 'done', { platform: 'teams' })).words).toMatch(/^Which task\?/);
  });
});

describe('what a button shows afterwards', () => {
  test('on a card: the card as it is now, in place of the one before', async () => {
    const number = await planted('"Grease the hinge" @wes in DOCK');
    const card = await crew.says('wes', `show ${number}`);
    expect(card.buttons.map(({ label }) => label)).toEqual(['Start', 'Done', 'Block', 'Comment', 'More…']);
    const after = await crew.presses('wes', buttonOf(card, 'Start'));
    expect(after.reply).toMatchObject({ kind: 'view', replaceOriginal: true });
    expect(after.words).toMatch(/In progress/);
    expect(after.buttons.map(({ label }) => label)).toEqual(['Done', 'Block', 'Comment', 'More…']);
  });

  test('in a list: the list without what was finished', async () => {
    const number = await planted('"Wash the van" @priya due today 11pm in DOCK');
    await crew.says('priya', `start ${number}`);
    const list = await crew.says('priya', 'list');
    const done = list.buttons.find(
      ({ label, intent }) => label === 'Done' && intent.args.task === String(number),
    );
    if (!done) throw new Error(`There is no button for #${number} in: ${list.words}`);
    const after = await crew.presses('priya', done);
    expect(after.reply).toMatchObject({ kind: 'view', replaceOriginal: true });
    expect(after.words).toMatch(/^Your open tasks/);
    expect(after.words).not.toContain('Wash the van');
  });

  test('a refusal leaves the message alone', async () => {
    const stale = buttonOf(await crew.says('lena', 'show 24'), 'Start');
    await crew.says('omar', 'cancel 24');
    const answer = await crew.presses('lena', stale);
    expect(answer.reply).not.toMatchObject({ replaceOriginal: true });
    expect(answer.words).toMatch(/^#24 is cancelled: Omar Haddad cancelled it /);
  });

  test('every posted card shows the new state', async () => {
    const added = await crew.says('maya', 'add "Hoist the flag" @wes in DOCK', { channel: 'C-PIER' });
    const number = Number(/#(\d+)/.exec(added.words)?.[1]);
    await crew.settle();
    const [card] = crew.messagesIn('C-PIER');
    expect(card?.view.summary).toMatch(/To do$/);
    await crew.says('wes', `done ${number}`);
    await crew.settle();
    expect(card?.view.summary).toMatch(/Done$/);
    expect(card?.updates).toBe(1);
  });
});

describe('comments', () => {
  test('are for everyone who sees the task, typed or by a form', async () => {
    expect(await words('tom', 'comment 1 fender 7 is cracked')).toMatch(/^Commented on #1/);
    const card = await crew.says('tom', 'show 1');
    const form = formOf((await crew.presses('tom', buttonOf(card, 'Comment'))).reply);
    await crew.submits('tom', form, { body: 'and number 8' });
    expect((await crew.task(1)).comments.map(({ body }) => body)).toEqual([
      'fender 7 is cracked',
      'and number 8',
    ]);
    expect(await words('sam', 'comment 1 me too')).toMatch(/no task #1 that you can see/);
  });

  test('keep their line breaks, and people are named in them', async () => {
    const mentions = [{ userId: 'U-wes', name: 'Wes Carter' }];
    await crew.says('tom', 'comment 1 first\nsecond \ue0000\ue001 knows', { mentions });
    expect((await crew.task(1)).comments.at(-1)?.body).toBe('first\nsecond @Wes Carter knows');
  });
});

test('what nobody has is not theirs to finish, but theirs to claim', async () => {
  const { words } = await crew.says('maya', 'add "Fill the potholes" in DOCK');
  const number = Number(/#(\d+)/.exec(words)?.[1]);
  const refused = await crew.says('wes', `done ${number}`);
  expect(refused.words).toMatch(/^Nobody has #\d+ yet\. Claim it, or ask Maya Okafor\./);
  expect((await crew.presses('wes', buttonOf(refused, 'Claim'))).words).toMatch(
    /Fill the potholes is yours\./,
  );
  expect((await crew.says('wes', `done ${number}`)).words).toMatch(/^Done: /);
});
