import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { hashOf, seal } from '../../src/core/audit-chain.ts';
import { AppError } from '../../src/core/errors.ts';
import { AuditConflictError, type AuditRecord, type SealedAuditRecord } from '../../src/core/ports.ts';
import { createRelayAudit } from '../../src/jobs/relay-audit.ts';
import { createWorker } from '../../src/jobs/worker.ts';
import { createAuditBuffer } from '../../src/lib/audit-buffer.ts';
import { createAuditQueue } from '../../src/lib/audit-queue.ts';
import { type Sql, sql } from '../../src/lib/sql.ts';
import { createJobsWorld, type JobsWorld } from '../support/jobs-world.ts';

let world: JobsWorld;
let store: ReturnType<typeof createStore>;

beforeEach(async () => {
  world = await createJobsWorld();
  store = createStore();
});

afterEach(() => world.close());

/** The log as DynamoDB keeps it: one item a key, the same again is fine, another one is refused. */
function createStore() {
  const items = new Map<string, SealedAuditRecord>();
  const script: { before: (() => void) | undefined } = { before: undefined };
  return {
    items,
    script,
    async append(records: readonly SealedAuditRecord[]): Promise<void> {
      for (const record of records) {
        script.before?.();
        const key = `${record.actor} ${record.at} ${record.id}`;
        const there = items.get(key);
        if (there && there.hash !== record.hash) throw new Error(`conflict at ${key}`);
        items.set(key, record);
      }
    },
  };
}

function recordOf(actor: string, more: Partial<AuditRecord> = {}): AuditRecord {
  return {
    ...{
      id: world.newId(),
      actor,
      actorName: 'Maya',
      at: world.clock().toISOString(),
      organizationId: 'harbor',
    },
    ...{ action: 'done', outcome: 'ok', platform: 'slack', source: 'button', details: { to: 'Done' } },
    ...more,
  };
}

function buffer(rows: <Row>(statement: Sql) => Promise<Row[]> = world.db.rows, max?: number) {
  return createAuditBuffer({
    ...{ db: { rows }, clock: world.clock, newId: world.newId, log: world.log, flushMs: 60_000 },
    ...(max ? { max } : {}),
  });
}

async function write(records: readonly AuditRecord[]): Promise<void> {
  const audit = buffer();
  for (const record of records) audit.add(record);
  await audit.close();
}

function relay(rows: <Row>(statement: Sql) => Promise<Row[]> = world.db.rows) {
  const job = createRelayAudit({
    queue: createAuditQueue({ ...world.queueDeps, db: { rows } }),
    auditLog: store,
    clock: world.clock,
    log: world.log,
    count: () => undefined,
    random: () => 1,
    wait: async () => undefined,
  });
  return createWorker(job, { clock: world.clock, log: world.log, batch: 20, stopMs: 50 });
}

async function waiting(): Promise<number> {
  const [row] = await world.db.rows<{ count: number }>(sql`SELECT count(*)::int AS count FROM audit_outbox`);
  return row?.count ?? 0;
}

/** Each actor's chain is whole: 1, 2, 3 … each naming the hash before it. */
function expectWholeChains(): void {
  const chains = Map.groupBy(store.items.values(), ({ actor }) => actor);
  for (const chain of chains.values()) {
    let prevHash = '0'.repeat(64);
    chain
      .sort((a, b) => a.seq - b.seq)
      .forEach((record, index) => {
        expect(record.seq).toBe(index + 1);
        expect(record.prevHash).toBe(prevHash);
        expect(record.hash).toBe(hashOf(prevHash, record));
        prevHash = record.hash;
      });
  }
}

