import { createHash } from 'node:crypto';
import { AppError } from '../core/errors.ts';
import type { Sentence } from '../core/messages.ts';
import { shorten } from '../core/shorten.ts';
import { formatWhen } from '../core/when.ts';
import { type Sql, sql } from '../lib/sql.ts';
import { readDue } from './due.ts';
import { readEditable } from './edit-task.ts';
import type { Scope } from './scope.ts';
import type { TaskRecord } from './task-record.ts';
import { auditTask, updateTask } from './update-task.ts';

export const detailNames = ['title', 'description', 'due', 'priority', 'mode'] as const;
export type DetailName = (typeof detailNames)[number];
/** What can be edited, as it stands in a form. */
export type Details = Record<DetailName, string>;

/** What a form showed, so that only what was changed in it is written. */
export interface ShownDetails {
  /** Fingerprints of the values by field; a field that was not in the form has none */
  fingerprints: Partial<Record<DetailName, string>>;
  /** Words of the due date: the same ones mean another day tomorrow */
  due: string;
}

export interface Edited {
  task: TaskRecord;
  /** What was changed */
  changed: DetailName[];
}

/** As somebody can type it: dates are read in English. */
export function detailsOf(scope: Scope, task: TaskRecord): Details {
  const { timeZone, locale } = scope.actor;
  const readable = /^en\b/i.test(locale) ? locale : 'en-GB';
  return {
    title: task.title,
    description: task.description,
    due: task.dueAt
      ? formatWhen(task.dueAt, { now: scope.now, timeZone, locale: readable, hasTime: task.dueHasTime })
      : '',
    priority: task.priority,
    mode: task.assigneeMode,
  };
}

/** The task with what can be edited of it. Throws AppError `unknown_task`, `not_allowed`. */
export async function readDetails(
  scope: Scope,
  number: number,
): Promise<{ task: TaskRecord; details: Details }> {
  const { task } = await readEditable(scope, number, 'edit');
  return { task, details: detailsOf(scope, task) };
}

/** Short, since forms carry them through the platform. */
export const fingerprintOf = (task: TaskRecord, name: DetailName): string => fingerprint(stored(task, name));

/**
 * Writes what was changed in a form. Throws AppError `unknown_task`, `not_allowed`, `invalid_arguments` at the
 * field that somebody else has changed meanwhile, or `not_possible_now` when nothing was changed.
 */
export async function editDetails(
  scope: Scope,
  { number, given, shown }: { number: number; given: Details; shown: ShownDetails },
): Promise<Edited> {
  const { task } = await readEditable(scope, number, 'edit');
  const changed = detailNames.filter((name) => isChanged(name, given, shown));
  if (changed.length === 0) {
    throw new AppError('not_possible_now', {
      userMessage: ({ tasks }) => tasks.unchanged(number),
    });
  }
  for (const name of changed) expectUntouched(task, name, shown);
  const set = changed.map((name) => columnOf(scope, name, given[name]));
  updateTask(
    scope,
    task,
    set.map(({ column }) => column).reduce((all, column) => sql`${all}, ${column}`),
  );
  const details = Object.fromEntries(changed.map((name, index) => [name, set[index]?.said]));
  auditTask(scope, task, details);
  return { task: { ...task, title: changed.includes('title') ? given.title : task.title }, changed };
}

function isChanged(name: DetailName, given: Details, shown: ShownDetails): boolean {
  const before = shown.fingerprints[name];
  if (before === undefined) return false;
  if (name === 'due') return given.due.trim() !== shown.due;
  return fingerprint(given[name]) !== before;
}

function expectUntouched(task: TaskRecord, name: DetailName, shown: ShownDetails): void {
  if (fingerprintOf(task, name) === shown.fingerprints[name]) return;
  const now = shorten(stored(task, name), 60);
  const userMessage: Sentence = ({ tasks }) =>
    name === 'due' ? tasks.changedMeanwhile : tasks.changedTo(now || tasks.empty);
  throw new AppError('invalid_arguments', { userMessage, fields: { [name]: userMessage } });
}

function columnOf(scope: Scope, name: DetailName, value: string): { column: Sql; said: string } {
  switch (name) {
    case 'title':
      return { column: sql`title = ${value}`, said: value };
    case 'description':
      return { column: sql`description = ${value}`, said: value ? shorten(value, 300) : 'none' };
    case 'due': {
      const due = value ? readDue(value, { person: scope.actor, now: scope.now }) : null;
      return {
        column: sql`due_at = ${due?.at ?? null}::timestamptz, due_has_time = ${due?.hasTime ?? false}::boolean`,
        said: due?.at.toISOString() ?? 'none',
      };
    }
    case 'priority':
      return { column: sql`priority = ${value}::priority`, said: value };
    case 'mode':
      return { column: sql`assignee_mode = ${value}::assignee_mode`, said: value };
    default:
      return name satisfies never;
  }
}

function stored(task: TaskRecord, name: DetailName): string {
  if (name === 'due') return task.dueAt ? `${task.dueAt.toISOString()} ${task.dueHasTime}` : '';
  return name === 'mode' ? task.assigneeMode : task[name];
}

/** Line ends and outer spaces are the platform's, not the person's. */
const fingerprint = (value: string): string =>
  createHash('sha256').update(value.replaceAll('\r\n', '\n').trim()).digest('base64url').slice(0, 10);
