import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { seal } from '../../src/core/audit-chain.ts';
import {
  AuditConflictError,
  type AuditLog,
  type AuditPage,
  type AuditQuery,
  type AuditRecord,
  type SealedAuditRecord,
} from '../../src/core/ports.ts';
import { createAuditLog, createAuditReader, createDynamo, type Dynamo } from '../../src/lib/dynamodb.ts';
import { openTestDynamo, startStalledServer } from '../support/dynamo.ts';

const minute = 60_000;
const hour = 60 * minute;
const now = new Date('2026-11-22T14:30:00Z');
const clock = () => now;

let dynamo: Dynamo;
let log: AuditLog;
let serial = 0;

beforeAll(async () => {
  dynamo = await openTestDynamo();
  log = createAuditLog({ dynamo, clock });
});

afterAll(() => dynamo?.close());

/** Crockford's letters, which ULIDs end in: they decide on the partition of the review. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function record(more: Partial<AuditRecord> = {}): AuditRecord {
  serial += 1;
  return {
    id: `01K${String(serial).padStart(22, '0')}${letters[serial % 32]}`,
    actor: 'person:maya',
    actorName: 'Maya',
    at: now.toISOString(),
    organizationId: 'harbor',
    action: 'done',
    outcome: 'ok',
    platform: 'slack',
    source: 'button',
    details: { from: 'In progress', to: 'Done' },
    ...more,
  };
}

const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds).toISOString();
const idsOf = ({ records }: Pick<AuditPage, 'records'>) => records.map(({ id }) => id);
const newestFirst = (records: readonly AuditRecord[]) =>
  [...records].sort((a, b) => (`${a.at}#${a.id}` < `${b.at}#${b.id}` ? 1 : -1)).map(({ id }) => id);

async function appended(records: AuditRecord[]): Promise<SealedAuditRecord[]> {
  const sealed = seal(records, undefined);
  await log.append(sealed);
  return sealed;
}

/** All pages one after the other, as a person who goes on asking for more. */
async function allPages(read: (query: AuditQuery) => Promise<AuditPage>, query: AuditQuery) {
  const pages: AuditPage[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor === undefined ? query : { ...query, cursor });
    pages.push(page);
    cursor = page.cursor;
  } while (cursor !== undefined && pages.length < 1_000);
  return { pages, records: pages.flatMap(({ records }) => records) };
}

async function chainOf(actor: string) {
  const entries = [];
  for await (const entry of createAuditReader(dynamo).chain(actor)) entries.push(entry);
  return entries;
}

describe('appending', () => {
  test('keeps a record as it was sealed', async () => {
    const details = { '': 'no name', words: '“done” 42 – 😀 <!channel>', empty: '', ['__proto__']: 'x' };
    const [sealed] = await appended([
      record({ actor: 'person:whole', target: 'task:1', taskNumber: 1, details }),
    ]);
    expect((await log.byActor('person:whole', { limit: 5 })).records).toEqual([sealed]);
  });

  test('a record again changes nothing', async () => {
    const sealed = await appended([record({ actor: 'person:again' }), record({ actor: 'person:again' })]);
    await log.append(sealed);
    await Promise.all([log.append(sealed), log.append(sealed)]);
    expect(idsOf(await log.byActor('person:again', { limit: 5 }))).toEqual(newestFirst(sealed));
  });

  test('a forged record in the place of another throws, names it, and leaves the first', async () => {
    const given = record({ actor: 'person:forged' });
    const sealed = await appended([given]);
    const forged = seal([{ ...given, outcome: 'denied' }], undefined);
    const other = seal([record({ actor: 'person:beside' })], undefined);
    const failure = await log.append([...forged, ...other]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AuditConflictError);
    expect(failure).toMatchObject({ records: forged });
    expect((await log.byActor('person:forged', { limit: 5 })).records).toEqual(sealed);
    expect((await log.byActor('person:beside', { limit: 5 })).records).toEqual(other);
  });

  test('cuts details that no item can hold, and the chain still holds', async () => {
    const [sealed] = await appended([
      record({ actor: 'person:long', details: { words: '"'.repeat(500_000) } }),
    ]);
    const [entry] = await chainOf('person:long');
    expect(entry?.item).toEqual({ record: sealed });
  });

  test('takes a record whose details were not cut before, as it waits in PostgreSQL', async () => {
    const given = record({ actor: 'person:waited', details: { words: 'é'.repeat(500_000) } });
    const [sealed] = seal([given], undefined);
    if (!sealed) throw new Error('nothing was sealed');
    await log.append([{ ...given, seq: sealed.seq, prevHash: sealed.prevHash, hash: sealed.hash }]);
    expect((await log.byActor('person:waited', { limit: 1 })).records).toEqual([sealed]);
  });
});

