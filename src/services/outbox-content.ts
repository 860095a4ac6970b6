import type { Database } from '../lib/database.ts';
import { sql } from '../lib/sql.ts';
import { type Rights, rightsOf } from './rights.ts';
import type { Assignee, Priority, StatusCategory, TaskRecord } from './task-record.ts';

/** What a message tells of a task. */
export type ToldTask = Pick<
  TaskRecord,
  | 'id'
  | 'number'
  | 'title'
  | 'priority'
  | 'dueAt'
  | 'dueHasTime'
  | 'status'
  | 'assignees'
  | 'assigneeMode'
  | 'subtasks'
  | 'version'
> & { project: { key: string; needsApproval: boolean } | null; createdBy: { id: string } };

/** A row of the outbox with everything that its message says, as it is now. */
export interface NotificationContent {
  id: string;
  kind: string;
  recipient: { id: string; timeZone: string; locale: string };
  actorName: string | null;
  data: Record<string, string>;
  task: ToldTask | null;
  /** What the recipient may do with the task */
  may: Rights;
  /** The comment that it tells of */
  comment: string | null;
  /** Of what falls due: until when its recipient has put the task off, also when that is over */
  snoozedUntil?: Date | null;
}

interface Row {
  id: string;
  kind: string;
  recipientId: string;
  timeZone: string;
  locale: string;
  actorName: string | null;
  data: Record<string, string>;
  comment: string | null;
  snoozedUntil: Date | null;
  sees: boolean;
  taskId: string | null;
  number: number;
  title: string;
  priority: Priority;
  dueAt: Date | null;
  dueHasTime: boolean;
  statusId: string;
  statusName: string;
  category: StatusCategory;
  projectKey: string | null;
  needsApproval: boolean | null;
  assignees: Assignee[] | null;
  assigneeMode: TaskRecord['assigneeMode'];
  subtasks: TaskRecord['subtasks'];
  version: number;
  createdById: string;
  manager: boolean;
  admin: boolean;
  member: boolean;
}

/**
 * The content of these notifications: one read for any number. What its recipient may no longer see is
 * left out.
 */
export async function readNotificationContent(
  db: Database,
  ids: readonly string[],
): Promise<NotificationContent[]> {
  const rows =
    await db.rows<Row>(sql`SELECT n.id, n.kind, n.recipient_id AS "recipientId", r.time_zone AS "timeZone", r.locale,
      actor.name AS "actorName", n.data, c.body AS comment,
      CASE WHEN n.kind IN ('due_soon', 'due', 'overdue', 'escalated') THEN
        (SELECT max(z.at) FROM reminders z WHERE z.task_id = n.task_id AND z.person_id = n.recipient_id AND z.snoozes) END AS "snoozedUntil",
      t.id AS "taskId", t.number, t.title, t.priority, t.due_at AS "dueAt", t.due_has_time AS "dueHasTime",
      s.id AS "statusId", s.name AS "statusName", s.category, p.key AS "projectKey",
      p.needs_approval AS "needsApproval", t.assignee_mode AS "assigneeMode", t.version, t.created_by_id AS "createdById",
      (SELECT json_build_object('total', count(*), 'open', count(*) FILTER (WHERE ss.category NOT IN ('done', 'cancelled')))
        FROM tasks sub JOIN statuses ss ON ss.id = sub.status_id WHERE sub.parent_id = t.id) AS subtasks,
      m.id IS NOT NULL AS manager, coalesce(m.admin, false) AS admin, coalesce(p.owner_id = m.id, false)
        OR EXISTS (SELECT 1 FROM project_members pm WHERE pm.project_id = t.project_id AND pm.person_id = r.id) AS member,
      (SELECT json_agg(json_build_object('id', ap.id, 'name', ap.name, 'state', a.state, 'note', a.note, 'assignedById', a.assigned_by_id))
        FROM task_assignees a JOIN persons ap ON ap.id = a.person_id WHERE a.task_id = t.id) AS assignees,
      r.deactivated_at IS NULL AND (n.task_id IS NULL OR n.kind IN ('unassigned', 'undone') OR coalesce(m.admin, false)
        OR t.created_by_id = r.id OR p.owner_id = m.id
        OR EXISTS (SELECT 1 FROM project_members pm WHERE pm.project_id = t.project_id AND pm.person_id = r.id)
        OR EXISTS (SELECT 1 FROM task_assignees a WHERE a.task_id = t.id AND a.person_id = r.id)) AS sees
    FROM notifications n
    JOIN persons r ON r.id = n.recipient_id
    LEFT JOIN managers m ON m.person_id = r.id
    LEFT JOIN persons actor ON actor.id = n.actor_id
    LEFT JOIN tasks t ON t.id = n.task_id
    LEFT JOIN statuses s ON s.id = t.status_id
    LEFT JOIN projects p ON p.id = t.project_id
    LEFT JOIN comments c ON c.id = n.data ->> 'commentId'
    WHERE n.id = ANY(${[...ids]}::text[])`);
  return rows.filter(({ sees }) => sees).map(contentOf);
}

function contentOf(row: Row): NotificationContent {
  const { id, kind, recipientId, timeZone, locale, actorName, data, comment, snoozedUntil } = row;
  return {
    id,
    kind,
    recipient: { id: recipientId, timeZone, locale },
    actorName,
    data,
    comment,
    snoozedUntil,
    task: taskOf(row),
    may: rightsIn(row),
  };
}

const nothing: Rights = { work: false, approve: false };

function rightsIn(row: Row): Rights {
  const task = taskOf(row);
  const { manager, admin, member, recipientId } = row;
  return task ? rightsOf({ task, standing: { manager, admin, member } }, recipientId) : nothing;
}

function taskOf(row: Row): ToldTask | null {
  const { taskId, number, title, priority, dueAt, dueHasTime, statusId, statusName, category, projectKey } =
    row;
  if (taskId === null) return null;
  return {
    id: taskId,
    ...{ number, title, priority, dueAt, dueHasTime },
    status: { id: statusId, name: statusName, category },
    assignees: row.assignees ?? [],
    assigneeMode: row.assigneeMode,
    subtasks: row.subtasks,
    version: row.version,
    createdBy: { id: row.createdById },
    project: projectKey === null ? null : { key: projectKey, needsApproval: row.needsApproval ?? false },
  };
}

/** The most that one summary takes along; the rest comes with another. */
export const MOST_HELD = 200;

/** Ids of what is held for the summaries of these people, oldest first; of too much, the newest. */
export async function readHeld(db: Database, personIds: readonly string[]): Promise<Map<string, string[]>> {
  if (personIds.length === 0) return new Map();
  const rows = await db.rows<{ personId: string; ids: string[] }>(sql`
    SELECT p.id AS "personId", array_agg(n.id ORDER BY n.id) AS ids FROM unnest(${[...personIds]}::text[]) AS p(id)
    CROSS JOIN LATERAL (SELECT id FROM notifications WHERE recipient_id = p.id AND held_for = 'summary'
      ORDER BY id DESC LIMIT ${MOST_HELD}::int) n
    GROUP BY p.id`);
  return new Map(rows.map(({ personId, ids }) => [personId, ids]));
}
