import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/core/errors.ts';
import { createSettler } from '../../src/jobs/settler.ts';
import { createTestLog } from '../support/jobs-world.ts';

function settlerOf(write: (results: readonly number[]) => Promise<void>) {
  const log = createTestLog();
  const waits: number[] = [];
  const settler = createSettler<number>({
    write,
    refused: (result) => -result,
    log,
    wait: async (ms) => void waits.push(ms),
  });
  return { settler, log, waits };
}

describe('writing results down', () => {
  test('what ends together goes in one statement, what comes meanwhile in the next', async () => {
    const batches: number[][] = [];
    const first = Promise.withResolvers<void>();
    const { settler } = settlerOf(async (results) => {
      batches.push([...results]);
      if (batches.length === 1) await first.promise;
    });
    const all = [settler.settle([1]), settler.settle([2])];
    while (batches.length === 0) await new Promise((resolve) => setImmediate(resolve));
    all.push(settler.settle([3]), settler.settle([4]));
    first.resolve();
    await Promise.all(all);
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test('waits for a database that is away, and says so once', async () => {
    let tries = 0;
    const { settler, log, waits } = settlerOf(async () => {
      tries += 1;
      if (tries < 5) throw new AppError('database_unavailable');
    });
    await settler.settle([1]);
    expect(tries).toBe(5);
    expect(waits).toHaveLength(4);
    expect(log.lines).toHaveLength(1);
  });

  test('after a stop it does not wait for ever', async () => {
    const { settler, log } = settlerOf(() => Promise.reject(new AppError('database_unavailable')));
    const settled = settler.settle([1]);
    await settler.close();
    await settled;
    expect(log.lines.at(-1)).toMatchObject({ level: 'error', fields: { results: 1 } });
  });

  test('one result that the database refuses keeps no other from being written, and is replaced', async () => {
    const written: number[] = [];
    const { settler } = settlerOf(async (results) => {
      if (results.includes(2)) throw new Error('duplicate key');
      written.push(...results);
    });
    await settler.settle([1, 2, 3]);
    expect(written).toEqual([1, -2, 3]);
  });
});
