import type { Clock, NewId } from '../core/ports.ts';
import type { Database } from './database.ts';
import { rawSql, type Sql, sql } from './sql.ts';

/** What every claimed row has. */
export interface LeasedRow {
  id: string;
  leaseToken: string;
  attempts: number;
}

/** What became of a row; see jobs/ports.ts. */
export interface SettledRow<Row> {
  row: Row;
  outcome: 'done' | 'skipped' | 'held' | 'dead' | 'forgotten' | 'retry';
  messageId?: string;
  reason?: string;
  at?: Date;
  costsAttempt?: boolean;
  heldFor?: string;
}

export interface LeaseQueueDeps {
  db: Pick<Database, 'rows'>;
  clock: Clock;
  newId: NewId;
  /** How long a claim holds without being renewed, in ms: after a crash its rows come up again then. */
  leaseMs?: number;
}

/** What differs between the queues. */
export interface LeaseQueueTable<Raw extends LeasedRow, Row extends LeasedRow> {
  name: 'notifications' | 'task_cards' | 'card_replies' | 'app_homes' | 'audit_outbox';
  /** Which rows wait, besides their time: the condition of the table's partial index, on `q`. */
  waiting: Sql;
  /** What a claim reads besides id, lease and attempts, from `q` and `joins`. */
  columns: Sql;
  joins?: Sql;
  read(raw: Raw): Row;
  /** What else a settled row gets (`, column = …`), from `q` and the settlement `s`. */
  set?: Sql;
  /** Time of the next try and tries so far, where they are not simply what the settlement says. */
  again?: Sql;
  /** Outcomes after which the row is deleted */
  deleted: readonly SettledRow<Row>['outcome'][];
  /** What else of the claimed row or its settlement `set` needs in `s`: columns with their types. */
  echo?: { columns: Sql; of(settled: SettledRow<Row>): object };
  /** Where rows are due that the first place has left room for: names of further expressions with an `id` each. */
  further?(limits: { now: Date; limit: number }): { expressions: Sql; name: Sql };
}

const LEASE_MS = 30_000;
const LONGEST_REASON = 500;
const AGAIN = rawSql('next_attempt_at = coalesce(s.at, q.next_attempt_at), attempts = q.attempts + s.cost');

/**
 * The lease that all queues share. `next_attempt_at` is both when a row is due and when its lease ends, so a crashed
 * worker's rows come up again by themselves; `lease_token` names the claim, so a worker that lost its lease changes
 * nothing. One statement a batch, never one a row. Replicas compare times: their clocks must agree within seconds.
 */
export function createLeaseQueue<Raw extends LeasedRow, Row extends LeasedRow>(
  deps: LeaseQueueDeps,
  table: LeaseQueueTable<Raw, Row>,
) {
  const { db, clock } = deps;
  const leaseMs = deps.leaseMs ?? LEASE_MS;
  const name = rawSql(table.name);
  /** Ends of the leases that this process holds, by row and claim. */
  const held = new Map<string, { id: string; token: string; until: number }>();
  const keyOf = (row: LeasedRow): string => `${row.leaseToken} ${row.id}`;

  function abandon(rows: readonly LeasedRow[]): void {
    for (const row of rows) held.delete(keyOf(row));
  }

  async function claim(limit: number): Promise<Row[]> {
    const now = clock();
    const until = new Date(now.getTime() + leaseMs);
    const token = deps.newId();
    const further = table.further?.({ now, limit });
    // An array and no join: the planner can't know the limit, and must never choose to read the whole table.
    const raw = await db.rows<Raw>(sql`WITH due AS MATERIALIZED (
        SELECT q.id FROM ${name} q WHERE ${table.waiting} AND q.next_attempt_at <= ${now}
        ORDER BY q.next_attempt_at, q.id LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)
      ${further ? sql`, ${further.expressions}` : rawSql('')},
      q AS (UPDATE ${name} q SET lease_token = ${token}, next_attempt_at = ${until}
        WHERE q.id = ANY (ARRAY(SELECT id FROM due
          ${further ? sql`UNION ALL SELECT id FROM ${further.name}` : rawSql('')})) RETURNING q.*)
      SELECT q.id, q.lease_token AS "leaseToken", q.attempts, ${table.columns}
      FROM q ${table.joins ?? rawSql('')} ORDER BY q.id`);
    for (const row of raw) held.set(keyOf(row), { id: row.id, token, until: until.getTime() });
    return raw.map((row) => table.read(row));
  }

  async function settle(settlements: readonly SettledRow<Row>[]): Promise<number> {
    const ended = settlements.filter(({ outcome }) => table.deleted.includes(outcome));
    const kept = settlements.filter(({ outcome }) => !table.deleted.includes(outcome));
    const deleted = ended.length > 0 ? await db.rows(deleteOf(ended)) : [];
    const changed = kept.length > 0 ? await db.rows(updateOf(kept)) : [];
    abandon(settlements.map(({ row }) => row));
    return deleted.length + changed.length;
  }

  function deleteOf(settlements: readonly SettledRow<Row>[]): Sql {
    const rows = settlements.map(({ row }) => ({ id: row.id, token: row.leaseToken }));
    return sql`DELETE FROM ${name} q USING jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s(id text, token text)
      WHERE ${named(rows)} AND q.id = s.id AND q.lease_token = s.token RETURNING 1`;
  }

  function updateOf(settlements: readonly SettledRow<Row>[]): Sql {
    const rows = settlements.map((settled) => ({
      id: settled.row.id,
      token: settled.row.leaseToken,
      outcome: settled.outcome,
      at: settled.at,
      cost: settled.costsAttempt ? 1 : 0,
      reason: settled.reason?.slice(0, LONGEST_REASON),
      message: settled.messageId,
      now: clock(),
      ...table.echo?.of(settled),
    }));
    const echo = table.echo ? sql`, ${table.echo.columns}` : rawSql('');
    return sql`UPDATE ${name} q SET lease_token = NULL,
        error = coalesce(s.reason, CASE WHEN s.outcome = 'retry' THEN q.error END),
        ${table.again ?? AGAIN} ${table.set ?? rawSql('')}
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s(id text, token text, outcome text,
        at timestamptz, cost int, reason text, message text, now timestamptz ${echo})
      WHERE ${named(rows)} AND q.id = s.id AND q.lease_token = s.token RETURNING 1`;
  }

  async function renew(): Promise<void> {
    if (held.size === 0) return;
    const until = new Date(clock().getTime() + leaseMs);
    const rows = [...held.values()];
    const renewed = await db.rows<{
      id: string;
      token: string;
    }>(sql`UPDATE ${name} q SET next_attempt_at = ${until}
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s(id text, token text)
      WHERE ${named(rows)} AND q.id = s.id AND q.lease_token = s.token RETURNING q.id, s.token`);
    const kept = new Set(renewed.map(({ id, token }) => `${token} ${id}`));
    for (const { id, token } of rows) {
      const lease = held.get(`${token} ${id}`);
      if (lease && kept.has(`${token} ${id}`)) lease.until = until.getTime();
      else held.delete(`${token} ${id}`);
    }
  }

  return {
    claim,
    settle,
    renew,
    abandon,
    holds: (row: Row): boolean => (held.get(keyOf(row))?.until ?? 0) > clock().getTime(),
  };
}

/** Says what the join says already: so the planner, who can't know how many rows come, looks them up by their key. */
const named = (rows: readonly { id: string }[]): Sql => sql`q.id = ANY (${rows.map(({ id }) => id)})`;
