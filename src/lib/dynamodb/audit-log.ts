import { AppError } from '../../core/errors.ts';
import {
  AuditConflictError,
  type AuditLog,
  type AuditPage,
  type AuditQuery,
  type Clock,
  type SealedAuditRecord,
} from '../../core/ports.ts';
import { cursorFor, readCursor } from './audit-cursor.ts';
import { auditItemOf, reviewPartitions, sortKeyOf } from './audit-items.ts';
import { mergeNewestFirst, newestFirst, type Partition, type Span, take } from './audit-streams.ts';
import { type Dynamo, isConditionFailed } from './client.ts';

export interface AuditLogOptions {
  dynamo: Dynamo;
  clock: Clock;
  /** Puts under way at once, asked for each batch; 16 when absent */
  concurrency?: () => number;
}

const dayMs = 86_400_000;
/** How far back an organisation's review goes when nobody says from when. */
const reviewDays = 7;
/** Days that one page of a review looks through: 31 × 4 short queries fit into the time that chat has. */
const mostDaysAPage = 31;
const mostRecordsAPage = 1_000;
/** Clocks of two replicas differ by less. */
const clockSkewMs = 300_000;
/** What sorts before and behind every time; a key can't be empty. */
const beginningOfTime = '0';
const endOfTime = '~';

/** The audit log in DynamoDB; see the port. Reads throw AppError audit_unavailable, invalid_arguments for a bad cursor. */
export function createAuditLog(options: AuditLogOptions): AuditLog {
  const { dynamo, clock } = options;
  return {
    append: (records) => append(dynamo, records, options.concurrency?.() ?? 16),
    byActor: (actor, query) => readPage(dynamo, { attribute: 'actor', value: actor }, query),
    byTarget: (target, query) =>
      readPage(dynamo, { index: 'by_target', attribute: 'target', value: target }, query),
    byOrganization: (organizationId, query) => readReview(dynamo, organizationId, query, clock()),
  };
}

/**
 * Puts one by one, for BatchWriteItem knows no conditions. A conflict keeps no other record from being put; a store
 * that is away ends the attempt at once.
 */
async function append(
  dynamo: Dynamo,
  records: readonly SealedAuditRecord[],
  concurrency: number,
): Promise<void> {
  const queue = records.values();
  const conflicts: SealedAuditRecord[] = [];
  let away = false;
  async function work(): Promise<void> {
    for (const record of queue) {
      if (away) return;
      try {
        if ((await putOnce(dynamo, record)) === 'conflict') conflicts.push(record);
      } catch (error) {
        away = true;
        throw error;
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, records.length) }, work));
  if (conflicts.length > 0) throw new AuditConflictError(conflicts);
}

async function putOnce(dynamo: Dynamo, record: SealedAuditRecord): Promise<'stands' | 'conflict'> {
  const Item = auditItemOf(record);
  const TableName = dynamo.tables.auditLogs;
  try {
    await dynamo.put({ TableName, Item, ConditionExpression: 'attribute_not_exists(actor)' });
    return 'stands';
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    const Key = { actor: Item.actor, at: Item.at };
    const existing = await dynamo.get({ TableName, Key, ConsistentRead: true });
    return existing?.hash === record.hash ? 'stands' : 'conflict';
  }
}

async function readPage(dynamo: Dynamo, partition: Partition, query: AuditQuery): Promise<AuditPage> {
  const scope = `${partition.attribute}:${partition.value}`;
  const limit = limitOf(query);
  const span = spanOf(query, scope);
  const stream = newestFirst(dynamo, partition, { ...span, pageSize: limit + 1 });
  return pageOf(await unlessAway(take(stream, limit + 1)), { limit, scope });
}

/** Day by day backwards, each day merged from its partitions. A page may be short, or empty, and still have a next one. */
async function readReview(
  dynamo: Dynamo,
  organizationId: string,
  query: AuditQuery,
  now: Date,
): Promise<AuditPage> {
  const scope = `organization:${organizationId}`;
  const limit = limitOf(query);
  const from = query.from ?? new Date((query.to ?? now).getTime() - reviewDays * dayMs);
  const span = spanOf({ ...query, from }, scope);
  const records: SealedAuditRecord[] = [];
  let day = lastDayOf(span, now);
  const furthest = addDays(day, -mostDaysAPage);
  while (day >= dayOf(span.after) && records.length <= limit) {
    if (day === furthest) return { records, cursor: cursorFor(scope, `${addDays(day, 1)}T00:00:00.000Z`) };
    const pageSize = limit + 1 - records.length;
    const streams = reviewPartitions(organizationId, day).map((value) =>
      newestFirst(dynamo, { index: 'by_organization', attribute: 'orgDay', value }, { ...span, pageSize }),
    );
    records.push(...(await unlessAway(take(mergeNewestFirst(streams), pageSize))));
    day = addDays(day, -1);
  }
  return pageOf(records, { limit, scope });
}

function spanOf(query: AuditQuery, scope: string): Span {
  const to = query.to?.toISOString() ?? endOfTime;
  const cursor = query.cursor === undefined ? endOfTime : readCursor(scope, query.cursor);
  return { after: query.from?.toISOString() ?? beginningOfTime, before: earlier(cursor, to) };
}

function lastDayOf(span: Span, now: Date): string {
  const newest = new Date(now.getTime() + clockSkewMs).toISOString();
  return dayOf(earlier(span.before, newest));
}

/** Of one record more than asked for only this is kept: that there is a next page. */
function pageOf(read: SealedAuditRecord[], { limit, scope }: { limit: number; scope: string }): AuditPage {
  const records = read.slice(0, limit);
  const last = records.at(-1);
  if (read.length <= limit || !last) return { records };
  return { records, cursor: cursorFor(scope, sortKeyOf(last)) };
}

async function unlessAway<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    throw new AppError('audit_unavailable', { cause });
  }
}

function limitOf({ limit }: AuditQuery): number {
  return Math.min(Math.max(1, Math.trunc(limit)), mostRecordsAPage);
}

function earlier(a: string, b: string): string {
  if (a < b) return a;
  return b;
}

const dayOf = (time: string): string => time.slice(0, 10);

function addDays(day: string, days: number): string {
  return dayOf(new Date(Date.parse(day) + days * dayMs).toISOString());
}
