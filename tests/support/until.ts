import { setTimeout as sleep } from 'node:timers/promises';

/** In ms. What is waited for takes a tenth of it: the rest is for a busy machine. */
const LIMIT = 10_000;

/**
 * Asks again and again until there is something, and gives it back. `what` completes "Timed out waiting for …";
 * `seen` tells in the failure what was there instead.
 */
export async function until<T>(
  what: string,
  check: () => T | undefined | Promise<T | undefined>,
  seen?: () => unknown,
  /** For what has pauses of its own, in ms. */
  limit = LIMIT,
): Promise<T> {
  const deadline = Date.now() + limit;
  for (;;) {
    const found = await check();
    if (found !== undefined) return found;
    if (Date.now() > deadline) {
      const instead = seen ? `\nThere is: ${JSON.stringify(await seen(), undefined, 1)}` : '';
      throw new Error(`Timed out waiting for ${what}.${instead}`);
    }
    await sleep(20);
  }
}
