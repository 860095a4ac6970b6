import { AppError } from '../core/errors.ts';
import type { Sentence } from '../core/messages.ts';
import type { Rule } from '../core/recurrence.ts';
import { type RuleResult, readRule } from '../core/recurrence-words.ts';
import { shorten } from '../core/shorten.ts';
import { sql } from '../lib/sql.ts';
import { whenContext } from './due.ts';
import { readEditable } from './edit-task.ts';
import { has } from './rights.ts';
import type { Scope } from './scope.ts';
import { endSeries, readHolidays, writeSeries } from './series.ts';
import { repetitionOf } from './task-changes.ts';
import { readTask, type TaskRecord } from './task-record.ts';
import { auditTask, updateTask } from './update-task.ts';

const TAKEN_BACK = /^(off|stop|none|never|no|end|cancel|clear)$/i;

/** True for the words that end a series. */
export const isStopping = (words: string): boolean => TAKEN_BACK.test(words.trim());

export interface Repeated {
  task: TaskRecord;
  rule: Rule;
  /** undefined when no more will come */
  next: Date | undefined;
}

/**
 * Has a task come again by a rule in words, in the actor's zone. Throws AppError `unknown_task`, `not_allowed`,
 * `invalid_arguments`, or `not_possible_now` for a part of another task.
 */
export async function repeatTask(
  scope: Scope,
  { number, words }: { number: number; words: string },
): Promise<Repeated> {
  const { task } = await readEditable(scope, number, 'repeat');
  const { parentNumber } = task;
  if (parentNumber !== null) throw notNow(({ repeats }) => repeats.ofPart(number, parentNumber));
  const { timeZone } = scope.actor;
  const result = readRule(words, whenContext(scope.actor, scope.now));
  if (!result.ok) throw refused(result, words);
  const holidays = await readHolidays(scope.db, task.organizationId);
  const { next, columns } = writeSeries(scope, task, { rule: result.rule, timeZone, holidays });
  updateTask(scope, task, columns, { repeats: repetitionOf(task) });
  await refreshSeries(scope, task);
  auditTask(scope, task, { rule: words, next: next?.toISOString() });
  return { task, rule: result.rule, next };
}

/** Throws AppError `unknown_task`, `not_allowed`, or `not_possible_now` when it does not repeat. */
export async function stopRepeating(scope: Scope, { number }: { number: number }): Promise<TaskRecord> {
  const { task } = await readEditable(scope, number, 'repeat');
  if (!task.series?.nextAt) throw notNow(({ repeats }) => repeats.notRepeating(number));
  endSeries(scope, task);
  updateTask(scope, task, undefined, { repeats: repetitionOf(task) });
  await refreshSeries(scope, task);
  auditTask(scope, task, { rule: 'off' });
  return task;
}

/** How a task repeats, and who said so. Throws AppError `unknown_task`. */
export async function readRepetition(
  { db, actor }: Scope,
  { number }: { number: number },
): Promise<{ task: TaskRecord; setBy: string | undefined; mayChange: boolean }> {
  const seen = await readTask(db, { actor, number });
  const { task } = seen;
  const mayChange = task.createdBy.id === actor.personId || has('manage', seen, actor.personId);
  if (!task.series) return { task, setBy: undefined, mayChange };
  const [row] = await db.rows<{ name: string }>(
    sql`SELECT p.name FROM recurrences r JOIN persons p ON p.id = r.created_by_id WHERE r.id = ${task.series.id}`,
  );
  return { task, setBy: row?.name, mayChange };
}

/** The cards of its other open tasks say it too. */
async function refreshSeries({ db, work }: Scope, task: TaskRecord): Promise<void> {
  if (!task.series) return;
  const others = await db.rows<{
    id: string;
  }>(sql`SELECT t.id FROM tasks t JOIN statuses s ON s.id = t.status_id
    WHERE t.recurrence_id = ${task.series.id} AND t.id <> ${task.id} AND s.category NOT IN ('done', 'cancelled')
    ORDER BY t.number DESC LIMIT 50`);
  if (others.length > 0) work.refreshCards(...others.map(({ id }) => id));
}

function refused(result: Extract<RuleResult, { ok: false }>, typed: string): AppError {
  const userMessage: Sentence = ({ repeats }) => {
    switch (result.reason) {
      case 'unreadable':
      case 'ended':
        return repeats[result.reason](shorten(typed, 60));
      case 'time':
      case 'until': {
        const said = (result.reason === 'time' ? repeats.time : repeats.end)(shorten(result.words, 40));
        return result.suggestion ? repeats.meant(said, result.suggestion) : said;
      }
      default:
        return result satisfies never;
    }
  };
  return new AppError('invalid_arguments', { userMessage, fields: { rule: userMessage } });
}

const notNow = (userMessage: Sentence): AppError => new AppError('not_possible_now', { userMessage });
