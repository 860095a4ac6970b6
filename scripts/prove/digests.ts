import { setTimeout as sleep } from 'node:timers/promises';
import { defaults } from '../../src/core/settings.ts';
import { createDatabase, type Database } from '../../src/lib/database.ts';
import { sql } from '../../src/lib/sql.ts';
import type { DigestReplicaInput, SentDigest } from './digest-replica.ts';
import { type Finding, finding, pending } from './measure.ts';
import { plantWorkspaces } from './plant.ts';
import { createProcesses, type Processes } from './processes.ts';
import { CHANGES_2026, changesOutside, MINUTE_MS, type Moment, momentsOf, SPAN_MS, ZONES } from './zones.ts';

export interface DigestsPlan {
  people: number;
  zones: readonly string[];
  times: readonly string[];
  /** First days of the spans that are lived through, each of two days */
  spans: readonly string[];
  /** One in so many looks that find something kills a replica, one in so many sends stops one: at random, but not more seldom */
  kill: number;
  stop: number;
}

/** The first is the one that holds for everyone; times that clocks skip or show twice are among the others. */
const TIMES = ['08:00', '02:30', '00:15', '01:30', '23:45', '06:07', '03:00'];

export const fullDigests: DigestsPlan = {
  people: 10_000,
  zones: ZONES,
  times: TIMES,
  spans: CHANGES_2026,
  kill: 25,
  stop: 25,
};
export const shortDigests: DigestsPlan = {
  people: 240,
  zones: ['Europe/Berlin', 'Asia/Beirut', 'Atlantic/Azores', 'Asia/Kathmandu'],
  times: ['08:00', '02:30', '00:15'],
  spans: ['2026-03-28', '2026-10-24'],
  kill: 12,
  stop: 12,
};

const REPLICAS = 3;
/** Looks after which a digest has been found, whoever was killed meanwhile: a dead replica's turn lasts two minutes. */
const LOOKS = 3;
/** Nothing runs for so long, once in each span. */
const DOWN_MINUTES = 120;
const DOWN_MS = DOWN_MINUTES * MINUTE_MS;

type Say = (line: string) => void;

/** Days around the changes of clocks, lived through by three replicas that are killed and stopped at random, with two hours in which none runs. */
export async function proveDigests(
  databaseUrl: string,
  plan: DigestsPlan,
  say: Say = () => undefined,
): Promise<Finding[]> {
  const db = createDatabase({ url: databaseUrl, poolSize: 3, statementTimeoutMs: 120_000 });
  const sent: SentDigest[] = [];
  const input: DigestReplicaInput = { databaseUrl };
  const replicas = createProcesses({
    file: 'digest-replica.ts',
    inputOf: () => input,
    said: (_name, what) => {
      if (typeof (what as Partial<SentDigest>).userId === 'string') sent.push(what as SentDigest);
    },
  });
  const findings: Finding[] = [];
  const ends = { killed: 0, killedAtWork: 0, stopped: 0 };
  const chances = { kill: createChance(plan.kill), stop: createChance(plan.stop) };
  try {
    await plantDays(db, plan);
    const people = await readPeople(db);
    for (let replica = 0; replica < REPLICAS; replica += 1) await replicas.start();
    for (const span of plan.spans) {
      sent.length = 0;
      await db.rows(sql`DELETE FROM notifications`);
      await db.rows(sql`DELETE FROM schedule_marks`);
      const start = Date.parse(span);
      const moments = expectedOf(people, start);
      const due = new Set([...moments.values()].flat());
      const down = downtimeOf(start, due);
      const begun = performance.now();
      await live({ db, replicas, chances, ends }, { start, down, due });
      findings.push(...verdict({ span, sent, moments, down }));
      say(
        `${span}: ${sent.length} digests in ${((performance.now() - begun) / 1_000).toFixed(0)} s; ${ends.killed} killed, ${ends.stopped} stopped so far`,
      );
    }
  } finally {
    await replicas.stop();
    await db.close();
  }
  const missed = changesOutside(plan.zones, CHANGES_2026);
  return [
    ...findings,
    finding(
      'replicas were killed in the middle of a look, and stopped while they sent',
      ends.killed > 0 && ends.stopped > 0 && (ends.killedAtWork > 0 || plan.people < 1_000),
      `${ends.killed} killed, ${ends.killedAtWork} of them with the look unfinished, ${ends.stopped} stopped`,
    ),
    finding(
      'every change of these clocks in 2026 falls into a span',
      missed.length === 0,
      missed.join(', ') || 'none outside',
    ),
  ];
}

