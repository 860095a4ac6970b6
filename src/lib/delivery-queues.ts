import type { Platform } from '../core/action.ts';
import type { NotificationKind } from '../core/notification.ts';
import { type KeptCopy, keepCopies } from './card-copies.ts';
import { createLeaseQueue, type LeasedRow, type LeaseQueueDeps } from './lease-queue.ts';
import { rawSql, sql } from './sql.ts';

interface RawNotification extends LeasedRow {
  organizationId: string;
  recipientId: string;
  kind: NotificationKind;
  taskId: string | null;
  actorId: string | null;
  data: Record<string, string>;
  createdAt: Date;
  lastError: string | null;
  name: string;
  timeZone: string;
  locale: string;
  deactivatedAt: Date | null;
  accountId: string | null;
  platform: Platform;
  workspaceId: string;
  workspaceExternalId: string;
  userId: string;
  address: string | null;
  refusedAt: Date | null;
  refusedReason: string | null;
  uninstalledAt: Date | null;
}

/** The outbox. A claim finds out in the same statement where each message goes. */
export function createNotificationQueue(deps: LeaseQueueDeps) {
  const queue = createLeaseQueue(deps, {
    name: 'notifications',
    waiting: rawSql(`q.state = 'pending'`),
    columns: rawSql(`q.organization_id AS "organizationId", q.recipient_id AS "recipientId", q.kind,
      q.task_id AS "taskId", q.actor_id AS "actorId", q.data, q.created_at AS "createdAt",
      q.error AS "lastError", p.name, p.time_zone AS "timeZone", p.locale, p.deactivated_at AS "deactivatedAt", a.*`),
    // Of several accounts the one seen last, but one that can be reached first.
    joins: rawSql(`JOIN persons p ON p.id = q.recipient_id LEFT JOIN LATERAL (
      SELECT a.id AS "accountId", w.platform, w.id AS "workspaceId", w.external_id AS "workspaceExternalId",
        a.external_id AS "userId", a.direct_address AS address, a.refused_at AS "refusedAt",
        a.refused_reason AS "refusedReason", w.uninstalled_at AS "uninstalledAt"
      FROM chat_accounts a JOIN workspaces w ON w.id = a.workspace_id WHERE a.person_id = p.id
      ORDER BY a.refused_at IS NULL AND w.uninstalled_at IS NULL DESC, a.last_seen_at DESC LIMIT 1) a ON true`),
    read: readNotification,
    set: rawSql(`, state = CASE s.outcome WHEN 'done' THEN 'sent' WHEN 'retry' THEN 'pending' ELSE s.outcome END::delivery_state,
      sent_at = CASE s.outcome WHEN 'done' THEN s.now END`),
    deleted: ['forgotten'],
  });

  return {
    ...queue,
    async keepAddresses(accounts: readonly { accountId: string; address: string }[]): Promise<void> {
      await deps.db.rows(sql`UPDATE chat_accounts a SET direct_address = s.address
        FROM jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) AS s("accountId" text, address text)
        WHERE a.id = s."accountId"`);
    },
    async refuse(accounts: readonly { accountId: string; reason: string }[]): Promise<void> {
      await deps.db.rows(sql`UPDATE chat_accounts a SET refused_at = ${deps.clock()}, refused_reason = s.reason
        FROM jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) AS s("accountId" text, reason text)
        WHERE a.id = s."accountId" AND a.refused_at IS NULL`);
    },
    keepCopies: (copies: readonly KeptCopy[]) => keepCopies(deps, copies),
  };
}

function readNotification(raw: RawNotification) {
  const { id, leaseToken, attempts, organizationId, recipientId, kind, taskId, actorId, data, createdAt } =
    raw;
  const { name, timeZone, locale } = raw;
  return {
    ...{ id, leaseToken, attempts, organizationId, recipientId, kind, taskId, actorId, data, createdAt },
    lastError: raw.lastError ?? undefined,
    recipient: { name, timeZone, locale, active: raw.deactivatedAt === null },
    account: raw.accountId === null ? undefined : readAccount(raw, raw.accountId),
  };
}

function readAccount(raw: RawNotification, id: string) {
  return {
    id,
    platform: raw.platform,
    workspace: { id: raw.workspaceId, externalId: raw.workspaceExternalId },
    userId: raw.userId,
    address: raw.address ?? undefined,
    refusal: refusalOf(raw),
  };
}

function refusalOf(raw: RawNotification): string | undefined {
  if (raw.uninstalledAt) return 'the app was removed from the workspace';
  if (raw.refusedAt) return `the account refuses messages: ${raw.refusedReason ?? 'no reason given'}`;
  return undefined;
}

export { createCardQueue, createReplyQueue } from './card-queues.ts';
