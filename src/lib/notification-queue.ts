import type { Platform } from '../core/action.ts';
import type { NotificationKind } from '../core/notification.ts';
import type { MessageRef } from '../core/ports.ts';
import { type StoredSettings, settingsOf } from '../core/settings.ts';
import { dropCopies, type KeptCopy, keepCopies } from './card-copies.ts';
import { createLeaseQueue, type LeasedRow, type LeaseQueueDeps } from './lease-queue.ts';
import { type OpenMessage, takeOpen } from './open-messages.ts';
import { rawSql, type Sql, sql } from './sql.ts';

interface LastMessage {
  channelId: string;
  messageId: string;
  at: string;
  ids: readonly string[];
  open: boolean;
}

interface SummaryNote {
  organizationId: string;
  recipientId: string;
  at: Date;
  rest: boolean;
}

interface RawNotification extends LeasedRow, StoredSettings {
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
  holidays: readonly string[];
  priority: 'low' | 'normal' | 'high' | 'urgent' | null;
  muted: boolean;
  accountId: string | null;
  platform: Platform;
  workspaceId: string;
  workspaceExternalId: string;
  userId: string;
  address: string | null;
  lastMessage: LastMessage | null;
  refusedAt: Date | null;
  refusedReason: string | null;
  uninstalledAt: Date | null;
  digestChannel: string | null;
  digestAddress: string | null;
  digestWorkspace: string;
  digestTeam: string;
  digestPlatform: Platform;
  digestUninstalledAt: Date | null;
}

const REMOVED = 'the app was removed from the workspace';
/** Rows that a claim takes of one lane: so that none fills a claim that others wait for. */
const MOST_OF_A_LANE = 20;
/** Holidays that are read, in days from now: a row that is held meets the later ones when it comes up again. */
const HOLIDAYS_AHEAD = 45;

/** The outbox. A claim finds out in the same statement where each message goes, and whether its recipient rests. */
export function createNotificationQueue(deps: LeaseQueueDeps) {
  const { db, clock, newId } = deps;
  const queue = createLeaseQueue(deps, {
    name: 'notifications',
    waiting: rawSql(`q.state = 'pending' AND q.lane IS NULL`),
    further: ({ now, limit }) => ({ expressions: inLanes(now, limit), name: rawSql('in_lanes') }),
    columns: rawSql(`q.organization_id AS "organizationId", q.recipient_id AS "recipientId", q.kind,
      q.task_id AS "taskId", q.actor_id AS "actorId", q.data, q.created_at AS "createdAt",
      q.error AS "lastError", p.name, p.time_zone AS "timeZone", p.locale, p.deactivated_at AS "deactivatedAt",
      s.language, s.quiet_from AS "quietFrom", s.quiet_to AS "quietTo", s.work_days AS "workDays", s.away_until AS "awayUntil",
      s.digest, s.digest_at AS "digestAt", s.digest_days AS "digestDays", s.events, t.priority,
      ARRAY(SELECT h.day::text FROM holidays h WHERE h.organization_id = q.organization_id
        AND h.day BETWEEN current_date - 2 AND current_date + ${HOLIDAYS_AHEAD}) AS holidays,
      f.person_id IS NOT NULL AS muted, a.*,
      d.channel_id AS "digestChannel", d.address AS "digestAddress", dw.id AS "digestWorkspace", dw.external_id AS "digestTeam",
      dw.platform AS "digestPlatform", dw.uninstalled_at AS "digestUninstalledAt"`),
    // Of several accounts the one seen last, but one that can be reached first.
    joins: rawSql(`JOIN persons p ON p.id = q.recipient_id
    LEFT JOIN person_settings s ON s.person_id = p.id
    LEFT JOIN tasks t ON t.id = q.task_id
    LEFT JOIN task_followers f ON f.task_id = q.task_id AND f.person_id = p.id AND f.mode = 'muted'
    LEFT JOIN channel_digests d ON q.kind = 'channel_digest' AND d.id = q.data->>'digest'
    LEFT JOIN workspaces dw ON dw.id = d.workspace_id
    LEFT JOIN LATERAL (
      SELECT a.id AS "accountId", w.platform, w.id AS "workspaceId", w.external_id AS "workspaceExternalId",
        a.external_id AS "userId", a.direct_address AS address, a.last_message AS "lastMessage", a.refused_at AS "refusedAt",
        a.refused_reason AS "refusedReason", w.uninstalled_at AS "uninstalledAt"
      FROM chat_accounts a JOIN workspaces w ON w.id = a.workspace_id WHERE a.person_id = p.id
      ORDER BY a.refused_at IS NULL AND w.uninstalled_at IS NULL DESC, a.last_seen_at DESC LIMIT 1) a ON true`),
    read: readNotification,
    set: rawSql(`, state = CASE s.outcome WHEN 'done' THEN 'sent' WHEN 'retry' THEN 'pending' ELSE s.outcome END::delivery_state,
      held_for = s.held, sent_at = CASE s.outcome WHEN 'done' THEN s.now END`),
    echo: { columns: rawSql('held text'), of: ({ heldFor }) => ({ held: heldFor }) },
    deleted: ['forgotten'],
  });

  return {
    ...queue,
    takeOpen: (messages: readonly OpenMessage[]) => takeOpen(deps, messages),
    /** What was added to a message is no news of one that has been sent below it meanwhile. */
    async keepSent(notes: readonly { accountId: string; address: string; message: LastMessage }[]) {
      await db.rows(sql`UPDATE chat_accounts a SET direct_address = s.address,
          last_message = CASE WHEN a.last_message ->> 'at' > s.message ->> 'at' THEN a.last_message ELSE s.message - 'takenUntil' END
        FROM jsonb_to_recordset(${JSON.stringify(notes)}::jsonb) AS s("accountId" text, address text, message jsonb)
        WHERE a.id = s."accountId"`);
    },
    async refuse(accounts: readonly { accountId: string; reason: string }[]): Promise<void> {
      await db.rows(sql`UPDATE chat_accounts a SET refused_at = ${clock()}, refused_reason = s.reason
        FROM jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) AS s("accountId" text, reason text)
        WHERE a.id = s."accountId" AND a.refused_at IS NULL`);
    },
    /** One that went already, since clocks differ by moments, goes once more for what is held by now. */
    async summarise(notes: readonly SummaryNote[]) {
      const rows = notes.map(({ rest, ...note }) => ({
        ...note,
        data: rest ? { rest: 'yes' } : {},
        id: newId(),
        key: `summary:${note.recipientId}:${note.at.toISOString()}`,
      }));
      await db.rows(sql`INSERT INTO notifications AS n
          (id, organization_id, recipient_id, kind, data, dedupe_key, next_attempt_at, created_at)
        SELECT DISTINCT ON (s.key) s.id, s."organizationId", s."recipientId", 'summary', s.data, s.key, s.at, ${clock()}::timestamptz
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s(id text, "organizationId" text, "recipientId" text, data jsonb, key text, at timestamptz)
        ON CONFLICT (dedupe_key) DO UPDATE SET state = 'pending', sent_at = NULL, error = NULL, next_attempt_at = excluded.next_attempt_at
        WHERE n.state IN ('sent', 'skipped')`);
    },
    async release(rows: readonly { id: string; told: boolean }[]): Promise<void> {
      await db.rows(sql`UPDATE notifications n SET held_for = NULL,
          state = CASE WHEN s.told THEN 'sent' ELSE 'skipped' END::delivery_state, sent_at = CASE WHEN s.told THEN ${clock()}::timestamptz END
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s(id text, told boolean)
        WHERE n.id = ANY (${rows.map(({ id }) => id)}::text[]) AND n.id = s.id AND n.state = 'held'`);
    },
    keepCopies: (copies: readonly KeptCopy[]) => keepCopies(deps, copies),
    dropCopies: (messages: readonly (MessageRef & { workspaceId: string })[]) => dropCopies(deps, messages),
  };
}

