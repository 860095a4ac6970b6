import type { Database } from '../../../src/lib/database.ts';
import { sql } from '../../../src/lib/sql.ts';
import { type Finding, finding, pending, tally, until } from '../measure.ts';
import { plantNews, plantWorkspaces } from '../plant.ts';
import { patient, raise, type Stage } from './plan.ts';

/** No more than a burst, so that pacing has no part in it */
const EACH = 10;

/** A replica dies with all that it has claimed: the others have sent it within the lease and two seconds. */
export async function recovered(stage: Stage): Promise<Finding[]> {
  const { db, plan, say } = stage;
  const { standIn, replicas } = await raise(stage, {
    replicas: { ...patient, leaseMs: plan.recoverLeaseMs },
  });
  const { workspaces } = await plantWorkspaces(db, { slack: 2, teams: 1, peopleEach: EACH });
  const all = workspaces.length * EACH;
  const times: number[] = [];
  const marks: string[] = [];
  let hit = 0;
  let drained = true;
  for (let round = 0; round < plan.recoveries; round += 1) {
    standIn.meet({ silent: 100 });
    const victim = await replicas.start();
    for (const workspace of workspaces)
      marks.push(...(await plantNews(db, { workspace, count: EACH, batch: `lease${round}` })));
    await until(() => standIn.open(victim) === all, 20_000);
    for (let other = 1; other < plan.replicas; other += 1) await replicas.start();
    const claimed = await leased(db);
    hit += standIn.open(victim) === all && claimed === all ? 1 : 0;
    await replicas.kill(victim);
    const killedAt = Date.now();
    standIn.meet({});
    drained &&= await until(
      async () => (await pending(db)) === 0,
      plan.recoverLeaseMs + plan.recoverWithinMs + 30_000,
    );
    times.push((Math.max(killedAt, ...standIn.arrivals.map(({ at }) => at)) - killedAt) / 1_000);
    say(`recovered after ${times.at(-1)?.toFixed(1)} s`);
    for (const name of replicas.running()) await replicas.terminate(name);
  }
  const { lost, times: arrived } = tally(standIn.arrivals, marks);
  const longest = Math.max(...times);
  const bound = (plan.recoverLeaseMs + plan.recoverWithinMs) / 1_000;
  const clean = lost.length === 0 && [...arrived.values()].every((count) => count === 1);
  return [
    finding(
      `what a killed replica had claimed is sent, once, within its lease of ${plan.recoverLeaseMs / 1_000} s and ${plan.recoverWithinMs / 1_000} s more`,
      hit === plan.recoveries && drained && clean && longest <= bound,
      `${times.map((time) => time.toFixed(1)).join(', ')} s; ${lost.length} lost; ${hit} of ${plan.recoveries} held all ${all} when they were killed`,
    ),
  ];
}

export async function leased(db: Database): Promise<number> {
  const [row] = await db.rows<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM notifications WHERE lease_token IS NOT NULL`,
  );
  return row?.count ?? 0;
}
