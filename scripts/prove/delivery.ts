import { createDatabase } from '../../src/lib/database.ts';
import { killed } from './delivery/killed.ts';
import { limited } from './delivery/limited.ts';
import type { DeliveryPlan, Stage } from './delivery/plan.ts';
import { recovered } from './delivery/recovered.ts';
import { terminated } from './delivery/terminated.ts';
import { troubled } from './delivery/troubled.ts';
import type { Finding } from './measure.ts';

export const fullDelivery: DeliveryPlan = {
  leaseMs: 30_000,
  ...{ kills: 50, killEveryMs: 1_000, fed: 120, replicas: 3 },
  ...{ recoverLeaseMs: 30_000, recoveries: 3, recoverWithinMs: 2_000 },
  stops: 10,
  troubledEach: 150,
  ...{ rateSeconds: 70, burstsMs: 4_000, graceMs: 300, limits: 1 },
};
/** Everything is smaller, and what only a quiet machine can show is given more room. */
export const shortDelivery: DeliveryPlan = {
  leaseMs: 12_000,
  ...{ kills: 3, killEveryMs: 200, fed: 40, replicas: 2 },
  ...{ recoverLeaseMs: 5_000, recoveries: 1, recoverWithinMs: 12_000 },
  stops: 2,
  troubledEach: 28,
  ambiguousMs: 1_000,
  ...{ rateSeconds: 4, burstsMs: 500, graceMs: 1_500, limits: 1.5 },
};

const proofs = { killed, troubled, recovered, terminated, limited };

/** Delivery under kills, troubles, stops and limits, each in an empty database, or one of them. `fresh` gives one more database. */
export async function proveDelivery(
  fresh: () => Promise<string>,
  plan: DeliveryPlan,
  { say = () => undefined, only }: { say?: (line: string) => void; only?: string | undefined } = {},
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [name, proof] of Object.entries(proofs)) {
    if (only && only !== name) continue;
    const databaseUrl = await fresh();
    const db = createDatabase({ url: databaseUrl, poolSize: 4 });
    const ends: (() => Promise<void>)[] = [() => db.close()];
    const stage: Stage = { databaseUrl, db, plan, say, atEnd: (end) => ends.unshift(end) };
    const begun = performance.now();
    try {
      findings.push(...(await proof(stage)));
    } finally {
      for (const end of ends) await end();
    }
    say(`${name}: ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
  }
  return findings;
}
