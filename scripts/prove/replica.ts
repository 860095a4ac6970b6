import { monotonicFactory } from 'ulid';
import type { Platform } from '../../src/core/action.ts';
import type { Log, Messenger } from '../../src/core/ports.ts';
import { deliveryRetries } from '../../src/jobs/delivery.ts';
import { createJobs, type Paces } from '../../src/jobs/index.ts';
import { createAuditQueue } from '../../src/lib/audit-queue.ts';
import { createDatabase } from '../../src/lib/database.ts';
import { createCardQueue, createNotificationQueue, createReplyQueue } from '../../src/lib/delivery-queues.ts';
import { createRetention } from '../../src/lib/retention.ts';
import { createSecretBox } from '../../src/lib/secrets.ts';
import { createSendBudget } from '../../src/lib/send-budget.ts';
import { createWorkspaces } from '../../src/lib/workspaces.ts';
import { outboxRenderers } from '../../src/outbox-renderers.ts';
import { createSlackAdapter } from '../../src/slack/app.ts';
import { createTeamsAdapter } from '../../src/teams/bot.ts';
import { heldMemory } from './memory-held.ts';
import { encryptionKey } from './plant.ts';
import { serve } from './processes.ts';

/** What a replica is started with. */
export interface ReplicaInput {
  name: string;
  databaseUrl: string;
  slackUrl: string;
  teamsUrl: string;
  /** How long a claim holds, in ms */
  leaseMs: number;
  /** How long it waits for a platform's answer, in ms */
  apiTimeoutMs: number;
  /** How long a send that may have arrived is left alone, in ms; the product's own if left out */
  ambiguousMs?: number;
  /** Paced as the product is, or as fast as it goes */
  paced: boolean;
}

const input = JSON.parse(process.argv[2] ?? '{}') as ReplicaInput;
const nothing = (): void => undefined;

// Addresses on Teams keep the URL of the replica that wrote first: the stand-in has to know who writes now.
const plainFetch = globalThis.fetch;
globalThis.fetch = (url, init) => {
  if (!String(url).includes('/teams/')) return plainFetch(url, init);
  const headers = new Headers(init?.headers);
  headers.set('x-replica', input.name);
  return plainFetch(url, { ...init, headers });
};

const log: Log = { debug: nothing, info: nothing, warn: nothing, error: console.error };
const clock = () => new Date();
const newId = monotonicFactory();
const db = createDatabase({ url: input.databaseUrl, poolSize: 6 });
const workspaces = createWorkspaces({
  ...{ db, clock, newId, log },
  secretBox: createSecretBox(encryptionKey),
  organizationName: 'Proof',
});
const dispatch = Object.assign(
  async () => {
    throw new Error('nobody asks for anything here');
  },
  { opensForm: () => false, understands: () => false, languageOf: () => 'en' as const },
);
const refuse = async (): Promise<never> => {
  throw new Error('nothing is drawn here');
};
const common = {
  ...{ dispatch, workspaces, log, clock, newId },
  pictures: { draw: refuse },
  files: { make: refuse },
  cardThreads: { isCard: async () => false, revive: refuse },
  conversations: { renamed: refuse, ended: refuse, left: refuse },
};
const slack = createSlackAdapter({
  ...common,
  signingSecret: 'none',
  apiUrl: input.slackUrl,
  apiTimeoutMs: input.apiTimeoutMs,
});
const teams = createTeamsAdapter({
  ...common,
  credentials: 'none',
  serviceUrls: [input.teamsUrl],
  apiTimeoutMs: input.apiTimeoutMs,
});
const queue = { db, clock, newId, leaseMs: input.leaseMs };
const open = { everyMs: 0.001, burst: 1_000_000 };
const wideOpen: Record<Platform, Paces> = {
  slack: { workspace: open, channel: open },
  teams: { workspace: open, channel: open },
};
const jobs = createJobs({
  notifications: createNotificationQueue(queue),
  cards: createCardQueue(queue),
  replies: createReplyQueue(queue),
  audit: createAuditQueue(queue),
  budget: createSendBudget({ db, clock }),
  retention: createRetention({ db }),
  messengers: new Map<Platform, Messenger>([
    ['slack', slack.messenger],
    ['teams', teams.messenger],
  ]),
  auditLog: { append: async () => undefined },
  ...outboxRenderers({ db, clock, newId }),
  scheduled: [],
  signals: { on: nothing },
  worker: { renewMs: input.leaseMs / 3, ...(input.paced ? {} : { restMs: 0, pollMs: 50 }) },
  ...(input.paced ? {} : { paces: wideOpen }),
  ...(input.ambiguousMs === undefined
    ? {}
    : { retries: { ...deliveryRetries, ambiguousMs: input.ambiguousMs } }),
  clock,
  log,
});

jobs.start();
serve({
  answers: { memory: heldMemory },
  async stop() {
    await jobs.stop();
    await db.close();
  },
});
