import type { Clock } from '../core/ports.ts';
import type { Database } from './database.ts';
import { sql } from './sql.ts';

/** `burst` messages at once, then one every `everyMs`. */
interface BudgetKey {
  key: string;
  pace: { everyMs: number; burst: number };
}

interface Ask {
  workspace: BudgetKey;
  channel: BudgetKey;
}

/** How long after its last message a key's time may lie ahead while it still may send: that makes the burst. */
const slackOf = ({ pace }: BudgetKey): number => pace.everyMs * (pace.burst - 1);

/**
 * Pacing for all replicas together, by the generic cell rate algorithm: a key holds only the time at which all that
 * was let through is paid for. Nothing is reserved for what has to wait, so a flood to one channel takes no room from
 * the rest of its workspace, and a message that just came is not behind thousands that wait.
 */
export function createSendBudget({ db, clock }: { db: Pick<Database, 'rows'>; clock: Clock }) {
  /** Workspaces' keys that stand in the table. */
  const standing = new Set<string>();

  /** Of a key that does not stand there yet nobody can hold the row: replicas that ask at once would each get its burst. */
  async function ensure(asks: readonly Ask[]): Promise<void> {
    const missing = [...new Set(asks.map(({ workspace }) => workspace.key))].filter(
      (key) => !standing.has(key),
    );
    if (missing.length === 0) return;
    await db.rows(sql`INSERT INTO send_budgets (key, free_at) SELECT unnest(${missing}::text[]), ${clock()}::timestamptz
      ON CONFLICT (key) DO NOTHING`);
    for (const key of missing) standing.add(key);
  }

  return {
    async reserve(asks: readonly Ask[]): Promise<(Date | undefined)[]> {
      if (asks.length === 0) return [];
      await ensure(asks);
      const rows = asks.map(({ workspace, channel }, position) => ({
        position,
        w: workspace.key,
        wEvery: workspace.pace.everyMs,
        wSlack: slackOf(workspace),
        c: channel.key,
        cEvery: channel.pace.everyMs,
        cSlack: slackOf(channel),
      }));
      const answers = await db.rows<{ position: number; at: Date | null }>(
        reserveOf(JSON.stringify(rows), clock()),
      );
      const times: (Date | undefined)[] = asks.map(() => undefined);
      for (const { position, at } of answers) times[position] = at ?? undefined;
      return times;
    },

    async block(keys: readonly BudgetKey[], until: Date): Promise<void> {
      // Past `until` by the burst: the first message after the pause goes alone.
      const rows = keys.map((key) => ({ key: key.key, at: new Date(until.getTime() + slackOf(key)) }));
      await db.rows(sql`INSERT INTO send_budgets (key, free_at)
        SELECT key, max(at) FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s(key text, at timestamptz)
        GROUP BY key ORDER BY key
        ON CONFLICT (key) DO UPDATE SET free_at = greatest(send_budgets.free_at, excluded.free_at)`);
    },
  };
}

/**
 * One statement: it locks the keys, gives each ask its place in its channel and, where the channel has room, in its
 * workspace, and moves the keys by what was let through. Those that must wait get the time at which their place is
 * free as far as one can tell now. Times are ms since 1970.
 */
const reserveOf = (asks: string, now: Date) => sql`WITH
  ask AS (SELECT *, ${now.getTime()}::float8 AS now FROM jsonb_to_recordset(${asks}::jsonb)
    AS a(position int, w text, "wEvery" float8, "wSlack" float8, c text, "cEvery" float8, "cSlack" float8)),
  held AS MATERIALIZED (SELECT key, extract(epoch FROM free_at)::float8 * 1000 AS free FROM send_budgets
    WHERE key = ANY (ARRAY(SELECT w FROM ask UNION SELECT c FROM ask)) ORDER BY key FOR UPDATE),
  in_channel AS (SELECT ask.*, greatest(coalesce(held.free, 0), now)
      + "cEvery" * (row_number() OVER (PARTITION BY c ORDER BY position) - 1) AS "cAt"
    FROM ask LEFT JOIN held ON held.key = c),
  in_workspace AS (SELECT in_channel.*, "cAt" <= now + "cSlack" AS room, greatest(coalesce(held.free, 0), now)
      + "wEvery" * (row_number() OVER (PARTITION BY w, "cAt" <= now + "cSlack" ORDER BY position) - 1) AS "wAt"
    FROM in_channel LEFT JOIN held ON held.key = w),
  answer AS (SELECT *, room AND "wAt" <= now + "wSlack" AS go FROM in_workspace),
  taken AS (INSERT INTO send_budgets (key, free_at)
    SELECT key, to_timestamp(max(at) / 1000) FROM (
      SELECT w AS key, "wAt" + "wEvery" AS at FROM answer WHERE go
      UNION ALL SELECT c, "cAt" + "cEvery" FROM answer WHERE go) paid
    GROUP BY key ORDER BY key
    ON CONFLICT (key) DO UPDATE SET free_at = greatest(send_budgets.free_at, excluded.free_at))
  SELECT position, to_timestamp(ceil(greatest("cAt" - "cSlack", CASE WHEN room THEN "wAt" - "wSlack" ELSE 0 END)) / 1000) AS at
  FROM answer WHERE NOT go`;
