import { type Sql, sql } from '../lib/sql.ts';
import type { Viewer } from './list-tasks.ts';

/**
 * Common table expressions that end in `states`: of each chosen task its state at each moment (from 1) at which it was
 * there. What a task was before a change stands in `task_changes`; of what was changed before that was kept, the time
 * of its last change of status is known, and it counts as open until then. `chosen` tests task `t` for viewer `v`.
 */
export function taskStates(
  { actor }: Viewer,
  { moments, chosen }: { moments: readonly Date[]; chosen: Sql },
): Sql {
  const start = moments[0] ?? new Date(0);
  return sql`moments AS (
      SELECT moment::int, at FROM unnest(${[...moments]}::timestamptz[]) WITH ORDINALITY AS m(at, moment)
    ),
    chosen AS (
      SELECT t.id, t.project_id, t.created_at, t.due_at, t.status_changed_at, s.category::text AS category
      FROM tasks t JOIN statuses s ON s.id = t.status_id CROSS JOIN viewer v
      WHERE t.organization_id = ${actor.organizationId} AND ${chosen}
        AND (s.category NOT IN ('done', 'cancelled') OR t.updated_at >= ${start})
    ),
    known AS (
      SELECT c.id AS task_id, 'infinity'::timestamptz AS until, 2147483647 AS version, c.category, c.due_at, c.status_changed_at,
        ARRAY(SELECT a.person_id FROM task_assignees a WHERE a.task_id = c.id AND a.state <> 'declined') AS people
      FROM chosen c
      UNION ALL
      SELECT h.task_id, h.created_at, h.version, h.before->>'category', (h.before->>'dueAt')::timestamptz,
        (h.before->>'statusChangedAt')::timestamptz,
        ARRAY(SELECT a->>'id' FROM jsonb_array_elements(h.before->'assignees') AS a WHERE a->>'state' <> 'declined')
      FROM task_changes h JOIN chosen c ON c.id = h.task_id WHERE h.created_at > ${start}
    ),
    spans AS (
      SELECT k.*, lag(k.until) OVER (PARTITION BY k.task_id ORDER BY k.until, k.version) AS since FROM known k
    ),
    states AS (
      SELECT m.moment, m.at, s.task_id, c.project_id, s.people, s.due_at,
        CASE WHEN s.since IS NULL AND s.status_changed_at >= m.at THEN 'todo' ELSE s.category END AS category
      FROM spans s JOIN chosen c ON c.id = s.task_id
      JOIN moments m ON m.at > coalesce(s.since, c.created_at) AND m.at <= s.until
    )`;
}
