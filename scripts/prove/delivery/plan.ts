import type { Database } from '../../../src/lib/database.ts';
import type { Processes } from '../processes.ts';
import type { ReplicaInput } from '../replica.ts';
import { createReplicas } from '../replicas.ts';
import { type StandIn, type StandInOptions, startStandIn } from '../stand-ins.ts';

/** How long and how hard. */
export interface DeliveryPlan {
  /** How long a claim holds, in ms; the product's is 30 s */
  leaseMs: number;
  kills: number;
  /** Between two kills, in ms at most */
  killEveryMs: number;
  /** People of each workspace who get news meanwhile, and again when few of it is left */
  fed: number;
  replicas: number;
  /** As leaseMs, of the replica whose claims the others have to find */
  recoverLeaseMs: number;
  recoveries: number;
  /** How long after the end of a lease all must have been sent, in ms */
  recoverWithinMs: number;
  stops: number;
  /** Messages to each workspace while the platforms err in every way */
  troubledEach: number;
  /** How long a send that may have arrived is left alone, in ms; the product's own if left out */
  ambiguousMs?: number;
  /** How long rates are measured, in s, and how long before that bursts may pass, in ms */
  rateSeconds: number;
  burstsMs: number;
  /** How many times the published limits the platforms let through: 1, or more where processes stand still for moments */
  limits: number;
  /** How long after a refusal a request may still come that was under way, in ms */
  graceMs: number;
}

/** For proofs that are not about answers which never come: a process that stands still must not take one for lost that has come. */
export const patient = { apiTimeoutMs: 60_000 };

/** What each of the proofs works with. */
export interface Stage {
  databaseUrl: string;
  db: Database;
  plan: DeliveryPlan;
  say(line: string): void;
  atEnd(end: () => Promise<void>): void;
}

/** The platforms, and replicas that send to them; both end with the proof. */
export async function raise(
  stage: Stage,
  options: { platform?: StandInOptions; replicas?: Partial<ReplicaInput> } = {},
): Promise<{ standIn: StandIn; replicas: Processes }> {
  const { databaseUrl, plan, atEnd } = stage;
  const standIn = await startStandIn({ graceMs: plan.graceMs, limits: plan.limits, ...options.platform });
  atEnd(() => standIn.close());
  const { leaseMs, ambiguousMs } = plan;
  const replicas = createReplicas(standIn, {
    databaseUrl,
    leaseMs,
    ...(ambiguousMs === undefined ? {} : { ambiguousMs }),
    ...options.replicas,
  });
  atEnd(() => replicas.stop());
  return { standIn, replicas };
}
