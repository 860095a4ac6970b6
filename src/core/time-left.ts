/** What is left of a wait, in ms and never below 0. */
export type TimeLeft = () => number;

/** Starts a wait: every step on the way to one answer takes from it, so that two waits in a row are no longer than one. */
export function timeLeft(withinMs: number): TimeLeft {
  const end = performance.now() + withinMs;
  return () => Math.max(0, end - performance.now());
}
