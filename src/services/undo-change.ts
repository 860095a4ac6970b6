import { AppError } from '../core/errors.ts';
import type { Sentence } from '../core/messages.ts';
import { formatWhen } from '../core/when.ts';
import { sql } from '../lib/sql.ts';
import { notify } from './notify.ts';
import { has } from './rights.ts';
import type { Scope } from './scope.ts';
import { endSeries, readHolidays, writeSeries } from './series.ts';
import {
  historyRows,
  type LastChange,
  lastChange,
  repetitionOf,
  type Snapshot,
  snapshotOf,
} from './task-changes.ts';
import { readTask, type SeenTask, type TaskRecord } from './task-record.ts';
import { auditTask, remindAnew, touchTask } from './update-task.ts';

/** So long after it a change can be taken back, in ms. */
export const UNDOABLE_MS = 15 * 60 * 1_000;

const parts = ['title', 'description', 'priority', 'due', 'status', 'mode', 'assignees', 'repeats'] as const;
export type ChangedPart = (typeof parts)[number];

export interface Undone {
  task: TaskRecord;
  /** What the task is again */
  before: Snapshot;
  /** What was taken back */
  restored: ChangedPart[];
}

/**
 * Takes back the actor's last change of a task, or of that one. Throws AppError `unknown_task`, `not_allowed`,
 * or `not_possible_now` when there is none in the last 15 minutes, it was taken back already, or the task has
 * been changed since.
 */
export async function undoChange(scope: Scope, { number }: { number: number | undefined }): Promise<Undone> {
  const named = number ? await readTask(scope.db, { actor: scope.actor, number }) : undefined;
  const since = new Date(scope.now.getTime() - UNDOABLE_MS);
  const change = await lastChange(scope, { since, taskId: named?.task.id });
  if (!change) throw notNow(({ tasks }) => (number ? tasks.nothingToUndoOf(number) : tasks.nothingToUndo));
  if (!named) await expectNothingAdded(scope, change);
  if (change.undone) throw notNow(({ tasks }) => tasks.undoneAlready(change.number));
  const seen = named ?? (await readTask(scope.db, { actor: scope.actor, number: change.number }));
  if (seen.task.version !== change.version) {
    throw notNow(({ tasks }) => tasks.changedSince(change.number));
  }
  const now = { ...snapshotOf(seen.task), repeats: repetitionOf(seen.task) };
  const restored = differences(now, change.before);
  expectMayRestore(scope, { seen, change, restored });
  restore(scope, seen.task, change);
  if (restored.includes('repeats')) await restoreSeries(scope, seen.task, change.before);
  auditTask(scope, seen.task, { undone: restored.join(', '), ...statusDetails(seen.task, change, restored) });
  await tell(scope, seen.task, change);
  return { task: { ...seen.task, title: change.before.title }, before: change.before, restored };
}

/** "undo" after "add" must not take back something else. */
async function expectNothingAdded({ db, actor, now }: Scope, change: LastChange): Promise<void> {
  const added = await db.prisma.task.findFirst({
    where: { createdById: actor.personId, createdAt: { gt: change.at } },
    orderBy: { createdAt: 'desc' },
    select: { number: true },
  });
  if (!added) return;
  const when = formatWhen(change.at, { now, ...actor });
  throw notNow(({ tasks }) => tasks.addedSince({ added: added.number, number: change.number, when }));
}

export function differences(now: Snapshot, before: Snapshot): ChangedPart[] {
  const isSame: Record<ChangedPart, boolean> = {
    title: now.title === before.title,
    description: now.description === before.description,
    priority: now.priority === before.priority,
    due: now.dueAt === before.dueAt && now.dueHasTime === before.dueHasTime,
    status: now.statusId === before.statusId && now.statusNote === before.statusNote,
    mode: now.assigneeMode === before.assigneeMode,
    assignees: JSON.stringify(now.assignees) === JSON.stringify(before.assignees),
    repeats: before.repeats === undefined || JSON.stringify(now.repeats) === JSON.stringify(before.repeats),
  };
  return parts.filter((part) => !isSame[part]);
}

