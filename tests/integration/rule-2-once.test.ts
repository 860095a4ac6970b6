import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Work } from '../../src/lib/work.ts';
import { buttonOf, type Crew, formOf, openCrew, type Told } from '../support/crew.ts';

type Process = Pick<Crew, 'says' | 'presses' | 'submits'>;

let crew: Crew;
let replicas: Process[];

beforeAll(async () => {
  crew = await openCrew();
  replicas = [crew.replica(), crew.replica(), crew.replica()];
  for (const who of ['maya', 'omar', 'wes', 'priya', 'lena', 'tom', 'sam']) await crew.says(who, 'hi');
});
afterAll(() => crew.close());

/** The same delivery four times at once, to three processes. */
const fourTimes = (deliver: (process: Process) => Promise<Told>): Promise<Told[]> =>
  Promise.all([...replicas, ...replicas.slice(0, 1)].map(deliver));

const notificationsOf = (number: number) =>
  crew.db.prisma.notification.findMany({
    where: { task: { number } },
    orderBy: { recipientId: 'asc' },
    select: { recipientId: true, kind: true },
  });

/** Done by one delivery, while the other three got that one's answer. */
function expectOneAnswer(answers: readonly Told[]): void {
  expect(new Set(answers.map(({ words }) => words)).size).toBe(1);
  expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
}

