import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { monotonicFactory } from 'ulid';
import { createDatabase } from '../../src/lib/database.ts';
import { sql } from '../../src/lib/sql.ts';
import { localJobs } from './local.ts';
import { type Finding, finding } from './measure.ts';
import { plantNews, plantWorkspaces } from './plant.ts';

export interface MemoryPlan {
  seconds: number;
  /** Messages a round */
  round: number;
}

export const fullMemory: MemoryPlan = { seconds: 600, round: 2_000 };
export const shortMemory: MemoryPlan = { seconds: 8, round: 500 };

/** What a process holds after so much load, beside what it held when it was warm. */
export async function proveMemory(databaseUrl: string, plan: MemoryPlan): Promise<Finding[]> {
  const db = createDatabase({ url: databaseUrl, poolSize: 6 });
  let sent = 0;
  const jobs = localJobs(db, {
    clock: () => new Date(),
    newId: monotonicFactory(),
    sent: () => {
      sent += 1;
    },
  });
  try {
    await plantWorkspaces(db, { slack: 1, teams: 0, peopleEach: plan.round });
    const started = performance.now();
    const ends = started + plan.seconds * 1_000;
    const warm = started + plan.seconds * 200;
    let before = 0;
    for (let round = 0; performance.now() < ends; round += 1) {
      await plantNews(db, { workspace: 's0', count: plan.round, batch: `m${round}` });
      await jobs.drain();
      await db.rows(sql`DELETE FROM notifications WHERE state = 'sent'`);
      if (before === 0 && performance.now() > warm) before = held();
    }
    const after = held();
    const growth = after / before - 1;
    return [
      finding(
        `${plan.seconds} s of load: memory grows by less than 5 %`,
        sent > 0 && growth < 0.05,
        `${mb(before)} MB when warm, ${mb(after)} MB after ${sent.toLocaleString('en')} messages, ${(growth * 100).toFixed(1)} %`,
      ),
    ];
  } finally {
    await jobs.stop();
    await db.close();
  }
}

/** Bytes in use once nothing more can be thrown away. */
function held(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 4; round += 1) collect();
  return process.memoryUsage().heapUsed;
}

const mb = (bytes: number): string => (bytes / 1e6).toFixed(1);