/** Everyone has one task that is due; whose number can be divided by ten has none, and no digest. By three: on working days only. */
async function plantDays(db: Database, { people, zones, times }: DigestsPlan): Promise<void> {
  await plantWorkspaces(db, { slack: 1, teams: 0, peopleEach: people });
  await db.rows(sql`UPDATE persons p SET time_zone = (${zones}::text[])[1 + n % ${zones.length}::int]
    FROM (SELECT id, substr(id, 5)::int AS n FROM persons) numbered WHERE numbered.id = p.id`);
  await db.rows(sql`INSERT INTO person_settings (person_id, organization_id, digest_at, digest_days, quiet_from, quiet_to)
    SELECT id, 'proof', nullif((${times}::text[])[1 + (n / ${zones.length}::int) % ${times.length}::int], ${defaults.digestAt}),
      CASE WHEN n % 3 = 0 THEN '{}'::int[] ELSE '{1,2,3,4,5,6,7}' END, '00:00', '00:00'
    FROM (SELECT id, substr(id, 5)::int AS n FROM persons) numbered`);
  await db.rows(
    sql`INSERT INTO persons (id, organization_id, name) VALUES ('proof-maker', 'proof', 'Maker')`,
  );
  await db.rows(
    sql`INSERT INTO statuses (id, organization_id, name, category, position) VALUES ('todo', 'proof', 'To do', 'todo', 1)`,
  );
  await db.rows(sql`INSERT INTO tasks (id, organization_id, number, title, due_at, status_id, status_changed_by_id, created_by_id)
    SELECT 't' || n, 'proof', n, 'Look at it', '2026-01-01', 'todo', 'proof-maker', 'proof-maker' FROM generate_series(1, ${people}::int) n`);
  await db.rows(sql`INSERT INTO task_assignees (task_id, person_id, assigned_by_id)
    SELECT 't' || n, 's0-p' || n, 'proof-maker' FROM generate_series(1, ${people}::int) n WHERE n % 10 <> 0`);
  await db.rows(sql`ANALYZE`);
}

interface PersonRow {
  number: number;
  zone: string;
  at: string;
}

const readPeople = (db: Database): Promise<PersonRow[]> =>
  db.rows(sql`SELECT substr(p.id, 5)::int AS number, p.time_zone AS zone, coalesce(s.digest_at, ${defaults.digestAt}) AS at
    FROM persons p JOIN person_settings s ON s.person_id = p.id`);

/** When each person has a digest in a span, by the number of the person. */
function expectedOf(people: readonly PersonRow[], start: number): Map<number, number[]> {
  const known = new Map<string, Moment[]>();
  return new Map(
    people.map(({ number, zone, at }) => {
      const key = `${zone} ${at}`;
      const moments = known.get(key) ?? momentsOf(zone, at, start);
      known.set(key, moments);
      const days: readonly number[] = number % 3 === 0 ? defaults.workDays : [1, 2, 3, 4, 5, 6, 7];
      const own = moments.filter(({ weekday }) => days.includes(weekday)).map((moment) => moment.at);
      return [number, number % 10 === 0 ? [] : own];
    }),
  );
}

interface Span {
  from: number;
  to: number;
}

/** Two hours somewhere in the middle of the span, in which somebody's digest is due. */
function downtimeOf(start: number, due: ReadonlySet<number>): Span {
  const inside = [...due].filter((at) => at > start + SPAN_MS / 3 && at < start + (SPAN_MS * 2) / 3);
  const missed = inside[Math.floor(Math.random() * inside.length)] ?? start + SPAN_MS / 2;
  const from = missed - (1 + Math.floor(Math.random() * (DOWN_MINUTES - 2))) * MINUTE_MS;
  return { from, to: from + DOWN_MS };
}

interface Lived {
  start: number;
  down: Span;
  /** Minutes in which somebody's digest is due */
  due: ReadonlySet<number>;
}

/**
 * The minutes in which there is a look: from the one before each moment, which must find nothing of what lies between it and the look
 * before, to the ones in which others have found what a dead replica left. A look finds all since the last one, so no minute is left out.
 */
function looksOf({ start, down, due }: Lived): number[] {
  const minutes = new Set([start, start + SPAN_MS]);
  const around = (moment: number): void => {
    for (let look = -1; look <= LOOKS; look += 1) minutes.add(moment + look * MINUTE_MS);
  };
  for (const moment of due) around(moment);
  around(down.to);
  return [...minutes]
    .filter((minute) => minute >= start && minute <= start + SPAN_MS)
    .filter((minute) => minute <= down.from || minute >= down.to)
    .sort((a, b) => a - b);
}

