import { sql } from '../lib/sql.ts';
import { isVisible, viewerOf } from './list-tasks.ts';
import type { Scope } from './scope.ts';

/** Open tasks that the asker sees: their own first, then what was changed last. */
export function recentTasks(
  scope: Scope,
  { most }: { most: number },
): Promise<{ number: number; title: string }[]> {
  return scope.db.rows(sql`
    WITH viewer AS (${viewerOf(scope)})
    SELECT t.number, t.title FROM tasks t JOIN statuses s ON s.id = t.status_id CROSS JOIN viewer v
    WHERE t.organization_id = ${scope.actor.organizationId} AND s.category NOT IN ('done', 'cancelled')
      AND ${isVisible(scope)}
    ORDER BY EXISTS (SELECT 1 FROM task_assignees a
        WHERE a.task_id = t.id AND a.person_id = v.id AND a.state <> 'declined') DESC,
      t.updated_at DESC, t.number DESC
    LIMIT ${most}::int`);
}
