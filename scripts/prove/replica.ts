import { monotonicFactory } from 'ulid';
import type { Platform } from '../../src/core/action.ts';
import type { Log, Messenger } from '../../src/core/ports.ts';
import { createJobs } from '../../src/jobs/index.ts';
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
import { encryptionKey } from './plant.ts';

/** What a replica is started with. */
export interface ReplicaInput {
  databaseUrl: string;
  slackUrl: string;
  teamsUrl: string;
  /** How long a claim holds, in ms */
  leaseMs: number;
}

const input = JSON.parse(process.argv[2] ?? '{}') as ReplicaInput;
const nothing = (): void => undefined;
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
  apiTimeoutMs: 3_000,
});
const teams = createTeamsAdapter({
  ...common,
  credentials: 'none',
  serviceUrls: [input.teamsUrl],
  apiTimeoutMs: 3_000,
});
const queue = { db, clock, newId, leaseMs: input.leaseMs };
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
  worker: { renewMs: input.leaseMs / 3 },
  clock,
  log,
});

process.once('SIGTERM', async () => {
  await jobs.stop();
  await db.close();
  process.exit(0);
});
// Whoever started it is gone.
process.once('disconnect', () => process.exit(0));
jobs.start();
process.send?.('started');
