import { sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';

/** What the direct message tells whose button was pressed, as ids of the outbox; undefined where another came after it. */
export async function newsToldHere({ db, actor, invocation }: Scope): Promise<string[] | undefined> {
  const { channelId, messageId } = invocation.place;
  if (!messageId) return undefined;
  const [row] = await db.rows<{ ids: string[] }>(sql`
    SELECT ARRAY(SELECT jsonb_array_elements_text(last_message::jsonb -> 'ids')) AS ids FROM chat_accounts
    WHERE person_id = ${actor.personId} AND workspace_id = ${actor.workspaceId}
      AND last_message::jsonb ->> 'channelId' = ${channelId} AND last_message::jsonb ->> 'messageId' = ${messageId}`);
  return row?.ids;
}
