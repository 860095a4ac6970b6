import type { Clock, Log } from '../core/ports.ts';
import type { View } from '../core/view.ts';
import type { ClaimedCard, Settlement } from './ports.ts';
import { createPostings, type PostingsDeps } from './postings.ts';
import type { Job } from './worker.ts';

/**
 * Draws cards, by their id, from their tasks as they are now: one read of each task, however many show it. What has
 * happened to a task since is told in the threads of those that tell it.
 */
export type RenderCards = (cards: readonly CardToDraw[]) => Promise<Map<string, View>>;
export interface CardToDraw
  extends Pick<
    ClaimedCard,
    'id' | 'taskId' | 'copy' | 'platform' | 'workspace' | 'channelId' | 'toldVersion' | 'toldSince'
  > {
  /** Whether it stands where it has a thread */
  tells: boolean;
}

export interface RefreshCardsDeps extends Omit<PostingsDeps<ClaimedCard>, 'name' | 'render' | 'end'> {
  renderCards: RenderCards;
  /** A card will never be posted: tells who asked for it. May be called twice for one card. */
  notPosted(card: ClaimedCard, reason: string): Promise<void>;
  clock: Clock;
  log: Log;
}

/** A card whose requester could not be told yet comes up again after so many ms. */
const TELL_AGAIN_MS = 5_000;

/** Posts cards, and brings every posted copy up to date. */
export function createRefreshCards(deps: RefreshCardsDeps): Job {
  const { clock, log, messengers } = deps;

  /** Ends a card for good; before that, who waits for it hears of it. */
  async function end(card: ClaimedCard, reason: string): Promise<Settlement<ClaimedCard>> {
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

  function tells({ copy, messageId, platform, address }: ClaimedCard): boolean {
    if (copy || messageId === undefined) return false;
    return messengers.get(platform)?.hasThreads(address) ?? false;
  }

  const render = (cards: readonly ClaimedCard[]) =>
    deps.renderCards(cards.map((card) => ({ ...card, tells: tells(card) })));
  return createPostings<ClaimedCard>({ ...deps, name: 'cards', render, end });
}
