import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ChainHead, genesisHash, hashOf, seal, storable } from '../../src/core/audit-chain.ts';
import { type ChainProblem, type ExpectedChain, verifyChain } from '../../src/core/audit-verify.ts';
import type { AuditRecord, SealedAuditRecord } from '../../src/core/ports.ts';

const actor = 'person:maya';

function record(n: number, more: Partial<AuditRecord> = {}): AuditRecord {
  return {
    id: `01K${String(n).padStart(23, '0')}`,
    actor,
    actorName: 'Maya',
    at: new Date(Date.UTC(2026, 10, 22, 8, 0, n)).toISOString(),
    organizationId: 'harbor',
    action: 'comment',
    outcome: 'ok',
    target: 'task:42',
    taskNumber: 42,
    platform: 'slack',
    source: 'command',
    details: { words: `comment ${n}` },
    ...more,
  };
}

const chainOf = (length: number): SealedAuditRecord[] =>
  seal(
    Array.from({ length }, (_, index) => record(index + 1)),
    undefined,
  );

function headOf(chain: readonly SealedAuditRecord[]): ChainHead {
  const last = chain.at(-1);
  if (!last) throw new Error('an empty chain has no head');
  return { seq: last.seq, hash: last.hash };
}

const sealedAs = (chain: readonly SealedAuditRecord[]): ExpectedChain => ({
  head: headOf(chain),
  waiting: [],
});

async function problemsOf(
  records: readonly SealedAuditRecord[],
  expected?: ExpectedChain,
): Promise<ChainProblem[]> {
  const problems: ChainProblem[] = [];
  for await (const problem of verifyChain(actor, records, expected)) problems.push(problem);
  return problems;
}

const found = async (records: readonly SealedAuditRecord[], expected?: ExpectedChain) =>
  (await problemsOf(records, expected)).map(({ kind, seq }) => `${kind} ${seq}`);

/** The chain with what `change` makes of one entry; undefined removes it. */
function withEntry(
  chain: readonly SealedAuditRecord[],
  seq: number,
  change: (entry: SealedAuditRecord) => SealedAuditRecord | undefined,
): SealedAuditRecord[] {
  return chain.flatMap((entry) => (entry.seq === seq ? (change(entry) ?? []) : entry));
}

/** What someone does who knows how hashes are made. */
function rewritten(entry: SealedAuditRecord, change: Partial<SealedAuditRecord>): SealedAuditRecord {
  const changed = { ...entry, ...change };
  return { ...changed, hash: hashOf(changed.prevHash, changed) };
}

describe('sealing', () => {
  test('numbers records from one and links each to the one before', () => {
    const [first, second] = chainOf(2);
    expect(first).toMatchObject({ seq: 1, prevHash: genesisHash });
    expect(second).toMatchObject({ seq: 2, prevHash: first?.hash });
  });

  test('goes on from the head', () => {
    const whole = chainOf(5);
    const later = seal([record(4), record(5)], headOf(whole.slice(0, 3)));
    expect(later).toEqual(whole.slice(3));
  });

  test('takes the records of one actor only', () => {
    expect(() => seal([record(1), record(2, { actor: 'person:omar' })], undefined)).toThrow('one actor');
  });

  test('does not depend on the order of keys, nor on fields that are no part of a record', () => {
    const shuffled = Object.fromEntries(Object.entries(record(1)).reverse());
    const given = { ...record(1), ...shuffled, details: { words: 'comment 1' }, leaseToken: 'x' };
    expect(hashOf(genesisHash, given)).toBe(hashOf(genesisHash, record(1)));
    const a = record(1, { details: { from: 'x', to: 'y' } });
    const b = record(1, { details: { to: 'y', from: 'x' } });
    expect(hashOf(genesisHash, a)).toBe(hashOf(genesisHash, b));
  });

  test('gives every change of a field another hash', () => {
    const changes: Partial<AuditRecord>[] = [
      { actorName: 'Omar' },
      { at: '2026-11-22T08:00:02.000Z' },
      { outcome: 'denied' },
      { target: 'task:43' },
      { taskNumber: 43 },
      { details: {} },
      { details: { words: 'comment 1', more: '' } },
    ];
    const hashes = changes.map((change) => hashOf(genesisHash, record(1, change)));
    expect(new Set([hashOf(genesisHash, record(1)), ...hashes]).size).toBe(changes.length + 1);
  });

  test('cuts details that no item can hold, visibly, and seals what is left of them', () => {
    const [sealed] = seal([record(1, { details: { short: 'kept', long: 'é"'.repeat(500_000) } })], undefined);
    expect(sealed?.details.short).toBe('kept');
    expect(sealed?.details.long).toMatch(/…\s\(cut, 1000000 characters in all\)$/);
    expect(Buffer.byteLength(JSON.stringify(sealed))).toBeLessThan(400_000);
    expect(sealed && hashOf(sealed.prevHash, sealed)).toBe(sealed?.hash);
  });

  test('makes any details storable, and leaves alone what it has made storable before', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u0001', '😀', '\ud83d', '"'));
    const long = fc
      .tuple(texts, fc.integer({ min: 0, max: 120_000 }))
      .map(([text, n]) => text.repeat(n).slice(0, n));
    fc.assert(
      fc.property(fc.dictionary(texts, long, { maxKeys: 150 }), (details) => {
        const once = storable(record(1, { details }));
        expect(Buffer.byteLength(JSON.stringify(once))).toBeLessThan(320_000);
        expect(JSON.stringify(once.details).isWellFormed()).toBe(true);
        expect(storable(once)).toEqual(once);
      }),
      { numRuns: 30 },
    );
  });
});

