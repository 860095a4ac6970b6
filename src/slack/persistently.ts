import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, toDeliveryError } from './errors.ts';

/** Tries for one answer to someone who waits. */
const TRIES = 4;
/** The longest pause between two of them, in ms: later, the answer would stand among other talk. */
const LONGEST_PAUSE_MS = 5_000;

/**
 * Sends an answer that no outbox stands behind: throttled, or without a connection, it is tried again after a short
 * pause with jitter. Nothing else is, since it may have been sent, or Slack has refused it.
 */
export async function persistently<T>(send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const pause = pauseAfter(error, attempt);
      if (attempt === TRIES || pause === undefined || pause > LONGEST_PAUSE_MS) throw error;
      await sleep(pause * (1 + Math.random() / 4));
    }
  }
}

function pauseAfter(error: unknown, attempt: number): number | undefined {
  const { failure } = toDeliveryError(error, 'post');
  if (failure.kind === 'throttled') return failure.retryAfterMs;
  return failure.kind === 'failed' && codeOf(error) === undefined ? 500 * 2 ** attempt : undefined;
}
