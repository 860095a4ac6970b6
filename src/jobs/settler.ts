import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { backoffMs } from './backoff.ts';
import type { Wait } from './ports.ts';

/** Writes results down: at once when nothing is being written, else together with all that comes meanwhile. */
export interface Settler<Result> {
  /** Resolves when they are written, or given up. Never throws. */
  settle(results: readonly Result[]): Promise<void>;
  /** From now on a database that is away is not waited for longer than a few tries. */
  close(): Promise<void>;
}

export interface SettlerOptions<Result> {
  write(results: readonly Result[]): Promise<void>;
  /** What to write for one that the database refuses by itself: it must not come up again for ever. */
  refused(result: Result, error: unknown): Result;
  log: Log;
  wait?: Wait;
}

const BACKOFF = { firstMs: 500, longestMs: 2_000 };
/** Tries after `close`, when the database is away */
const LAST_TRIES = 3;

/**
 * A group commit. It keeps the time between a platform's answer and our commit, in which a crash sends a message a
 * second time, at about one round trip, and still needs one statement for a hundred results.
 */
export function createSettler<Result>(options: SettlerOptions<Result>): Settler<Result> {
  const wait = options.wait ?? sleep;
  let gathered: Result[] = [];
  let next: Promise<void> | undefined;
  let last: Promise<void> = Promise.resolve();
  let closed = false;

  function settle(results: readonly Result[]): Promise<void> {
    if (results.length === 0) return Promise.resolve();
    gathered.push(...results);
    next ??= writeAfter(last);
    return next;
  }

  async function writeAfter(before: Promise<void>): Promise<void> {
    await before;
    // All that ends in the same turn goes together.
    await new Promise((resolve) => setImmediate(resolve));
    const batch = gathered;
    gathered = [];
    const writing = write(batch);
    last = writing;
    next = undefined;
    await writing;
  }

  async function write(batch: readonly Result[]): Promise<void> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await options.write(batch);
      } catch (error) {
        if (!isAway(error)) return writeEach(batch, error);
        if (failures === 1)
          options.log.warn({ err: error, results: batch.length }, 'results wait for PostgreSQL');
        if (closed && failures >= LAST_TRIES) {
          options.log.error(
            { results: batch.length },
            'results could not be written: some may be sent twice',
          );
          return;
        }
        await wait(backoffMs(failures, BACKOFF));
      }
    }
  }

  /** One bad result must not keep the others from being written. */
  async function writeEach(batch: readonly Result[], error: unknown): Promise<void> {
    if (batch.length > 1) {
      for (const result of batch) await write([result]);
      return;
    }
    options.log.error({ err: error }, 'the database refuses a result');
    for (const result of batch) {
      const instead = options.refused(result, error);
      await options.write([instead]).catch((again: unknown) => {
        options.log.error({ err: again }, 'a result could not be written at all');
      });
    }
  }

  return {
    settle,
    async close() {
      closed = true;
      await (next ?? last);
    },
  };
}

/** PostgreSQL can't be reached: not the statement's fault, all of it may be tried again. */
export function isAway(error: unknown): boolean {
  return error instanceof AppError && error.code === 'database_unavailable';
}
