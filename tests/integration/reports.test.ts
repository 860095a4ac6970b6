import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/core/report.ts';
import { localDate } from '../../src/core/time-zone.ts';
import { sql } from '../../src/lib/sql.ts';
import { type ReportSubject, readReport } from '../../src/services/report.ts';
import { type Crew, openCrew } from '../support/crew.ts';

/**
 * Three weeks of a crew's work, through the ends of summer time in Berlin (25 October) and New York (1 November). At each
 * midnight of both all tasks are looked at as they stand then; a report made at the end must say the same.
 */

interface Seen {
  id: string;
  project: string | null;
  category: string;
  dueAt: Date | null;
  people: string[];
}

const BEGIN = new Date('2026-10-19T13:00:00Z');
const END = new Date('2026-11-09T17:30:00Z');
const readers = {
  maya: { personId: 'harbor-person-maya', timeZone: 'America/New_York', locale: 'en-US' },
  omar: { personId: 'harbor-person-omar', timeZone: 'Europe/Berlin', locale: 'en-GB' },
} as const;
type Reader = keyof typeof readers;

let crew: Crew;
let organizationId: string;
/** By the time at which it was looked */
const seen = new Map<number, Seen[]>();

beforeAll(async () => {
  crew = await openCrew({ now: BEGIN });
  for (const who of ['maya', 'omar', 'wes', 'tom', 'lena', 'priya']) await crew.says(who, 'hi');
  ({ organizationId } = await crew.db.prisma.person.findUniqueOrThrow({
    where: { id: readers.maya.personId },
  }));
  await threeWeeks();
}, 240_000);
afterAll(() => crew.close());

async function look(at: Date): Promise<void> {
  const rows =
    await crew.db.rows<Seen>(sql`SELECT t.id, p.key AS project, s.category::text AS category, t.due_at AS "dueAt",
      ARRAY(SELECT pe.name FROM task_assignees a JOIN persons pe ON pe.id = a.person_id
        WHERE a.task_id = t.id AND a.state <> 'declined') AS people
    FROM tasks t JOIN statuses s ON s.id = t.status_id LEFT JOIN projects p ON p.id = t.project_id`);
  seen.set(at.getTime(), rows);
}

