import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, type Database } from '../../src/lib/database.ts';
import { sql } from '../../src/lib/sql.ts';
import { type Finding, finding, pending, tally, until } from './measure.ts';
import { plantNews, plantWorkspaces } from './plant.ts';
import { createReplicas, type Replicas } from './replicas.ts';
import { noTrouble, type StandIn, startStandIn } from './stand-ins.ts';

/** How long and how hard. */
export interface DeliveryPlan {
  /** How long a claim holds, in ms; the product's is 30 s */
  leaseMs: number;
  kills: number;
  /** Between two kills, in ms */
  killEveryMs: number;
  /** How long rates are measured, in s */
  rateSeconds: number;
}

export const fullDelivery: DeliveryPlan = { leaseMs: 30_000, kills: 50, killEveryMs: 1_500, rateSeconds: 70 };
export const shortDelivery: DeliveryPlan = { leaseMs: 2_000, kills: 4, killEveryMs: 500, rateSeconds: 5 };

type Say = (line: string) => void;

interface Stage {
  db: Database;
  standIn: StandIn;
  replicas: Replicas;
  plan: DeliveryPlan;
  say: Say;
}

/** Delivery under kills, stops, refusals and limits, each in an empty database. `fresh` gives one more of these. */
export async function proveDelivery(
  fresh: () => Promise<string>,
  plan: DeliveryPlan,
  say: Say = () => undefined,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const proof of [killed, recovered, terminated, limited]) {
    const databaseUrl = await fresh();
    const db = createDatabase({ url: databaseUrl, poolSize: 4 });
    const standIn = await startStandIn();
    const replicas = createReplicas(standIn, { databaseUrl, leaseMs: plan.leaseMs });
    try {
      say(proof.name);
      findings.push(...(await proof({ db, standIn, replicas, plan, say })));
    } finally {
      await replicas.stop();
      await standIn.close();
      await db.close();
    }
  }
  return findings;
}

/** What arrived of a replica, and was not yet written down when it was killed. */
async function inFlight({ db, standIn }: Stage, replica: string): Promise<number> {
  const marks = standIn.arrivals.filter((arrival) => arrival.replica === replica).map(({ mark }) => mark);
  const [row] = await db.rows<{ count: number }>(sql`SELECT count(*)::int AS count FROM notifications
    WHERE state = 'pending' AND data->>'by' = ANY (${marks}::text[])`);
  return row?.count ?? 0;
}

/** Replicas are killed under load, on a platform that errs: nothing is lost, and no more comes twice than was under way. */
async function killed(stage: Stage): Promise<Finding[]> {
  const { db, standIn, replicas, plan, say } = stage;
  const seconds = (plan.kills * plan.killEveryMs) / 1_000;
  const each = Math.ceil(Math.min(600, 15 + seconds * 9));
  const { workspaces } = await plantWorkspaces(db, { slack: 4, teams: 2, peopleEach: each });
  for (const workspace of workspaces) await plantNews(db, { workspace, count: each, batch: 'kill' });
  standIn.trouble = { ...noTrouble, throttle: 0.02, fail: 0.02, slow: 0.05 };
  for (let replica = 0; replica < 3; replica += 1) await replicas.start();
  let underWay = 0;
  for (let kill = 0; kill < plan.kills; kill += 1) {
    await sleep(plan.killEveryMs);
    const victim = replicas.running()[kill % replicas.running().length] ?? '';
    await replicas.kill(victim);
    underWay += await inFlight(stage, victim);
    await replicas.start();
  }
  standIn.trouble = noTrouble;
  const drained = await until(async () => (await pending(db)) === 0, plan.leaseMs + 120_000);
  const expected = workspaces.flatMap((workspace) =>
    Array.from({ length: each }, (_, index) => `mark-kill-${workspace}-${index + 1}`),
  );
  const { lost, duplicates } = tally(standIn.arrivals, expected);
  say(
    `${expected.length} messages, ${plan.kills} kills, ${underWay} sends under way at them, ${duplicates} twice`,
  );
  return [
    finding(
      `after ${plan.kills} kills nothing is lost`,
      drained && lost.length === 0,
      `${lost.length} of ${expected.length} lost`,
    ),
    finding(
      'no more comes twice than was under way at the kills',
      duplicates <= underWay,
      `${duplicates} twice, ${underWay} under way`,
    ),
  ];
}

