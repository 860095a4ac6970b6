import pg from 'pg';
import { monotonicFactory } from 'ulid';
import type { Platform } from '../../../src/core/action.ts';
import type { Messenger } from '../../../src/core/ports.ts';
import { createJobs, type Paces } from '../../../src/jobs/index.ts';
import { createAuditQueue } from '../../../src/lib/audit-queue.ts';
import { createDatabase } from '../../../src/lib/database.ts';
import {
  createCardQueue,
  createNotificationQueue,
  createReplyQueue,
} from '../../../src/lib/delivery-queues.ts';
import { createRetention } from '../../../src/lib/retention.ts';
import { createSendBudget } from '../../../src/lib/send-budget.ts';
import { outboxRenderers } from '../../../src/outbox-renderers.ts';
import { serveChild } from '../child.ts';
import { quantiles } from '../load.ts';

export interface Drained {
  sent: number;
  seconds: number;
  /** From claim to "sent" written down, in ms */
  p50: number;
  p99: number;
}

/** Rows a claim, as the product's workers have it. */
const BATCH = 100;

await serveChild(async ({ url }: { url: string }) => ({
  ready: undefined,
  answers: { bare: () => bareLoop(url), drain: () => drain(url), cards: () => drain(url) },
}));

/** The yardstick: claim with SKIP LOCKED, "send", mark as sent; nobody is looked up, nothing drawn, no lease. */
async function bareLoop(url: string): Promise<Drained> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const times: number[] = [];
  const started = performance.now();
  for (;;) {
    const begun = performance.now();
    const { rows } = await client.query<{ id: string }>({ name: 'claim', text: bareClaim, values: [BATCH] });
    if (rows.length === 0) break;
    for (const row of rows) await instantly(row.id);
    await client.query({ name: 'mark', text: bareMark, values: [rows.map(({ id }) => id)] });
    for (const _ of rows) times.push(performance.now() - begun);
  }
  const seconds = (performance.now() - started) / 1_000;
  await client.end();
  return { sent: times.length, seconds, ...quantiles(times) };
}

const bareClaim = `UPDATE notifications SET next_attempt_at = now() + interval '30 s'
  WHERE id IN (SELECT id FROM notifications WHERE state = 'pending' AND next_attempt_at <= now()
    ORDER BY next_attempt_at, id LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING id, recipient_id, kind, data`;
const bareMark = `UPDATE notifications SET state = 'sent', sent_at = now() WHERE id = ANY ($1::text[])`;

const instantly = async (id: string): Promise<string> => id;

/** The product's own delivery with all that belongs to it, but a messenger that needs no time. */
async function drain(url: string): Promise<Drained> {
  const db = createDatabase({ url });
  const clock = () => new Date();
  const common = { db, clock, newId: monotonicFactory() };
  const times: number[] = [];
  let sent = 0;
  const jobs = createJobs({
    notifications: timed(createNotificationQueue(common), times),
    cards: timed(createCardQueue(common), times),
    replies: createReplyQueue(common),
    audit: createAuditQueue(common),
    budget: createSendBudget(common),
    retention: createRetention(common),
    messengers: new Map([
      [
        'slack',
        instantMessenger(() => {
          sent += 1;
        }),
      ],
    ]),
    auditLog: { append: async () => undefined },
    scheduled: [],
    ...outboxRenderers(common),
    signals: { on: () => undefined },
    clock,
    log: { debug: nothing, info: nothing, warn: console.warn, error: console.error },
    paces: wideOpen,
    // One message a row, as the bare loop sends them
    bundleMs: 0,
  });
  const started = performance.now();
  await jobs.drain();
  const seconds = (performance.now() - started) / 1_000;
  await jobs.stop();
  await db.close();
  return { sent, seconds, ...quantiles(times) };
}

const nothing = (): void => undefined;

const open = { everyMs: 0.001, burst: 1_000_000 };
const wideOpen: Record<Platform, Paces> = {
  slack: { workspace: open, channel: open },
  teams: { workspace: open, channel: open },
};

function instantMessenger(sent: () => void): Messenger {
  let count = 0;
  return {
    platform: 'slack',
    hasThreads: () => true,
    async sendDirect({ userId, address }) {
      sent();
      count += 1;
      const messageId = `1700000000.${String(count).padStart(6, '0')}`;
      return { channelId: `D${userId}`, messageId, address: address ?? `D${userId}` };
    },
    async post({ channelId }) {
      sent();
      return { channelId, messageId: '1700000000.000100' };
    },
    async update() {
      sent();
    },
  };
}

interface Settling<Row> {
  claim(limit: number): Promise<Row[]>;
  settle(settlements: readonly { row: Row }[]): Promise<number>;
}

/** Notes how long each row took from its claim to its end. */
function timed<Row extends { id: string }, Queue extends Settling<Row>>(
  queue: Queue,
  times: number[],
): Queue {
  const claimed = new Map<string, number>();
  return {
    ...queue,
    async claim(limit: number) {
      const begun = performance.now();
      const rows = await queue.claim(limit);
      for (const { id } of rows) claimed.set(id, begun);
      return rows;
    },
    async settle(settlements: Parameters<Queue['settle']>[0]) {
      const count = await queue.settle(settlements);
      const now = performance.now();
      for (const { row } of settlements) times.push(now - (claimed.get(row.id) ?? now));
      return count;
    },
  };
}
