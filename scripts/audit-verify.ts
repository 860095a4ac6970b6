import type pg from 'pg';
import { type ChainProblem, type ExpectedChain, verifyChain } from '../src/core/audit-verify.ts';
import type { SealedAuditRecord } from '../src/core/ports.ts';
import { type AuditReader, createAuditReader, type Dynamo } from '../src/lib/dynamodb.ts';
import { withDatabase } from './lib/databases.ts';
import { withClient } from './lib/postgres-client.ts';
import { runScript } from './lib/run-script.ts';
import { withDynamo } from './lib/with-dynamo.ts';

export interface AuditTotals {
  chains: number;
  entries: number;
  problems: number;
}

interface Check {
  reader: AuditReader;
  sql: pg.ClientBase;
  totals: AuditTotals;
  report(line: string): void;
}

/** Chains that are asked for at once; memory holds no more. */
const batchSize = 200;
/** Lines for one chain: when all of it is wrong, more of them say nothing new. */
const mostLinesAChain = 20;

/**
 * Checks every chain of the audit log against its head in PostgreSQL, and says each thing that is wrong in a line.
 * Safe on a running system: what is appended meanwhile is looked at by the next run.
 */
export async function verifyAudit(
  dynamo: Dynamo,
  sql: pg.ClientBase,
  report: (line: string) => void,
): Promise<AuditTotals> {
  const totals = { chains: 0, entries: 0, problems: 0 };
  const check = { reader: createAuditReader(dynamo), sql, totals, report };
  for await (const { actor, ...expected } of heads(sql)) await verifyActor(check, actor, expected);
  for await (const actor of actorsWithoutHead(check)) {
    await verifyActor(check, actor, { head: undefined, waiting: [] });
  }
  return totals;
}

async function verifyActor(check: Check, actor: string, expected: ExpectedChain): Promise<void> {
  const { totals } = check;
  totals.chains += 1;
  const found = reporter(check, actor);
  const foreign: ChainProblem[] = [];
  for await (const problem of verifyChain(actor, recordsOf(check, actor, found.add), expected)) {
    if (problem.kind === 'foreign') foreign.push(problem);
    else found.add(`entry ${problem.seq} is ${problem.kind}: ${problem.reason}`);
  }
  // Sealed between our look at the head and at the log, or forged: the head of now tells.
  const sealed = foreign.length > 0 ? await sealedUpTo(check.sql, actor) : 0;
  for (const { seq, kind, reason } of foreign)
    if (seq > sealed) found.add(`entry ${seq} is ${kind}: ${reason}`);
  found.end();
}

function reporter({ totals, report }: Check, actor: string) {
  let lines = 0;
  return {
    add(what: string) {
      totals.problems += 1;
      lines += 1;
      if (lines <= mostLinesAChain) report(`${actor}: ${what}`);
    },
    end() {
      if (lines > mostLinesAChain) report(`${actor}: … and ${lines - mostLinesAChain} more`);
    },
  };
}

async function* recordsOf(
  { reader, totals }: Check,
  actor: string,
  add: (what: string) => void,
): AsyncGenerator<SealedAuditRecord> {
  for await (const { at, item } of reader.chain(actor)) {
    totals.entries += 1;
    if (item.fault) add(`the entry at ${at} is changed: ${item.fault}`);
    if (item.record) yield item.record;
  }
}

/** What each chain should be. One statement a batch: a head and what waits for it belong to one moment. */
async function* heads(sql: pg.ClientBase): AsyncGenerator<ExpectedChain & { actor: string }> {
  let after = '';
  for (;;) {
    const { rows } = await sql.query<ExpectedChain & { actor: string }>(
      `SELECT chain.actor,
              json_build_object('seq', chain.seq, 'hash', chain.hash) AS head,
              coalesce(json_agg(json_build_object('seq', row.seq, 'prevHash', row.prev_hash, 'hash', row.hash))
                       FILTER (WHERE row.seq IS NOT NULL), '[]') AS waiting
         FROM (SELECT * FROM audit_chains WHERE actor > $1 ORDER BY actor LIMIT $2) chain
         LEFT JOIN audit_outbox row ON row.actor = chain.actor AND row.seq IS NOT NULL
        GROUP BY chain.actor, chain.seq, chain.hash
        ORDER BY chain.actor`,
      [after, batchSize],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.actor;
  }
}

/** Who has entries in the log though PostgreSQL never sealed any. */
async function* actorsWithoutHead({ reader, sql }: Check): AsyncGenerator<string> {
  let batch: string[] = [];
  for await (const actor of reader.actors()) {
    batch.push(actor);
    if (batch.length < batchSize) continue;
    yield* await withoutHead(sql, batch);
    batch = [];
  }
  yield* await withoutHead(sql, batch);
}

async function withoutHead(sql: pg.ClientBase, actors: string[]): Promise<string[]> {
  const { rows } = await sql.query<{ actor: string }>(
    'SELECT actor FROM unnest($1::text[]) actor WHERE actor NOT IN (SELECT actor FROM audit_chains)',
    [actors],
  );
  return rows.map(({ actor }) => actor);
}

async function sealedUpTo(sql: pg.ClientBase, actor: string): Promise<number> {
  const { rows } = await sql.query<{ seq: number }>('SELECT seq FROM audit_chains WHERE actor = $1', [actor]);
  return rows[0]?.seq ?? 0;
}

/** The last line, for people. */
function summaryOf({ chains, entries, problems }: AuditTotals): string {
  const checked = `Checked ${entries} audit entries in ${chains} chains`;
  return problems === 0
    ? `${checked}: all are as they were written.`
    : `${checked}: ${problems} things are wrong.`;
}

if (import.meta.main) {
  await runScript(() =>
    withDatabase('main', ({ url }) =>
      withClient(url, (sql) =>
        withDynamo(async (dynamo) => {
          const totals = await verifyAudit(dynamo, sql, (line) => console.log(line));
          console.log(summaryOf(totals));
          if (totals.problems > 0) process.exitCode = 1;
        }),
      ),
    ),
  );
}
