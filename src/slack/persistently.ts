import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, toDeliveryError } from './errors.ts';

/** Tries for one answer to someone who waits. */
const TRIES = 4;
/** The longest that all pauses take, in ms: later, the answer would stand among other talk. */
const LONGEST_WAIT_MS = 30_000;

/**
 * Sends an answer that no outbox stands behind: throttled, or without a connection, it is tried again after a short
 * pause with jitter; one that may have been sent once more, since nobody waits well for silence. What Slack has refused
 * is refused.
 */
export async function persistently<T>(send: () => Promise<T>): Promise<T> {
  let waited = 0;
  let doubts = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const { failure } = toDeliveryError(error, 'post');
      if (failure.kind === 'ambiguous') doubts += 1;
      const refused = failure.kind === 'refused' || failure.kind === 'gone' || codeOf(error) !== undefined;
      const again = failure.kind === 'throttled' || (!refused && doubts < 2);
      const pause = failure.kind === 'throttled' ? failure.retryAfterMs : 500 * 2 ** attempt;
      waited += pause;
      if (!again || attempt === TRIES || waited > LONGEST_WAIT_MS) throw error;
      await sleep(pause * (1 + Math.random() / 4));
    }
  }
}
