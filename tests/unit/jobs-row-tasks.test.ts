import { expect, test } from '@jest/globals';
import { createRowTasks } from '../../src/jobs/row-tasks.ts';
import { createTestLog } from '../support/jobs-world.ts';

const row = { id: 'n1', leaseToken: 'held', attempts: 0 };

test('a result is written and counted, whatever becomes of what belongs to it', async () => {
  const written: string[] = [];
  const counted: string[] = [];
  const log = createTestLog();
  const tasks = createRowTasks<typeof row>({
    name: 'notifications',
    queue: {
      claim: async () => [row],
      settle: async (results) => {
        written.push(...results.map(({ row: { id }, outcome }) => `${id} ${outcome}`));
        return results.length;
      },
      renew: async () => undefined,
      holds: () => true,
      abandon: () => undefined,
    },
    after: async () => {
      expect(written).toEqual(['n1 done']);
      throw new Error('ON CONFLICT DO UPDATE command cannot affect row a second time');
    },
    clock: () => new Date(),
    log,
    count: (_queue, event) => void counted.push(event),
  });
  await tasks.sending(row, async () => ({ row, outcome: 'done' })).run();
  expect(written).toEqual(['n1 done']);
  expect(counted).toEqual(['done']);
  expect(log.lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
    'warn what belongs to sent messages was not kept',
  ]);
});