describe('the entries of an actor or a task', () => {
  test('come newest first, page by page, without gaps or doubles', async () => {
    const sealed = await appended(
      Array.from({ length: 23 }, (_, index) =>
        // Pairs share their time.
        record({ actor: 'person:pages', target: 'task:pages', at: ago(Math.floor(index / 2) * minute) }),
      ),
    );
    for (const read of [
      (query: AuditQuery) => log.byActor('person:pages', query),
      (query: AuditQuery) => log.byTarget('task:pages', query),
    ]) {
      const { pages, records } = await allPages(read, { limit: 5 });
      expect(pages.map((page) => page.records.length)).toEqual([5, 5, 5, 5, 3]);
      expect(idsOf({ records })).toEqual(newestFirst(sealed));
    }
  });

  test('end where they end: a last page that is full has no next one', async () => {
    await appended(Array.from({ length: 6 }, () => record({ actor: 'person:full' })));
    const { pages } = await allPages((query) => log.byActor('person:full', query), { limit: 3 });
    expect(pages.map((page) => page.records.length)).toEqual([3, 3]);
  });

  test('pass the limit of 1 MB that DynamoDB has for a page', async () => {
    const sealed = await appended(
      Array.from({ length: 12 }, (_, index) =>
        record({ actor: 'person:large', at: ago(index * minute), details: { words: 'x'.repeat(250_000) } }),
      ),
    );
    const page = await log.byActor('person:large', { limit: 20 });
    expect(idsOf(page)).toEqual(newestFirst(sealed));
    expect((await chainOf('person:large')).length).toBe(12);
  });

  test('begin at `from` and end before `to`', async () => {
    const [early, first, , late] = await appended(
      [3, 2, 1, 0].map((hours) => record({ actor: 'person:range', at: ago(hours * hour) })),
    );
    const query = { from: new Date(first?.at ?? ''), to: new Date(late?.at ?? ''), limit: 10 };
    const ids = idsOf(await log.byActor('person:range', query));
    expect(ids).toHaveLength(2);
    expect(ids).not.toContain(early?.id);
    expect(ids).not.toContain(late?.id);
    expect(idsOf(await log.byActor('person:range', { ...query, to: query.from }))).toEqual([]);
  });

  test('leave out what someone else has written into the table', async () => {
    await appended([record({ actor: 'person:graffiti' })]);
    const Item = { actor: 'person:graffiti', at: ago(0), action: 'boo' };
    await dynamo.put({ TableName: dynamo.tables.auditLogs, Item });
    expect((await log.byActor('person:graffiti', { limit: 5 })).records).toHaveLength(1);
    const faults = (await chainOf('person:graffiti')).map(({ item }) => item.fault);
    expect(faults).toEqual([expect.stringContaining('is not as it was written'), undefined]);
  });
});

