import { seal } from '../core/audit-chain.ts';
import {
  AuditConflictError,
  type AuditLog,
  type Clock,
  type Log,
  type SealedAuditRecord,
} from '../core/ports.ts';
import { backoffMs } from './backoff.ts';
import type { AuditQueue, ClaimedAuditRow, CountEvent, Settlement, UnsealedChain, Wait } from './ports.ts';
import { createSettler } from './settler.ts';
import type { Job, Taken } from './worker.ts';

export interface RelayAuditDeps {
  queue: AuditQueue;
  log: Log;
  auditLog: Pick<AuditLog, 'append'>;
  clock: Clock;
  count: CountEvent;
  random?: () => number;
  wait?: Wait;
}

/** Records sealed at once */
const SEAL_BATCH = 500;
/** Rounds of sealing before a claim: the rest is sealed before the next. */
const SEAL_ROUNDS = 20;
/** Never given up: what stands in PostgreSQL must come to stand in the log. */
const BACKOFF = { firstMs: 1_000, longestMs: 60_000 };
const WARN_EVERY_MS = 60_000;

/**
 * Brings audit rows into DynamoDB in two steps, each of which may be repeated. First they are sealed into their actor's
 * chain, in PostgreSQL: from then on number and hash are fixed, so a repeated put is the same put and parallel relays
 * can't fork a chain. Then they are put, and deleted here.
 */
export function createRelayAudit(deps: RelayAuditDeps): Job {
  const { queue, auditLog, clock, log, count, random = Math.random } = deps;
  let failures = 0;
  let pausedUntil = 0;
  let warnedAt = Number.NEGATIVE_INFINITY;
  const settler = createSettler<Settlement<ClaimedAuditRow>>({
    ...(deps.wait ? { wait: deps.wait } : {}),
    log,
    async write(results) {
      const written = await queue.settle(results);
      if (written < results.length) count('audit', 'lost', results.length - written);
    },
    refused: ({ row }) => later(row, 'what became of it could not be written'),
  });

  async function take(limit: number): Promise<Taken> {
    for (let round = 0; round < SEAL_ROUNDS && (await sealSome()); round += 1);
    if (clock().getTime() < pausedUntil) return { claimed: 0, tasks: [] };
    const rows = await queue.claim(limit);
    if (rows.length === 0) return { claimed: 0, tasks: [] };
    count('audit', 'claimed', rows.length);
    const release = (): Promise<void> => settler.settle(rows.map(released));
    return { claimed: rows.length, tasks: [{ run: () => relay(rows), release }] };
  }

  /** Whether something was sealed, so that there may be more. */
  async function sealSome(): Promise<boolean> {
    const chains = await queue.unsealed(SEAL_BATCH);
    const sealed = chains.flatMap((before) => {
      const records = sealChain(before);
      return records ? [{ before, sealed: records }] : [];
    });
    return sealed.length > 0 && (await queue.storeSealed(sealed)) > 0;
  }

  function sealChain(chain: UnsealedChain): SealedAuditRecord[] | undefined {
    try {
      return seal(chain.records, chain.head);
    } catch (error) {
      log.error({ err: error, actor: chain.actor }, 'audit records can not be sealed');
      return undefined;
    }
  }

  async function relay(rows: readonly ClaimedAuditRow[]): Promise<Date | undefined> {
    try {
      await auditLog.append(rows.map(({ record }) => record));
      if (failures > 0) log.info({ rows: rows.length }, 'the audit log is written again');
      failures = 0;
      await settler.settle(rows.map(done));
      count('audit', 'done', rows.length);
      return undefined;
    } catch (error) {
      if (error instanceof AuditConflictError) return keepRefused(rows, error);
      return relayOneByOne(rows, error);
    }
  }

  /** The log says which it refuses: all others are put. */
  async function keepRefused(
    rows: readonly ClaimedAuditRow[],
    error: AuditConflictError,
  ): Promise<undefined> {
    const refused = new Set(error.records.map(({ id }) => id));
    const left = rows.filter(({ record }) => refused.has(record.id));
    const put = rows.filter(({ record }) => !refused.has(record.id));
    failures = 0;
    log.error({ err: error, ids: left.map(({ id }) => id) }, 'the audit log refuses records');
    await settler.settle([...put.map(done), ...left.map((row) => later(row, messageOf(error)))]);
    count('audit', 'done', put.length);
    count('audit', 'retried', left.length);
  }

  /** The log is away; or it refuses one record, which must not keep the others from being put. */
  async function relayOneByOne(rows: readonly ClaimedAuditRow[], error: unknown): Promise<Date | undefined> {
    const [first, ...others] = rows;
    if (!first || others.length === 0 || !(await appends(first))) return pause(rows, error);
    await settler.settle([done(first)]);
    const left: ClaimedAuditRow[] = [];
    for (const row of others) {
      if (await appends(row)) await settler.settle([done(row)]);
      else left.push(row);
    }
    count('audit', 'done', rows.length - left.length);
    if (left.length > 0)
      log.error({ err: error, ids: left.map(({ id }) => id) }, 'the audit log refuses records');
    await settler.settle(left.map((row) => later(row, messageOf(error))));
    return undefined;
  }

  async function appends(row: ClaimedAuditRow): Promise<boolean> {
    try {
      await auditLog.append([row.record]);
      return true;
    } catch {
      return false;
    }
  }

  async function pause(rows: readonly ClaimedAuditRow[], error: unknown): Promise<Date> {
    failures += 1;
    const until = clock().getTime() + backoffMs(failures, BACKOFF, random);
    pausedUntil = until;
    await warn(error);
    count('audit', 'retried', rows.length);
    await settler.settle(rows.map((row) => later(row, messageOf(error))));
    return new Date(until);
  }

  async function warn(error: unknown): Promise<void> {
    const now = clock().getTime();
    if (now - warnedAt < WARN_EVERY_MS) return;
    warnedAt = now;
    const backlog = await queue.backlog().catch(() => undefined);
    const ageMs = backlog?.oldest ? now - backlog.oldest.getTime() : undefined;
    log.warn({ err: error, rows: backlog?.rows, ageMs }, 'the audit log can not be written: its rows wait');
  }

  /** Each at a time of its own, so that the next batch is another one. */
  function later(row: ClaimedAuditRow, reason: string): Settlement<ClaimedAuditRow> {
    const at = new Date(clock().getTime() + backoffMs(row.attempts + 1, BACKOFF, random));
    return { row, outcome: 'retry', at, costsAttempt: true, reason };
  }

  const done = (row: ClaimedAuditRow): Settlement<ClaimedAuditRow> => ({ row, outcome: 'done' });
  const released = (row: ClaimedAuditRow): Settlement<ClaimedAuditRow> => ({
    row,
    outcome: 'retry',
    at: clock(),
    costsAttempt: false,
  });

  return { queue: 'audit', take, renew: queue.renew, close: settler.close };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
