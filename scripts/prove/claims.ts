import { monotonicFactory } from 'ulid';
import { createDatabase } from '../../src/lib/database.ts';
import { createNotificationQueue } from '../../src/lib/delivery-queues.ts';
import { sql } from '../../src/lib/sql.ts';
import { type Finding, finding, median } from './measure.ts';
import { plantNews, plantWorkspaces } from './plant.ts';

export interface ClaimsPlan {
  waiting: number;
  finished: number;
  claims: number;
}

export const fullClaims: ClaimsPlan = { waiting: 10_000, finished: 1_000_000, claims: 80 };
export const shortClaims: ClaimsPlan = { waiting: 3_000, finished: 60_000, claims: 20 };

/** Rows a claim, as the product's workers have it. */
const BATCH = 100;

/** How long a claim takes with nothing but what waits in the table, and behind what was finished long ago. */
export async function proveClaims(databaseUrl: string, plan: ClaimsPlan): Promise<Finding[]> {
  const db = createDatabase({ url: databaseUrl, poolSize: 2, statementTimeoutMs: 600_000 });
  try {
    await plantWorkspaces(db, { slack: 1, teams: 0, peopleEach: plan.waiting });
    const queue = createNotificationQueue({ db, clock: () => new Date(), newId: monotonicFactory() });

    const measure = async (): Promise<number> => {
      const times: number[] = [];
      for (let claim = 0; claim < plan.claims; claim += 1) {
        const begun = performance.now();
        const rows = await queue.claim(BATCH);
        times.push(performance.now() - begun);
        await queue.settle(
          rows.map((row) => ({ row, outcome: 'retry', at: new Date(0), costsAttempt: false })),
        );
      }
      return median(times);
    };

    await plantNews(db, { workspace: 's0', count: plan.waiting, batch: 'wait' });
    await db.rows(sql`ANALYZE`);
    await measure();
    const before = await measure();
    // Ids that sort before the others, as older ones do; spread over all people.
    await db.rows(sql`INSERT INTO notifications (id, organization_id, recipient_id, kind, dedupe_key, state, sent_at, next_attempt_at, created_at)
      SELECT '0-' || n, 'proof', 's0-p' || (1 + n % ${plan.waiting}::int), 'joined', '0-' || n, 'sent', now(), now() - interval '1 day', now() - interval '1 day'
      FROM generate_series(1, ${plan.finished}::int) n`);
    await db.rows(sql`ANALYZE`);
    await measure();
    const behind = await measure();
    const ratio = behind / before;
    return [
      finding(
        `a claim of ${BATCH} from ${plan.waiting.toLocaleString('en')} waiting behind ${plan.finished.toLocaleString('en')} finished takes at most twice as long`,
        ratio <= 2,
        `${before.toFixed(1)} ms and ${behind.toFixed(1)} ms, ${ratio.toFixed(2)} times`,
      ),
    ];
  } finally {
    await db.close();
  }
}