/**
 * What waits by workspace takes the room that is left in a claim, some of each workspace that may send now: however
 * much waits for one of them, the others have their turn, and whatever answers somebody goes first.
 */
const inLanes = (now: Date, limit: number): Sql => sql`in_lanes AS MATERIALIZED (
  SELECT picked.id FROM workspaces w
  LEFT JOIN send_budgets b ON b.key = 'workspace:' || w.id
  CROSS JOIN LATERAL (
    SELECT q.id FROM notifications q
    WHERE q.state = 'pending' AND q.lane = w.id AND q.next_attempt_at <= ${now}
    ORDER BY q.next_attempt_at, q.id
    LIMIT least(${MOST_OF_A_LANE}::int, greatest(0, ${limit}::int - (SELECT count(*)::int FROM due))) FOR UPDATE SKIP LOCKED) picked
  WHERE coalesce(b.free_at, ${now}) <= ${now}::timestamptz + interval '1 second')`;

function readNotification(raw: RawNotification) {
  const { id, leaseToken, attempts, organizationId, recipientId, kind, taskId, actorId, data, createdAt } =
    raw;
  const { name, timeZone, locale, holidays, muted } = raw;
  return {
    ...{
      id,
      leaseToken,
      attempts,
      organizationId,
      recipientId,
      kind,
      taskId,
      actorId,
      data,
      createdAt,
      muted,
    },
    lastError: raw.lastError ?? undefined,
    priority: raw.priority ?? undefined,
    recipient: {
      ...{ name, timeZone, locale, holidays },
      settings: settingsOf(raw),
      active: raw.deactivatedAt === null,
    },
    account: kind === 'channel_digest' ? readChannel(raw) : readAccount(raw),
  };
}

function readChannel(raw: RawNotification) {
  if (raw.digestChannel === null) return undefined;
  return {
    id: `channel:${raw.digestWorkspace}:${raw.digestChannel}`,
    platform: raw.digestPlatform,
    workspace: { id: raw.digestWorkspace, externalId: raw.digestTeam },
    userId: raw.digestChannel,
    channelId: raw.digestChannel,
    address: raw.digestAddress ?? undefined,
    lastMessage: undefined,
    refusal: raw.digestUninstalledAt ? REMOVED : undefined,
  };
}

function readAccount(raw: RawNotification) {
  if (raw.accountId === null) return undefined;
  return {
    id: raw.accountId,
    platform: raw.platform,
    workspace: { id: raw.workspaceId, externalId: raw.workspaceExternalId },
    userId: raw.userId,
    address: raw.address ?? undefined,
    lastMessage: raw.lastMessage ?? undefined,
    refusal: refusalOf(raw),
  };
}

function refusalOf(raw: RawNotification): string | undefined {
  if (raw.uninstalledAt) return REMOVED;
  if (raw.refusedAt) return `the account refuses messages: ${raw.refusedReason ?? 'no reason given'}`;
  return undefined;
}
