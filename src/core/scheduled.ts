/**
 * Something that falls due by the clock. Every replica runs it each minute, so what it writes has a unique key: it is
 * there once, however many replicas run at one time, and after downtime all that is due is found at the next run.
 */
export interface Scheduled {
  /** For logs and metrics: constant, in words */
  readonly name: string;
  /** Writes all that is due by `now`, a page at a time; says how much it was. Ends early when `signal` aborts. Throws. */
  run(now: Date, signal: AbortSignal): Promise<number>;
}
