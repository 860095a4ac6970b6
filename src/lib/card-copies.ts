import type { Clock, MessageRef, NewId } from '../core/ports.ts';
import type { CardCopy } from '../core/view.ts';
import type { Database } from './database.ts';
import { sql } from './sql.ts';

export interface KeptCopy extends MessageRef {
  recipientId: string;
  workspaceId: string;
  address: string;
  copy: CardCopy;
  sentAt: Date;
}

/** Direct messages of one task to one person that are brought up to date: each is one more row in the commit of a change. */
export const COPIES_KEPT = 5;

interface Deps {
  db: Pick<Database, 'rows'>;
  clock: Clock;
  newId: NewId;
}

/**
 * Registers direct messages that show a task as cards of it. One whose task has changed since it was drawn is due at
 * once, and so is one that was drawn without its last news while these were sent. Rows that a commit holds at this moment are left for the next time: nobody waits for this.
 */
export async function keepCopies({ db, clock, newId }: Deps, copies: readonly KeptCopy[]): Promise<void> {
  const now = clock();
  const rows = lastOfEach(copies).map(({ copy: { taskId, version, ...news }, ...message }) => ({
    id: newId(),
    ...message,
    taskId,
    version,
    news,
  }));
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s(id text, "taskId" text, version int,
    "workspaceId" text, "channelId" text, address text, "messageId" text, "recipientId" text, news jsonb, "sentAt" timestamptz)`;
  await db.rows(sql`WITH s AS (SELECT DISTINCT ON ("workspaceId", "channelId", "messageId") * FROM ${given}
      ORDER BY "workspaceId", "channelId", "messageId", id DESC),
    spent AS (DELETE FROM task_cards WHERE id = ANY (ARRAY(
      SELECT id FROM task_cards WHERE id IN (
        SELECT id FROM (
          SELECT c.id, row_number() OVER (PARTITION BY c.task_id, c.recipient_id ORDER BY c.created_at DESC, c.id DESC) AS place
          FROM task_cards c JOIN (SELECT DISTINCT "taskId", "recipientId" FROM s) AS about
            ON c.task_id = about."taskId" AND c.recipient_id = about."recipientId") AS placed
        WHERE place >= ${COPIES_KEPT}::int) FOR UPDATE SKIP LOCKED)))
    INSERT INTO task_cards (id, task_id, workspace_id, channel_id, address, message_id, requested_by_id, recipient_id,
      news, state, next_attempt_at, created_at)
    SELECT s.id, t.id, s."workspaceId", s."channelId", s.address, s."messageId", s."recipientId", s."recipientId",
      s.news, CASE WHEN t.version = s.version THEN 'sent' ELSE 'pending' END::delivery_state, s."sentAt", ${now}::timestamptz
    FROM s JOIN tasks t ON t.id = s."taskId"
    ON CONFLICT (workspace_id, channel_id, message_id) DO UPDATE SET task_id = excluded.task_id,
      recipient_id = excluded.recipient_id, news = excluded.news,
      state = CASE WHEN task_cards.state = 'sent' AND task_cards.next_attempt_at > excluded.next_attempt_at
        THEN 'pending' ELSE excluded.state END,
      lease_token = NULL, revision = task_cards.revision + 1, next_attempt_at = excluded.next_attempt_at`);
  // A change that was being committed meanwhile did not see the new rows.
  await db.rows(sql`UPDATE task_cards c SET state = 'pending', revision = c.revision + 1, next_attempt_at = ${now}::timestamptz
    FROM ${given} JOIN tasks t ON t.id = s."taskId"
    WHERE c.id = s.id AND c.state = 'sent' AND t.version <> s.version`);
}

/** A message that was written over shows what came last. */
function lastOfEach(copies: readonly KeptCopy[]): KeptCopy[] {
  const keyOf = ({ workspaceId, channelId, messageId }: KeptCopy) =>
    JSON.stringify([workspaceId, channelId, messageId]);
  return [...new Map(copies.map((copy) => [keyOf(copy), copy])).values()];
}

/** Messages that show more than one task by now are not drawn anew with one of them. */
export async function dropCopies(
  { db }: Pick<Deps, 'db'>,
  messages: readonly (MessageRef & { workspaceId: string })[],
): Promise<void> {
  await db.rows(sql`DELETE FROM task_cards c
    USING jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) AS s("workspaceId" text, "channelId" text, "messageId" text)
    WHERE c.workspace_id = s."workspaceId" AND c.channel_id = s."channelId" AND c.message_id = s."messageId" AND c.recipient_id IS NOT NULL`);
}