describe('one delivery, four times at once, to three processes', () => {
  test('done: one change, one message for each who should know, one answer', async () => {
    const before = await crew.task(19);
    const answers = await fourTimes((process) =>
      process.says('omar', 'done 19 spliced', { key: 'done-19', answeredSeparately: true }),
    );
    expectOneAnswer(answers);
    expect(answers[0]?.words).toMatch(/^Done: #19/);
    const after = await crew.task(19);
    expect(after.status.category).toBe('done');
    expect(after.version).toBe(before.version + 1);
    expect(await notificationsOf(19)).toEqual([
      { recipientId: 'harbor-person-sam', kind: 'status_changed' },
      { recipientId: 'harbor-person-tom', kind: 'status_changed' },
    ]);
    const rows = (await crew.auditRows()).filter(({ action }) => action === 'done');
    expect(rows.map(({ outcome }) => outcome)).toEqual(['ok']);
  });

  test('add: one task, and all read its number', async () => {
    const answers = await fourTimes((process) =>
      process.says('maya', 'add "Oil the winch" @wes', { key: 'add-1', channel: 'C-DOCK' }),
    );
    expectOneAnswer(answers);
    const tasks = await crew.db.prisma.task.findMany({
      where: { title: 'Oil the winch' },
      include: { cards: true, notifications: true },
    });
    expect(tasks).toHaveLength(1);
    expect(tasks[0]?.cards).toHaveLength(1);
    expect(tasks[0]?.notifications).toHaveLength(1);
    expect(answers[0]?.words).toContain(`#${tasks[0]?.number}`);
  });

  test('comment: said once', async () => {
    const answers = await fourTimes((process) =>
      process.says('wes', 'comment 16 all four piers?', { key: 'comment-16' }),
    );
    expectOneAnswer(answers);
    expect((await crew.task(16)).comments.map(({ body }) => body)).toEqual(['all four piers?']);
  });

  test('a form: sent once', async () => {
    const form = formOf((await crew.says('maya', 'add')).reply);
    const answers = await fourTimes((process) =>
      process.submits('maya', form, { title: 'Sweep the quay', assignees: 'name:lena' }),
    );
    expectOneAnswer(answers);
    expect(await crew.db.prisma.task.count({ where: { title: 'Sweep the quay' } })).toBe(1);
  });

  test('a refusal: one answer and one row in the log', async () => {
    const answers = await fourTimes((process) =>
      process.says('wes', 'assign 1 @tom', { key: 'refused-1', answeredSeparately: true }),
    );
    expectOneAnswer(answers);
    const rows = (await crew.auditRows()).filter(({ action }) => action === 'assign');
    expect(rows.map(({ outcome }) => outcome)).toEqual(['denied']);
  });

  test('a list that is posted on its own is posted once', async () => {
    const answers = await fourTimes((process) =>
      process.says('wes', 'list', { key: 'list-1', answeredSeparately: true }),
    );
    expectOneAnswer(answers);
  });
});

describe('one delivery again, later', () => {
  test('gives the first answer, whatever has happened since', async () => {
    const at = { key: 'late-13' };
    const first = await crew.says('wes', 'done 13 ordered', at);
    await crew.says('maya', 'reopen 13');
    const again = await crew.replica().says('wes', 'done 13 ordered', at);
    expect(again).toMatchObject({ repeated: true, words: first.words });
    expect((await crew.task(13)).status.category).toBe('todo');
  });

  test('a refusal that was posted on its own is not posted again, and a new attempt is one', async () => {
    const at = { key: 'early-12', answeredSeparately: true };
    const first = await crew.says('wes', 'start 12', at);
    expect(first.words).toMatch(/^#12 is done/);
    await crew.says('maya', 'reopen 12');
    const again = await crew.says('wes', 'start 12', at);
    expect(again).toMatchObject({ repeated: true, words: first.words });
    expect((await crew.says('wes', 'start 12')).words).toMatch(/^Started: #12/);
  });

  test('a button that was refused may be pressed again', async () => {
    const at = { key: 'press-4' };
    const start = { intent: { action: 'claim', args: { task: '9' } } };
    await crew.says('maya', 'assign 9 @lena');
    expect((await crew.presses('wes', start, at)).words).toMatch(/^#9 is Lena Vogt’s/);
    await crew.says('maya', 'unassign 9');
    expect((await crew.presses('wes', start, at)).words).toMatch(/^#9 .* is yours\./);
    expect(await crew.presses('wes', start, at)).toMatchObject({ repeated: true });
  });

  test('a form whose date has passed since gets its first answer, and not an error at a field', async () => {
    const form = formOf((await crew.says('maya', 'add')).reply);
    const values = { title: 'Catch the tide', due: 'today 10:05 am' };
    const sent = await crew.submits('maya', form, values);
    expect(sent.words).toMatch(/^Added #\d+ Catch the tide/);
    const before = crew.now;
    crew.setNow(new Date(before.getTime() + 10 * 60_000));
    const again = await crew.submits('maya', form, values);
    crew.setNow(before);
    expect(again).toMatchObject({ repeated: true, words: sent.words });
  });

  test('a form that was refused may be mended and sent again, and counts once then', async () => {
    const form = formOf((await crew.says('maya', 'add')).reply);
    const refused = await crew.submits('maya', form, { title: 'Hose down', due: 'sometime' });
    expect(refused.reply.kind).toBe('fieldErrors');
    const sent = await crew.submits('maya', form, { title: 'Hose down', due: 'tomorrow' });
    expect(sent.words).toMatch(/^Added #\d+ Hose down/);
    const again = await crew.submits('maya', form, { title: 'Hose down', due: 'tomorrow' });
    expect(again).toMatchObject({ repeated: true, words: sent.words });
    expect(await crew.db.prisma.task.count({ where: { title: 'Hose down' } })).toBe(1);
  });

  test('what failed for our own reasons works when it comes again with the same key', async () => {
    let broken = true;
    const shaky = crew.replica({
      db: {
        ...crew.db,
        begin: () => {
          const work = crew.db.begin();
          const commit: Work['commit'] = async (entry) => {
            if (broken) throw new Error('the disk is full');
            return work.commit(entry);
          };
          return Object.assign(Object.create(work) as Work, { commit });
        },
      },
    });
    const at = { key: 'shaky-3' };
    expect((await shaky.says('tom', 'done 3', at)).words).toMatch(/went wrong on my side/);
    broken = false;
    expect(await shaky.says('tom', 'done 3', at)).toMatchObject({ repeated: false });
    expect((await crew.task(3)).status.category).toBe('done');
  });
});

describe('a double click', () => {
  test('on Done finishes once, and the second click hears the truth', async () => {
    const done = buttonOf(await crew.says('lena', 'show 28'), 'Done');
    const own = { intent: { action: done.intent.action, args: { task: '28' } } };
    const answers = await Promise.all([
      replicas[0]?.presses('lena', own, { key: 'click-1' }),
      replicas[1]?.presses('lena', own, { key: 'click-2' }),
    ]);
    const words = answers.map((answer) => answer?.words ?? '').sort();
    // LINE asks for approval.
    expect(words[0]).toMatch(/^#28 .* waits for approval by Omar Haddad now/);
    expect(words[1]).toMatch(/^#28 waits for approval by Omar Haddad\./);
    expect((await notificationsOf(28)).map(({ recipientId }) => recipientId)).toEqual(['harbor-person-omar']);
  });

  test('on Done in a list shows the list as it is, both times', async () => {
    const list = await crew.says('wes', 'list');
    const done = list.buttons.find(({ label }) => label === 'Done');
    if (!done) throw new Error(`There is no Done in: ${list.words}`);
    const [first, second] = [await crew.presses('wes', done), await crew.presses('wes', done)];
    expect(first.reply).toMatchObject({ kind: 'view', replaceOriginal: true });
    expect(first.words).not.toContain(`#${done.intent.args.task} `);
    expect(second.words).toMatch(/ is already done: You finished it /);
  });
});
