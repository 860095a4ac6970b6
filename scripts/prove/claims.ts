import { monotonicFactory } from 'ulid';
import { createDatabase, type Database } from '../../src/lib/database.ts';
import { createNotificationQueue } from '../../src/lib/delivery-queues.ts';
import { sql } from '../../src/lib/sql.ts';
import { type Finding, finding, median, onQuietMachine } from './measure.ts';
import { plantNews, plantWorkspaces } from './plant.ts';

export interface ClaimsPlan {
  waiting: number;
  finished: number;
  /** Rows a claim */
  batch: number;
  claims: number;
}

/** As the product's workers claim */
export const fullClaims: ClaimsPlan = { waiting: 10_000, finished: 1_000_000, batch: 100, claims: 100 };
/** So few rows a claim that reading past what is finished could not hide among them */
export const shortClaims: ClaimsPlan = { waiting: 1_000, finished: 40_000, batch: 10, claims: 20 };

interface Cost {
  ms: number;
  /** Pages of the table and its indexes that were looked at */
  pages: number;
}

/** What a claim costs with nothing but what waits in the table, and behind what was finished long ago. */
export async function proveClaims(databaseUrl: string, plan: ClaimsPlan): Promise<Finding[]> {
  // One connection: PostgreSQL counts pages by connection.
  const db = createDatabase({ url: databaseUrl, poolSize: 1, statementTimeoutMs: 600_000 });
  try {
    await plantWorkspaces(db, { slack: 1, teams: 0, peopleEach: plan.waiting });
    await plantNews(db, { workspace: 's0', count: plan.waiting, batch: 'wait' });
    const before = await costOf(db, plan);
    // Ids that sort before the others, as older ones do; spread over all people.
    await db.rows(sql`INSERT INTO notifications (id, organization_id, recipient_id, kind, dedupe_key, state, sent_at, next_attempt_at, created_at)
      SELECT '0-' || n, 'proof', 's0-p' || (1 + n % ${plan.waiting}::int), 'joined', '0-' || n, 'sent', now(), now() - interval '1 day', now() - interval '1 day'
      FROM generate_series(1, ${plan.finished}::int) n`);
    const behind = await costOf(db, plan);
    const what = `a claim of ${plan.batch} from ${plan.waiting.toLocaleString('en')} waiting behind ${plan.finished.toLocaleString('en')} finished`;
    const ratio = (name: keyof Cost): number => behind[name] / before[name];
    return [
      finding(
        `${what} looks at no more than twice as many pages`,
        before.pages > 0 && ratio('pages') <= 2,
        `${before.pages} and ${behind.pages} pages, ${ratio('pages').toFixed(2)} times`,
      ),
      onQuietMachine(
        finding(
          `${what} takes at most twice as long`,
          ratio('ms') <= 2,
          `${before.ms.toFixed(1)} ms and ${behind.ms.toFixed(1)} ms, ${ratio('ms').toFixed(2)} times`,
        ),
      ),
    ];
  } finally {
    await db.close();
  }
}

/** Medians over claims of a queue that goes round: what was claimed waits behind the others again. */
async function costOf(db: Database, { batch, claims }: ClaimsPlan): Promise<Cost> {
  const clock = () => new Date();
  const queue = createNotificationQueue({ db, clock, newId: monotonicFactory() });
  // As autovacuum leaves it: it must not come in between.
  await db.rows(sql`VACUUM ANALYZE notifications`);
  const costs: Cost[] = [];
  // The first tenth warms up.
  for (let claim = -claims / 10; claim < claims; claim += 1) {
    const pages = await pagesSoFar(db);
    const begun = performance.now();
    const rows = await queue.claim(batch);
    const ms = performance.now() - begun;
    if (rows.length !== batch) throw new Error(`${rows.length} rows were claimed instead of ${batch}`);
    if (claim >= 0) costs.push({ ms, pages: (await pagesSoFar(db)) - pages });
    await queue.settle(rows.map((row) => ({ row, outcome: 'retry', at: clock(), costsAttempt: false })));
  }
  return { ms: median(costs.map(({ ms }) => ms)), pages: median(costs.map(({ pages }) => pages)) };
}

async function pagesSoFar(db: Database): Promise<number> {
  await db.rows(sql`SELECT pg_stat_force_next_flush()`);
  const [row] = await db.rows<{
    pages: number;
  }>(sql`SELECT (heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read)::int AS pages
    FROM pg_statio_user_tables WHERE relname = 'notifications'`);
  return row?.pages ?? 0;
}
