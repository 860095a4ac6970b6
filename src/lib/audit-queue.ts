import type { AuditRecord, SealedAuditRecord } from '../core/ports.ts';
import { createLeaseQueue, type LeasedRow, type LeaseQueueDeps } from './lease-queue.ts';
import { rawSql, sql } from './sql.ts';

interface Chain {
  actor: string;
  head: { seq: number; hash: string } | undefined;
  records: AuditRecord[];
}

interface RawSealed extends LeasedRow {
  body: AuditRecord;
  seq: number;
  prevHash: string;
  hash: string;
}

interface RawUnsealed {
  actor: string;
  body: AuditRecord;
  headSeq: number | null;
  headHash: string | null;
}

/** Audit rows on their way: sealed into their actor's chain first, then leased, put and deleted. */
export function createAuditQueue(deps: LeaseQueueDeps) {
  const { db } = deps;
  const queue = createLeaseQueue(deps, {
    name: 'audit_outbox',
    waiting: rawSql('q.seq IS NOT NULL'),
    columns: rawSql('q.body, q.seq, q.prev_hash AS "prevHash", q.hash'),
    read: ({ id, leaseToken, attempts, body, seq, prevHash, hash }: RawSealed) => ({
      ...{ id, leaseToken, attempts },
      record: { ...body, seq, prevHash, hash },
    }),
    deleted: ['done', 'forgotten'],
  });

  return {
    ...queue,

    async unsealed(limit: number): Promise<Chain[]> {
      const rows =
        await db.rows<RawUnsealed>(sql`SELECT q.actor, q.body, c.seq AS "headSeq", c.hash AS "headHash"
        FROM (SELECT actor, id, body FROM audit_outbox WHERE seq IS NULL ORDER BY actor, id LIMIT ${limit}::int) q
        LEFT JOIN audit_chains c ON c.actor = q.actor ORDER BY q.actor, q.id`);
      const chains = new Map<string, Chain>();
      for (const { actor, body, headSeq, headHash } of rows) {
        const head = headSeq === null || headHash === null ? undefined : { seq: headSeq, hash: headHash };
        const chain = chains.get(actor) ?? { actor, head, records: [] };
        chain.records.push(body);
        chains.set(actor, chain);
      }
      return [...chains.values()];
    },

    /**
     * One statement: a head moves only from where it was read, and only rows of heads that moved are sealed. Of two
     * replicas with the same records the second finds the head elsewhere and changes nothing, so a chain can't fork.
     */
    async storeSealed(chains: readonly { before: Chain; sealed: SealedAuditRecord[] }[]): Promise<number> {
      const heads = chains.map(({ before, sealed }) => {
        const last = sealed.at(-1);
        return { actor: before.actor, from: before.head?.seq ?? 0, seq: last?.seq, hash: last?.hash };
      });
      const records = chains.flatMap(({ sealed }) =>
        sealed.map(({ seq, prevHash, hash, ...body }) => ({ id: body.id, body, seq, prevHash, hash })),
      );
      const stored = await db.rows(sql`WITH
        head AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(heads)}::jsonb)
          AS h(actor text, "from" int, seq int, hash text)),
        begun AS (INSERT INTO audit_chains (actor, seq, hash)
          SELECT actor, seq, hash FROM head WHERE "from" = 0 ORDER BY actor
          ON CONFLICT (actor) DO NOTHING RETURNING actor),
        -- Locked in one order, so that two replicas never wait for each other.
        locked AS MATERIALIZED (SELECT c.actor FROM audit_chains c JOIN head h ON h.actor = c.actor AND h."from" = c.seq
          ORDER BY c.actor FOR UPDATE OF c),
        moved AS (UPDATE audit_chains c SET seq = h.seq, hash = h.hash FROM head h, locked l
          WHERE c.actor = h.actor AND c.seq = h."from" AND l.actor = c.actor RETURNING c.actor)
        UPDATE audit_outbox q SET body = r.body, seq = r.seq, prev_hash = r."prevHash", hash = r.hash
        FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
          AS r(id text, body jsonb, seq int, "prevHash" text, hash text)
        WHERE q.id = ANY (${records.map(({ id }) => id)}) AND q.id = r.id AND q.seq IS NULL
          AND q.actor IN (SELECT actor FROM begun UNION ALL SELECT actor FROM moved) RETURNING 1`);
      return stored.length;
    },

    async backlog(): Promise<{ rows: number; oldest: Date | undefined }> {
      const [found] = await db.rows<{ rows: number; oldest: Date | null }>(
        sql`SELECT count(*)::int AS rows, min(at) AS oldest FROM audit_outbox`,
      );
      return { rows: found?.rows ?? 0, oldest: found?.oldest ?? undefined };
    },
  };
}
