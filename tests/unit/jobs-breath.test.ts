import { describe, expect, test } from '@jest/globals';
import { createBreath } from '../../src/jobs/breath.ts';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the work behind the answers', () => {
  test('gives way while people wait', async () => {
    const breath = createBreath({ ms: 20, peopleWait: () => true });
    const before = performance.now();
    await breath.take({ more: true });
    expect(breath.isBusy()).toBe(true);
    expect(performance.now() - before).toBeGreaterThanOrEqual(15);
  });

  test('goes on again when nobody waits any more', async () => {
    let waits = true;
    const breath = createBreath({ ms: 1, peopleWait: () => waits });
    await breath.take({ more: true });
    waits = false;
    await breath.take({ more: true });
    expect(breath.isBusy()).toBe(false);
  });

  test('gives way no more once its queue was not empty for long, until it is', async () => {
    const breath = createBreath({ ms: 1, peopleWait: () => true, behindMs: 20 });
    await wait(30);
    await breath.take({ more: true });
    expect(breath.isBusy()).toBe(false);
    await breath.take({ more: false });
    expect(breath.isBusy()).toBe(true);
  });

  test('never waits when all ends', async () => {
    const breath = createBreath({ ms: 60_000, peopleWait: () => true });
    breath.end();
    await breath.take({ more: true });
    expect(breath.isBusy()).toBe(false);
  });
});
