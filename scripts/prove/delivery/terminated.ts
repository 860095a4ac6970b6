import { type Finding, finding, pending, tally, until } from '../measure.ts';
import { plantWorkspaces } from '../plant.ts';
import { createFeeder } from './feed.ts';
import { patient, raise, type Stage } from './plan.ts';
import { leased } from './recovered.ts';

/** SIGTERM under load: what was begun is finished, the rest is put back, and nothing comes twice. */
export async function terminated(stage: Stage): Promise<Finding[]> {
  const { db, plan } = stage;
  const { standIn, replicas } = await raise(stage, { replicas: patient });
  const { workspaces } = await plantWorkspaces(db, { slack: 3, teams: 1, peopleEach: plan.fed });
  const feeder = createFeeder(db, { workspaces, people: plan.fed });
  standIn.meet({ slow: 20 });
  await feeder.feed();
  for (let replica = 0; replica < 2; replica += 1) await replicas.start();
  let underWay = 0;
  let unclean = 0;
  for (let stop = 1; stop <= plan.stops; stop += 1) {
    await feeder.feed();
    const [oldest = ''] = replicas.running();
    await until(() => standIn.open(oldest) > 0, 10_000, 2);
    underWay += standIn.open(oldest);
    if ((await replicas.terminate(oldest)) !== 0) unclean += 1;
    if (stop < plan.stops) await replicas.start();
  }
  // With nobody left, nothing may stay claimed: it would wait for the end of its lease.
  for (const name of replicas.running()) await replicas.terminate(name);
  const left = await leased(db);
  await replicas.start();
  const drained = await until(async () => (await pending(db)) === 0, 120_000);
  const { lost, times } = tally(standIn.arrivals, feeder.marks);
  const twice = [...times.values()].filter((count) => count > 1).length;
  const all = feeder.marks.length.toLocaleString('en');
  return [
    finding(
      `${plan.stops} stops by SIGTERM under load send nothing twice and lose nothing`,
      drained && twice === 0 && lost.length === 0 && underWay >= plan.stops / 2,
      `${twice} twice, ${lost.length} lost of ${all}; ${underWay} sends were under way at the stops`,
    ),
    finding(
      'who is stopped ends by itself, and leaves nothing claimed',
      unclean === 0 && left === 0,
      `${unclean} ended otherwise, ${left} claimed`,
    ),
  ];
}
