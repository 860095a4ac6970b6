import { monotonicFactory } from 'ulid';
import { createDatabase } from '../../../src/lib/database.ts';
import { sql } from '../../../src/lib/sql.ts';
import { dueDigests } from '../../../src/services/due-digests.ts';
import { localJobs } from '../../prove/local.ts';
import { plantWorkspaces } from '../../prove/plant.ts';
import { serveChild } from '../child.ts';

export interface DigestsMeasured {
  people: number;
  /** Digests that were found, counted and written, a second */
  computed: number;
  /** Digests that were drawn and sent, a second */
  drained: number;
  /** Most that the process held more than before, in MB */
  memory: number;
}

/** 08:00 in Berlin on a Tuesday */
const EIGHT = new Date('2026-11-24T07:00:00Z');
const TASKS_EACH = 5;
/** A claim takes some digests of each. */
const WORKSPACES = 10;

await serveChild(async ({ url }: { url: string }) => ({
  ready: undefined,
  answers: { measure: (people) => measure(url, people as number) },
}));

/** Everybody in one zone, each with work that is due: the worst minute of a day. */
async function measure(url: string, people: number): Promise<DigestsMeasured> {
  const db = createDatabase({ url, statementTimeoutMs: 600_000 });
  const newId = monotonicFactory();
  let now = new Date(EIGHT.getTime() - 60_000);
  let sent = 0;
  const jobs = localJobs(db, {
    clock: () => now,
    newId,
    sent: () => {
      sent += 1;
    },
  });
  await plantWorkspaces(db, { slack: WORKSPACES, teams: 0, peopleEach: people / WORKSPACES });
  await db.rows(sql`UPDATE persons SET time_zone = 'Europe/Berlin'`);
  await db.rows(
    sql`INSERT INTO statuses (id, organization_id, name, category, position) VALUES ('todo', 'proof', 'To do', 'todo', 1)`,
  );
  // Reached nowhere: or one person would have a digest of everybody's tasks.
  await db.rows(
    sql`INSERT INTO persons (id, organization_id, name) VALUES ('proof-maker', 'proof', 'Maker')`,
  );
  await db.rows(sql`INSERT INTO tasks (id, organization_id, number, title, due_at, status_id, status_changed_by_id, created_by_id)
    SELECT 't' || n, 'proof', n, 'Look at it', ${EIGHT}::timestamptz + (n % 40 - 20) * interval '1 hour', 'todo', 'proof-maker', 'proof-maker'
    FROM generate_series(1, ${people * TASKS_EACH}::int) n`);
  await db.rows(sql`INSERT INTO task_assignees (task_id, person_id, assigned_by_id)
    SELECT 't' || (person.n + k * ${people}::int), person.id, 'proof-maker' FROM generate_series(0, ${TASKS_EACH - 1}::int) k,
      (SELECT person_id AS id, row_number() OVER (ORDER BY person_id) AS n FROM chat_accounts) person`);
  await db.rows(sql`VACUUM ANALYZE`);

  const digests = dueDigests({ db, newId });
  const signal = new AbortController().signal;
  await digests.run(now, signal);
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  now = new Date(EIGHT.getTime() + 1_000);
  const begun = performance.now();
  const made = await digests.run(now, signal);
  const computed = made / ((performance.now() - begun) / 1_000);
  const draining = performance.now();
  await jobs.drain();
  const drained = sent / ((performance.now() - draining) / 1_000);
  clearInterval(watch);
  await jobs.stop();
  await db.close();
  return { people, computed, drained, memory: (most - before) / 1e6 };
}