/** A replica dies with all that it has claimed: the others have it within the lease and two seconds. */
async function recovered({ db, standIn, replicas, plan }: Stage): Promise<Finding[]> {
  const { workspaces } = await plantWorkspaces(db, { slack: 2, teams: 0, peopleEach: 12 });
  for (const workspace of workspaces) await plantNews(db, { workspace, count: 12, batch: 'lease' });
  // It claims all and is answered nothing.
  standIn.trouble = { ...noTrouble, silence: 1 };
  const victim = await replicas.start();
  const claimed = await until(async () => (await leased(db)) === 24, 10_000);
  await replicas.start();
  await replicas.kill(victim);
  const killedAt = Date.now();
  standIn.trouble = noTrouble;
  const drained = await until(async () => (await pending(db)) === 0, plan.leaseMs + 20_000);
  const last = Math.max(...standIn.arrivals.map(({ at }) => at));
  const seconds = (last - killedAt) / 1_000;
  return [
    finding(
      `what a killed replica had claimed is sent within its lease of ${plan.leaseMs / 1_000} s and 2 s more`,
      claimed && drained && seconds <= plan.leaseMs / 1_000 + 2,
      `${seconds.toFixed(1)} s`,
    ),
  ];
}

async function leased(db: Database): Promise<number> {
  const [row] = await db.rows<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM notifications WHERE lease_token IS NOT NULL`,
  );
  return row?.count ?? 0;
}

/** SIGTERM under load: what was begun is finished, and nothing comes twice. */
async function terminated({ db, standIn, replicas, plan }: Stage): Promise<Finding[]> {
  const rounds = Math.max(3, Math.round(plan.kills / 5));
  const each = 30 + rounds * 8;
  const { workspaces } = await plantWorkspaces(db, { slack: 4, teams: 0, peopleEach: each });
  for (const workspace of workspaces) await plantNews(db, { workspace, count: each, batch: 'term' });
  standIn.trouble = { ...noTrouble, slow: 0.2 };
  await replicas.start();
  await replicas.start();
  for (let round = 0; round < rounds; round += 1) {
    await sleep(700);
    const [oldest = ''] = replicas.running();
    await replicas.start();
    await replicas.terminate(oldest);
  }
  const drained = await until(async () => (await pending(db)) === 0, 120_000);
  const expected = workspaces.flatMap((workspace) =>
    Array.from({ length: each }, (_, index) => `mark-term-${workspace}-${index + 1}`),
  );
  const { lost, duplicates } = tally(standIn.arrivals, expected);
  return [
    finding(
      `${rounds} stops by SIGTERM under load send nothing twice and lose nothing`,
      drained && duplicates === 0 && lost.length === 0,
      `${duplicates} twice, ${lost.length} lost of ${expected.length}`,
    ),
  ];
}

/** One workspace lets nothing through: the others use what they are allowed, and hardly feel it. */
async function limited({ db, standIn, replicas, plan }: Stage): Promise<Finding[]> {
  const { rateSeconds } = plan;
  const each = Math.ceil(15 + (rateSeconds + 4) * 10 * 2 + 60);
  const { workspaces } = await plantWorkspaces(db, { slack: 3, teams: 0, peopleEach: each });
  const [stuck = '', ...others] = workspaces;
  for (const workspace of others) await plantNews(db, { workspace, count: each, batch: 'free' });
  for (let replica = 0; replica < 3; replica += 1) await replicas.start();
  const without = await rates(standIn, others, rateSeconds);
  standIn.throttled.set(stuck, 2);
  await plantNews(db, { workspace: stuck, count: each, batch: 'stuck' });
  await sleep(500);
  const beside = await rates(standIn, others, rateSeconds);
  // 525 a minute is what is published; the burst is spent by now.
  const share = without.persecond / others.length / (525 / 60);
  const slower = 1 - beside.persecond / without.persecond;
  const { beforeRetryAfter, tooFast } = standIn.counts;
  return [
    finding(
      'nothing is sent before Retry-After is over',
      beforeRetryAfter === 0,
      `${beforeRetryAfter} requests`,
    ),
    finding('the published limits are kept', tooFast === 0, `${tooFast} requests too fast`),
    finding('at least 0.95 of the allowed rate is used', share >= 0.95, share.toFixed(3)),
    finding(
      'a workspace throttled to nothing delays the others by under 5 %',
      slower < 0.05,
      `${(slower * 100).toFixed(1)} %`,
    ),
  ];
}

/** Messages a second to these workspaces, after what their bursts allow. */
async function rates(standIn: StandIn, workspaces: readonly string[], seconds: number) {
  await sleep(2_500);
  const count = (): number =>
    standIn.arrivals.filter(({ workspace }) => workspaces.includes(workspace)).length;
  const before = count();
  const started = performance.now();
  await sleep(seconds * 1_000);
  return { persecond: (count() - before) / ((performance.now() - started) / 1_000) };
}
