import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/lib/database.ts';
import { sql } from '../../src/lib/sql.ts';
import type { Arrival } from './stand-ins.ts';

/** One thing that was to be shown, what was measured, and whether it holds. */
export interface Finding {
  what: string;
  measured: string;
  holds: boolean;
  /** Says something only where nothing else runs on the machine */
  needsQuiet?: true;
}

export const finding = (what: string, holds: boolean, measured: string): Finding => ({
  what,
  measured,
  holds,
});

export const onQuietMachine = (found: Finding): Finding => ({ ...found, needsQuiet: true });

/** Waits until it is so, for so many ms at most; says whether it came true. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  withinMs: number,
  everyMs = 50,
): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (performance.now() < end) {
    if (await isSo()) return true;
    await sleep(everyMs);
  }
  return false;
}

/** Rows that wait or are being sent. */
export async function pending(db: Database): Promise<number> {
  const [row] = await db.rows<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM notifications WHERE state = 'pending'`,
  );
  return row?.count ?? 0;
}

/** How often each mark arrived, and which of those that should have did not. */
export function tally(arrivals: readonly Arrival[], expected: readonly string[]) {
  const times = new Map<string, number>();
  for (const { mark } of arrivals) times.set(mark, (times.get(mark) ?? 0) + 1);
  return { lost: expected.filter((mark) => !times.has(mark)), times };
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
