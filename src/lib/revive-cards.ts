import type { Platform } from '../core/ports.ts';
import { type Sql, sql } from './sql.ts';

/** An older card has scrolled out of sight. In ms. */
const WORTH_MS = 30 * 24 * 60 * 60 * 1_000;

/** Cards that were given up are due again, and say so one row each; one that may stand there already is not posted twice. */
export const reviveCards = ({
  platform,
  workspaceId,
  channelId,
  now,
}: {
  platform: Platform;
  /** The platform's own id */
  workspaceId: string;
  /** Only of this channel */
  channelId?: string;
  now: Date;
}): Sql => sql`UPDATE task_cards SET state = 'pending', attempts = 0, error = NULL, revision = revision + 1,
    next_attempt_at = ${now}::timestamptz
  WHERE id IN (SELECT c.id FROM task_cards c JOIN workspaces w ON w.id = c.workspace_id
      JOIN tasks t ON t.id = c.task_id JOIN statuses s ON s.id = t.status_id
    WHERE c.state = 'dead' AND w.platform = ${platform}::platform AND w.external_id = ${workspaceId}
      AND c.channel_id = coalesce(${channelId ?? null}::text, c.channel_id) AND c.recipient_id IS NULL
      AND c.created_at > ${new Date(now.getTime() - WORTH_MS)}::timestamptz
      AND (c.message_id IS NOT NULL OR (s.category NOT IN ('done', 'cancelled') AND c.error NOT LIKE 'may have been posted%')))
  RETURNING 1`;
