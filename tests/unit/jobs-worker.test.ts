import { describe, expect, jest, test } from '@jest/globals';
import { createWorker, type Job, type Task } from '../../src/jobs/worker.ts';
import { createTestClock, createTestLog } from '../support/jobs-world.ts';

/** A queue in memory: `due` rows wait, each task is finished by the test or at once. */
function createTestJob(due: number, more: Partial<Job> = {}) {
  const state = { due, claims: 0, begun: 0, released: 0, finish: undefined as Promise<void> | undefined };
  const task = (): Task => ({
    run: async () => {
      state.begun += 1;
      await state.finish;
      return undefined;
    },
    release: async () => {
      state.released += 1;
    },
  });
  const job: Job = {
    queue: 'notifications',
    take: async (limit) => {
      state.claims += 1;
      const claimed = Math.min(limit, state.due);
      state.due -= claimed;
      return { claimed, tasks: Array.from({ length: claimed }, task) };
    },
    renew: async () => undefined,
    close: async () => undefined,
    ...more,
  };
  return { job, state };
}

function workerOf(job: Job, more: object = {}) {
  const { clock, pass } = createTestClock();
  const log = createTestLog();
  return { worker: createWorker(job, { clock, log, batch: 10, ...more }), clock, pass, log };
}

const turns = () => new Promise((resolve) => setImmediate(resolve));

describe('a worker', () => {
  test('drains what is due', async () => {
    const { job, state } = createTestJob(95);
    const { worker } = workerOf(job);
    expect(await worker.drain()).toBe(95);
    expect(state).toMatchObject({ due: 0, begun: 95 });
  });

  test('claims nothing before it is started and nothing after it was stopped', async () => {
    const { job, state } = createTestJob(5);
    const { worker } = workerOf(job);
    worker.wake();
    await turns();
    expect(state.claims).toBe(0);
    worker.start();
    await worker.stop();
    const { claims } = state;
    worker.wake();
    await turns();
    expect(state.claims).toBe(claims);
  });

  test('has no more tasks at a time than its capacity, and goes on when there is room', async () => {
    const { job, state } = createTestJob(100);
    const gate = Promise.withResolvers<void>();
    state.finish = gate.promise;
    const { worker } = workerOf(job, { capacity: 40 });
    worker.start();
    await turns();
    expect(state.begun).toBeLessThanOrEqual(40);
    expect(state.begun).toBeGreaterThanOrEqual(30);
    gate.resolve();
    state.finish = undefined;
    for (let turn = 0; turn < 10 && state.begun < 100; turn += 1) await turns();
    expect(state.begun).toBe(100);
    await worker.stop();
  });

  test('a stop waits for what was begun and puts back what was claimed meanwhile', async () => {
    const { job, state } = createTestJob(3);
    const claiming = Promise.withResolvers<void>();
    const take = job.take;
    const { worker } = workerOf({
      ...job,
      take: async (limit) => {
        await claiming.promise;
        return take(limit);
      },
    });
    worker.start();
    const stopped = worker.stop();
    claiming.resolve();
    await stopped;
    expect(state).toMatchObject({ begun: 0, released: 3 });
  });

  test('the time that a look took counts: the next comes when it is due, not that much later', async () => {
    const { job, state } = createTestJob(0);
    const looked = Promise.withResolvers<void>();
    const { worker, pass } = workerOf(
      {
        ...job,
        take: async () => {
          state.claims += 1;
          pass(60_000);
          if (state.claims === 3) looked.resolve();
          return { claimed: 0, tasks: [] };
        },
      },
      { pollMs: 60_000 },
    );
    worker.start();
    await looked.promise;
    await worker.stop();
    expect(state.claims).toBeGreaterThanOrEqual(3);
  });

  test('what comes up again while a look is under way is looked for right after it', async () => {
    const { job, state } = createTestJob(1);
    const looked = Promise.withResolvers<void>();
    const { worker, clock, pass } = workerOf(
      {
        ...job,
        take: async () => {
          state.claims += 1;
          if (state.claims === 2) looked.resolve();
          const again: Task = {
            run: async () => {
              const at = new Date(clock().getTime() + 50);
              pass(100);
              return at;
            },
            release: async () => undefined,
          };
          return { claimed: 1, tasks: state.claims === 1 ? [again] : [] };
        },
      },
      { pollMs: 60_000 },
    );
    worker.start();
    await looked.promise;
    await worker.stop();
    expect(state.claims).toBeGreaterThanOrEqual(2);
  });

  test('a stop does not wait for ever', async () => {
    const { job, state } = createTestJob(1);
    state.finish = new Promise(() => undefined);
    const { worker } = workerOf(job, { stopMs: 10 });
    worker.start();
    await turns();
    await worker.stop();
    expect(state.begun).toBe(1);
  });

  test('with the database away it says so once, waits, and catches up', async () => {
    const { job, state } = createTestJob(5);
    let away = true;
    const take = job.take;
    const { worker, pass, log } = workerOf({
      ...job,
      take: (limit) => (away ? Promise.reject(new Error('away')) : take(limit)),
    });
    worker.start();
    await turns();
    for (let tries = 0; tries < 3; tries += 1) {
      pass(10_000);
      worker.wake();
      await turns();
    }
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    away = false;
    pass(10_000);
    worker.wake();
    await turns();
    expect(state.begun).toBe(5);
    expect(log.lines.at(-1)).toMatchObject({ level: 'info', message: 'the queue is worked on again' });
    await worker.stop();
  });

  test('polls, and looks earlier when it knows that something comes up', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    try {
      const { job, state } = createTestJob(1);
      const { clock, pass } = createTestClock();
      const inHalfASecond = new Date(clock().getTime() + 500);
      const worker = createWorker(
        {
          ...job,
          take: async () => {
            state.claims += 1;
            const tasks =
              state.claims === 1 ? [{ run: async () => inHalfASecond, release: async () => undefined }] : [];
            return { claimed: tasks.length, tasks };
          },
        },
        { clock, log: createTestLog() },
      );
      worker.start();
      await turns();
      expect(state.claims).toBe(1);
      pass(500);
      jest.advanceTimersByTime(500);
      await turns();
      expect(state.claims).toBe(2);
      pass(999);
      jest.advanceTimersByTime(999);
      await turns();
      expect(state.claims).toBe(2);
      pass(1);
      jest.advanceTimersByTime(1);
      await turns();
      expect(state.claims).toBe(3);
    } finally {
      jest.useRealTimers();
    }
  });
});
