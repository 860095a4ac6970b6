import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from '../../../src/lib/sql.ts';
import { type Finding, finding, pending, tally, until } from '../measure.ts';
import { plantWorkspaces } from '../plant.ts';
import type { StandIn } from '../stand-ins.ts';
import { createFeeder } from './feed.ts';
import { patient, raise, type Stage } from './plan.ts';

/** Of a hundred messages; none of these may make the product send one twice. */
const TROUBLE = { throttled: 2, unavailable: 3, slow: 10 };

/** A kill: what was claimed at it and not written down yet. */
interface Kill {
  victim: string;
  claimed: ReadonlySet<string>;
}

/** Replicas are killed under load, on platforms that err: nothing is lost, and only what was under way comes twice. */
export async function killed(stage: Stage): Promise<Finding[]> {
  const { db, plan, say } = stage;
  const { standIn, replicas } = await raise(stage, { replicas: patient });
  const { workspaces } = await plantWorkspaces(db, { slack: 4, teams: 2, peopleEach: plan.fed });
  const feeder = createFeeder(db, { workspaces, people: plan.fed });
  standIn.meet(TROUBLE);
  await feeder.feed();
  for (let replica = 0; replica < plan.replicas; replica += 1) await replicas.start();
  const kills: Kill[] = [];
  for (let kill = 0; kill < plan.kills; kill += 1) {
    await sleep(Math.random() * plan.killEveryMs);
    await feeder.feed();
    const [victim = ''] = replicas.running();
    // Every third comes when it comes; the others wait for a message that has arrived and was not answered.
    if (kill % 3 !== 2) await until(() => standIn.open(victim) > 0, 10_000, 2);
    await replicas.kill(victim, async () => {
      kills.push({ victim, claimed: await claimedMarks(stage) });
    });
    await replicas.start();
  }
  standIn.meet({});
  const drained = await until(async () => (await pending(db)) === 0, plan.leaseMs + 120_000);
  const { lost, times } = tally(standIn.arrivals, feeder.marks);
  const underWay = underWayAt(kills, standIn);
  const duplicates = [...times].map(([mark, count]) => ({ mark, more: count - 1 }));
  const twice = duplicates.reduce((sum, { more }) => sum + more, 0);
  const unexplained = duplicates.filter(({ mark, more }) => more > (underWay.get(mark) ?? 0));
  const all = [...underWay.values()].reduce((sum, count) => sum + count, 0);
  say(`${feeder.marks.length} messages, ${plan.kills} kills, ${all} sends under way at them, ${twice} twice`);
  return [
    finding(
      `after ${plan.kills} kills nothing is lost`,
      drained && lost.length === 0,
      `${lost.length} of ${feeder.marks.length.toLocaleString('en')} lost`,
    ),
    finding(
      'the kills hit sends',
      all >= plan.kills / 2,
      `${all} sends were under way at ${plan.kills} kills`,
    ),
    finding(
      'what comes twice was under way at a kill, each as often as it was',
      twice <= all && unexplained.length === 0,
      `${twice} twice, ${unexplained.length} of them not under way`,
    ),
  ];
}

async function claimedMarks({ db }: Stage): Promise<Set<string>> {
  const rows = await db.rows<{ mark: string }>(
    sql`SELECT data->>'by' AS mark FROM notifications WHERE state = 'pending' AND lease_token IS NOT NULL`,
  );
  return new Set(rows.map(({ mark }) => mark));
}

/** How often each message had arrived, or was arriving, from a replica that was killed before it wrote that down. */
function underWayAt(kills: readonly Kill[], { arrivals }: StandIn): Map<string, number> {
  const claimedBy = new Map(kills.map(({ victim, claimed }) => [victim, claimed]));
  const found = new Map<string, number>();
  for (const { replica, mark, unheard } of arrivals) {
    if (unheard || claimedBy.get(replica)?.has(mark)) found.set(mark, (found.get(mark) ?? 0) + 1);
  }
  return found;
}
