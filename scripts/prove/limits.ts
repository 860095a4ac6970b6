/** Counts what came in a window that slides: no more than so many in so many ms. */
export interface Window {
  most: number;
  ms: number;
}

export interface Limiter {
  /** 0: taken. Else how long to wait, in ms. */
  take(key: string, now: number): number;
}

/** A platform's limits for one key, such as a channel. */
export function createLimiter(windows: readonly Window[]): Limiter {
  const longest = Math.max(...windows.map(({ ms }) => ms));
  const seen = new Map<string, number[]>();
  return {
    take(key, now) {
      const times = (seen.get(key) ?? []).filter((time) => now - time < longest);
      seen.set(key, times);
      for (const { most, ms } of windows) {
        const within = times.filter((time) => now - time < ms);
        const first = within.at(-most);
        if (within.length >= most && first !== undefined) return first + ms - now;
      }
      times.push(now);
      return 0;
    },
  };
}

export interface PlatformLimits {
  slackChannel: Limiter;
  slackWorkspace: Limiter;
  slackOpens: Limiter;
  teamsChat: Limiter;
  teamsTenant: Limiter;
}

/**
 * docs.slack.dev/apis/web-api/rate-limits: one message a second and channel, in which short bursts pass; 525 a minute and workspace,
 * here also spread over the minute but for a burst; conversations.open is tier 3. learn.microsoft.com, "Rate limiting for bots": a
 * conversation; and all requests of an app in a tenant. `times` as much passes where processes stand still for moments.
 */
export const publishedLimits = (times = 1): PlatformLimits => ({
  slackChannel: createLimiter([
    { most: 2 * times, ms: 1_000 },
    { most: 11 * times, ms: 10_000 },
  ]),
  slackWorkspace: createLimiter([
    { most: 105 * times, ms: 10_000 },
    { most: 525 * times, ms: 60_000 },
  ]),
  slackOpens: createLimiter([{ most: 50 * times, ms: 60_000 }]),
  teamsChat: createLimiter([
    { most: 7 * times, ms: 1_000 },
    { most: 8 * times, ms: 2_000 },
    { most: 60 * times, ms: 30_000 },
    { most: 1_800 * times, ms: 3_600_000 },
  ]),
  teamsTenant: createLimiter([{ most: 50 * times, ms: 1_000 }]),
});

const unlimited: Limiter = { take: () => 0 };
export const noLimits: PlatformLimits = {
  slackChannel: unlimited,
  slackWorkspace: unlimited,
  slackOpens: unlimited,
  teamsChat: unlimited,
  teamsTenant: unlimited,
};