describe('the relay', () => {
  test('seals each actor in order, puts and deletes', async () => {
    const maya = [recordOf('person:maya'), recordOf('person:maya', { target: 'task:1', taskNumber: 1 })];
    await write([...maya, recordOf('person:wes')]);
    await relay().drain();
    expect(await waiting()).toBe(0);
    const stored = [...store.items.values()].filter(({ actor }) => actor === 'person:maya');
    expect(stored.map(({ id, seq }) => [id, seq])).toEqual(maya.map(({ id }, index) => [id, index + 1]));
    await write([recordOf('person:maya')]);
    await relay().drain();
    expect(store.items.size).toBe(4);
    expectWholeChains();
  });

  test('what is too long to be stored is sealed as it is stored', async () => {
    await write([recordOf('person:maya', { details: { text: 'x'.repeat(500_000) } })]);
    await relay().drain();
    expect(store.items.size).toBe(1);
    expectWholeChains();
  });

  test('of two relays that read the same head the slower one stores nothing', async () => {
    await write([recordOf('person:maya')]);
    await relay().drain();
    await write([recordOf('person:maya'), recordOf('person:wes')]);
    const queue = createAuditQueue(world.queueDeps);
    const sealAll = (chains: Awaited<ReturnType<typeof queue.unsealed>>) =>
      chains.map((before) => ({ before, sealed: seal(before.records, before.head) }));
    const slow = sealAll(await queue.unsealed(100));
    await write([recordOf('person:maya'), recordOf('person:wes')]);
    const fast = sealAll(await queue.unsealed(100));
    expect(await queue.storeSealed(fast)).toBe(4);
    expect(await queue.storeSealed(slow)).toBe(0);
    await write([recordOf('person:maya'), recordOf('person:wes')]);
    await relay().drain();
    expect(store.items.size).toBe(7);
    expectWholeChains();
  });

  test('four relays with crashes at any line: every record once, no chain forks', async () => {
    const actors = Array.from({ length: 7 }, (_, index) => `person:p${index}`);
    const random = seeded(42);
    let expected = 0;
    for (let round = 0; round < 12; round += 1) {
      const records = actors.flatMap((actor) => Array.from({ length: 6 }, () => recordOf(actor)));
      expected += records.length;
      await write(records);
      store.script.before = () => {
        if (random() < 0.01) throw new Error('DynamoDB is away');
      };
      const replicas = [1, 2, 3, 4].map(() => crashing(random));
      const more = actors.map((actor) => recordOf(actor));
      expected += more.length;
      const writing = (async () => {
        for (const record of more) await write([record]);
      })();
      await Promise.all([
        ...replicas.map(({ rows, died }) => Promise.race([relay(rows).drain(), died])),
        writing,
      ]);
      // Whoever crashed is gone: its leases end.
      world.pass(90_000);
    }
    store.script.before = undefined;
    for (let round = 0; round < 3; round += 1) {
      await relay().drain();
      world.pass(90_000);
    }
    expect(await waiting()).toBe(0);
    expect(store.items.size).toBe(expected);
    expectWholeChains();
  });

  test('DynamoDB away for hours: nothing is lost, one warning a minute, and it catches up', async () => {
    const patient = relay();
    await write([recordOf('person:maya')]);
    store.script.before = () => {
      throw new Error('ECONNREFUSED');
    };
    for (let minute = 0; minute < 180; minute += 1) {
      if (minute % 30 === 0) await write([recordOf('person:wes')]);
      await patient.drain();
      world.pass(60_000);
    }
    expect(await waiting()).toBe(7);
    const warnings = world.log.lines.filter(({ level }) => level === 'warn');
    expect(warnings.length).toBeGreaterThan(100);
    expect(warnings.length).toBeLessThanOrEqual(180);
    expect(warnings.at(-1)?.fields).toMatchObject({ rows: 7, ageMs: 179 * 60_000 });
    store.script.before = undefined;
    await patient.drain();
    world.pass(60_000);
    await patient.drain();
    expect(await waiting()).toBe(0);
    expectWholeChains();
  });

  test('one record that the log refuses keeps no other from being put', async () => {
    await write(Array.from({ length: 10 }, () => recordOf('person:maya')));
    const [row] = await world.db.rows<{ id: string }>(
      sql`SELECT id FROM audit_outbox ORDER BY id OFFSET 4 LIMIT 1`,
    );
    const append = store.append;
    store.append = async (records) => {
      if (records.some(({ id }) => id === row?.id)) throw new Error('refused');
      await append(records);
    };
    await relay().drain();
    expect(store.items.size).toBe(9);
    expect(await waiting()).toBe(1);
    expect(world.log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ ids: [row?.id] }) }),
    );
  });
});

