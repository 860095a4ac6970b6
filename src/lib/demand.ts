/** Above this share of its time at work, those who ask wait for one another. */
const BUSY = 0.25;
/** Fewer who ask in a second have room enough, whatever the work behind the answers takes. */
const ASKED_A_SECOND = 20;
/** What is shorter says little. In ms */
const WINDOW_MS = 250;

/** Whether people wait for answers of this process: the work behind the answers gives way to them, not to itself. */
export interface Demand {
  /** A command, button or form was answered. */
  count(): void;
  isHigh(): boolean;
}

export function createDemand(): Demand {
  let asked = 0;
  let before = measure();
  let high = false;

  function measure() {
    return { at: performance.now(), asked, used: performance.eventLoopUtilization() };
  }

  return {
    count() {
      asked += 1;
    },
    isHigh() {
      const now = measure();
      const ms = now.at - before.at;
      if (ms < WINDOW_MS) return high;
      const { utilization } = performance.eventLoopUtilization(now.used, before.used);
      high = utilization >= BUSY && ((now.asked - before.asked) * 1_000) / ms >= ASKED_A_SECOND;
      before = now;
      return high;
    },
  };
}
