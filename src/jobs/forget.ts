import type { Clock, Log } from '../core/ports.ts';
import type { Retention } from './ports.ts';

export interface Forget {
  start(): void;
  /** Deletes all that is old enough by now. */
  runOnce(): Promise<void>;
  stop(): Promise<void>;
}

export interface ForgetDeps {
  retention: Retention;
  clock: Clock;
  log: Log;
  /** Rows a statement: short locks, and a stop that need not wait */
  batch?: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Platforms redeliver for minutes at most; two days cover a weekend's outage of a proxy. */
const INVOCATIONS_MS = 2 * DAY_MS;
const NOTIFICATIONS_MS = 90 * DAY_MS;
/** They can be undone for a quarter of an hour; a report of the month before compares it with the one before that. */
const CHANGES_MS = 100 * DAY_MS;
/** Nobody scrolls back further to press a button; one that is pressed answers with the fresh card. */
const COPIES_MS = 14 * DAY_MS;
/** A budget that is free for longer than any window says nothing. */
const BUDGETS_MS = DAY_MS;

/** Every hour, deletes what nobody needs any more. */
export function createForget({ retention, clock, log, batch = 1_000 }: ForgetDeps): Forget {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let stopping = false;

  const kinds = [
    { name: 'invocations', ageMs: INVOCATIONS_MS, forget: retention.forgetInvocations },
    { name: 'notifications', ageMs: NOTIFICATIONS_MS, forget: retention.forgetNotifications },
    { name: 'changes', ageMs: CHANGES_MS, forget: retention.forgetChanges },
    { name: 'copies', ageMs: COPIES_MS, forget: retention.forgetCopies },
    { name: 'replies', ageMs: COPIES_MS, forget: retention.forgetReplies },
    { name: 'reminders', ageMs: NOTIFICATIONS_MS, forget: retention.forgetReminders },
    { name: 'budgets', ageMs: BUDGETS_MS, forget: retention.forgetBudgets },
  ];

  async function runOnce(): Promise<void> {
    for (const { name, ageMs, forget } of kinds) {
      const before = new Date(clock().getTime() - ageMs);
      let rows = 0;
      for (let gone = batch; gone === batch && !stopping; rows += gone) gone = await forget(before, batch);
      if (rows > 0) log.info({ name, rows }, 'deleted what is old');
    }
  }

  function tick(): void {
    running ??= runOnce()
      .catch((error: unknown) => log.warn({ err: error }, 'old rows could not be deleted: again in an hour'))
      .finally(() => {
        running = undefined;
      });
  }

  return {
    runOnce,
    start() {
      timer = setInterval(tick, HOUR_MS);
      timer.unref();
      tick();
    },
    async stop() {
      stopping = true;
      clearInterval(timer);
      await running;
    },
  };
}