/** Rights may have gone since; what is one's own part of a task stays one's own. */
function expectMayRestore(
  { actor: { personId } }: Scope,
  { seen, change, restored }: { seen: SeenTask; change: LastChange; restored: readonly ChangedPart[] },
): void {
  const { task } = seen;
  if (has('manage', seen, personId)) return;
  const others = (people: readonly { id: string }[]): string =>
    people.flatMap(({ id }) => (id === personId ? [] : [id])).join();
  const isCreators = !restored.includes('assignees') && task.createdBy.id === personId;
  const isWorkers =
    restored.every((part) => part === 'status' || part === 'assignees') &&
    others(task.assignees) === others(change.before.assignees) &&
    [...task.assignees, ...change.before.assignees].some(({ id }) => id === personId);
  if (isCreators || isWorkers) return;
  const who = task.project?.ownerName ?? task.createdBy.name;
  throw new AppError('not_allowed', {
    userMessage: ({ tasks }) => tasks.notYoursToUndo(task.number, who),
  });
}

function restore(scope: Scope, task: TaskRecord, { version, before }: LastChange): void {
  scope.work.write(historyRows(scope, [task.id]));
  touchTask(
    scope,
    task,
    sql`title = ${before.title}, description = ${before.description}, priority = ${before.priority}::priority,
      due_at = ${before.dueAt}::timestamptz, due_has_time = ${before.dueHasTime}::boolean, status_id = ${before.statusId},
      status_note = ${before.statusNote}, status_changed_at = ${before.statusChangedAt}::timestamptz,
      status_changed_by_id = ${before.statusChangedById}, assignee_mode = ${before.assigneeMode}::assignee_mode,
      ${remindAnew(scope.now)}`,
  );
  const ids = before.assignees.map(({ id }) => id);
  scope.work.write(
    sql`DELETE FROM task_assignees WHERE task_id = ${task.id} AND NOT person_id = ANY(${ids}::text[])`,
  );
  scope.work.write(sql`INSERT INTO task_assignees (task_id, person_id, state, note, assigned_by_id, assigned_at)
    SELECT ${task.id}, a.id, a.state, a.note, a."assignedById", ${scope.now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(before.assignees)}::jsonb)
      AS a(id text, state assignee_state, note text, "assignedById" text)
    JOIN persons p ON p.id = a.id AND p.deactivated_at IS NULL
    ON CONFLICT (task_id, person_id) DO UPDATE
      SET state = excluded.state, note = excluded.note, assigned_by_id = excluded.assigned_by_id`);
  scope.work.write(
    sql`UPDATE task_changes SET undone_at = ${scope.now} WHERE task_id = ${task.id} AND version = ${version}::int
      AND undone_at IS NULL`,
    { rows: 1 },
  );
  if (task.parentNumber !== null) scope.work.refreshParentCards(task.id);
}

async function restoreSeries(scope: Scope, task: TaskRecord, { repeats }: Snapshot): Promise<void> {
  if (!repeats) return endSeries(scope, task);
  const holidays = await readHolidays(scope.db, task.organizationId);
  writeSeries(scope, task, { ...repeats, holidays });
}

const statusDetails = (
  task: TaskRecord,
  { before }: LastChange,
  restored: readonly ChangedPart[],
): Record<string, string> =>
  restored.includes('status') ? { from: task.status.category, to: before.category } : {};

/** Whoever was told of it; what has not been sent yet is no longer true and never will be. */
async function tell(scope: Scope, task: TaskRecord, { version, at, before }: LastChange): Promise<void> {
  // By person, since notifications are not found by their task.
  const told = await scope.db.rows<{ id: string }>(sql`SELECT DISTINCT recipient_id AS id FROM notifications
    WHERE recipient_id = ANY(${concerned(task, before)}::text[]) AND created_at = ${at} AND task_id = ${task.id}
      AND actor_id = ${scope.actor.personId} AND dedupe_key LIKE '%:' || ${`${task.id}:${version}`} || ':%'
      AND (state = 'sent' OR (state = 'pending' AND lease_token IS NOT NULL))`);
  notify(scope, {
    kind: 'undone',
    to: told.map(({ id }) => id),
    task,
    occasion: `${task.id}:${version + 1}`,
  });
}

const concerned = (task: TaskRecord, before: Snapshot): string[] => [
  task.createdBy.id,
  before.statusChangedById,
  ...(task.project ? [task.project.ownerId] : []),
  ...[...task.assignees, ...before.assignees].flatMap(({ id, assignedById }) => [id, assignedById]),
];

const notNow = (userMessage: Sentence): AppError => new AppError('not_possible_now', { userMessage });
