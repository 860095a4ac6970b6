import type { CardThreads } from '../core/ports.ts';
import type { Database } from './database.ts';
import { sql } from './sql.ts';

/** Asked for each reply in a thread of a channel: one look into a unique index. */
export function createCardThreads({ db }: { db: Database }): CardThreads {
  return {
    async isCard({ workspaceId, channelId, messageId }) {
      const rows = await db.rows(sql`SELECT 1 FROM task_cards
        WHERE workspace_id = ${workspaceId} AND channel_id = ${channelId} AND message_id = ${messageId}`);
      return rows.length > 0;
    },
  };
}