describe('a place in the log that somebody else has taken', () => {
  test('is told in the log and tried again, while all others go on being put', async () => {
    await write(Array.from({ length: 3 }, () => recordOf('person:maya')));
    const [first] = await world.db.rows<{ id: string }>(sql`SELECT id FROM audit_outbox ORDER BY id LIMIT 1`);
    const append = store.append;
    store.append = async (records) => {
      const taken = records.filter(({ id }) => id === first?.id);
      await append(records.filter(({ id }) => id !== first?.id));
      if (taken.length > 0) throw new AuditConflictError(taken);
    };
    const worker = relay();
    await worker.drain();
    expect([store.items.size, await waiting()]).toEqual([2, 1]);
    await write([recordOf('person:wes')]);
    await worker.drain();
    expect([store.items.size, await waiting()]).toEqual([3, 1]);
    world.pass(60_000);
    await write([recordOf('person:wes')]);
    await worker.drain();
    await write([recordOf('person:wes')]);
    await worker.drain();
    expect([store.items.size, await waiting()]).toEqual([5, 1]);
    const refusals = world.log.lines.filter(({ level }) => level === 'error');
    expect(refusals.map(({ fields }) => fields)).toMatchObject([{ ids: [first?.id] }, { ids: [first?.id] }]);
  });
});

describe('the buffer', () => {
  test('keeps records while PostgreSQL is away and counts what overflows', async () => {
    let away = true;
    const rows = <Row>(statement: Sql): Promise<Row[]> =>
      away ? Promise.reject(new AppError('database_unavailable')) : world.db.rows<Row>(statement);
    const audit = buffer(rows, 5);
    for (let index = 0; index < 8; index += 1)
      audit.add(recordOf('person:maya', { details: { n: `${index}` } }));
    await audit.flush();
    expect(await waiting()).toBe(0);
    away = false;
    await audit.close();
    const kept = await world.db.rows<{ n: string }>(
      sql`SELECT body->'details'->>'n' AS n FROM audit_outbox ORDER BY 1`,
    );
    expect(kept.map(({ n }) => n)).toEqual(['0', '1', '2', '3', '4']);
    expect(world.log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', fields: { dropped: 3 } }),
    );
  });

  test('a connection that breaks after the commit makes a repeated entry, never a broken chain', async () => {
    let broken = false;
    const rows = async <Row>(statement: Sql): Promise<Row[]> => {
      const result = await world.db.rows<Row>(statement);
      if (broken) return result;
      broken = true;
      throw new AppError('database_unavailable');
    };
    const audit = buffer(rows);
    audit.add(recordOf('person:maya'));
    await audit.flush();
    await relay().drain();
    await audit.close();
    await relay().drain();
    expect(store.items.size).toBe(2);
    expect(await waiting()).toBe(0);
    expectWholeChains();
  });

  test('text that PostgreSQL can not hold is written without what it can not hold', async () => {
    await write([recordOf('person:maya', { details: { text: 'a\0b\ud800c' } }), recordOf('person:wes')]);
    await relay().drain();
    expect([...store.items.values()].map(({ details }) => details.text)).toContain('a\ufffdb\ufffdc');
    expect(store.items.size).toBe(2);
  });

  test('a record that is refused keeps no other from being written', async () => {
    await write([recordOf('person:maya', { at: 'no time' }), recordOf('person:wes')]);
    expect(await waiting()).toBe(1);
    expect(world.log.lines.some(({ level }) => level === 'error')).toBe(true);
  });
});

/** A process that may die before or after any of its statements: none is answered any more. */
function crashing(random: () => number) {
  const death = Promise.withResolvers<void>();
  let dead = false;
  const survive = async (): Promise<void> => {
    dead = dead || random() < 0.1;
    if (!dead) return;
    death.resolve();
    await new Promise(() => undefined);
  };
  const rows = async <Row>(statement: Sql): Promise<Row[]> => {
    await survive();
    const result = await world.db.rows<Row>(statement);
    await survive();
    return result;
  };
  return { rows, died: death.promise };
}

/** The same numbers in each run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
