/** Delays between tries: the first in ms, and the longest. */
export interface Backoff {
  firstMs: number;
  longestMs: number;
}

/** ms until the next try after so many failed ones: doubling with full jitter, so that those that failed together don't come back together. */
export function backoffMs(failures: number, backoff: Backoff, random: () => number = Math.random): number {
  const ceiling = Math.min(backoff.longestMs, backoff.firstMs * 2 ** Math.max(0, failures - 1));
  return Math.ceil(random() * ceiling);
}
