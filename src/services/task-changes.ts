import { z } from 'zod';
import { ruleSchema } from '../core/recurrence.ts';
import { type Sql, sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';
import type { TaskRecord } from './task-record.ts';

const snapshotSchema = z.object({
  title: z.string(),
  description: z.string(),
  priority: z.enum(['low', 'normal', 'high', 'urgent']),
  dueAt: z.iso.datetime().nullable(),
  dueHasTime: z.boolean(),
  statusId: z.string(),
  statusName: z.string(),
  category: z.enum(['todo', 'active', 'blocked', 'review', 'done', 'cancelled']),
  statusNote: z.string().nullable(),
  statusChangedAt: z.iso.datetime(),
  statusChangedById: z.string(),
  assigneeMode: z.enum(['anyone', 'everyone']),
  /** Only before a change of how it repeats; null: it did not */
  repeats: z.object({ rule: ruleSchema, timeZone: z.string() }).nullable().exactOptional(),
  assignees: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      state: z.enum(['assigned', 'accepted', 'declined', 'done']),
      note: z.string().nullable(),
      assignedById: z.string(),
    }),
  ),
});

/** Everything of a task that a change can be taken back of. */
export type Snapshot = z.infer<typeof snapshotSchema>;

export interface LastChange {
  taskId: string;
  number: number;
  version: number;
  at: Date;
  undone: boolean;
  before: Snapshot;
}

export const readSnapshot = (stored: unknown): Snapshot => snapshotSchema.parse(stored);

const assigneesSchema = z.object({
  assignees: z.array(
    z.object({
      id: z.string(),
      name: z.string().optional(),
      state: snapshotSchema.shape.assignees.element.shape.state,
    }),
  ),
});

/** Who had the task before a change, also one that can't be undone: of those no names are kept. */
export const readAssignees = (stored: unknown) => assigneesSchema.parse(stored).assignees;

export const snapshotOf = (task: TaskRecord): Snapshot => ({
  title: task.title,
  description: task.description,
  priority: task.priority,
  dueAt: task.dueAt?.toISOString() ?? null,
  dueHasTime: task.dueHasTime,
  statusId: task.status.id,
  statusName: task.status.name,
  category: task.status.category,
  statusNote: task.statusNote,
  statusChangedAt: task.statusChangedAt.toISOString(),
  statusChangedById: task.statusChangedBy.id,
  assigneeMode: task.assigneeMode,
  assignees: task.assignees.map(({ id, name, state, note, assignedById }) => ({
    id,
    name,
    state,
    note,
    assignedById,
  })),
});

/** How a task repeats, for a snapshot. */
export const repetitionOf = ({ series }: TaskRecord): NonNullable<Snapshot['repeats']> | null =>
  series?.nextAt ? { rule: ruleSchema.parse(series.rule), timeZone: series.timeZone } : null;

/** Keeps what the task was before this change, in the same commit. */
export const changeRow = (
  { actor, now }: Scope,
  task: TaskRecord,
  more: Pick<Snapshot, 'repeats'> = {},
): Sql =>
  sql`INSERT INTO task_changes (task_id, version, person_id, before, created_at)
    VALUES (${task.id}, ${task.version + 1}::int, ${actor.personId}, ${JSON.stringify({ ...snapshotOf(task), ...more })}::jsonb, ${now})`;

/**
 * The same for what can't be taken back, of any number of tasks: as far as reports look at it (services/task-history.ts).
 */
export const historyRows = ({ actor, now }: Scope, taskIds: readonly string[]): Sql =>
  sql`INSERT INTO task_changes (task_id, version, person_id, before, undoable, created_at)
    SELECT t.id, t.version + 1, ${actor.personId}, jsonb_build_object('category', s.category,
        'dueAt', to_char(t.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'statusChangedAt', to_char(t.status_changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'assignees', coalesce((SELECT jsonb_agg(jsonb_build_object('id', a.person_id, 'state', a.state))
          FROM task_assignees a WHERE a.task_id = t.id), '[]')), false, ${now}::timestamptz
    FROM tasks t JOIN statuses s ON s.id = t.status_id WHERE t.id = ANY(${[...taskIds]}::text[])`;

/** The actor's last change since then, of that task or of any. */
export async function lastChange(
  { db, actor }: Scope,
  { since, taskId }: { since: Date; taskId: string | undefined },
): Promise<LastChange | undefined> {
  const change = await db.prisma.taskChange.findFirst({
    where: {
      personId: actor.personId,
      undoable: true,
      createdAt: { gte: since },
      ...(taskId ? { taskId } : {}),
    },
    include: { task: { select: { number: true } } },
    orderBy: [{ createdAt: 'desc' }, { version: 'desc' }],
  });
  if (!change) return undefined;
  return {
    taskId: change.taskId,
    number: change.task.number,
    version: change.version,
    at: change.createdAt,
    undone: change.undoneAt !== null,
    before: readSnapshot(change.before),
  };
}
