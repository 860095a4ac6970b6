import type { Database } from '../lib/database.ts';
import { sql } from '../lib/sql.ts';
import { readTasks, type TaskRecord } from './task-record.ts';

/** A row of the outbox with everything that its message says, as it is now. */
export interface NotificationContent {
  id: string;
  kind: string;
  recipient: { id: string; timeZone: string; locale: string };
  actorName: string | null;
  data: Record<string, string>;
  task: TaskRecord | null;
  /** The comment that it tells of */
  comment: string | null;
}

interface Row {
  id: string;
  kind: string;
  recipientId: string;
  timeZone: string;
  locale: string;
  actorName: string | null;
  data: Record<string, string>;
  taskId: string | null;
  sees: boolean;
  comment: string | null;
}

/**
 * The content of these notifications: two reads for any number. What its recipient may no longer see
 * is left out.
 */
export async function readNotificationContent(
  db: Database,
  ids: readonly string[],
): Promise<NotificationContent[]> {
  const rows =
    await db.rows<Row>(sql`SELECT n.id, n.kind, n.recipient_id AS "recipientId", r.time_zone AS "timeZone", r.locale,
      actor.name AS "actorName", n.data, n.task_id AS "taskId", c.body AS comment,
      r.deactivated_at IS NULL AND (n.task_id IS NULL OR n.kind = 'unassigned' OR coalesce(m.admin, false)
        OR t.created_by_id = r.id OR p.owner_id = m.id
        OR EXISTS (SELECT 1 FROM project_members pm WHERE pm.project_id = t.project_id AND pm.person_id = r.id)
        OR EXISTS (SELECT 1 FROM task_assignees a WHERE a.task_id = t.id AND a.person_id = r.id)) AS sees
    FROM notifications n
    JOIN persons r ON r.id = n.recipient_id
    LEFT JOIN managers m ON m.person_id = r.id
    LEFT JOIN persons actor ON actor.id = n.actor_id
    LEFT JOIN tasks t ON t.id = n.task_id
    LEFT JOIN projects p ON p.id = t.project_id
    LEFT JOIN comments c ON c.id = n.data ->> 'commentId'
    WHERE n.id = ANY(${[...ids]}::text[])`);
  const taskIds = [...new Set(rows.flatMap(({ taskId }) => (taskId ? [taskId] : [])))];
  const tasks = new Map(
    (taskIds.length > 0 ? await readTasks(db, taskIds) : []).map((task) => [task.id, task]),
  );
  return rows
    .filter(({ sees }) => sees)
    .map(({ recipientId, timeZone, locale, taskId, sees: _sees, ...row }) => ({
      ...row,
      recipient: { id: recipientId, timeZone, locale },
      task: (taskId && tasks.get(taskId)) || null,
    }));
}
