import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type AuditSelection, exportAudit, readArguments } from '../../scripts/audit-export.ts';
import { verifyAudit } from '../../scripts/audit-verify.ts';
import { type ChainHead, hashOf, seal } from '../../src/core/audit-chain.ts';
import type { AuditRecord, SealedAuditRecord } from '../../src/core/ports.ts';
import { createAuditLog, type Dynamo } from '../../src/lib/dynamodb.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { openTestDynamo } from '../support/dynamo.ts';

let database: TestDatabase;
let sql: pg.Client;
let dynamo: Dynamo;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
});

afterAll(async () => {
  await sql?.end();
  await database?.drop();
});

beforeEach(async () => {
  dynamo = await openTestDynamo();
  await sql.query('TRUNCATE audit_chains, audit_outbox');
});

afterEach(() => dynamo.close());

function record(n: number, more: Partial<AuditRecord> = {}): AuditRecord {
  return {
    id: `01K${String(n).padStart(23, '0')}`,
    actor: 'person:maya',
    actorName: 'Maya',
    at: new Date(Date.UTC(2026, 10, 20 + Math.floor(n / 10), 8, n % 10)).toISOString(),
    organizationId: 'harbor',
    action: 'comment',
    outcome: 'ok',
    platform: 'slack',
    source: 'command',
    details: { words: `comment ${n}` },
    ...more,
  };
}

/** A chain as the relay leaves it: entries in the log, head in PostgreSQL. */
async function relayed(actor: string, length = 6): Promise<SealedAuditRecord[]> {
  const chain = seal(
    Array.from({ length }, (_, index) => record(index + 1, { actor })),
    undefined,
  );
  await createAuditLog({ dynamo, clock: () => new Date() }).append(chain);
  await setHead(chain);
  return chain;
}

async function setHead(chain: readonly SealedAuditRecord[]): Promise<void> {
  const { actor, seq, hash } = entry(chain, chain.length);
  await sql.query(
    'INSERT INTO audit_chains VALUES ($1, $2, $3) ON CONFLICT (actor) DO UPDATE SET seq = $2, hash = $3',
    [actor, seq, hash],
  );
}

function entry(chain: readonly SealedAuditRecord[], seq: number): SealedAuditRecord {
  const found = chain[seq - 1];
  if (!found) throw new Error(`no entry ${seq}`);
  return found;
}

const keyOf = ({ actor, at, id }: SealedAuditRecord) => ({ actor, at: `${at}#${id}` });

/** What someone with the database's keys can do. */
async function overwrite(sealed: SealedAuditRecord, attributes: Record<string, unknown>): Promise<void> {
  const TableName = dynamo.tables.auditLogs;
  const item = await dynamo.get({ TableName, Key: keyOf(sealed) });
  await dynamo.put({ TableName, Item: { ...item, ...attributes } });
}

const remove = (sealed: SealedAuditRecord) =>
  dynamo.delete({ TableName: dynamo.tables.auditLogs, Key: keyOf(sealed) });

async function verify() {
  const lines: string[] = [];
  const totals = await verifyAudit(dynamo, sql, (line) => lines.push(line));
  expect(totals.problems === 0).toBe(lines.length === 0);
  return { lines, totals };
}

const onlyLine = async () => {
  const { lines } = await verify();
  expect(lines).toHaveLength(1);
  return lines[0];
};

