import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Scheduled } from '../../src/core/scheduled.ts';
import { createSchedule } from '../../src/jobs/schedule.ts';
import { createTestLog } from '../support/jobs-world.ts';

const start = new Date('2026-11-22T14:30:20Z');

beforeEach(() => void jest.useFakeTimers({ now: start }));
afterEach(() => void jest.useRealTimers());

function scheduleOf(...scheduled: Scheduled[]) {
  const log = createTestLog();
  const measured: { name: string; outcome: string; made: number }[] = [];
  const schedule = createSchedule({
    scheduled,
    clock: () => new Date(),
    log,
    random: () => 0.5,
    measure: (labels, { made }) => void measured.push({ ...labels, made }),
  });
  return { schedule, log, measured };
}

/** Keeps when it ran. */
function runner(name: string) {
  const ran: string[] = [];
  const one: Scheduled = {
    name,
    run: async (now) => ran.push(now.toISOString().slice(11, 19)) && 0,
  };
  return { ...one, ran };
}

describe('what is scheduled', () => {
  test('is looked for at the start, then each minute a moment after it strikes', async () => {
    const due = runner('due');
    const { schedule } = scheduleOf(due);
    schedule.start();
    await jest.advanceTimersByTimeAsync(165_000);
    await schedule.stop();
    expect(due.ran).toEqual(['14:30:20', '14:31:01', '14:32:01', '14:33:01']);
  });

  test('runs though another one fails, which is logged once and tried again each minute', async () => {
    const due = runner('due');
    let broken = true;
    const failing: Scheduled = {
      name: 'failing',
      run: async () => {
        if (broken) throw new Error('away');
        return 3;
      },
    };
    const { schedule, log, measured } = scheduleOf(failing, due);
    await schedule.runOnce();
    await schedule.runOnce();
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    expect(due.ran).toHaveLength(2);
    broken = false;
    await schedule.runOnce();
    expect(measured.filter(({ name }) => name === 'failing')).toEqual([
      { name: 'failing', outcome: 'failed', made: 0 },
      { name: 'failing', outcome: 'failed', made: 0 },
      { name: 'failing', outcome: 'done', made: 3 },
    ]);
    expect(log.lines.map(({ message }) => message)).toContain('it runs again');
  });

  test('is not begun a second time while it still runs, and the others go on', async () => {
    const due = runner('due');
    let begun = 0;
    let end = (): void => undefined;
    const slow: Scheduled = {
      name: 'slow',
      run: () => {
        begun += 1;
        return new Promise((resolve) => {
          end = () => resolve(1);
        });
      },
    };
    const { schedule } = scheduleOf(slow, due);
    schedule.start();
    await jest.advanceTimersByTimeAsync(120_000);
    expect(begun).toBe(1);
    expect(due.ran.length).toBeGreaterThan(2);
    end();
    await schedule.stop();
  });

  test('is told to end its pages when the process stops, waited for, and not begun again', async () => {
    let pages = 0;
    const paging: Scheduled = {
      name: 'paging',
      async run(_now, signal) {
        while (!signal.aborted) {
          pages += 1;
          await new Promise((resolve) => setTimeout(resolve, 1_000));
        }
        return pages;
      },
    };
    const { schedule, measured } = scheduleOf(paging);
    schedule.start();
    await jest.advanceTimersByTimeAsync(2_500);
    const stopping = schedule.stop();
    await jest.advanceTimersByTimeAsync(1_000);
    await stopping;
    expect(pages).toBe(3);
    expect(measured).toEqual([{ name: 'paging', outcome: 'done', made: 3 }]);
    await schedule.runOnce();
    await jest.advanceTimersByTimeAsync(300_000);
    expect(pages).toBe(3);
  });
});
