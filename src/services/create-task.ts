import { AppError } from '../core/errors.ts';
import { sql } from '../lib/sql.ts';
import { type Due, readDue } from './due.ts';
import { notify } from './notify.ts';
import { findPeople } from './people.ts';
import { type ProjectRef, projectFor } from './projects.ts';
import type { Scope } from './scope.ts';
import type { PersonName, Priority, TaskRecord } from './task-record.ts';

export interface NewTask {
  title: string;
  description?: string;
  /** References as in people.ts */
  assignees: readonly string[];
  everyone: boolean;
  /** As typed */
  due?: string;
  priority: Priority;
  /** Key as typed */
  project?: string;
}

export interface CreatedTask {
  id: string;
  number: number;
  title: string;
  assignees: PersonName[];
  due: Due | null;
  project: ProjectRef | null;
  /** Whether its card is posted in the channel that one is in. */
  postedHere: boolean;
}

/**
 * Creates a task, a part of `parent` and in its project where one is given, tells its assignees and posts its card: in the channel where it was asked for, and in
 * those that show its project. Throws AppError for what can't be read, found or done.
 */
export async function createTask(
  scope: Scope,
  task: NewTask,
  parent?: Pick<TaskRecord, 'id' | 'number' | 'project'>,
): Promise<CreatedTask> {
  const project = parent ? parent.project : await projectFor(scope, task.project);
  const assignees = await findAssignees(scope, task.assignees);
  const due = task.due ? readDue(task.due, { person: scope.actor, now: scope.now }) : null;
  const id = scope.newId();
  const number = await takeNumber(scope);
  insertTask(scope, { ...task, id, number, project, due, parentId: parent?.id ?? null });
  if (assignees.length > 0) insertAssignees(scope, { taskId: id, assignees });
  postCards(scope, { taskId: id, project, priority: task.priority });
  notify(scope, {
    kind: 'assigned',
    to: assignees.map((person) => person.id),
    task: { id },
    occasion: `${id}:1`,
  });
  scope.audit({
    target: `task:${id}`,
    taskNumber: number,
    details: {
      title: task.title,
      ...(assignees.length > 0 ? { assignees: assignees.map(({ name }) => name).join(', ') } : {}),
      ...(due ? { due: due.at.toISOString() } : {}),
      ...(project ? { project: project.key } : {}),
      ...(parent ? { part: `of #${parent.number}` } : {}),
      ...(task.priority === 'normal' ? {} : { priority: task.priority }),
    },
  });
  return {
    id,
    number,
    title: task.title,
    assignees,
    due,
    project,
    postedHere: scope.invocation.place.kind !== 'direct',
  };
}

/** Of the actor */
async function managerOf({ db, actor }: Scope): Promise<string | undefined> {
  const [found] = await db.rows<{ name: string }>(sql`SELECT p.name FROM workers w
    JOIN managers m ON m.id = w.manager_id JOIN persons p ON p.id = m.person_id AND p.deactivated_at IS NULL
    WHERE w.person_id = ${actor.personId}`);
  return found?.name;
}

/** Managers give tasks to anyone; everyone else takes their own. */
async function findAssignees(scope: Scope, references: readonly string[]): Promise<PersonName[]> {
  const { roles, personId, name } = scope.actor;
  const manages = roles.manager || roles.admin;
  const people = await findPeople(scope, { references, argument: 'assignees', groups: true });
  if (manages) return people;
  if (people.some(({ id }) => id !== personId)) {
    const manager = await managerOf(scope);
    throw new AppError('not_allowed', {
      userMessage: ({ tasks, words }) => tasks.forYourself(manager ?? words.aManager),
    });
  }
  return [{ id: personId, name }];
}

/**
 * Numbers are taken before the commit, on their own: two people adding at once don't wait for one another,
 * and a commit that fails leaves a gap.
 */
async function takeNumber(scope: Scope): Promise<number> {
  const [row] = await scope.db.rows<{ number: number }>(sql`UPDATE organizations
    SET next_task_number = next_task_number + 1 WHERE id = ${scope.actor.organizationId}
    RETURNING next_task_number - 1 AS number`);
  if (!row) throw new Error('The organisation is gone');
  return row.number;
}

function insertTask(
  scope: Scope,
  task: Omit<NewTask, 'due' | 'project'> & {
    id: string;
    number: number;
    due: Due | null;
    project: ProjectRef | null;
    parentId: string | null;
  },
): void {
  const { actor, now } = scope;
  scope.work.write(
    sql`INSERT INTO tasks (id, organization_id, number, project_id, title, description, priority, due_at, due_has_time,
        status_id, status_changed_at, status_changed_by_id, assignee_mode, parent_id, created_by_id, created_at, updated_at)
      SELECT ${task.id}, ${actor.organizationId}, ${task.number}::int, ${task.project?.id ?? null}, ${task.title},
        ${task.description ?? ''}, ${task.priority}::priority, ${task.due?.at ?? null}::timestamptz, ${task.due?.hasTime ?? false}::boolean,
        s.id, ${now}::timestamptz, ${actor.personId}, ${task.everyone ? 'everyone' : 'anyone'}::assignee_mode, ${task.parentId}, ${actor.personId},
        ${now}::timestamptz, ${now}::timestamptz
      FROM statuses s WHERE s.organization_id = ${actor.organizationId} AND s.category = 'todo'
        AND NOT EXISTS (SELECT 1 FROM projects p WHERE p.id = ${task.project?.id ?? null} AND p.archived_at IS NOT NULL)
      ORDER BY s.position LIMIT 1`,
    { rows: 1 },
  );
}

export function insertAssignees(
  scope: Scope,
  { taskId, assignees }: { taskId: string; assignees: readonly PersonName[] },
): void {
  scope.work.write(sql`INSERT INTO task_assignees (task_id, person_id, assigned_by_id, assigned_at)
    SELECT ${taskId}, person, ${scope.actor.personId}, ${scope.now}::timestamptz
    FROM unnest(${assignees.map(({ id }) => id)}::text[]) AS person
    ON CONFLICT (task_id, person_id) DO UPDATE
      SET state = 'assigned', note = NULL, assigned_by_id = excluded.assigned_by_id, assigned_at = excluded.assigned_at`);
}

/** One card a channel: here, and in every channel that shows the project. */
function postCards(
  scope: Scope,
  { taskId, project, priority }: { taskId: string; project: ProjectRef | null; priority: Priority },
): void {
  const { place } = scope.invocation;
  const { workspaceId, personId } = scope.actor;
  const here = place.kind === 'direct' ? null : place.channelId;
  scope.work.write(sql`INSERT INTO task_cards
      (id, task_id, workspace_id, channel_id, address, requested_by_id, next_attempt_at, created_at)
    SELECT ${scope.newId()} || ':' || row_number() OVER (), ${taskId}, place.workspace_id, place.channel_id, place.address,
      ${personId}, ${scope.now}::timestamptz, ${scope.now}::timestamptz
    FROM (
      SELECT ${workspaceId} AS workspace_id, ${here} AS channel_id, ${place.address ?? null} AS address
      WHERE ${here}::text IS NOT NULL
      UNION ALL
      SELECT l.workspace_id, l.channel_id, l.address FROM channel_links l
      WHERE l.project_id = ${project?.id ?? null}
        AND ${priority}::priority >= coalesce((l.filters ->> 'leastPriority')::priority, 'low')
        AND NOT (l.workspace_id = ${workspaceId} AND l.channel_id IS NOT DISTINCT FROM ${here})
    ) AS place`);
  scope.work.wake('cards');
}
