import { sql } from '../lib/sql.ts';
import { isVisible, says, type TaskRow, viewerOf } from './list-tasks.ts';
import type { Scope } from './scope.ts';

export interface TaskSearch {
  /** All of them stand in the title or the description; none of them: what is open. */
  words: readonly string[];
  skip: number;
  most: number;
}

export type FoundTask = Omit<TaskRow, 'workable' | 'statusNote'>;

/**
 * Tasks that the asker sees, for a list that one picks from while typing: the number that was typed, what is
 * open, their own, and what was changed last.
 */
export async function searchTasks(scope: Scope, { words, skip, most }: TaskSearch): Promise<FoundTask[]> {
  const number = words.length === 1 ? numberOf(words[0]) : null;
  const matches =
    words.length === 0
      ? sql`s.category NOT IN ('done', 'cancelled')`
      : sql`(${number}::int = t.number OR (${words.map(says).reduce((all, test) => sql`${all} AND ${test}`)}))`;
  const rows = await scope.db.rows<FoundTask & { assignees: string[] | null }>(sql`
    WITH viewer AS (${viewerOf(scope)})
    SELECT t.number, t.title, t.priority, t.due_at AS "dueAt", t.due_has_time AS "dueHasTime", s.name AS status,
      s.category, p.key AS "projectKey",
      (SELECT array_agg(person.name ORDER BY a.assigned_at, person.name) FROM task_assignees a JOIN persons person ON person.id = a.person_id
        WHERE a.task_id = t.id AND a.state <> 'declined') AS assignees
    FROM tasks t JOIN statuses s ON s.id = t.status_id CROSS JOIN viewer v LEFT JOIN projects p ON p.id = t.project_id
    WHERE t.organization_id = ${scope.actor.organizationId} AND ${isVisible(scope)} AND ${matches}
    ORDER BY ${number}::int IS NOT DISTINCT FROM t.number DESC, s.category IN ('done', 'cancelled'),
      EXISTS (SELECT 1 FROM task_assignees a
        WHERE a.task_id = t.id AND a.person_id = v.id AND a.state <> 'declined') DESC,
      t.updated_at DESC, t.number DESC
    LIMIT ${most}::int OFFSET ${skip}::int`);
  return rows.map((row) => ({ ...row, assignees: row.assignees ?? [] }));
}

function numberOf(word: string | undefined): number | null {
  const [, digits] = /^#?(\d{1,9})$/.exec(word ?? '') ?? [];
  return digits === undefined ? null : Number(digits);
}
