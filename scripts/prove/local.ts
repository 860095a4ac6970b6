import type { Platform } from '../../src/core/action.ts';
import type { Messenger } from '../../src/core/ports.ts';
import { createJobs, type Jobs, type JobsDeps, type Paces } from '../../src/jobs/index.ts';
import { createAuditQueue } from '../../src/lib/audit-queue.ts';
import type { Database } from '../../src/lib/database.ts';
import { createCardQueue, createNotificationQueue, createReplyQueue } from '../../src/lib/delivery-queues.ts';
import { createRetention } from '../../src/lib/retention.ts';
import { createSendBudget } from '../../src/lib/send-budget.ts';
import { outboxRenderers } from '../../src/outbox-renderers.ts';

const open = { everyMs: 0.001, burst: 1_000_000 };
const wideOpen: Record<Platform, Paces> = {
  slack: { workspace: open, channel: open },
  teams: { workspace: open, channel: open },
};
const nothing = (): void => undefined;

/** The product's delivery in this process, to platforms that need no time. */
export function localJobs(
  db: Database,
  options: {
    clock: () => Date;
    newId: () => string;
    sent(userId: string, summary: string): void;
    /** Takes the listeners that wake the queues */
    on?: JobsDeps['signals']['on'];
    worker?: JobsDeps['worker'];
  },
): Jobs {
  const { clock, newId, sent, on = nothing, worker } = options;
  const common = { db, clock, newId };
  let ids = 0;
  const messenger: Messenger = {
    platform: 'slack',
    hasThreads: () => true,
    async sendDirect({ userId, address, view }) {
      sent(userId, view.summary);
      ids += 1;
      return { channelId: `D${userId}`, messageId: String(ids), address: address ?? `D${userId}` };
    },
    async post({ channelId }) {
      ids += 1;
      return { channelId, messageId: String(ids) };
    },
    async update() {},
  };
  return createJobs({
    notifications: createNotificationQueue(common),
    cards: createCardQueue(common),
    replies: createReplyQueue(common),
    audit: createAuditQueue(common),
    budget: createSendBudget(common),
    retention: createRetention(common),
    messengers: new Map([['slack', messenger]]),
    auditLog: { append: async () => undefined },
    ...outboxRenderers(common),
    scheduled: [],
    signals: { on },
    ...(worker ? { worker } : {}),
    clock,
    log: { debug: nothing, info: nothing, warn: nothing, error: console.error },
    paces: wideOpen,
    bundleMs: 0,
  });
}
