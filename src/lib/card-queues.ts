import type { Platform } from '../core/ports.ts';
import type { CardCopy } from '../core/view.ts';
import { createLeaseQueue, type LeasedRow, type LeaseQueueDeps } from './lease-queue.ts';
import { rawSql } from './sql.ts';

/** How messages end that are posted once and updated after. */
const postings = {
  // The task changed while its card was being sent: what was sent is old already, so it goes once more at once.
  set: rawSql(`, message_id = coalesce(s.message, q.message_id),
    state = CASE WHEN s.outcome = 'retry' OR (s.outcome = 'done' AND q.revision <> s.revision) THEN 'pending'
      WHEN s.outcome = 'done' THEN 'sent' ELSE s.outcome END::delivery_state`),
  again:
    rawSql(`next_attempt_at = CASE WHEN s.outcome = 'done' THEN s.now ELSE coalesce(s.at, q.next_attempt_at) END,
    attempts = CASE WHEN s.outcome = 'done' THEN 0 ELSE q.attempts + s.cost END`),
  deleted: ['forgotten' as const],
};

interface RawCard extends LeasedRow {
  taskId: string;
  platform: Platform;
  workspaceId: string;
  workspaceExternalId: string;
  uninstalledAt: Date | null;
  channelId: string;
  channelName: string | null;
  address: string | null;
  messageId: string | null;
  requestedById: string;
  recipientId: string | null;
  news: Pick<CardCopy, 'news' | 'summary' | 'buttons'> | null;
  revision: number;
  toldVersion: number;
  toldSince: Date;
}

/** The posted cards that are older than their task, and those that are to be posted. */
export function createCardQueue(deps: LeaseQueueDeps) {
  return createLeaseQueue(deps, {
    name: 'task_cards',
    waiting: rawSql(`q.state = 'pending'`),
    columns:
      rawSql(`q.task_id AS "taskId", w.platform, w.id AS "workspaceId", w.external_id AS "workspaceExternalId",
      w.uninstalled_at AS "uninstalledAt", q.channel_id AS "channelId", q.address,
      (SELECT nullif(l.channel_name, l.channel_id) FROM channel_links l
        WHERE l.workspace_id = q.workspace_id AND l.channel_id = q.channel_id ORDER BY l.created_at DESC LIMIT 1) AS "channelName", q.message_id AS "messageId",
      q.requested_by_id AS "requestedById", q.recipient_id AS "recipientId", q.news, q.revision,
      q.told_version AS "toldVersion", coalesce(q.told_since, q.created_at) AS "toldSince"`),
    joins: rawSql('JOIN workspaces w ON w.id = q.workspace_id'),
    read: (raw: RawCard) => ({
      id: raw.id,
      leaseToken: raw.leaseToken,
      attempts: raw.attempts,
      taskId: raw.taskId,
      platform: raw.platform,
      workspace: { id: raw.workspaceId, externalId: raw.workspaceExternalId },
      installed: raw.uninstalledAt === null,
      channelId: raw.channelId,
      channelName: raw.channelName ?? undefined,
      address: raw.address ?? undefined,
      messageId: raw.messageId ?? undefined,
      requestedById: raw.requestedById,
      copy: raw.recipientId && raw.news ? { recipientId: raw.recipientId, news: raw.news } : undefined,
      revision: raw.revision,
      toldVersion: raw.toldVersion,
      toldSince: raw.toldSince,
    }),
    ...postings,
    echo: { columns: rawSql('revision int'), of: ({ row: { revision } }) => ({ revision }) },
  });
}

interface RawReply extends LeasedRow {
  platform: Platform;
  workspaceId: string;
  workspaceExternalId: string;
  uninstalledAt: Date | null;
  channelId: string;
  address: string | null;
  threadId: string;
  messageId: string | null;
  revision: number;
}

/** What the threads of cards are still to tell, and what of it is not as it was told any more. */
export function createReplyQueue(deps: LeaseQueueDeps) {
  return createLeaseQueue(deps, {
    name: 'card_replies',
    waiting: rawSql(`q.state = 'pending'`),
    columns: rawSql(`w.platform, w.id AS "workspaceId", w.external_id AS "workspaceExternalId",
      w.uninstalled_at AS "uninstalledAt", c.channel_id AS "channelId", c.address, c.message_id AS "threadId",
      q.message_id AS "messageId", q.revision`),
    joins: rawSql('JOIN task_cards c ON c.id = q.card_id JOIN workspaces w ON w.id = c.workspace_id'),
    read: (raw: RawReply) => ({
      id: raw.id,
      leaseToken: raw.leaseToken,
      attempts: raw.attempts,
      platform: raw.platform,
      workspace: { id: raw.workspaceId, externalId: raw.workspaceExternalId },
      installed: raw.uninstalledAt === null,
      channelId: raw.channelId,
      address: raw.address ?? undefined,
      threadId: raw.threadId,
      messageId: raw.messageId ?? undefined,
      revision: raw.revision,
    }),
    ...postings,
    echo: { columns: rawSql('revision int'), of: ({ row: { revision } }) => ({ revision }) },
  });
}
