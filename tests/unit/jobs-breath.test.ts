import { describe, expect, test } from '@jest/globals';
import { createBreath } from '../../src/jobs/breath.ts';

/** Keeps the thread at work for so many ms. */
function work(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('the work behind the answers', () => {
  test('gives way while people ask and wait for one another', async () => {
    let asked = 0;
    const breath = createBreath({ ms: 1, asked: () => asked });
    work(60);
    asked += 100;
    await breath.take({ more: true });
    expect(breath.isBusy()).toBe(true);
  });

  test('does not give way to itself', async () => {
    const breath = createBreath({ ms: 1, asked: () => 0 });
    work(60);
    await breath.take({ more: true });
    expect(breath.isBusy()).toBe(false);
  });

  test('goes on again when nobody asks any more', async () => {
    let asked = 0;
    const breath = createBreath({ ms: 1, asked: () => asked });
    work(60);
    asked += 100;
    await breath.take({ more: true });
    work(60);
    await breath.take({ more: true });
    expect(breath.isBusy()).toBe(false);
  });

  test('gives way no more once its queue was not empty for long, until it is', async () => {
    let asked = 0;
    const breath = createBreath({ ms: 1, asked: () => asked, behindMs: 50 });
    work(60);
    asked += 100;
    await breath.take({ more: true });
    expect(breath.isBusy()).toBe(false);
    work(20);
    asked += 100;
    await breath.take({ more: false });
    expect(breath.isBusy()).toBe(true);
  });

  test('never waits when it is told not to, or when all ends', async () => {
    let asked = 0;
    const breath = createBreath({ ms: 60_000, asked: () => asked });
    breath.end();
    work(60);
    asked += 100;
    await breath.take({ more: true });
    expect(breath.isBusy()).toBe(false);
  });
});