describe('audit:verify', () => {
  test('finds nothing in a log that is as it was written', async () => {
    for (const name of ['maya', 'omar', 'wes']) await relayed(`person:${name}`, 12);
    expect((await verify()).totals).toEqual({ chains: 3, entries: 36, problems: 0 });
  });

  test('finds nothing in an empty log', async () => {
    expect((await verify()).totals).toEqual({ chains: 0, entries: 0, problems: 0 });
  });

  test('finds a changed entry', async () => {
    const chain = await relayed('person:maya');
    await relayed('person:omar');
    await overwrite(entry(chain, 3), { details: JSON.stringify({ words: 'something else' }) });
    expect(await onlyLine()).toMatch(/^person:maya: entry 3 is changed: its content does not match its hash/);
  });

  test('finds an entry that was changed together with its hash', async () => {
    const chain = await relayed('person:maya');
    const forged = { ...entry(chain, 3), outcome: 'denied' as const };
    await overwrite(forged, { outcome: 'denied', hash: hashOf(forged.prevHash, forged) });
    expect(await onlyLine()).toContain('entry 3 is changed: entry 4 names another hash');
  });

  test('finds the last entry changed together with its hash', async () => {
    const chain = await relayed('person:maya');
    const forged = { ...entry(chain, 6), outcome: 'denied' as const };
    await overwrite(forged, { outcome: 'denied', hash: hashOf(forged.prevHash, forged) });
    expect(await onlyLine()).toContain('entry 6 is changed: the head of the chain has another hash');
  });

  test('finds missing entries', async () => {
    const chain = await relayed('person:maya');
    await remove(entry(chain, 2));
    await remove(entry(chain, 3));
    expect(await onlyLine()).toContain('entry 2 is missing: entries 2 to 3 are gone');
  });

  test('finds a cut end, and a chain that is gone altogether', async () => {
    const maya = await relayed('person:maya');
    const omar = await relayed('person:omar');
    await remove(entry(maya, 6));
    for (const one of omar) await remove(one);
    expect((await verify()).lines).toEqual([
      expect.stringContaining('person:maya: entry 6 is truncated: entry 6 is gone from the end'),
      expect.stringContaining('person:omar: entry 1 is truncated: entries 1 to 6 are gone from the end'),
    ]);
  });

  test('finds entries that have changed places', async () => {
    const chain = await relayed('person:maya');
    await overwrite(entry(chain, 3), { seq: 4 });
    await overwrite(entry(chain, 4), { seq: 3 });
    expect((await verify()).lines).toEqual([
      expect.stringContaining('entry 3 is reordered: it was sealed to follow what is now entry 4'),
      expect.stringContaining('entry 4 is reordered: it was sealed to follow what is now entry 2'),
    ]);
  });

  test('finds a forked chain', async () => {
    const chain = await relayed('person:maya');
    const head: ChainHead = { seq: 2, hash: entry(chain, 2).hash };
    const forged = seal([record(3, { id: '01KFORGED', details: {} })], head);
    await createAuditLog({ dynamo, clock: () => new Date() }).append(forged);
    expect(await onlyLine()).toContain('entry 3 is forked: another entry has the same place');
  });

  test('finds entries that were never sealed, also of someone PostgreSQL knows nothing of', async () => {
    const chain = await relayed('person:maya');
    await setHead(chain.slice(0, 5));
    await relayed('person:nobody', 1);
    await sql.query("DELETE FROM audit_chains WHERE actor = 'person:nobody'");
    expect((await verify()).lines).toEqual([
      expect.stringContaining('person:maya: entry 6 is foreign'),
      expect.stringContaining('person:nobody: entry 1 is foreign'),
    ]);
  });

  test('finds an entry that was hidden from the review, and one that is none', async () => {
    const chain = await relayed('person:maya');
    await overwrite(entry(chain, 2), { orgDay: 'elsewhere#2026-11-20#0' });
    await overwrite(entry(chain, 5), { smiley: ':-)' });
    expect((await verify()).lines).toEqual([
      expect.stringContaining(
        "it is hidden from its organisation's review (orgDay is elsewhere#2026-11-20#0)",
      ),
      expect.stringContaining('is not as it was written'),
      expect.stringContaining('entry 5 is missing'),
    ]);
  });

  test('waits for what PostgreSQL has sealed and not relayed yet', async () => {
    const chain = seal(
      Array.from({ length: 6 }, (_, index) => record(index + 1)),
      undefined,
    );
    await createAuditLog({ dynamo, clock: () => new Date() }).append(chain.slice(0, 4));
    await setHead(chain);
    for (const { id, actor, at, seq, prevHash, hash } of chain.slice(3)) {
      await sql.query(
        'INSERT INTO audit_outbox (id, actor, at, body, seq, prev_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [id, actor, at, {}, seq, prevHash, hash],
      );
    }
    await sql.query(
      "INSERT INTO audit_outbox (id, actor, at, body) VALUES ('unsealed', 'person:maya', now(), '{}')",
    );
    expect((await verify()).totals.problems).toBe(0);
    await sql.query('DELETE FROM audit_outbox WHERE seq = 6');
    expect(await onlyLine()).toContain('entry 6 is truncated');
  });

  test('says no more than twenty things about one chain', async () => {
    const chain = await relayed('person:maya', 30);
    for (const one of chain) await overwrite(one, { action: 'nothing' });
    const { lines, totals } = await verify();
    expect(totals.problems).toBe(30);
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('person:maya: … and 10 more');
  });
});

