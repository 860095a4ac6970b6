import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { monotonicFactory } from 'ulid';
import { nextOccurrence, type Rule } from '../../src/core/recurrence.ts';
import { DAY, HOUR, instantOf, startOfDay, wallTime } from '../../src/core/time-zone.ts';
import { localDate } from '../../src/core/when.ts';
import { createDatabase, type Database } from '../../src/lib/database.ts';
import { sql } from '../../src/lib/sql.ts';
import { scheduledWork } from '../../src/scheduled.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const STEP = 30 * 60_000;
const DAYS = 5;
const DOWNTIME = 2 * HOUR;

const zones = [
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Santiago',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'UTC',
] as const;

/** Half past two is skipped on one of the days and shown twice on another, wherever clocks change at night. */
const nightly: Rule = {
  pattern: { unit: 'day', every: 1 },
  time: 2.5 * HOUR,
  shift: false,
  from: '2026-01-01',
};

let database: TestDatabase;
let replicas: Database[];

beforeAll(async () => {
  database = await createTestDatabase();
  replicas = [1, 2, 3].map(() => createDatabase({ url: database.url, poolSize: 3 }));
});
afterAll(async () => {
  await Promise.all(replicas.map((db) => db.close()));
  await database.drop();
});

/** The same each time it runs. */
function createDice(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

interface Planted {
  organizationId: string;
  /** Until when: local noon of the second day, by zone */
  due: Map<string, Date>;
}

/** In each zone a person with an urgent task, a task of the day, a reminder and one that comes each night. */
async function plant(name: string, start: Date): Promise<Planted> {
  const [db] = replicas;
  if (!db) throw new Error('There is no replica');
  const { prisma } = db;
  await prisma.organization.create({ data: { id: name, name, nextTaskNumber: 1_000 } });
  await prisma.status.create({
    data: { id: `${name}-todo`, organizationId: name, name: 'To do', category: 'todo', position: 1 },
  });
  const due = new Map<string, Date>();
  for (const [index, timeZone] of zones.entries()) {
    const person = `${name}-${index}`;
    const noon = instantOf(startOfDay(wallTime(start, timeZone)) + DAY + 12 * HOUR, timeZone);
    due.set(timeZone, noon);
    await prisma.person.create({ data: { id: person, organizationId: name, name: person, timeZone } });
    const common = {
      organizationId: name,
      statusId: `${name}-todo`,
      statusChangedById: person,
      createdById: person,
      createdAt: start,
      updatedAt: start,
    };
    await prisma.task.create({
      data: {
        ...common,
        id: `${person}-due`,
        number: 3 * index + 1,
        title: 'due',
        priority: 'urgent',
        dueAt: noon,
        dueHasTime: true,
      },
    });
    const evening = new Date(noon.getTime() + 5 * HOUR);
    await prisma.task.create({
      data: { ...common, id: `${person}-day`, number: 3 * index + 2, title: 'day', dueAt: evening },
    });
    await prisma.task.create({
      data: { ...common, id: `${person}-night`, number: 3 * index + 3, title: 'night' },
    });
    await prisma.taskAssignee.createMany({
      data: ['due', 'day'].map((task) => ({
        taskId: `${person}-${task}`,
        personId: person,
        assignedById: person,
        assignedAt: start,
      })),
    });
    await prisma.reminder.create({
      data: {
        id: `${person}-reminder`,
        organizationId: name,
        personId: person,
        taskId: `${person}-due`,
        at: noon,
      },
    });
    const nextAt = nextOccurrence(nightly, { after: start, timeZone, holidays: new Set() });
    await prisma.recurrence.create({
      data: {
        id: `${person}-series`,
        organizationId: name,
        taskId: `${person}-night`,
        rule: nightly,
        timeZone,
        nextAt: nextAt ?? null,
        createdById: person,
      },
    });
  }
  return { organizationId: name, due };
}

/** Three replicas look each half an hour, at one moment; each is away now and then, and for two hours all of them. */
async function live(start: Date, dice: () => number): Promise<void> {
  const newId = monotonicFactory();
  const works = replicas.map((db) => scheduledWork({ db, newId }));
  const { signal } = new AbortController();
  const darkness = start.getTime() + Math.floor(dice() * (DAYS - 1) * 24) * HOUR;
  for (let now = start.getTime(); now <= start.getTime() + DAYS * DAY; now += STEP) {
    if (now >= darkness && now < darkness + DOWNTIME) continue;
    const awake = works.filter(() => dice() < 0.75);
    const here = awake.length > 0 ? awake : works.slice(0, 1);
    await Promise.all(here.flat().map((one) => one.run(new Date(now), signal)));
  }
}

interface Told {
  kind: string;
  step: string | null;
  title: string;
  at: Date;
}

const toldTo = (personId: string): Promise<Told[]> =>
  (
    replicas[0] as Database
  ).rows<Told>(sql`SELECT n.kind, n.data ->> 'step' AS step, t.title, n.created_at AS at
    FROM notifications n JOIN tasks t ON t.id = n.task_id WHERE n.recipient_id = ${personId} ORDER BY n.created_at, n.id`);

describe.each([
  ['spring in North America', '2026-03-06T00:00:00Z'],
  ['spring in Europe', '2026-03-27T00:00:00Z'],
  ['autumn in Australia and Chile', '2026-04-03T00:00:00Z'],
  ['autumn in Europe', '2026-10-23T00:00:00Z'],
  ['autumn in North America', '2026-10-30T00:00:00Z'],
])('%s', (name, from) => {
  const start = new Date(from);
  const organization = name.replaceAll(' ', '-');
  let planted: Planted;

  beforeAll(async () => {
    planted = await plant(organization, start);
    await live(start, createDice(start.getTime() / 1_000));
  }, 180_000);

  /** At the latest after the two hours in which nobody looked. */
  const isInTime = (at: Date, expected: Date): boolean =>
    at >= expected && at.getTime() - expected.getTime() <= DOWNTIME + STEP;

  test.each(zones.map((zone, index) => ({ zone, person: `${organization}-${index}` })))(
    'in $zone each step of a due date is told once, at its hour',
    async ({ zone, person }) => {
      const noon = planted.due.get(zone) ?? start;
      const told = await toldTo(person);
      const lead = Math.min(DAY, (noon.getTime() - start.getTime()) / 4);
      const morning = (later: number) =>
        instantOf(startOfDay(wallTime(noon, zone)) + later * DAY + 9 * HOUR, zone);
      const expected: [string, Date][] = [
        ['soon', new Date(noon.getTime() - lead)],
        ['due', noon],
        ['overdue-1', morning(1)],
        ['overdue-2', morning(2)],
      ];
      if (morning(3).getTime() + DOWNTIME + STEP <= start.getTime() + DAYS * DAY)
        expected.push(['last', morning(3)]);
      const steps = told.filter(({ title, kind }) => title === 'due' && kind !== 'reminder');
      // A step that fell into the dark gave way to one that came before the light.
      const missed = expected.filter(([step]) => !steps.some((one) => one.step === step));
      expect(missed.length).toBeLessThanOrEqual(1);
      for (const [step, at] of expected) {
        const found = steps.filter((one) => one.step === step);
        expect(found.length).toBeLessThanOrEqual(1);
        for (const one of found) expect([step, one.at, isInTime(one.at, at)]).toEqual([step, one.at, true]);
      }
      expect(new Set(steps.map(({ step }) => step)).size).toBe(steps.length);
    },
  );

  test.each(zones.map((zone, index) => ({ zone, person: `${organization}-${index}` })))(
    'in $zone a reminder comes once, and what comes each night has one a night',
    async ({ zone, person }) => {
      const reminders = (await toldTo(person)).filter(({ kind }) => kind === 'reminder');
      expect(reminders).toHaveLength(1);
      expect(isInTime(reminders[0]?.at ?? start, planted.due.get(zone) ?? start)).toBe(true);
      const nights = await (replicas[0] as Database).rows<{ at: Date }>(sql`SELECT created_at AS at FROM tasks
        WHERE recurrence_id = ${`${person}-series`} ORDER BY created_at`);
      const days = nights.map(({ at }) => localDate(at, zone));
      expect(new Set(days).size).toBe(days.length);
      for (const { at } of nights) {
        const half = instantOf(startOfDay(wallTime(at, zone)) + 2.5 * HOUR, zone);
        expect([at, isInTime(at, half)]).toEqual([at, true]);
      }
      expect(days.length).toBeGreaterThanOrEqual(DAYS - 1);
    },
  );

  test('every number is given once', async () => {
    const [counted] = await (replicas[0] as Database).rows<{ tasks: number; numbers: number }>(sql`SELECT
      count(*)::int AS tasks, count(DISTINCT number)::int AS numbers FROM tasks WHERE organization_id = ${organization}`);
    expect(counted?.numbers).toBe(counted?.tasks);
  });
});

test('closed tasks are looked at once more, and then stand in nobody’s way', async () => {
  const db = replicas[0] as Database;
  const organization = 'spring-in-Europe';
  const person = `${organization}-0`;
  await db.rows(sql`INSERT INTO statuses (id, organization_id, name, category, position)
    VALUES ('closed', ${organization}, 'Done', 'done', 2)`);
  await db.rows(sql`INSERT INTO tasks (id, organization_id, number, title, status_id, status_changed_by_id, created_by_id, due_at, created_at, updated_at)
    SELECT 'closed-' || n, ${organization}, 1000000 + n, 'closed', 'closed', ${person}, ${person},
      timestamptz '2026-03-01', timestamptz '2026-02-01', timestamptz '2026-02-01' FROM generate_series(1, 5000) AS n`);
  const before = (await toldTo(person)).length;
  const { signal } = new AbortController();
  for (const one of scheduledWork({ db, newId: monotonicFactory() }))
    await one.run(new Date('2026-04-02T00:00:00Z'), signal);
  const [waiting] = await db.rows<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM tasks WHERE remind_at IS NOT NULL AND status_id = 'closed'`,
  );
  expect(waiting?.count).toBe(0);
  expect((await toldTo(person)).filter(({ title }) => title === 'closed')).toEqual([]);
  expect((await toldTo(person)).length).toBeLessThanOrEqual(before + 2);
  await db.rows(sql`VACUUM ANALYZE tasks`);
  const plan = await db.rows<Record<string, string>>(sql`EXPLAIN (ANALYZE, BUFFERS) SELECT id FROM tasks
    WHERE remind_at <= ${new Date('2026-04-02T00:00:00Z')}::timestamptz AND (remind_at, id) > (${new Date(0)}::timestamptz, '')
    ORDER BY remind_at, id LIMIT 200`);
  const text = plan.map((row) => row['QUERY PLAN']).join('\n');
  expect(text).toContain('tasks_to_remind');
  // What is left in the index, and not the hundreds of pages of the table.
  expect(Number(/shared hit=(\d+)/.exec(text)?.[1])).toBeLessThan(50);
});
