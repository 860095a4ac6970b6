import type { Platform } from '../core/action.ts';
import type { Clock, Log, Messenger } from '../core/ports.ts';
import type { View } from '../core/view.ts';
import {
  askFor,
  createBrake,
  deliveryRetries,
  failureOf,
  type Paces,
  platformPaces,
  REFUSED_WORKSPACE_PAUSE_MS,
  type RetryPolicy,
  reasonOf,
  renderSafely,
  retryOrGiveUp,
} from './delivery.ts';
import type { ClaimedCard, CountEvent, LeaseQueue, SendAsk, SendBudget, Settlement, Wait } from './ports.ts';
import { createRowTasks } from './row-tasks.ts';
import type { Job, Task } from './worker.ts';

/** Draws cards, by their id, from their tasks as they are now: one read of each task, however many show it. */
export type RenderCards = (cards: readonly CardToDraw[]) => Promise<Map<string, View>>;
export type CardToDraw = Pick<ClaimedCard, 'id' | 'taskId' | 'copy'>;

export interface RefreshCardsDeps {
  queue: LeaseQueue<ClaimedCard>;
  budget: SendBudget;
  messengers: ReadonlyMap<Platform, Messenger>;
  renderCards: RenderCards;
  /** A card will never be posted: tells who asked for it. May be called twice for one card. */
  notPosted(card: ClaimedCard, reason: string): Promise<void>;
  clock: Clock;
  log: Log;
  count: CountEvent;
  paces?: Record<Platform, Paces>;
  retries?: RetryPolicy;
  random?: () => number;
  wait?: Wait;
}

type Result = Settlement<ClaimedCard>;

interface Sendable {
  card: ClaimedCard;
  messenger: Messenger;
  ask: SendAsk;
}

/** A card whose requester could not be told yet comes up again after so many ms. */
const TELL_AGAIN_MS = 5_000;

/**
 * Posts cards, and brings every posted copy up to date. Changes that come while a card waits cost one update; one that
 * comes while it is being sent leaves it pending (its revision differs), so no card stays older than its task.
 */
export function createRefreshCards(deps: RefreshCardsDeps): Job {
  const { budget, clock, log, paces = platformPaces } = deps;
  const brake = createBrake(deps);
  const tasks = createRowTasks<ClaimedCard>({ ...deps, name: 'cards' });

  async function prepare(cards: readonly ClaimedCard[]): Promise<Task[]> {
    const sendable: Sendable[] = [];
    const prepared: Task[] = [];
    for (const card of cards) {
      const found = reach(card);
      if (typeof found === 'string') prepared.push(tasks.sending(card, () => giveUp(card, found)));
      else sendable.push(found);
    }
    const times = await budget.reserve(sendable.map(({ ask }) => ask));
    const going = sendable.filter((_, index) => times[index] === undefined);
    sendable.forEach(({ card }, index) => {
      const at = times[index];
      if (at) prepared.push(tasks.paced(card, at));
    });
    return [...prepared, ...(await prepareSends(going))];
  }

  function reach(card: ClaimedCard): Sendable | string {
    if (!card.installed) return 'the app was removed from the workspace';
    const messenger = deps.messengers.get(card.platform);
    if (!messenger) return `${card.platform} is not set up here`;
    const { platform, channelId } = card;
    const update = card.messageId !== undefined;
    return {
      card,
      messenger,
      ask: askFor({ platform, workspaceId: card.workspace.id, channelId, update }, paces),
    };
  }

  async function prepareSends(going: readonly Sendable[]): Promise<Task[]> {
    const { rendered, failed } = await renderSafely(
      going.map(({ card }) => card),
      deps.renderCards,
    );
    return going.map((target) => {
      const { card } = target;
      const error = failed.get(card);
      if (error !== undefined) return tasks.settled(again(card, `could not be drawn: ${reasonOf(error)}`));
      const view = rendered.get(card.id);
      if (!view) return tasks.settled({ row: card, outcome: 'skipped', reason: 'the task has no card' });
      return tasks.sending(card, () => send(target, view));
    });
  }

  async function send({ card, messenger, ask }: Sendable, view: View): Promise<Result> {
    const held = brake.heldUntil(ask);
    if (held) return { row: card, outcome: 'retry', at: held, costsAttempt: false };
    const { workspace, channelId, address, messageId } = card;
    try {
      if (messageId !== undefined) {
        await messenger.update({ workspace, channelId, messageId, address, view });
        return { row: card, outcome: 'done' };
      }
      const posted = await messenger.post({ workspace, channelId, address, view });
      return { row: card, outcome: 'done', messageId: posted.messageId };
    } catch (error) {
      return resultOf(error, card, ask);
    }
  }

  async function resultOf(error: unknown, card: ClaimedCard, ask: SendAsk): Promise<Result> {
    const failure = failureOf(error);
    const reason = reasonOf(error);
    switch (failure.kind) {
      case 'throttled': {
        deps.count('cards', 'throttled', 1);
        const until = new Date(clock().getTime() + failure.retryAfterMs);
        await brake.hold([ask.workspace, ask.channel], until);
        return { row: card, outcome: 'retry', at: until, costsAttempt: false, reason };
      }
      case 'refused':
        if (failure.scope !== 'workspace') return giveUp(card, reason);
        // A card is a state, no news: it waits for the token to be replaced, where a notification ends.
        await brake.hold([ask.workspace], new Date(clock().getTime() + REFUSED_WORKSPACE_PAUSE_MS));
        return again(card, reason);
      case 'gone':
        // Somebody deleted the message: there is no card any more.
        return { row: card, outcome: 'forgotten' };
      case 'ambiguous':
        // An update may be repeated. A second card may not be posted: the one who asked is told and looks.
        return card.messageId === undefined
          ? giveUp(card, `may have been posted: ${reason}`)
          : again(card, reason);
      case 'failed':
        return again(card, reason);
      default:
        return failure satisfies never;
    }
  }

  /** Ends a card for good; before that, who waits for it hears of it. */
  async function giveUp(card: ClaimedCard, reason: string): Promise<Result> {
    // A direct message that can't be reached is like one that was deleted: newer ones come when the person does.
    if (card.copy) return { row: card, outcome: 'forgotten' };
    try {
      if (card.messageId === undefined) await deps.notPosted(card, reason);
      return { row: card, outcome: 'dead', reason };
    } catch (error) {
      log.warn({ err: error, card: card.id }, 'nobody could be told yet that a card was not posted');
      const at = new Date(clock().getTime() + TELL_AGAIN_MS);
      return { row: card, outcome: 'retry', at, costsAttempt: false, reason };
    }
  }

  function again(card: ClaimedCard, reason: string): Result {
    const policy = deps.retries ?? deliveryRetries;
    return retryOrGiveUp(card, reason, { now: clock(), policy, random: deps.random ?? Math.random });
  }

  return {
    queue: 'cards',
    take: (limit) => tasks.take(limit, prepare),
    renew: tasks.renew,
    close: tasks.close,
  };
}