describe('the review of an organisation', () => {
  test('merges hours, days and partitions, newest first, without gaps or doubles', async () => {
    const organizationId = 'merged';
    const records = Array.from({ length: 150 }, (_, index) =>
      record({ organizationId, actor: `person:m${index % 7}`, at: ago((index % 50) * 97 * minute) }),
    );
    for (const one of records) await log.append(seal([one], undefined));
    for (const limit of [4, 7, 50, 149, 150, 500]) {
      const read = await allPages((query) => log.byOrganization(organizationId, query), { limit });
      expect(idsOf(read)).toEqual(newestFirst(records));
      expect(read.pages).toHaveLength(Math.ceil(150 / limit));
    }
  });

  test('writes no index key from every request', async () => {
    const used = new Set<unknown>();
    const organizationId = 'spread';
    await appended(Array.from({ length: 64 }, () => record({ organizationId, actor: 'person:spread' })));
    for (let shard = 0; shard < 10; shard++) {
      const { items } = await dynamo.query({
        TableName: dynamo.tables.auditLogs,
        IndexName: 'by_organization',
        KeyConditionExpression: 'orgDay = :key',
        ExpressionAttributeValues: { ':key': `spread#2026-11-22#${shard}` },
      });
      for (const { orgDay } of items) used.add(orgDay);
      expect(items.length).toBeLessThan(32);
    }
    expect(used.size).toBeGreaterThan(1);
  });

  test('shows nothing of another organisation', async () => {
    await appended([record({ organizationId: 'ours', actor: 'person:ours' })]);
    const [theirs] = await appended([record({ organizationId: 'theirs', actor: 'person:theirs' })]);
    expect(idsOf(await log.byOrganization('theirs', { limit: 10 }))).toEqual([theirs?.id]);
  });

  test('goes back seven days, or as far as asked', async () => {
    const organizationId = 'old';
    const [old, young] = await appended(
      [8, 6].map((days) => record({ organizationId, actor: 'person:old', at: ago(days * 24 * hour) })),
    );
    expect(idsOf(await log.byOrganization(organizationId, { limit: 10 }))).toEqual([young?.id]);
    const from = new Date(now.getTime() - 9 * 24 * hour);
    expect(idsOf(await log.byOrganization(organizationId, { limit: 10, from }))).toEqual([
      young?.id,
      old?.id,
    ]);
    const to = new Date(young?.at ?? '');
    expect(idsOf(await log.byOrganization(organizationId, { limit: 10, from, to }))).toEqual([old?.id]);
  });

  test('looks through a bounded stretch a page, and finds what lies years back', async () => {
    const organizationId = 'quiet';
    const [old] = await appended([
      record({ organizationId, actor: 'person:quiet', at: '2025-06-01T10:00:00.000Z' }),
    ]);
    let queries = 0;
    const counting = { ...dynamo, query: (input: Parameters<Dynamo['query']>[0]) => count(input) };
    const count = (input: Parameters<Dynamo['query']>[0]) => {
      queries += 1;
      return dynamo.query(input);
    };
    const counted = createAuditLog({ dynamo: counting, clock });
    const query = { limit: 10, from: new Date('2025-01-01T00:00:00Z') };
    const first = await counted.byOrganization(organizationId, query);
    expect(first.records).toEqual([]);
    expect(queries).toBeLessThan(130);
    const { records } = await allPages((next) => log.byOrganization(organizationId, next), query);
    expect(idsOf({ records })).toEqual([old?.id]);
  });

  test('shows what a replica with a faster clock has written', async () => {
    const organizationId = 'ahead';
    const at = new Date(now.getTime() + 2_000).toISOString();
    const [ahead] = await appended([record({ organizationId, actor: 'person:ahead', at })]);
    expect(idsOf(await log.byOrganization(organizationId, { limit: 10 }))).toEqual([ahead?.id]);
  });
});

describe('a cursor', () => {
  test('of another list, or made up, is refused in words', async () => {
    await appended(
      Array.from({ length: 3 }, () => record({ actor: 'person:cursor', target: 'task:cursor' })),
    );
    const { cursor = '' } = await log.byActor('person:cursor', { limit: 1 });
    expect(cursor).not.toBe('');
    for (const wrong of ['', 'x', `${cursor}A`, cursor.slice(4), '%%%']) {
      await expect(log.byActor('person:cursor', { limit: 1, cursor: wrong })).rejects.toMatchObject({
        code: 'invalid_arguments',
        message: expect.stringContaining('from its beginning'),
      });
    }
    await expect(log.byTarget('task:cursor', { limit: 1, cursor })).rejects.toMatchObject({
      code: 'invalid_arguments',
    });
  });
});

describe('a DynamoDB that does not answer', () => {
  test('is said so in time, and appending stops at once', async () => {
    const stalled = await startStalledServer(300);
    const stuck = createDynamo(stalled.options);
    const away = createAuditLog({ dynamo: stuck, clock, concurrency: () => 2 });
    const records = seal(
      Array.from({ length: 50 }, () => record()),
      undefined,
    );
    try {
      const begun = performance.now();
      const reads = [away.byActor('a', { limit: 1 }), away.byOrganization('o', { limit: 1 })];
      for (const read of await Promise.allSettled(reads)) {
        expect(read).toMatchObject({ status: 'rejected', reason: { code: 'audit_unavailable' } });
      }
      await expect(away.append(records)).rejects.toThrow('did not answer within 300 ms');
      expect(performance.now() - begun).toBeLessThan(1_200);
    } finally {
      stuck.close();
      await stalled.stop();
    }
  });
});

describe('the reader', () => {
  test('names everyone who has entries once, whatever keys the entries have', async () => {
    const own = await openTestDynamo();
    const ownLog = createAuditLog({ dynamo: own, clock });
    const actors = Array.from({ length: 30 }, (_, index) => `person:r${index}`);
    for (const actor of actors) await ownLog.append(seal([record({ actor }), record({ actor })], undefined));
    await own.put({ TableName: own.tables.auditLogs, Item: { actor: 'person:r3', at: '~~~' } });
    const named: string[] = [];
    for await (const actor of createAuditReader(own).actors()) named.push(actor);
    expect(named.sort()).toEqual(actors.sort());
    own.close();
  });
});