/** The same numbers in every run. */
function dice(): (sides: number) => number {
  let state = 42;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

const deeds = [
  'done N',
  'done N',
  'done N',
  'done N',
  'reopen N',
  'cancel N',
  'start N',
  'block N no parts',
  'undo',
  'assign N @wes',
  'assign N @tom',
  'unassign N @wes',
  'due N tomorrow',
  'due N none',
  'due N fri',
  'review N',
  'rename N New name',
  'add "New work" in DOCK @wes due tomorrow',
  'add "More work" in LINE @lena',
  'add "Own work" due today',
  'add "New work" in DOCK',
  'add "New work" in LINE due in 2 days',
];

async function threeWeeks(): Promise<void> {
  const roll = dice();
  const hour = 3_600_000;
  for (let at = BEGIN.getTime() + hour; at < END.getTime() - 2 * hour; at += hour) {
    // New York's and Berlin's midnights are at full hours of UTC.
    crew.setNow(new Date(at));
    if (at === undoneMidnight.getTime()) await undoneOverMidnight();
    const isMidnight = Object.values(readers).some(
      ({ timeZone }) => localDate(new Date(at - 1), timeZone) !== localDate(new Date(at), timeZone),
    );
    if (isMidnight && !seen.has(at)) await look(new Date(at));
    if (roll(2) > 0) continue;
    crew.setNow(new Date(at + roll(hour)));
    const deed = deeds[roll(deeds.length)] ?? 'done N';
    const who = roll(3) === 0 ? 'omar' : 'maya';
    const numbers = await openNumbers();
    const number = roll(5) === 0 ? 1 + roll(31) : (numbers[roll(numbers.length)] ?? 1);
    await crew.says(who, deed.replace('N', String(number)));
    if (roll(40) === 0) await crew.says('maya', 'undo');
  }
  crew.setNow(new Date(END.getTime() - hour));
  await crew.presses('maya', {
    intent: {
      action: 'team-remove',
      args: { who: 'email:lena@harbor.example', heir: 'email:tom@harbor.example', sure: 'yes' },
    },
  });
  crew.setNow(END);
  await look(END);
}

async function openNumbers(): Promise<number[]> {
  const rows = await crew.db.rows<{
    number: number;
  }>(sql`SELECT t.number FROM tasks t JOIN statuses s ON s.id = t.status_id
    WHERE s.category NOT IN ('done', 'cancelled') ORDER BY t.number`);
  return rows.map(({ number }) => number);
}

/** In Berlin: what was done before it and taken back after it was done when the day ended. */
const undoneMidnight = new Date('2026-11-05T23:00:00Z');

async function undoneOverMidnight(): Promise<void> {
  crew.setNow(new Date(undoneMidnight.getTime() - 300_000));
  await crew.says('omar', 'add "Over midnight" in DOCK @wes');
  await crew.says('omar', 'done');
  crew.setNow(undoneMidnight);
  await look(undoneMidnight);
  crew.setNow(new Date(undoneMidnight.getTime() + 300_000));
  const told = await crew.says('omar', 'undo');
  if (!/^(Taken back|Undone)/.test(told.words)) throw new Error(told.words);
}

const isOpen = ({ category }: Seen): boolean => category !== 'done' && category !== 'cancelled';

/** Counted one by one from what was seen. */
function slowly(report: Report, reader: Reader, isMeant: (task: Seen) => boolean) {
  const { timeZone } = readers[reader];
  const times = [...seen.keys()].sort((a, b) => a - b);
  const endOf = (day: string): number =>
    times.find(
      (time) => localDate(new Date(time), timeZone) > day && localDate(new Date(time - 1), timeZone) === day,
    ) ?? END.getTime();
  const startOf = (day: string): number =>
    times.find(
      (time) => localDate(new Date(time), timeZone) === day && localDate(new Date(time - 1), timeZone) < day,
    ) ?? Number.NaN;
  const finishedOn = (day: string): Seen[] => {
    const before = new Set(
      (seen.get(startOf(day)) ?? []).filter(({ category }) => category === 'done').map(({ id }) => id),
    );
    return (seen.get(endOf(day)) ?? []).filter(
      (task) => task.category === 'done' && !before.has(task.id) && isMeant(task),
    );
  };
  const openAt = (day: string): Seen[] =>
    (seen.get(endOf(day)) ?? []).filter((task) => isOpen(task) && isMeant(task));
  const overdueAt = (day: string): Seen[] =>
    openAt(day).filter(({ dueAt }) => dueAt !== null && dueAt.getTime() < endOf(day));
  const last = report.days.at(-1)?.day ?? '';
  const namesOf = (task: Seen): (string | null)[] =>
    report.by === 'project' ? [task.project] : task.people.length > 0 ? task.people : [null];
  const rows = new Map<string | null, { done: number; open: number; overdue: number }>();
  const count = (tasks: readonly Seen[], what: 'done' | 'open' | 'overdue') => {
    for (const name of tasks.flatMap(namesOf)) {
      const row = rows.get(name) ?? { done: 0, open: 0, overdue: 0 };
      row[what] += 1;
      rows.set(name, row);
    }
  };
  for (const { day } of report.days) count(finishedOn(day), 'done');
  count(openAt(last), 'open');
  count(overdueAt(last), 'overdue');
  return {
    days: report.days.map(({ day }) => ({
      day,
      done: finishedOn(day).length,
      open: openAt(day).length,
      overdue: overdueAt(day).length,
    })),
    rows: [...rows].map(([name, counts]) => ({ name, ...counts })),
    finishedOn,
  };
}

const ask = (reader: Reader, subject: ReportSubject, period: 'week' | 'month', back: number) =>
  readReport(
    { db: crew.db, now: END, actor: { ...readers[reader], organizationId } },
    { subject, period, back },
  );

const byName = (rows: Report['rows']) =>
  [...rows].sort((a, b) => String(a.name).localeCompare(String(b.name)));
const dock: ReportSubject = { type: 'project', id: 'harbor-project-dock', key: 'DOCK' };
const wes: ReportSubject = { type: 'person', id: 'harbor-person-wes', name: 'Wes Carter' };
const lena: ReportSubject = { type: 'person', id: 'harbor-person-lena', name: 'Lena Vogt' };

describe('a report says what was so at the end of each day', () => {
  const cases: [string, Reader, ReportSubject, (task: Seen) => boolean][] = [
    ['an admin, everything', 'maya', { type: 'all' }, () => true],
    ['a manager, their projects', 'omar', { type: 'all' }, ({ project }) => project !== null],
    ['one project', 'omar', dock, ({ project }) => project === 'DOCK'],
    ['one person', 'maya', wes, ({ people }) => people.includes('Wes Carter')],
    ['somebody who was taken off the team', 'maya', lena, ({ people }) => people.includes('Lena Vogt')],
  ];

  test.each(cases)(
    '%s: this week, the two before, and this month',
    async (_what, reader, subject, isMeant) => {
      for (const [period, back] of [
        ['week', 0],
        ['week', 1],
        ['week', 2],
        ['month', 0],
      ] as const) {
        const report = await ask(reader, subject, period, back);
        // What was before the first look can't have been counted.
        const days = report.days.filter(({ day }) => day > '2026-10-19');
        const slow = slowly({ ...report, days }, reader, isMeant);
        expect(days).toEqual(slow.days);
        if (days.length < report.days.length) continue;
        expect(report.rows.length + report.moreRows).toBe(slow.rows.length);
        expect(byName(report.rows)).toEqual(
          byName(slow.rows.filter(({ name }) => report.rows.some((row) => row.name === name))),
        );
      }
    },
  );

  test('the work was enough to tell', async () => {
    const { days } = await ask('maya', { type: 'all' }, 'month', 0);
    expect(days.reduce((sum, { done }) => sum + done, 0)).toBeGreaterThan(5);
    expect(new Set(days.map(({ overdue }) => overdue)).size).toBeGreaterThan(2);
    const changes = await crew.db.rows<{ undone: number; kept: number }>(
      sql`SELECT count(undone_at)::int AS undone, (count(*) FILTER (WHERE NOT undoable))::int AS kept FROM task_changes`,
    );
    expect(changes[0]?.undone).toBeGreaterThan(0);
    expect(changes[0]?.kept).toBeGreaterThan(1);
  });

  test('the week before is compared with, whole', async () => {
    const report = await ask('omar', { type: 'all' }, 'week', 0);
    const last = await ask('omar', { type: 'all' }, 'week', 1);
    expect(report.doneBefore).toBe(last.days.reduce((sum, { done }) => sum + done, 0));
  });
});

describe('a week is a week of the reader’s', () => {
  test('it begins on Sunday in the United States, on Monday in Britain', async () => {
    expect((await ask('maya', { type: 'all' }, 'week', 0)).days[0]?.day).toBe('2026-11-08');
    expect((await ask('omar', { type: 'all' }, 'week', 0)).days[0]?.day).toBe('2026-11-09');
  });

  test('days to come have their place, and no numbers', async () => {
    const report = await ask('maya', { type: 'all' }, 'week', 0);
    expect(report.length).toBe(7);
    expect(report.days).toHaveLength(2);
  });

  test('a month has its own days, and says where weeks begin', async () => {
    const report = await ask('omar', { type: 'all' }, 'month', 0);
    expect(report.length).toBe(30);
    expect(report.weekStarts).toEqual([1, 8, 15, 22, 29]);
    expect((await ask('omar', { type: 'all' }, 'month', 1)).length).toBe(31);
  });
});

describe('report, as a manager types it', () => {
  test('gives the numbers in words, and their picture', async () => {
    const told = await crew.says('omar', 'report this week');
    expect(told.words).toMatch(
      /^All your projects · 9 – 15 Nov 2026\nDone: \d+ \(week before \d+\)\nOpen: \d+\nOverdue: \d+/,
    );
    expect(told.words).toMatch(
      /\[picture: A chart of All your projects: \d+ done, \d+ open, \d+ of them overdue\. Day by day: Mon 9 /,
    );
    expect(told.words).toMatch(/DOCK\n {2}\d+ done · \d+ open · \d+ overdue/);
    expect(told.reply).toMatchObject({ kind: 'view', to: 'user' });
  });

  test.each([
    ['report DOCK', /^DOCK · 2 – 8 Nov/],
    ['report DOCK this week', /^DOCK · 9 – 15 Nov/],
    ['report dock month', /^DOCK · 1 – 30 Nov 2026/],
    ['report month dock', /^DOCK · 1 – 30 Nov 2026/],
    ['report last week', /^All your projects · 2 – 8 Nov/],
    ['report @wes month', /^Wes Carter · 1 – 30 Nov 2026/],
    ['report @wes last month', /^Wes Carter · 1 – 31 Oct/],
    ['report of @wes for this week', /^Wes Carter · 9 – 15 Nov/],
  ])('%s', async (typed, heading) => {
    expect((await crew.says('omar', typed)).words).toMatch(heading);
  });

  test('tells of the week before on the day that a week begins, unless this week is asked for', async () => {
    expect((await crew.says('omar', 'report')).words).toMatch(/^All your projects · 2 – 8 Nov/);
    // Maya’s week has begun on Sunday.
    expect((await crew.says('maya', 'report')).words).toMatch(/^All your projects · Nov 8 – 14/);
  });

  test('goes week by week, as far back as is kept', async () => {
    let told = await crew.says('omar', 'report DOCK this week');
    for (let week = 0; week < 8; week += 1) {
      const back = told.buttons.find(({ label }) => label === 'Week before');
      expect(back).toBeDefined();
      if (back) told = await crew.presses('omar', back);
    }
    expect(told.buttons.map(({ label }) => label)).toEqual(['Next week', 'This month']);
    expect(told.words).toMatch(/^DOCK · 14 – 20 Sep/);
    expect(told.reply).toMatchObject({ replaceOriginal: true });
  });

  test('keeps no picture in what is stored or sent on', async () => {
    expect(JSON.stringify((await crew.says('omar', 'report month')).reply).length).toBeLessThan(9_000);
  });

  test('is in Spanish for whoever reads Spanish', async () => {
    await crew.db.prisma.person.update({ where: { id: readers.omar.personId }, data: { locale: 'es-ES' } });
    await crew.sessions.endAll(readers.omar.personId);
    const told = await crew.says('omar', 'report this week');
    await crew.db.prisma.person.update({ where: { id: readers.omar.personId }, data: { locale: 'en-GB' } });
    await crew.sessions.endAll(readers.omar.personId);
    expect(told.words).toMatch(/^Todos tus proyectos · 9–15 nov 2026\nHechas: \d+ \(semana antes \d+\)/);
  });

  test.each([
    ['report NOPE', 'You have no project “NOPE”. Yours: DOCK, LINE.'],
    ['report @nobody', 'I don’t know “nobody”'],
    ['report the whole year', 'Type a project or @name, then week or month'],
  ])('%s: %s', async (typed, words) => {
    expect((await crew.says('omar', typed)).words).toContain(words);
  });

  test('is not for workers', async () => {
    expect((await crew.says('wes', 'report')).words).toMatch(/^Only managers can do that/);
  });
});
