import { setTimeout as delay } from 'node:timers/promises';

/** Above this share of its time at work, those who ask wait for one another. */
const BUSY = 0.25;

/**
 * The work behind the answers shares one thread with the answers. While the thread is busy it takes a breath
 * after each claim: what waits meanwhile is claimed together later, which also costs less.
 */
export function createBreath(ms: number) {
  const ended = new AbortController();
  let before = performance.eventLoopUtilization();
  let busy = false;

  return {
    /** Whether the process was busy when the last breath was taken. */
    isBusy: (): boolean => busy,
    /** Waits while the process is busy; at once when it is not, or when all ends. */
    async take(): Promise<void> {
      if (ms === 0 || ended.signal.aborted) return;
      const { utilization } = performance.eventLoopUtilization(before);
      before = performance.eventLoopUtilization();
      busy = utilization >= BUSY;
      if (!busy) return;
      await delay(ms, undefined, { signal: ended.signal }).catch(() => undefined);
    },
    end: (): void => ended.abort(),
  };
}
