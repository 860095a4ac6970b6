import { describe, expect, test } from '@jest/globals';
import { createDemand } from '../../src/lib/demand.ts';

/** Keeps the thread at work for so many ms. */
function work(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('people wait', () => {
  test('when many ask and the process is at work', () => {
    const demand = createDemand();
    for (let n = 0; n < 100; n += 1) demand.count();
    work(300);
    expect(demand.isHigh()).toBe(true);
  });

  test('not because of what works behind the answers', () => {
    const demand = createDemand();
    demand.count();
    work(300);
    expect(demand.isHigh()).toBe(false);
  });

  test('not when many ask of a process that has time for them', async () => {
    const demand = createDemand();
    for (let n = 0; n < 100; n += 1) demand.count();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(demand.isHigh()).toBe(false);
  });

  test('no more when they have stopped asking', () => {
    const demand = createDemand();
    for (let n = 0; n < 100; n += 1) demand.count();
    work(300);
    demand.isHigh();
    work(300);
    expect(demand.isHigh()).toBe(false);
  });
});
