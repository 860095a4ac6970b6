import { AppError } from '../core/errors.ts';
import type { Sentence } from '../core/messages.ts';
import { statusName } from '../core/status-name.ts';
import { sql } from '../lib/sql.ts';
import { type CreatedTask, createTask, type NewTask } from './create-task.ts';
import { readEditable } from './edit-task.ts';
import type { Scope } from './scope.ts';
import type { StatusCategory, TaskRecord } from './task-record.ts';
import { touchTask } from './update-task.ts';

/** A part of a task, as a line on it. */
export interface Subtask {
  number: number;
  title: string;
  status: { name: string; category: StatusCategory };
  assignees: string[];
}

/**
 * Adds a part to an open task, in its project. Throws AppError `unknown_task`, `not_allowed`, or
 * `not_possible_now` when it is closed, a part itself, or its project is archived.
 */
export async function addSubtask(
  scope: Scope,
  { parent: number, ...task }: Omit<NewTask, 'project'> & { parent: number },
): Promise<{ parent: TaskRecord; created: CreatedTask }> {
  const { task: parent } = await readEditable(scope, number, 'subtasks');
  await expectTakesParts(scope, parent);
  const created = await createTask(scope, task, parent);
  // Whoever closes it at this moment must not overlook the new part.
  touchTask(scope, parent);
  return { parent, created };
}

async function expectTakesParts({ db }: Scope, parent: TaskRecord): Promise<void> {
  const refuse = (userMessage: Sentence): never => {
    throw new AppError('not_possible_now', { userMessage });
  };
  const { number, status, parentNumber, project } = parent;
  if (status.category === 'done' || status.category === 'cancelled') {
    refuse((messages) => messages.tasks.closed(number, statusName(status, messages)));
  }
  if (parentNumber) {
    refuse(({ tasks }) => tasks.partOfPart({ number, parent: parentNumber }));
  }
  const stored = project && (await db.prisma.project.findUnique({ where: { id: project.id } }));
  if (stored?.archivedAt) refuse(({ tasks }) => tasks.archived(stored.key));
}

/** The parts of a task that the asker sees, oldest first. */
export async function subtasksOf(
  { db, actor }: Scope,
  { taskId, most }: { taskId: string; most: number },
): Promise<Subtask[]> {
  const rows = await db.rows<Omit<Subtask, 'assignees'> & { assignees: string[] | null }>(sql`SELECT
      t.number, t.title, json_build_object('name', s.name, 'category', s.category) AS status,
      (SELECT array_agg(p.name ORDER BY a.assigned_at, p.name) FROM task_assignees a JOIN persons p ON p.id = a.person_id
        WHERE a.task_id = t.id AND a.state <> 'declined') AS assignees
    FROM tasks t JOIN statuses s ON s.id = t.status_id
    WHERE t.parent_id = ${taskId} AND (t.created_by_id = ${actor.personId}
      OR EXISTS (SELECT 1 FROM task_assignees a WHERE a.task_id = t.id AND a.person_id = ${actor.personId})
      OR EXISTS (SELECT 1 FROM project_members pm WHERE pm.project_id = t.project_id AND pm.person_id = ${actor.personId})
      OR EXISTS (SELECT 1 FROM managers m LEFT JOIN projects p ON p.owner_id = m.id AND p.id = t.project_id
        WHERE m.person_id = ${actor.personId} AND (m.admin OR p.id IS NOT NULL)))
    ORDER BY t.number LIMIT ${most}::int`);
  return rows.map((row) => ({ ...row, assignees: row.assignees ?? [] }));
}
