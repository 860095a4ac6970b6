import { encodeTime } from 'ulid';
import type { Database } from './database.ts';
import { sql } from './sql.ts';

/** Characters of a ULID that tell its time. */
const TIME_LENGTH = 10;

/** Deletes what is no longer needed, at most `limit` rows a statement, along an index. */
export function createRetention({ db }: { db: Pick<Database, 'rows'> }) {
  return {
    async forgetInvocations(before: Date, limit: number): Promise<number> {
      const gone = await db.rows(sql`DELETE FROM invocations WHERE key = ANY (ARRAY(
        SELECT key FROM invocations WHERE created_at < ${before} ORDER BY created_at LIMIT ${limit}::int)) RETURNING 1`);
      return gone.length;
    },
    /** Ids are ULIDs, sorted by time: the primary key finds the old ones. */
    async forgetNotifications(before: Date, limit: number): Promise<number> {
      const gone = await db.rows(sql`DELETE FROM notifications WHERE id = ANY (ARRAY(
        SELECT id FROM notifications
        WHERE id < ${encodeTime(before.getTime(), TIME_LENGTH)} AND created_at < ${before}
          AND state IN ('sent', 'skipped', 'held') ORDER BY id LIMIT ${limit}::int)) RETURNING 1`);
      return gone.length;
    },
    async forgetChanges(before: Date, limit: number): Promise<number> {
      const gone = await db.rows(sql`DELETE FROM task_changes WHERE (task_id, version) IN (
        SELECT task_id, version FROM task_changes WHERE created_at < ${before} ORDER BY created_at LIMIT ${limit}::int) RETURNING 1`);
      return gone.length;
    },
    async forgetCopies(before: Date, limit: number): Promise<number> {
      const gone = await db.rows(sql`DELETE FROM task_cards WHERE id = ANY (ARRAY(
        SELECT id FROM task_cards WHERE recipient_id IS NOT NULL AND created_at < ${before}
        ORDER BY created_at LIMIT ${limit}::int)) RETURNING 1`);
      return gone.length;
    },
    async forgetReplies(before: Date, limit: number): Promise<number> {
      const gone = await db.rows(sql`DELETE FROM card_replies WHERE id = ANY (ARRAY(
        SELECT id FROM card_replies WHERE id < ${encodeTime(before.getTime(), TIME_LENGTH)} ORDER BY id LIMIT ${limit}::int)) RETURNING 1`);
      return gone.length;
    },
    /** One that was told long ago; one that is still to be told may have been asked for before that. */
    async forgetReminders(before: Date, limit: number): Promise<number> {
      const gone = await db.rows(sql`DELETE FROM reminders WHERE id = ANY (ARRAY(
        SELECT id FROM reminders WHERE id < ${encodeTime(before.getTime(), TIME_LENGTH)} AND told_at < ${before}
        ORDER BY id LIMIT ${limit}::int)) RETURNING 1`);
      return gone.length;
    },
    /** Of channels; those of workspaces are few, and have to stand there: see send-budget.ts. */
    async forgetBudgets(before: Date, limit: number): Promise<number> {
      const gone = await db.rows(sql`DELETE FROM send_budgets WHERE key = ANY (ARRAY(
        SELECT key FROM send_budgets WHERE free_at < ${before} AND key LIKE 'channel:%' LIMIT ${limit}::int)) AND free_at < ${before} RETURNING 1`);
      return gone.length;
    },
  };
}
