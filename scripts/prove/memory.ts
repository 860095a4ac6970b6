import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, type Database } from '../../src/lib/database.ts';
import { sql } from '../../src/lib/sql.ts';
import { type Finding, finding, median, pending } from './measure.ts';
import type { HeldMemory } from './memory-held.ts';
import { plantNews, plantWorkspaces } from './plant.ts';
import { createReplicas } from './replicas.ts';
import { startStandIn } from './stand-ins.ts';

export interface MemoryPlan {
  /** Ends after so long, or so many messages */
  seconds: number;
  messages: number;
  /** Share of the load after which the process is warm */
  warm: number;
  /** Share of which the first and the last measurements are taken the median */
  window: number;
  /** How much JavaScript's heap may grow */
  heap: number;
  /** How much the whole process may grow, if that is asked */
  resident?: number;
}

export const fullMemory: MemoryPlan = {
  ...{ seconds: 600, messages: Number.POSITIVE_INFINITY, warm: 0.2, window: 0.1 },
  ...{ heap: 0.05, resident: 0.05 },
};
/** What so young a process takes from the system still moves; a leak of 3 KB a message is found in its heap. */
export const shortMemory: MemoryPlan = { seconds: 90, messages: 2_400, warm: 0.4, window: 0.1, heap: 0.05 };

const PEOPLE = 60;
const WORKSPACES = { slack: 3, teams: 1 };
const ROUND = 4 * PEOPLE;
/** Every so many rounds are digests instead of news. */
const DIGESTS = 4;

/** What a replica holds after so much load on both platforms, beside what it held when it was warm. */
export async function proveMemory(
  databaseUrl: string,
  plan: MemoryPlan,
  say: (line: string) => void = () => undefined,
): Promise<Finding[]> {
  const db = createDatabase({ url: databaseUrl, poolSize: 3 });
  const standIn = await startStandIn({ limits: 'none', remembers: false });
  const replicas = createReplicas(standIn, { databaseUrl, paced: false, apiTimeoutMs: 60_000 });
  const samples: (HeldMemory & { share: number })[] = [];
  let sent = 0;
  try {
    const { workspaces } = await plantWorkspaces(db, { ...WORKSPACES, peopleEach: PEOPLE });
    await plantTasks(db);
    const replica = await replicas.start();
    const started = performance.now();
    const share = (): number =>
      Math.max((performance.now() - started) / 1_000 / plan.seconds, sent / plan.messages);
    for (let round = 0; share() < 1; round += 1) {
      if (round % DIGESTS === DIGESTS - 1) await plantDigests(db, round);
      else
        for (const workspace of workspaces)
          await plantNews(db, { workspace, count: PEOPLE, batch: `m${round}` });
      while ((await pending(db)) > 0) await sleep(10);
      sent += ROUND;
      await db.rows(sql`DELETE FROM notifications`);
      const held = await replicas.ask<HeldMemory>(replica, 'memory');
      if (!held) throw new Error('the replica ended under load');
      samples.push({ ...held, share: share() });
      if (round % 80 === 0) say(`${sent} messages: ${mb(held.heap)} MB heap, ${mb(held.resident)} MB in all`);
    }
  } finally {
    await replicas.stop();
    await standIn.close();
    await db.close();
  }
  const answered = standIn.counts.fates.answered;
  const seconds = plan.seconds < Number.POSITIVE_INFINITY && plan.resident !== undefined;
  const load = seconds ? `${plan.seconds} s of load` : `${plan.messages} messages`;
  const found = (name: 'heap' | 'resident', most: number, words: string): Finding => {
    const of = (from: number, to: number) =>
      median(samples.filter((one) => one.share >= from && one.share <= to).map((one) => one[name]));
    const before = of(plan.warm, plan.warm + plan.window);
    const after = of(1 - plan.window, Number.POSITIVE_INFINITY);
    const growth = after / before - 1;
    return finding(
      `${load}: ${words} grows by less than ${most * 100} %`,
      // What is written down as sent has to have arrived.
      before > 0 && growth < most && answered >= sent,
      `${mb(before)} MB when warm, ${mb(after)} MB after ${sent.toLocaleString('en')} messages, ${(growth * 100).toFixed(1)} %`,
    );
  };
  return [
    found('heap', plan.heap, 'the heap of JavaScript'),
    ...(plan.resident === undefined ? [] : [found('resident', plan.resident, 'the whole process')]),
  ];
}

/** Each person has a few tasks that are due. */
async function plantTasks(db: Database): Promise<void> {
  await db.rows(
    sql`INSERT INTO statuses (id, organization_id, name, category, position) VALUES ('todo', 'proof', 'To do', 'todo', 1)`,
  );
  await db.rows(
    sql`INSERT INTO persons (id, organization_id, name) VALUES ('proof-maker', 'proof', 'Maker')`,
  );
  await db.rows(sql`INSERT INTO tasks (id, organization_id, number, title, due_at, status_id, status_changed_by_id, created_by_id)
    SELECT p.id || '-t' || k, 'proof', row_number() OVER (), 'Look at it', now() - interval '1 day', 'todo', 'proof-maker', 'proof-maker'
    FROM persons p, generate_series(1, 3) k WHERE p.id <> 'proof-maker'`);
  await db.rows(sql`INSERT INTO task_assignees (task_id, person_id, assigned_by_id)
    SELECT p.id || '-t' || k, p.id, 'proof-maker' FROM persons p, generate_series(1, 3) k WHERE p.id <> 'proof-maker'`);
}

async function plantDigests(db: Database, round: number): Promise<void> {
  await db.rows(sql`INSERT INTO notifications (id, organization_id, recipient_id, kind, data, dedupe_key, lane, next_attempt_at, created_at)
    SELECT ${`d${round}-`} || a.person_id, 'proof', a.person_id, 'digest', jsonb_build_object('date', '2026-01-01', 'instant', now(),
        'since', now() - interval '1 day', 'dayEnd', now() + interval '1 day'),
      ${`d${round}-`} || a.person_id, a.workspace_id, now(), now() FROM chat_accounts a`);
}

const mb = (bytes: number): string => (bytes / 1e6).toFixed(1);
