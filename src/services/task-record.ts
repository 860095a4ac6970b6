import { AppError } from '../core/errors.ts';
import type { Rule } from '../core/recurrence.ts';
import type { Database } from '../lib/database.ts';
import { type Sql, sql } from '../lib/sql.ts';

export type StatusCategory = 'todo' | 'active' | 'blocked' | 'review' | 'done' | 'cancelled';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';
export type AssigneeState = 'assigned' | 'accepted' | 'declined' | 'done';

export interface PersonName {
  id: string;
  name: string;
}

export interface Assignee extends PersonName {
  state: AssigneeState;
  note: string | null;
  assignedById: string;
}

/** A task with everything that its rules, its card and its notifications need: one read. */
export interface TaskRecord {
  id: string;
  organizationId: string;
  number: number;
  title: string;
  description: string;
  priority: Priority;
  dueAt: Date | null;
  /** false: only a day was said */
  dueHasTime: boolean;
  status: { id: string; name: string; category: StatusCategory };
  statusNote: string | null;
  statusChangedAt: Date;
  statusChangedBy: PersonName;
  assigneeMode: 'anyone' | 'everyone';
  assignees: Assignee[];
  project: {
    id: string;
    key: string;
    name: string;
    needsApproval: boolean;
    ownerId: string;
    ownerName: string;
  } | null;
  /** With their zone and language: a card that many read is worded for them where the platform can't do better */
  createdBy: PersonName & { timeZone: string; locale: string };
  createdAt: Date;
  version: number;
  /** Somebody watches it: see services/notify.ts */
  watched: boolean;
  parentNumber: number | null;
  /** The series that it belongs to; `nextAt` in ISO, null when no more will come */
  series: { id: string; rule: Rule; timeZone: string; nextAt: string | null } | null;
  subtasks: { total: number; open: number };
  commentCount: number;
}

/** What the database says of the person who asks, in the same read. */
export interface Standing {
  manager: boolean;
  admin: boolean;
  /** Of the task's project */
  member: boolean;
}

export interface SeenTask {
  task: TaskRecord;
  standing: Standing;
}

interface Row {
  record: Omit<TaskRecord, 'dueAt' | 'statusChangedAt' | 'createdAt' | 'assignees'>;
  dueAt: Date | null;
  statusChangedAt: Date;
  createdAt: Date;
  assignees: Assignee[] | null;
  manager: boolean | null;
  admin: boolean | null;
  member: boolean;
  active: boolean | null;
}

/**
 * The task with this number, as this person may see it. Throws AppError `unknown_task` both when there
 * is none and when it is none of theirs: numbers tell nothing.
 */
export async function readTask(
  db: Database,
  { actor, number }: { actor: { personId: string; organizationId: string }; number: number },
): Promise<SeenTask> {
  const rows = await db.rows<Row>(sql`${taskColumns}, ${standingColumns}
    FROM ${taskTables}
    LEFT JOIN persons viewer ON viewer.id = ${actor.personId} AND viewer.organization_id = t.organization_id
    LEFT JOIN managers viewer_manager ON viewer_manager.person_id = viewer.id
    LEFT JOIN project_members viewer_member ON viewer_member.project_id = t.project_id AND viewer_member.person_id = viewer.id
    WHERE t.organization_id = ${actor.organizationId} AND t.number = ${number}::int`);
  const [row] = rows;
  const seen = row && seenBy(row);
  if (!seen || !maySee(seen, actor.personId)) {
    throw new AppError('unknown_task', {
      userMessage: ({ tasks }) => tasks.unknown(number),
    });
  }
  return seen;
}

/** The tasks with these ids, for those who render what the system sends: whoever gets it is checked there. */
export async function readTasks(db: Database, ids: readonly string[]): Promise<TaskRecord[]> {
  const rows = await db.rows<Row>(
    sql`${taskColumns} FROM ${taskTables} WHERE t.id = ANY(${[...ids]}::text[])`,
  );
  return rows.map(recordOf);
}

/** Seen by the project's members, by those whom it names, and by admins. */
export function maySee({ task, standing }: SeenTask, personId: string): boolean {
  if (standing.admin || standing.member) return true;
  return task.createdBy.id === personId || task.assignees.some((assignee) => assignee.id === personId);
}

const taskColumns: Sql = sql`SELECT
  json_build_object(
    'id', t.id, 'organizationId', t.organization_id, 'number', t.number, 'title', t.title, 'description', t.description,
    'priority', t.priority, 'dueHasTime', t.due_has_time, 'statusNote', t.status_note, 'assigneeMode', t.assignee_mode,
    'version', t.version, 'watched', t.watched,
    'status', json_build_object('id', s.id, 'name', s.name, 'category', s.category),
    'statusChangedBy', json_build_object('id', changer.id, 'name', changer.name),
    'createdBy', json_build_object('id', creator.id, 'name', creator.name, 'timeZone', creator.time_zone, 'locale', creator.locale),
    'project', CASE WHEN p.id IS NULL THEN NULL ELSE json_build_object('id', p.id, 'key', p.key, 'name', p.name,
      'needsApproval', p.needs_approval, 'ownerId', owner_person.id, 'ownerName', owner_person.name) END,
    'parentNumber', parent.number,
    'series', CASE WHEN t.recurrence_id IS NOT NULL THEN
      (SELECT json_build_object('id', r.id, 'rule', r.rule, 'timeZone', r.time_zone, 'nextAt', r.next_at) FROM recurrences r WHERE r.id = t.recurrence_id) END,
    'subtasks', (SELECT json_build_object('total', count(*), 'open', count(*) FILTER (WHERE ss.category NOT IN ('done', 'cancelled')))
      FROM tasks sub JOIN statuses ss ON ss.id = sub.status_id WHERE sub.parent_id = t.id),
    'commentCount', (SELECT count(*) FROM comments c WHERE c.task_id = t.id)
  ) AS record,
  t.due_at AS "dueAt", t.status_changed_at AS "statusChangedAt", t.created_at AS "createdAt",
  (SELECT json_agg(json_build_object('id', ap.id, 'name', ap.name, 'state', a.state, 'note', a.note, 'assignedById', a.assigned_by_id)
      ORDER BY a.assigned_at, ap.name)
    FROM task_assignees a JOIN persons ap ON ap.id = a.person_id WHERE a.task_id = t.id) AS assignees`;

const standingColumns: Sql = sql`viewer_manager.id IS NOT NULL AS manager, viewer_manager.admin AS admin,
  viewer_member.person_id IS NOT NULL OR owner_person.id = viewer.id AS member,
  viewer.id IS NOT NULL AND viewer.deactivated_at IS NULL AS active`;

const taskTables: Sql = sql`tasks t
  JOIN statuses s ON s.id = t.status_id
  JOIN persons changer ON changer.id = t.status_changed_by_id
  JOIN persons creator ON creator.id = t.created_by_id
  LEFT JOIN projects p ON p.id = t.project_id
  LEFT JOIN managers owner ON owner.id = p.owner_id
  LEFT JOIN persons owner_person ON owner_person.id = owner.person_id
  LEFT JOIN tasks parent ON parent.id = t.parent_id`;

function recordOf(row: Row): TaskRecord {
  const { record, dueAt, statusChangedAt, createdAt, assignees } = row;
  return { ...record, dueAt, statusChangedAt, createdAt, assignees: assignees ?? [] };
}

function seenBy(row: Row): SeenTask | undefined {
  if (!row.active) return undefined;
  const standing = { manager: row.manager ?? false, admin: row.admin ?? false, member: row.member ?? false };
  return { task: recordOf(row), standing };
}
