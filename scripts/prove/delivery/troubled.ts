import { sql } from '../../../src/lib/sql.ts';
import type { Fate } from '../fates.ts';
import { type Finding, finding, pending, tally, until } from '../measure.ts';
import { plantNews, plantWorkspaces } from '../plant.ts';
import { raise, type Stage } from './plan.ts';

const TROUBLE = {
  ...{ slow: 5, throttled: 5, unavailable: 5, failed: 3 },
  ...{ failedAfterSending: 5, silent: 3, silentAfterSending: 5 },
};

/** Platforms that err in every way: nothing is lost, and twice comes only what nobody knew had arrived. */
export async function troubled(stage: Stage): Promise<Finding[]> {
  const { db, plan } = stage;
  const { standIn, replicas } = await raise(stage);
  const count = plan.troubledEach;
  const { workspaces } = await plantWorkspaces(db, { slack: 2, teams: 2, peopleEach: count });
  const marks: string[] = [];
  for (const workspace of workspaces)
    marks.push(...(await plantNews(db, { workspace, count, batch: 'trouble' })));
  standIn.meet(TROUBLE);
  for (let replica = 0; replica < plan.replicas; replica += 1) await replicas.start();
  const drained = await until(async () => (await pending(db)) === 0, 600_000);
  const listed = await db.rows<{ mark: string; error: string }>(
    sql`SELECT data->>'by' AS mark, error FROM notifications WHERE state = 'dead'`,
  );
  const kept = new Set(
    listed.flatMap(({ mark, error }) => (error.startsWith('may have been sent') ? [mark] : [])),
  );
  const { lost, times } = tally(standIn.arrivals, marks);
  const unheard = new Map<string, number>();
  for (const { mark, ...arrival } of standIn.arrivals)
    if (arrival.unheard) unheard.set(mark, (unheard.get(mark) ?? 0) + 1);
  const twice = [...times.values()].reduce((sum, time) => sum + time - 1, 0);
  const unexplained = [...times].filter(([mark, time]) => time - 1 > Math.min(1, unheard.get(mark) ?? 0));
  const drawn = Object.entries(standIn.counts.fates) as [Fate, number][];
  const words = drawn.map(([fate, times]) => `${fate} ${times}`).join(', ');
  return [
    finding(
      'each kind of trouble is met with',
      drawn.every(([, times]) => times > 0),
      words,
    ),
    finding(
      'platforms that err: nothing is lost, and what may not have arrived stands in `delivery`',
      drained && lost.every((mark) => kept.has(mark)),
      `${lost.length} of ${marks.length} never arrived, ${lost.filter((mark) => kept.has(mark)).length} of them are listed`,
    ),
    finding(
      'platforms that err: what comes twice had no answer, and comes no third time',
      unexplained.length === 0 && [...times.values()].every((time) => time <= 2),
      `${twice} twice, ${unexplained.length} of them although it had been answered`,
    ),
    finding(
      'platforms that err: nothing is sent before Retry-After is over',
      standIn.counts.beforeRetryAfter === 0,
      `${standIn.counts.beforeRetryAfter} requests, after ${standIn.counts.fates.throttled} refusals`,
    ),
  ];
}
