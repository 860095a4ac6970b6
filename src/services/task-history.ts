import { type Sql, sql } from '../lib/sql.ts';
import type { Viewer } from './list-tasks.ts';

/**
 * Common table expressions that end in `spans`: the states that the chosen tasks were in, each with the first and the last of
 * the moments (from 1) at which it was so, after the changes before that moment. A state between two moments is left out.
 * What a task was before a change stands in `task_changes`. Of what was changed before that was kept, the time of the last
 * change of status is known, and the task counts as open until then. `chosen` tests task `t` for viewer `v`.
 */
export function taskSpans(
  { actor }: Viewer,
  { moments, chosen }: { moments: readonly Date[]; chosen: Sql },
): Sql {
  const start = moments[0] ?? new Date(0);
  const times = sql`${[...moments]}::timestamptz[]`;
  return sql`chosen AS (
      SELECT t.id, t.project_id, t.created_at, t.due_at, t.status_changed_at, s.category::text AS category
      FROM tasks t JOIN statuses s ON s.id = t.status_id CROSS JOIN viewer v
      WHERE t.organization_id = ${actor.organizationId} AND ${chosen}
        AND (s.category NOT IN ('done', 'cancelled') OR t.updated_at >= ${start})
    ),
    recorded AS (
      SELECT c.id AS task_id, 'infinity'::timestamptz AS until, 2147483647 AS version, c.category, c.due_at, c.status_changed_at,
        ARRAY(SELECT a.person_id FROM task_assignees a WHERE a.task_id = c.id AND a.state <> 'declined') AS people
      FROM chosen c
      UNION ALL
      SELECT h.task_id, h.created_at, h.version, h.before->>'category', (h.before->>'dueAt')::timestamptz,
        (h.before->>'statusChangedAt')::timestamptz,
        ARRAY(SELECT a->>'id' FROM jsonb_array_elements(h.before->'assignees') AS a WHERE a->>'state' <> 'declined')
      FROM task_changes h JOIN chosen c ON c.id = h.task_id WHERE h.created_at > ${start}
    ),
    known AS (
      SELECT * FROM recorded
      UNION ALL
      SELECT * FROM (
        SELECT DISTINCT ON (r.task_id) r.task_id, r.status_changed_at AS until, 0, 'todo', r.due_at, r.status_changed_at, r.people
        FROM recorded r ORDER BY r.task_id, r.until, r.version
      ) first WHERE first.until >= ${start}
    ),
    followed AS (
      SELECT k.*, lag(k.until) OVER (PARTITION BY k.task_id ORDER BY k.until, k.version) AS since FROM known k
    ),
    placed AS (
      SELECT f.task_id, c.project_id, f.people, f.due_at, f.category,
        width_bucket(greatest(f.since, c.created_at), ${times}) + 1 AS first, width_bucket(f.until, ${times}) AS last
      FROM followed f JOIN chosen c ON c.id = f.task_id
    ),
    spans AS (SELECT * FROM placed WHERE first <= last)`;
}
