import { AppError } from '../core/errors.ts';
import type { Sentence } from '../core/messages.ts';
import { statusName } from '../core/status-name.ts';
import { DAY, HOUR, instantOf, startOfDay, wallTime } from '../core/time-zone.ts';
import { sql } from '../lib/sql.ts';
import { readDue } from './due.ts';
import type { Scope } from './scope.ts';
import { readTask, type TaskRecord } from './task-record.ts';
import { auditTask } from './update-task.ts';

/** A day alone means its morning: who wants to be reminded tomorrow has the day before them. */
const MORNING = 9 * HOUR;
const MOST_REMINDERS = 100;
const TAKEN_BACK = /^(off|none|never|no|stop|cancel|clear)$/i;

/** True for the words that call a reminder off. */
export const isCallingOff = (words: string): boolean => TAKEN_BACK.test(words.trim());

/**
 * Reminds the actor of a task at a time of their own. Throws AppError `unknown_task`, `invalid_arguments`, or
 * `not_possible_now` when they have too many.
 */
export async function setReminder(
  scope: Scope,
  { number, words }: { number: number; words: string },
): Promise<{ task: TaskRecord; at: Date; isNew: boolean }> {
  const { db, actor, now } = scope;
  const { task } = await readTask(db, { actor, number });
  const at = readMoment(scope, words);
  const [own] = await db.rows<{ count: number; same: boolean }>(sql`SELECT count(*)::int AS count,
      coalesce(bool_or(task_id = ${task.id} AND at = ${at} AND NOT snoozes), false) AS same
    FROM reminders WHERE person_id = ${actor.personId} AND told_at IS NULL`);
  if (own?.same) return { task, at, isNew: false };
  if (own && own.count >= MOST_REMINDERS) throw notNow(({ reminders }) => reminders.tooMany(MOST_REMINDERS));
  scope.work.write(sql`INSERT INTO reminders (id, organization_id, person_id, task_id, at, snoozes, created_at)
    VALUES (${scope.newId()}, ${actor.organizationId}, ${actor.personId}, ${task.id}, ${at}::timestamptz, false, ${now}::timestamptz)
    ON CONFLICT (task_id, person_id, at, snoozes) DO NOTHING`);
  auditTask(scope, task, { at: at.toISOString() });
  return { task, at, isNew: true };
}

/** Calls the actor's reminders of a task off, or the one at that time. Throws AppError `unknown_task`, `not_possible_now`. */
export async function callOffReminder(
  scope: Scope,
  { number, at }: { number: number; at: Date | undefined },
): Promise<TaskRecord> {
  const { task } = await readTask(scope.db, { actor: scope.actor, number });
  const waiting = await scope.db.prisma.reminder.findMany({
    where: {
      taskId: task.id,
      personId: scope.actor.personId,
      snoozes: false,
      toldAt: null,
      ...(at ? { at } : {}),
    },
    select: { id: true },
  });
  if (waiting.length === 0) throw notNow(({ reminders }) => reminders.none(number));
  scope.work.write(
    sql`DELETE FROM reminders WHERE id = ANY(${waiting.map(({ id }) => id)}::text[]) AND told_at IS NULL`,
    { rows: waiting.length },
  );
  auditTask(scope, task, { reminder: 'off' });
  return task;
}

/**
 * Leaves the actor alone with a task's due date until then, and reminds them of it then. Throws AppError `unknown_task`,
 * `invalid_arguments`, or `not_possible_now` when it is closed.
 */
export async function snoozeTask(
  scope: Scope,
  { number, words }: { number: number; words: string },
): Promise<{ task: TaskRecord; at: Date }> {
  const { actor, now } = scope;
  const { task } = await readTask(scope.db, { actor, number });
  const { status } = task;
  if (status.category === 'done' || status.category === 'cancelled')
    throw notNow((messages) => messages.reminders.closed(number, statusName(status, messages)));
  const at = readMoment(scope, words);
  scope.work.write(sql`INSERT INTO reminders (id, organization_id, person_id, task_id, at, snoozes, created_at)
    VALUES (${scope.newId()}, ${actor.organizationId}, ${actor.personId}, ${task.id}, ${at}::timestamptz, true, ${now}::timestamptz)
    ON CONFLICT (task_id, person_id) WHERE snoozes AND told_at IS NULL
      DO UPDATE SET at = excluded.at, created_at = excluded.created_at`);
  auditTask(scope, task, { until: at.toISOString() });
  return { task, at };
}

/** Ends it: the next step of the due date is told again. Throws AppError `unknown_task`, `not_possible_now`. */
export async function wakeTask(scope: Scope, { number }: { number: number }): Promise<TaskRecord> {
  const { actor } = scope;
  const { task } = await readTask(scope.db, { actor, number });
  const waiting = await scope.db.prisma.reminder.findFirst({
    where: { taskId: task.id, personId: actor.personId, snoozes: true, toldAt: null },
    select: { id: true },
  });
  if (!waiting) throw notNow(({ reminders }) => reminders.notSnoozed(number));
  scope.work.write(sql`DELETE FROM reminders WHERE id = ${waiting.id} AND told_at IS NULL`, { rows: 1 });
  auditTask(scope, task, { snooze: 'off' });
  return task;
}

export interface OwnReminder {
  number: number;
  title: string;
  at: Date;
  snoozes: boolean;
}

/** What the actor is still to be reminded of and may still see, the next first. */
export async function readReminders({ db, actor }: Scope, limit: number): Promise<OwnReminder[]> {
  return db.rows<OwnReminder>(sql`SELECT t.number, t.title, r.at, r.snoozes
    FROM reminders r JOIN tasks t ON t.id = r.task_id LEFT JOIN projects p ON p.id = t.project_id
      LEFT JOIN managers m ON m.person_id = r.person_id
    WHERE r.person_id = ${actor.personId} AND r.told_at IS NULL AND (coalesce(m.admin, false)
      OR t.created_by_id = r.person_id OR p.owner_id = m.id
      OR EXISTS (SELECT 1 FROM project_members pm WHERE pm.project_id = t.project_id AND pm.person_id = r.person_id)
      OR EXISTS (SELECT 1 FROM task_assignees a WHERE a.task_id = t.id AND a.person_id = r.person_id))
    ORDER BY r.at, t.number LIMIT ${limit}::int`);
}

function readMoment({ actor, now }: Scope, words: string): Date {
  const due = readDue(words, { person: actor, now, field: 'when' });
  if (due.hasTime) return due.at;
  const day = startOfDay(wallTime(due.at, actor.timeZone));
  const isToday = day - startOfDay(wallTime(now, actor.timeZone)) < DAY;
  const morning = instantOf(day + MORNING, actor.timeZone);
  return isToday && morning <= now ? due.at : morning;
}

const notNow = (userMessage: Sentence): AppError => new AppError('not_possible_now', { userMessage });
