import { setTimeout as delay } from 'node:timers/promises';

export interface BreathOptions {
  /** How long a breath is, in ms; 0 for none */
  ms: number;
  /** Whether people wait for answers */
  peopleWait: () => boolean;
  /** A queue that was never empty for so long gives way no more, in ms; 10 s when absent */
  behindMs?: number;
}

/**
 * The work behind the answers shares one thread with the answers. While people wait it takes a breath after each claim:
 * what waits meanwhile is claimed together later, which also costs less. A burst is put off by this, a backlog is not.
 */
export function createBreath({ ms, peopleWait, behindMs = 10_000 }: BreathOptions) {
  const ended = new AbortController();
  let emptyAt = performance.now();
  let busy = false;

  return {
    /** Whether people waited when the last breath was taken. */
    isBusy: (): boolean => busy,
    /** Waits while people wait; at once when none do, when the queue is behind, or when all ends. */
    async take({ more }: { more: boolean }): Promise<void> {
      if (ms === 0 || ended.signal.aborted) return;
      if (!more) emptyAt = performance.now();
      busy = peopleWait() && performance.now() - emptyAt <= behindMs;
      if (!busy) return;
      await delay(ms, undefined, { signal: ended.signal }).catch(() => undefined);
    },
    end: (): void => ended.abort(),
  };
}
