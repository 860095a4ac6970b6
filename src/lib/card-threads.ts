import type { CardThreads } from '../core/ports.ts';
import type { Database } from './database.ts';
import { reviveCards } from './revive-cards.ts';
import { sql } from './sql.ts';

interface CardThreadsDeps {
  db: Pick<Database, 'rows'>;
  clock: () => Date;
  /** Wakes the workers of a queue. */
  wake?(queue: string): void;
}

export function createCardThreads({ db, clock, wake }: CardThreadsDeps): CardThreads {
  return {
    /** Asked for each reply in a thread of a channel: one look into a unique index. */
    async isCard({ workspaceId, channelId, messageId }) {
      const rows = await db.rows(sql`SELECT 1 FROM task_cards
        WHERE workspace_id = ${workspaceId} AND channel_id = ${channelId} AND message_id = ${messageId}`);
      return rows.length > 0;
    },
    async revive(place) {
      const revived = await db.rows(reviveCards({ ...place, now: clock() }));
      if (revived.length > 0) wake?.('cards');
    },
  };
}
