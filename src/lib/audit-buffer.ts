import { AppError } from '../core/errors.ts';
import type { AuditRecord, Clock, Log, NewId } from '../core/ports.ts';
import type { Database } from './database.ts';
import { toJson } from './json.ts';
import { sql } from './sql.ts';

export interface AuditBufferDeps {
  db: Pick<Database, 'rows'>;
  clock: Clock;
  newId: NewId;
  log: Log;
  /** How long records are gathered, in ms */
  flushMs?: number;
  /** How many are kept while PostgreSQL is away */
  max?: number;
  /** Told after records were written: wakes the relay. */
  written?: () => void;
}

/** Collects the audit records of what changes nothing (queries, refusals, failures), off the way of the answer. */
export interface AuditBuffer {
  add(record: AuditRecord): void;
  /** Writes what is there, one try. Never throws: what could not be written stays. */
  flush(): Promise<void>;
  /** Writes the rest; what can't be written then is counted in the log. */
  close(): Promise<void>;
}

const BATCH = 500;
/** The longest pause between tries while PostgreSQL is away, in ms. */
const LONGEST_PAUSE_MS = 5_000;

export function createAuditBuffer(deps: AuditBufferDeps): AuditBuffer {
  const { log } = deps;
  const flushMs = deps.flushMs ?? 50;
  const max = deps.max ?? 10_000;
  const waiting: AuditRecord[] = [];
  let dropped = 0;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let closed = false;

  function schedule(): void {
    if (closed || waiting.length === 0) return;
    const pause = Math.min(LONGEST_PAUSE_MS, flushMs * 2 ** Math.min(failures, 10));
    timer ??= setTimeout(() => {
      timer = undefined;
      void flush();
    }, pause);
  }

  function flush(): Promise<void> {
    running ??= writeAll().finally(() => {
      running = undefined;
      schedule();
    });
    return running;
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH);
      try {
        await insert(batch);
      } catch (error) {
        if (isAway(error)) return wait(batch, error);
        if (!(await insertEach(batch))) return;
      }
      deps.written?.();
      if (failures > 0) recovered();
    }
  }

  function wait(batch: readonly AuditRecord[], error: unknown): void {
    keep(batch);
    failures += 1;
    if (failures === 1)
      log.warn({ err: error, waiting: waiting.length }, 'audit records wait for PostgreSQL');
  }

  /** One record that the database refuses must not keep the others from being written. */
  async function insertEach(batch: readonly AuditRecord[]): Promise<boolean> {
    for (const [index, record] of batch.entries()) {
      try {
        await insert([record]);
      } catch (error) {
        if (isAway(error)) {
          wait(batch.slice(index), error);
          return false;
        }
        log.error(
          { err: error, id: record.id, action: record.action },
          'the database refuses an audit record',
        );
      }
    }
    return true;
  }

  function recovered(): void {
    log.info({ waiting: waiting.length, dropped }, 'audit records are written again');
    if (dropped > 0)
      log.error(
        { dropped },
        'audit records of queries and failures were lost: PostgreSQL was away for too long',
      );
    failures = 0;
    dropped = 0;
  }

  /**
   * The connection may have broken after the commit, and the relay may have sealed, put and deleted those rows. The
   * same ids would then be sealed a second time, with other hashes: new ones make it a repeated entry, not a broken chain.
   */
  function keep(batch: readonly AuditRecord[]): void {
    waiting.unshift(...batch.map((record) => ({ ...record, id: deps.newId() })));
    while (waiting.length > max) drop();
  }

  function drop(): void {
    waiting.pop();
    dropped += 1;
  }

  async function insert(batch: readonly AuditRecord[]): Promise<void> {
    const rows = batch.map((body) => ({ id: body.id, actor: body.actor, at: body.at, body }));
    await deps.db.rows(sql`INSERT INTO audit_outbox (id, actor, at, body, next_attempt_at)
      SELECT r.id, r.actor, r.at, r.body, ${deps.clock()}
      FROM jsonb_to_recordset(${toJson(rows)}::jsonb) AS r(id text, actor text, at timestamptz, body jsonb)
      ON CONFLICT (id) DO NOTHING`);
  }

  return {
    add(record) {
      waiting.push(record);
      if (waiting.length > max) drop();
      schedule();
    },
    flush,
    async close() {
      clearTimeout(timer);
      await running;
      closed = true;
      clearTimeout(timer);
      await flush();
      const lost = waiting.length + dropped;
      if (lost > 0) log.error({ lost }, 'audit records of queries and failures were lost at the stop');
    },
  };
}

function isAway(error: unknown): boolean {
  return error instanceof AppError && error.code === 'database_unavailable';
}
