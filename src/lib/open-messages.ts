import type { MessageRef } from '../core/ports.ts';
import type { LeaseQueueDeps } from './lease-queue.ts';
import { sql } from './sql.ts';

/** The last message to an account, as it was when it was claimed. */
export interface OpenMessage extends MessageRef {
  accountId: string;
  workspaceId: string;
  ids: readonly string[];
}

/** So long nobody else writes a message that was taken, unless its new words are known before, in ms: longer than a send may take. */
const TAKEN_MS = 20_000;

/**
 * Takes messages that something is to be added to; says of which accounts. Two who add to one message at once, or who add to it
 * while its task is drawn anew, would each write over what the other says: so one that was written since is left out, and one that
 * is being written. A copy of a task's card is leased from those who draw cards.
 */
export async function takeOpen(
  { db, clock, newId }: LeaseQueueDeps,
  messages: readonly OpenMessage[],
): Promise<ReadonlySet<string>> {
  const now = clock();
  const until = new Date(now.getTime() + TAKEN_MS);
  const taken = await db.rows<{ id: string }>(sql`WITH wanted AS (
      SELECT s.*, c.id AS copy FROM jsonb_to_recordset(${JSON.stringify(messages)}::jsonb)
        AS s("accountId" text, "workspaceId" text, "channelId" text, "messageId" text, ids jsonb)
      LEFT JOIN task_cards c ON c.workspace_id = s."workspaceId" AND c.channel_id = s."channelId" AND c.message_id = s."messageId"
        AND c.recipient_id IS NOT NULL),
    copies AS MATERIALIZED (SELECT id FROM task_cards WHERE id = ANY (ARRAY(SELECT copy FROM wanted WHERE copy IS NOT NULL))
      AND (lease_token IS NULL OR next_attempt_at <= ${now}::timestamptz) FOR UPDATE SKIP LOCKED),
    taken AS (UPDATE chat_accounts a SET last_message = a.last_message || jsonb_build_object('takenUntil', ${until.toISOString()}::text)
      FROM wanted w WHERE a.id = w."accountId" AND (w.copy IS NULL OR w.copy IN (SELECT id FROM copies))
        AND a.last_message ->> 'messageId' = w."messageId" AND a.last_message -> 'ids' = w.ids
        AND coalesce((a.last_message ->> 'takenUntil')::timestamptz <= ${now}::timestamptz, true)
      RETURNING a.id, w.copy),
    leased AS (UPDATE task_cards SET state = 'pending', lease_token = ${newId()}, next_attempt_at = ${until}::timestamptz
      WHERE id IN (SELECT copy FROM taken))
    SELECT id FROM taken`);
  return new Set(taken.map(({ id }) => id));
}