interface Stage {
  db: Database;
  replicas: Processes;
  chances: { kill: () => boolean; stop: () => boolean };
  ends: { killed: number; killedAtWork: number; stopped: number };
}

/** True once in so many times, at random. */
function createChance(times: number): () => boolean {
  const wait = () => 1 + Math.floor(Math.random() * times * 2);
  let left = Math.ceil(wait() / 2);
  return () => {
    left -= 1;
    if (left > 0) return false;
    left = wait();
    return true;
  };
}

async function live(stage: Stage, lived: Lived): Promise<void> {
  const { db, replicas, chances } = stage;
  const { start, down, due } = lived;
  const end = start + SPAN_MS;
  for (const at of looksOf(lived)) {
    // What a look of the dead would find must still be read: after the two hours, and at the end of the span, none dies.
    const mayEnd = at < end - LOOKS * MINUTE_MS && (at < down.to || at > down.to + LOOKS * MINUTE_MS);
    await look(stage, at, mayEnd && due.has(at) && chances.kill());
    if ((await pending(db)) === 0) continue;
    await send(stage, at, mayEnd && chances.stop());
  }
  await Promise.all(replicas.running().map((name) => replicas.ask(name, 'rest')));
}

/** All replicas look; one of them dies at any point of it. */
async function look({ db, replicas, ends }: Stage, at: number, kills: boolean): Promise<void> {
  const looking = replicas.running().map((name) => replicas.ask<number>(name, 'look', at));
  if (kills) {
    await sleep(Math.random() * 25);
    await replicas.kill(pick(replicas.running()));
    ends.killed += 1;
    await Promise.all(looking);
    const [mark] = await db.rows<{ held: boolean }>(
      sql`SELECT holder IS NOT NULL AS held FROM schedule_marks WHERE name = 'digests'`,
    );
    if (mark?.held) ends.killedAtWork += 1;
    await replicas.start();
  }
  await Promise.all(looking);
}

/** All replicas send what is due; one of them is stopped, as an update does it. */
async function send({ db, replicas, ends }: Stage, at: number, stops: boolean): Promise<void> {
  const ask = (what: string) =>
    Promise.all(replicas.running().map((name) => replicas.ask<number>(name, what, at)));
  await ask('deliver');
  if (stops) {
    await sleep(Math.random() * 10);
    await replicas.terminate(pick(replicas.running()));
    ends.stopped += 1;
    await replicas.start();
    await ask('deliver');
  }
  while ((await pending(db)) > 0) await sleep(2);
  await ask('rest');
}

const pick = (names: readonly string[]): string => names[Math.floor(Math.random() * names.length)] ?? '';

function verdict(given: {
  span: string;
  sent: readonly SentDigest[];
  moments: ReadonlyMap<number, readonly number[]>;
  down: Span;
}): Finding[] {
  const { span, sent, moments, down } = given;
  const byPerson = new Map<number, number[]>();
  for (const { userId, at } of sent) {
    const number = Number(userId.slice(4));
    byPerson.set(number, [...(byPerson.get(number) ?? []), at]);
  }
  let wrong = 0;
  let elsewhen = 0;
  let caughtUp = 0;
  let days = 0;
  for (const [number, expected] of moments) {
    const got = (byPerson.get(number) ?? []).sort((a, b) => a - b);
    days += expected.length;
    if (got.length !== expected.length) wrong += 1;
    expected.forEach((moment, index) => {
      const at = got[index] ?? 0;
      // Who is killed just before leaves its turn to others for two minutes.
      const wasDown = moment > down.from - LOOKS * MINUTE_MS && moment < down.to;
      if (moment > down.from && wasDown) caughtUp += 1;
      const latest = (wasDown ? down.to : moment) + LOOKS * MINUTE_MS;
      if (at < moment || at > latest) elsewhen += 1;
    });
  }
  return [
    finding(
      `${span}: one digest a person and local day on which they have one`,
      wrong === 0 && days > 0,
      `${days} digests of ${moments.size} people, ${wrong} people with more or fewer`,
    ),
    finding(
      `${span}: each at its hour, or after the ${DOWN_MINUTES} minutes in which nothing ran`,
      elsewhen === 0 && caughtUp > 0,
      `${elsewhen} at another time, ${caughtUp} caught up with`,
    ),
  ];
}
