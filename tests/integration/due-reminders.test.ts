import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/lib/sql.ts';
import { buttonsIn, type Crew, openCrew } from '../support/crew.ts';
import { wordsOfView } from '../support/words-of.ts';

const tuesday = new Date('2026-11-24T15:00:00Z');

let crew: Crew;
let last = 0;

beforeAll(async () => {
  crew = await openCrew({ now: tuesday, noDigests: true, atAnyHour: true });
  // What the demo's tasks would have to say is not what is asked here.
  await crew.db.rows(sql`UPDATE tasks SET remind_at = NULL`);
  for (const who of ['maya', 'wes', 'tom']) await crew.says(who, 'hi');
});
afterAll(() => crew.close());
beforeEach(async () => {
  // Of the tasks of the test before, nothing more is to come.
  await crew.db.rows(sql`UPDATE tasks SET remind_at = NULL`);
  await crew.settle();
  crew.setNow(new Date(Math.max(crew.now.getTime(), tuesday.getTime())));
  last = crew.posted.length;
});

/** A new task of Maya's, in an hour of the crew's zone. */
async function add(words: string): Promise<number> {
  const { words: said } = await crew.says('maya', `add ${words}`);
  const number = Number(/#(\d+)/.exec(said)?.[1]);
  await crew.settle();
  last = crew.posted.length;
  return number;
}

/** Time passes: the clock is looked at each quarter of an hour, and at the end. */
async function until(end: string | Date): Promise<void> {
  const target = new Date(end).getTime();
  while (crew.now.getTime() + 900_000 < target) {
    crew.setNow(new Date(crew.now.getTime() + 900_000));
    await crew.tick();
  }
  crew.setNow(new Date(target));
  await crew.tick();
}

/** What the bot has said of its own accord since: to whom, in one line. */
const heard = () =>
  crew.posted
    .slice(last)
    .filter(({ to }) => to.startsWith('U-'))
    .map(({ to, view }) => `${to.slice(2)}: ${view.summary}`);

const hours = (count: number): Date => new Date(crew.now.getTime() + count * 3_600_000);

describe('a due date', () => {
  test('is told when a quarter of the time is left, and when it has come', async () => {
    const number = await add('"Grease the winch" @wes due in 4h in DOCK');
    await until(hours(2));
    expect(heard()).toEqual([]);
    await until(hours(1));
    expect(heard()).toEqual([`wes: Due soon: #${number} Grease the winch`]);
    await until(hours(1));
    expect(heard().slice(1)).toEqual([`wes: Due now: #${number} Grease the winch`]);
    expect(buttonsIn(crew.posted.at(-1)).map(({ label }) => label)).toEqual([
      'Done',
      'Snooze 1 h',
      'Snooze 3 h',
      'Tomorrow',
      'Until…',
    ]);
  });

  test('is told once, however many replicas look and however often', async () => {
    const number = await add('"Check the lines" @wes due in 4h in DOCK');
    crew.setNow(hours(3));
    await Promise.all([crew.jobs.tick(), crew.jobs.tick(), crew.jobs.tick()]);
    await crew.db.rows(sql`UPDATE tasks SET remind_at = ${crew.now} WHERE number = ${number}::int`);
    await crew.tick();
    expect(heard()).toEqual([`wes: Due soon: #${number} Check the lines`]);
  });

  test('is not told any more when the task is done: neither found nor, once found, sent', async () => {
    const number = await add('"Paint bollard 7" @wes due in 4h in DOCK');
    crew.setNow(hours(3));
    await crew.jobs.tick();
    await crew.says('wes', `done ${number}`);
    await crew.settle();
    await until(hours(3));
    expect(heard().filter((line) => line.includes('Due'))).toEqual([]);
    const [task] = await crew.db.rows<{ remindAt: Date | null }>(
      sql`SELECT remind_at AS "remindAt" FROM tasks WHERE number = ${number}::int`,
    );
    expect(task?.remindAt).toBeNull();
  });

  test('that is moved starts over, also while its message waits', async () => {
    const number = await add('"Weld the rail" @wes due in 4h in DOCK');
    crew.setNow(hours(3));
    await crew.jobs.tick();
    await crew.says('maya', `due ${number} in 4h`);
    await crew.tick();
    expect(heard()).toEqual([]);
    await until(hours(3));
    expect(heard()).toEqual([`wes: Due soon: #${number} Weld the rail`]);
  });

  test('is told to whoever has the task then, who is not told what was before', async () => {
    const number = await add('"Test the alarm" @wes due in 4h in DOCK');
    crew.setNow(hours(3));
    await crew.jobs.tick();
    await crew.says('maya', `assign ${number} @tom`);
    await crew.tick();
    expect(heard().filter((line) => line.includes('Due'))).toEqual([]);
    await until(hours(1));
    expect(heard().filter((line) => line.includes('Due'))).toEqual([
      `tom: Due now: #${number} Test the alarm`,
    ]);
  });

  test('of what nobody has is told to who made it, with the way to give it to somebody', async () => {
    const number = await add('"Order gaskets" due in 4h in DOCK');
    await until(hours(4));
    expect(heard()).toEqual([
      `maya: Due soon: #${number} Order gaskets`,
      `maya: Due now: #${number} Order gaskets`,
    ]);
    expect(buttonsIn(crew.posted.at(-1))[0]?.label).toBe('Assign');
  });

  test('of an open task that is done and reopened is told from then on', async () => {
    const number = await add('"Flush the tank" @wes due in 8h in DOCK');
    await crew.says('wes', `done ${number}`);
    await until(hours(7));
    await crew.says('maya', `reopen ${number}`);
    await crew.tick();
    last = crew.posted.length;
    await until(hours(1));
    expect(heard()).toEqual([`wes: Due now: #${number} Flush the tank`]);
  });

  test('is told to nobody while the task is in review', async () => {
    const number = await add('"Seal hatch 2" @wes due in 4h in DOCK');
    await crew.says('wes', `review ${number}`);
    await crew.settle();
    last = crew.posted.length;
    await until(hours(5));
    expect(heard()).toEqual([]);
  });
});

describe('what is overdue', () => {
  test('comes again by its priority, then goes to the manager, and then is quiet', async () => {
    const number = await add('"Fix the gate" @wes due in 4h !urgent in DOCK');
    await until(hours(5));
    last = crew.posted.length;
    await until(hours(24 * 14));
    const lines = crew.posted.slice(last).filter(({ to }) => to.startsWith('U-'));
    expect(lines.map(({ to, view }) => `${to}: ${view.summary}`)).toEqual([
      `U-wes: Overdue: #${number} Fix the gate`,
      `U-wes: Overdue: #${number} Fix the gate`,
      `U-wes: Overdue: #${number} Fix the gate`,
      `U-maya: Overdue: #${number} Fix the gate`,
    ]);
    const words = lines.map(({ view }) => wordsOfView(view));
    expect(words[2]).toContain('Maya Okafor hears of it now, and I remind you of it no more.');
    expect(words[3]).toContain(
      'I have reminded Wes Carter twice; it is up to you now, and I say no more of it.',
    );
  });

  test('is told once after two hours without any replica, and what came meanwhile is not told late', async () => {
    const number = await add('"Pump out bilge" @wes due in 2h in DOCK');
    crew.setNow(hours(3.5));
    await crew.tick();
    expect(heard()).toEqual([`wes: Due now: #${number} Pump out bilge`]);
  });
});

test('what is due is found along an index that closed tasks are not in', async () => {
  await crew.db.rows(sql`ANALYZE tasks`);
  const plan = await crew.db.rows<Record<string, string>>(sql`EXPLAIN SELECT id FROM tasks
    WHERE remind_at <= ${crew.now}::timestamptz AND (remind_at, id) > (${new Date(0)}::timestamptz, '') ORDER BY remind_at, id LIMIT 200`);
  expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('tasks_to_remind');
});