describe('audit:export', () => {
  async function exported(selection: AuditSelection) {
    const skipped: string[] = [];
    let text = '';
    for await (const line of exportAudit(dynamo, selection, (what) => skipped.push(what))) text += line;
    return { text, skipped };
  }

  test('gives every record of every chain as a line of JSON', async () => {
    const all = [...(await relayed('person:maya')), ...(await relayed('person:omar'))];
    const { text } = await exported({ format: 'jsonl' });
    const records: SealedAuditRecord[] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records).toHaveLength(12);
    expect(records).toEqual(expect.arrayContaining(all));
    const seqs = records.filter(({ actor }) => actor === 'person:maya').map(({ seq }) => seq);
    expect(seqs).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('takes one actor and a stretch of time', async () => {
    const chain = await relayed('person:maya', 12);
    await relayed('person:omar');
    const selection = { from: new Date('2026-11-20T08:03:00Z'), to: new Date('2026-11-21T08:01:00Z') };
    const { text } = await exported({ format: 'jsonl', actor: 'person:maya', ...selection });
    const records: SealedAuditRecord[] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records).toEqual(chain.slice(2, 10));
  });

  test('quotes csv, and hands no formula to a spreadsheet', async () => {
    const names = ['=cmd|calc', '+1', '-1', '@sum', '\t=1', ' =1', 'Anna "A", the 2nd\nline', '1-2'];
    const chain = seal(
      names.map((actorName, index) => record(index + 1, { actorName, target: 'task:1', taskNumber: 1 })),
      undefined,
    );
    await createAuditLog({ dynamo, clock: () => new Date() }).append(chain);
    const { text } = await exported({ format: 'csv' });
    const [header, ...rest] = text.split('\r\n');
    expect(header).toBe(
      'at,actor,actorName,organizationId,action,outcome,target,taskNumber,platform,source,details,id,seq,prevHash,hash',
    );
    expect(rest.map((line) => line.split(',"harbor"')[0]?.replace(/^"[^"]*","person:maya",/, ''))).toEqual([
      `"'=cmd|calc"`,
      `"'+1"`,
      `"'-1"`,
      `"'@sum"`,
      `"'\t=1"`,
      `"' =1"`,
      '"Anna ""A"", the 2nd\nline"',
      '"1-2"',
      '',
    ]);
    expect(rest[0]).toContain(`,"task:1",1,"slack","command","{""words"":""comment 1""}",`);
  });

  test('says what it had to leave out', async () => {
    const chain = await relayed('person:maya', 2);
    await overwrite(entry(chain, 1), { outcome: 'great' });
    const { text, skipped } = await exported({ format: 'jsonl' });
    expect(text.split('\n')).toHaveLength(2);
    expect(skipped).toEqual([expect.stringMatching(/^person:maya 2026-11-20T08:01:00.000Z#.*outcome/)]);
  });

  test('reads its arguments, a day as `--to` being all of that day', () => {
    const args = ['--format', 'csv', '--from', '2026-11-01', '--to', '2026-11-30', '--out', 'audit.csv'];
    expect(readArguments(args)).toEqual({
      format: 'csv',
      from: new Date('2026-11-01T00:00:00Z'),
      to: new Date('2026-12-01T00:00:00Z'),
      actor: undefined,
      out: 'audit.csv',
    });
    const { to } = readArguments(['--format', 'jsonl', '--to', '2026-11-30T12:00:00+01:00']);
    expect(to).toEqual(new Date('2026-11-30T11:00:00Z'));
  });

  test.each([
    [[], '--format is csv or jsonl'],
    [['--format', 'pdf'], '--format is csv or jsonl'],
    [['--format', 'csv', '--from', '2026-02-31'], '--from is no date'],
    [['--format', 'csv', '--to', 'yesterday'], '--to is no date'],
    [['--format', 'csv', '--from', '2026-11-02', '--to', '2026-11-01'], 'nothing to export'],
    [['--format', 'csv', '--user', 'maya'], '--user'],
  ])('answers %j with what is wrong and how it is used', (args, words) => {
    expect(() => readArguments(args)).toThrow(words);
    expect(() => readArguments(args)).toThrow('Usage: npm run audit:export');
  });
});
