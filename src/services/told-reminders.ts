import type { NewId } from '../core/ports.ts';
import type { Scheduled } from '../core/scheduled.ts';
import { sql } from '../lib/sql.ts';
import type { Database } from './scope.ts';

/** Puts what people wanted to be reminded of into the outbox when its time has come; they are rows until then. */
export function toldReminders({
  db,
  newId,
  page = 500,
}: {
  db: Pick<Database, 'rows'>;
  newId: NewId;
  /** Rows a statement */
  page?: number;
}): Scheduled {
  return {
    name: 'reminders',
    async run(now, signal) {
      let told = 0;
      for (let some = page; some === page && !signal.aborted; told += some) {
        const ids = Array.from({ length: page }, () => newId());
        const rows = await db.rows(sql`WITH due AS (
            SELECT id, row_number() OVER (ORDER BY at, id) AS place FROM (
              SELECT id, at FROM reminders WHERE told_at IS NULL AND at <= ${now}::timestamptz
              ORDER BY at, id LIMIT ${page}::int FOR UPDATE SKIP LOCKED
            ) AS waiting
          ), told AS (
            UPDATE reminders r SET told_at = ${now} FROM due WHERE r.id = due.id
            RETURNING r.id, r.organization_id, r.person_id, r.task_id, r.snoozes, r.created_at, due.place
          )
          INSERT INTO notifications (id, organization_id, recipient_id, kind, task_id, data, dedupe_key, next_attempt_at, created_at)
          SELECT (${ids}::text[])[told.place], told.organization_id, told.person_id, 'reminder', told.task_id,
            CASE WHEN told.snoozes THEN '{"snoozed":"yes"}'::jsonb ELSE '{}' END
              || CASE WHEN s.category IN ('done', 'cancelled') AND t.status_changed_at < told.created_at
                THEN '{"closed":"yes"}'::jsonb ELSE '{}' END,
            'reminder:' || told.id, ${now}::timestamptz, ${now}::timestamptz
          FROM told JOIN tasks t ON t.id = told.task_id JOIN statuses s ON s.id = t.status_id
          ON CONFLICT (dedupe_key) DO NOTHING RETURNING 1`);
        some = rows.length;
      }
      return told;
    },
  };
}
