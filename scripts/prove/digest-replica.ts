import { monotonicFactory } from 'ulid';
import { createDatabase } from '../../src/lib/database.ts';
import { dueDigests } from '../../src/services/due-digests.ts';
import { localJobs } from './local.ts';
import { serve } from './processes.ts';

export interface DigestReplicaInput {
  databaseUrl: string;
}

/** A digest that arrived, as the platform's end tells. */
export interface SentDigest {
  userId: string;
  at: number;
}

/** Often enough that no claim waits for the next one */
const WAKE_MS = 3;

const { databaseUrl } = JSON.parse(process.argv[2] ?? '{}') as DigestReplicaInput;
const db = createDatabase({ url: databaseUrl, poolSize: 4, statementTimeoutMs: 120_000 });
const newId = monotonicFactory();
let now = 0;
const clock = () => new Date(now);
const stopping = new AbortController();
const digests = dueDigests({ db, newId });
const wakes: (() => void)[] = [];
const jobs = localJobs(db, {
  ...{ clock, newId },
  sent: (userId) => process.send?.({ userId, at: now } satisfies SentDigest),
  on: (topic, wake) => {
    if (topic === 'notifications') wakes.push(wake);
  },
  // Simulated time does not pass by itself: it looks when it is told to.
  worker: { pollMs: 3_600_000, restMs: 0 },
});
jobs.start();
let waking: NodeJS.Timeout | undefined;

serve({
  answers: {
    look: async (at: number) => {
      now = at;
      return digests.run(clock(), stopping.signal);
    },
    deliver: (at: number) => {
      now = at;
      waking ??= setInterval(() => {
        for (const wake of wakes) wake();
      }, WAKE_MS);
    },
    rest: () => {
      clearInterval(waking);
      waking = undefined;
    },
  },
  async stop() {
    stopping.abort();
    clearInterval(waking);
    await jobs.stop();
    await db.close();
  },
});
