import type { Clock } from './ports.ts';
import type { Run } from './run.ts';

/** Whoever has typed nothing for so long begins another search. In ms. */
const SEARCH_ENDS_MS = 60_000;
/** No more are remembered: hints are all that gets lost. */
const REMEMBERED = 10_000;

/** Platforms ask anew at each letter; the audit log says once that somebody searches. */
export interface Searches {
  /** True for the first request of a search, false for those that go on with it. */
  begins(run: Pick<Run, 'sessionId' | 'resolved'>): boolean;
}

export function createSearches(clock: Clock): Searches {
  const last = new Map<string, number>();
  return {
    begins({ sessionId, resolved }) {
      const key = `${sessionId} ${resolved?.action}`;
      const now = clock().getTime();
      const before = last.get(key);
      if (before === undefined && last.size >= REMEMBERED) last.clear();
      last.set(key, now);
      return before === undefined || now - before >= SEARCH_ENDS_MS;
    },
  };
}
