import { AppError } from '../core/errors.ts';
import type { Sentence } from '../core/messages.ts';
import { statusName } from '../core/status-name.ts';
import { formatWhen } from '../core/when.ts';
import { sql } from '../lib/sql.ts';
import { notify } from './notify.ts';
import type { Scope } from './scope.ts';
import { type PersonName, readTask, type TaskRecord } from './task-record.ts';
import { auditTask } from './update-task.ts';

/** From one nudge of a task to the next, whoever nudges, in ms. */
const APART_MS = 4 * 60 * 60 * 1_000;

const spanOf = (now: Date): number => Math.floor(now.getTime() / APART_MS);

/**
 * Asks those who have a task how it stands. Throws AppError `unknown_task`, or `not_possible_now` when nobody
 * else has it, it is closed or in review, or it was nudged less than four hours ago.
 */
export async function nudgeTask(
  scope: Scope,
  { number }: { number: number },
): Promise<{ task: TaskRecord; nudged: PersonName[] }> {
  const { task } = await readTask(scope.db, { actor: scope.actor, number });
  const nudged = whom(scope, task);
  await expectRest(scope, task);
  auditTask(scope, task, { nudged: nudged.map(({ name }) => name).join(', ') });
  // The same for two people who nudge at one moment: it is told once.
  const occasion = `${task.id}:${spanOf(scope.now)}`;
  notify(scope, { kind: 'nudged', to: nudged.map(({ id }) => id), task, occasion });
  return { task, nudged };
}

function whom({ actor }: Scope, { number, status, assignees, project, createdBy }: TaskRecord): PersonName[] {
  if (status.category === 'done' || status.category === 'cancelled') {
    throw notNow((messages) => messages.tasks.nothingToAsk(number, statusName(status, messages)));
  }
  if (status.category === 'review') {
    throw notNow(({ tasks }) => tasks.waitsInReview(number, project?.ownerName ?? createdBy.name));
  }
  const on = assignees.filter(({ state }) => state !== 'declined');
  if (on.length === 0) throw notNow(({ tasks }) => tasks.nobodysYet(number));
  const others = on.filter(({ id, state }) => id !== actor.personId && state !== 'done');
  if (others.length > 0) return others;
  const isOwn = on.some(({ id, state }) => id === actor.personId && state !== 'done');
  throw notNow(({ tasks }) => (isOwn ? tasks.waitsForYou(number) : tasks.allDone(number)));
}

async function expectRest({ db, actor, now }: Scope, task: TaskRecord): Promise<void> {
  // By the keys that they would have, since notifications are not found by their task.
  const keys = task.assignees.flatMap(({ id }) =>
    [spanOf(now), spanOf(now) - 1].map((span) => `nudged:${task.id}:${span}:${id}`),
  );
  const [last] = await db.rows<{ at: Date; by: string | null; byId: string | null }>(sql`SELECT
      n.created_at AS at, p.name AS by, p.id AS "byId" FROM notifications n LEFT JOIN persons p ON p.id = n.actor_id
    WHERE n.dedupe_key = ANY(${keys}::text[]) AND n.created_at > ${new Date(now.getTime() - APART_MS)}
    ORDER BY n.created_at DESC LIMIT 1`);
  if (!last) return;
  const when = (at: Date): string => formatWhen(at, { now, ...actor });
  const next = new Date(last.at.getTime() + APART_MS);
  const nudge = { number: task.number, at: when(last.at), next: when(next) };
  throw notNow(({ tasks, words }) =>
    last.byId === actor.personId
      ? tasks.nudgedByYou(nudge)
      : tasks.nudgedBy({ who: last.by ?? words.somebody, ...nudge }),
  );
}

const notNow = (userMessage: Sentence): AppError => new AppError('not_possible_now', { userMessage });
