import { AppError } from '../core/errors.ts';
import type { Sentence } from '../core/messages.ts';
import type { View } from '../core/view.ts';
import { formatWhen } from '../core/when.ts';
import { newsAt } from '../services/card-copies.ts';
import { rightsOf } from '../services/rights.ts';
import { takenAway, wasTheirs } from '../services/taken-away.ts';
import { readTask, type SeenTask } from '../services/task-record.ts';
import { cardCopy } from '../views/card-copy.ts';
import { taskCard } from '../views/task-card.ts';
import type { Context } from './context.ts';

const stale: ReadonlySet<string> = new Set(['not_possible_now', 'not_allowed', 'unknown_task']);

/**
 * What an action that failed throws. A button of a card that is out of date leads to a refusal; so that its card is no
 * dead end, the task comes with it as it is now. Anything else stays the error that it was.
 */
export async function withFreshCard(
  context: Context,
  { args, error }: { args: unknown; error: unknown },
): Promise<unknown> {
  const number = taskOf(args);
  if (!(error instanceof AppError) || !stale.has(error.code)) return error;
  if (context.invocation.source !== 'button' || number === undefined) return error;
  if (error.code === 'unknown_task') return unseen(context, { number, error });
  const seen = await readTask(context.db, { actor: context.actor, number });
  const words = error.code === 'not_allowed' ? await sayWhoTookIt(context, seen) : undefined;
  return error.showing({ view: await drawFresh(context, seen), isOwn: isOwnMessage(context) }, words);
}

const taskOf = (args: unknown): number | undefined =>
  typeof args === 'object' && args !== null && 'task' in args && typeof args.task === 'number'
    ? args.task
    : undefined;

function isOwnMessage({ invocation: { place } }: Context): boolean {
  return place.ephemeral === true || (place.kind === 'direct' && place.messageId !== undefined);
}

/** A task that was theirs is no secret to them; what became of it is. */
async function unseen(
  context: Context,
  { number, error }: { number: number; error: AppError },
): Promise<AppError> {
  if (!(await wasTheirs(context, number))) return error;
  const view: View = { summary: '', nodes: [] };
  return error.showing({ view, isOwn: isOwnMessage(context) }, ({ cards }) => cards.noLongerYours(number));
}

async function sayWhoTookIt(context: Context, { task }: SeenTask): Promise<Sentence | undefined> {
  const taken = await takenAway(context, task);
  if (!taken) return undefined;
  const when = formatWhen(taken.at, { now: context.now, ...context.actor });
  return ({ cards }) => cards.givenAway({ number: task.number, by: taken.by, to: taken.to, when });
}

async function drawFresh(context: Context, seen: SeenTask): Promise<View> {
  const { actor, now } = context;
  const { task } = seen;
  const may = rightsOf(seen, actor.personId);
  const news = await newsAt(context, task.id);
  if (!news) return taskCard(task, { reader: actor, now, may });
  return cardCopy(task, { news, reader: { ...actor, id: actor.personId }, may, now });
}
