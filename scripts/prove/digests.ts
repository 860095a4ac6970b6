import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, type Database } from '../../src/lib/database.ts';
import { sql } from '../../src/lib/sql.ts';
import {
  type DigestPeople,
  DOWN_MINUTES,
  downtimeOf,
  expectedOf,
  type Lived,
  LOOKS,
  looksOf,
  plantDays,
  readPeople,
  type Span,
} from './digest-days.ts';
import type { DigestReplicaInput, SentDigest } from './digest-replica.ts';
import { type Finding, finding, pending, until } from './measure.ts';
import { createProcesses, type Processes } from './processes.ts';
import { CHANGES_2026, changesOutside, MINUTE_MS, SPAN_MS, ZONES } from './zones.ts';

export interface DigestsPlan extends DigestPeople {
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
  kill: 20,
  stop: 20,
};

const REPLICAS = 3;

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
    // Each second time as soon as somebody is at it.
    if (Math.random() < 0.5) await sleep(Math.random() * 25);
    else await until(() => isLooking(db), 100, 1);
    await replicas.kill(pick(replicas.running()));
    ends.killed += 1;
    await Promise.all(looking);
    if (await isLooking(db)) ends.killedAtWork += 1;
    await replicas.start();
  }
  await Promise.all(looking);
}

async function isLooking(db: Database): Promise<boolean> {
  const [mark] = await db.rows<{ held: boolean }>(
    sql`SELECT holder IS NOT NULL AS held FROM schedule_marks WHERE name = 'digests'`,
  );
  return mark?.held ?? false;
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
  if (!(await until(async () => (await pending(db)) === 0, 120_000, 2)))
    throw new Error('digests that are due stay unsent');
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