describe('verifying', () => {
  test('finds nothing in a whole chain', async () => {
    const chain = chainOf(50);
    expect(await found(chain, sealedAs(chain))).toEqual([]);
    expect(await found([], { head: undefined, waiting: [] })).toEqual([]);
  });

  test('finds nothing where numbers differ a little from the order of time', async () => {
    const chain = chainOf(20);
    const byTime = [...chain.slice(0, 5), ...chain.slice(10, 15), ...chain.slice(5, 10), ...chain.slice(15)];
    expect(await found(byTime, sealedAs(chain))).toEqual([]);
  });

  test('says who, where and why', async () => {
    const chain = chainOf(3);
    const changed = withEntry(chain, 2, (entry) => ({ ...entry, outcome: 'denied' }));
    expect(await problemsOf(changed, sealedAs(chain))).toEqual([
      { kind: 'changed', actor, seq: 2, reason: expect.stringContaining('does not match its hash') },
    ]);
  });

  test('finds an entry that was rewritten with its hash', async () => {
    const chain = chainOf(5);
    const forged = withEntry(chain, 3, (entry) => rewritten(entry, { outcome: 'denied' }));
    expect(await found(forged, sealedAs(chain))).toEqual(['changed 3']);
  });

  test('finds that the whole chain was rewritten from one entry on', async () => {
    const chain = chainOf(5);
    const forged = seal(
      chain.map((entry) => (entry.seq === 3 ? { ...entry, outcome: 'denied' } : entry)),
      undefined,
    );
    expect(await found(forged, sealedAs(chain))).toEqual(['changed 5']);
  });

  test('finds missing entries, once for each gap', async () => {
    const chain = chainOf(9);
    const cut = chain.filter(({ seq }) => seq !== 1 && seq !== 4 && seq !== 5);
    expect(await found(cut, sealedAs(chain))).toEqual(['missing 1', 'missing 4']);
  });

  test('finds entries that have changed places', async () => {
    const chain = chainOf(6);
    const swapped = chain.map((entry) => ({ ...entry, seq: [1, 2, 4, 3, 5, 6][entry.seq - 1] ?? 0 }));
    expect(await found(swapped, sealedAs(chain))).toEqual(['reordered 3', 'reordered 4']);
  });

  test('finds an entry that stands far behind its place', async () => {
    const chain = chainOf(1_200);
    const moved = [...chain.filter(({ seq }) => seq !== 10), ...chain.slice(9, 10)];
    expect(await found(moved, sealedAs(chain))).toEqual(['missing 10', 'reordered 10']);
  });

  test('finds a second entry for one place, whichever of the two comes first', async () => {
    const chain = chainOf(5);
    const [third] = seal([record(3, { id: '01KFORGED', outcome: 'denied' })], headOf(chain.slice(0, 2)));
    if (!third) throw new Error('nothing was sealed');
    expect(await found([...chain.slice(0, 3), third, ...chain.slice(3)], sealedAs(chain))).toEqual([
      'forked 3',
    ]);
    expect(await found([...chain.slice(0, 2), third, ...chain.slice(2)], sealedAs(chain))).toEqual([
      'forked 3',
    ]);
  });

  test('finds a cut end, which the chain alone does not show', async () => {
    const chain = chainOf(8);
    expect(await found(chain.slice(0, 5))).toEqual([]);
    expect(await found(chain.slice(0, 5), sealedAs(chain))).toEqual(['truncated 6']);
    expect(await found([], sealedAs(chain))).toEqual(['truncated 1']);
  });

  test('finds entries that were never sealed', async () => {
    const chain = chainOf(8);
    expect(await found(chain, sealedAs(chain.slice(0, 6)))).toEqual(['foreign 7', 'foreign 8']);
    expect(await found(chain.slice(0, 1), { head: undefined, waiting: [] })).toEqual(['foreign 1']);
  });

  test('waits for what is sealed but not in the log yet, wherever in the chain it belongs', async () => {
    const chain = chainOf(10);
    const waiting = chain.filter(({ seq }) => seq === 4 || seq >= 8);
    const there = chain.filter(({ seq }) => seq !== 4 && seq < 8);
    expect(await found(there, { head: headOf(chain), waiting })).toEqual([]);
    expect(await found(chain, { head: headOf(chain), waiting })).toEqual([]);
    const forged = withEntry(there, 7, (entry) => rewritten(entry, { outcome: 'denied' }));
    expect(await found(forged, { head: headOf(chain), waiting })).toEqual(['changed 7']);
    const cut = there.filter(({ seq }) => seq !== 6);
    expect(await found(cut, { head: headOf(chain), waiting })).toEqual(['missing 6']);
  });

  test('is not held up by an absurd number', async () => {
    const chain = chainOf(3);
    const absurd = withEntry(chain, 3, (entry) => ({ ...entry, seq: Number.MAX_SAFE_INTEGER }));
    expect(await found(absurd)).toEqual(['missing 3']);
  });

  test('finds any one thing that is done to a chain', async () => {
    const chain = chainOf(12);
    const damage = fc.record({
      at: fc.integer({ min: 1, max: 12 }),
      what: fc.constantFrom('drop', 'edit', 'forge'),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, what }) => {
        const damaged = withEntry(chain, at, (entry) => {
          if (what === 'drop') return undefined;
          const edited = { ...entry, actorName: 'Omar' };
          return what === 'edit' ? edited : rewritten(entry, { actorName: 'Omar' });
        });
        expect((await found(damaged, sealedAs(chain))).length).toBe(1);
      }),
    );
  });
});
