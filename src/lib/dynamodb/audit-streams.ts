import type { SealedAuditRecord } from '../../core/ports.ts';
import { type AuditItem, parseAuditItem, sortKeyOf } from './audit-items.ts';
import type { Dynamo, Item } from './client.ts';

/** A partition of the audit table or of one of its indexes. */
export interface Partition {
  /** The table itself when absent */
  index?: 'by_target' | 'by_organization';
  attribute: 'actor' | 'target' | 'orgDay';
  value: string;
}

/** Sort keys: from `after` on, up to but without `before`. */
export interface Span {
  after: string;
  before: string;
}

export interface StreamOptions extends Span {
  order: 'newest first' | 'oldest first';
  /** Items that one request asks for at most; as many as DynamoDB gives (1 MB) when absent */
  pageSize?: number;
}

/** The items of a partition as they stand, asked for page by page as they are needed. */
export async function* readItems(
  dynamo: Dynamo,
  partition: Partition,
  options: StreamOptions,
): AsyncGenerator<{ at: string; item: AuditItem }> {
  if (options.after >= options.before) return;
  let start: Item | undefined;
  do {
    const page = await dynamo.query({
      TableName: dynamo.tables.auditLogs,
      IndexName: partition.index,
      KeyConditionExpression: '#partition = :value AND #at BETWEEN :after AND :before',
      ExpressionAttributeNames: { '#partition': partition.attribute, '#at': 'at' },
      ExpressionAttributeValues: {
        ':value': partition.value,
        ':after': options.after,
        ':before': options.before,
      },
      ScanIndexForward: options.order === 'oldest first',
      // Indexes can't be read consistently; a chain must be, or its youngest entries would seem to be gone.
      ConsistentRead: partition.index === undefined,
      Limit: options.pageSize,
      ExclusiveStartKey: start,
    });
    for (const item of page.items) {
      const at = String(item.at);
      // BETWEEN takes both ends in.
      if (at !== options.before) yield { at, item: parseAuditItem(item) };
    }
    start = page.lastKey;
  } while (start);
}

/** Records, newest first. Items that nobody can read are left to `audit:verify` to report. */
export async function* newestFirst(
  dynamo: Dynamo,
  partition: Partition,
  span: Span & { pageSize: number },
): AsyncGenerator<SealedAuditRecord> {
  for await (const { item } of readItems(dynamo, partition, { ...span, order: 'newest first' })) {
    if (item.record) yield item.record;
  }
}

/** Merges streams that are each newest first. They are started together, and read no further than needed. */
export async function* mergeNewestFirst(
  streams: readonly AsyncGenerator<SealedAuditRecord>[],
): AsyncGenerator<SealedAuditRecord> {
  const heads = await Promise.all(streams.map(async (stream) => ({ stream, next: await stream.next() })));
  for (;;) {
    let newest: { head: (typeof heads)[number]; record: SealedAuditRecord } | undefined;
    for (const head of heads) {
      if (head.next.done) continue;
      const record = head.next.value;
      if (!newest || sortKeyOf(record) > sortKeyOf(newest.record)) newest = { head, record };
    }
    if (!newest) return;
    yield newest.record;
    newest.head.next = await newest.head.stream.next();
  }
}

/** The first so many of a stream. */
export async function take<T>(stream: AsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const one of stream) {
    taken.push(one);
    if (taken.length >= count) break;
  }
  return taken;
}
