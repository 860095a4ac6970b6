/** Counts what came in a window that slides: no more than so many in so many ms. */
export interface Window {
  most: number;
  ms: number;
}

/** A platform's limits for one key, such as a channel: says how long to wait for what comes too early, in ms. */
export function createLimiter(windows: readonly Window[]) {
  const longest = Math.max(...windows.map(({ ms }) => ms));
  const seen = new Map<string, number[]>();
  return {
    /** 0: taken. Else when it may come again. */
    take(key: string, now: number): number {
      const times = (seen.get(key) ?? []).filter((time) => now - time < longest);
      for (const { most, ms } of windows) {
        const within = times.filter((time) => now - time < ms);
        const first = within.at(-most);
        if (within.length >= most && first !== undefined) return first + ms - now;
      }
      times.push(now);
      seen.set(key, times);
      return 0;
    },
  };
}
