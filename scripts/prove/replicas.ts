import { createProcesses, type Processes } from './processes.ts';
import type { ReplicaInput } from './replica.ts';
import type { StandIn } from './stand-ins.ts';

/** The product's */
const API_TIMEOUT_MS = 5_000;
/** The product's */
const LEASE_MS = 30_000;

/** Processes of the product's delivery on one database, which send to a stand-in. */
export function createReplicas(
  standIn: StandIn,
  options: { databaseUrl: string } & Partial<ReplicaInput>,
): Processes {
  return createProcesses({
    file: 'replica.ts',
    inputOf: (name): ReplicaInput => ({
      leaseMs: LEASE_MS,
      apiTimeoutMs: API_TIMEOUT_MS,
      paced: true,
      ...options,
      name,
      slackUrl: standIn.slackUrl(name),
      teamsUrl: standIn.teamsUrl(name),
    }),
  });
}
