import { setTimeout as delay } from 'node:timers/promises';

/** Above this share of its time at work, those who ask wait for one another. */
const BUSY = 0.25;
/** Fewer who ask in a second have room enough, whatever the work behind the answers takes. */
const ASKED_A_SECOND = 20;

export interface BreathOptions {
  /** How long a breath is, in ms; 0 for none */
  ms: number;
  /** Commands, buttons and forms that were answered so far */
  asked: () => number;
  /** A queue that was never empty for so long gives way no more, in ms; 10 s when absent */
  behindMs?: number;
}

/**
 * The work behind the answers shares one thread with the answers. While people ask and the thread is busy it takes a breath
 * after each claim: what waits meanwhile is claimed together later, which also costs less. A burst is put off by this, a
 * backlog is not.
 */
export function createBreath({ ms, asked, behindMs = 10_000 }: BreathOptions) {
  const ended = new AbortController();
  let before = measure();
  let emptyAt = before.at;
  let busy = false;

  function measure() {
    return { at: performance.now(), asked: asked(), used: performance.eventLoopUtilization() };
  }

  function peopleWait(): boolean {
    const now = measure();
    const { utilization } = performance.eventLoopUtilization(now.used, before.used);
    const askedASecond = ((now.asked - before.asked) * 1_000) / Math.max(1, now.at - before.at);
    before = now;
    return utilization >= BUSY && askedASecond >= ASKED_A_SECOND;
  }

  return {
    /** Whether people waited when the last breath was taken. */
    isBusy: (): boolean => busy,
    /** Waits while people wait; at once when none do, when the queue is behind, or when all ends. */
    async take({ more }: { more: boolean }): Promise<void> {
      if (ms === 0 || ended.signal.aborted) return;
      if (!more) emptyAt = performance.now();
      const behind = performance.now() - emptyAt > behindMs;
      busy = peopleWait() && !behind;
      if (!busy) return;
      await delay(ms, undefined, { signal: ended.signal }).catch(() => undefined);
    },
    end: (): void => ended.abort(),
  };
}
