import type { Clock, Log } from '../core/ports.ts';
import { backoffMs } from './backoff.ts';
import { createBreath } from './breath.ts';
import type { QueueName } from './ports.ts';

/** Work on one claimed row, or on some that go together. */
export interface Task {
  /** Does it and writes down what became of it. Gives back when the row comes up again, if it does. */
  run(): Promise<Date | undefined>;
  /** Puts it back, undone. */
  release(): Promise<void>;
}

export interface Taken {
  claimed: number;
  tasks: readonly Task[];
}

export interface Job {
  readonly queue: QueueName;
  /** Claims up to so many rows and prepares the work on them. */
  take(limit: number): Promise<Taken>;
  /** Prolongs the leases of what is being worked on. */
  renew(): Promise<void>;
  /** Waits for what is still to be written down. */
  close(): Promise<void>;
}

export interface WorkerOptions {
  log: Log;
  clock: Clock;
  /** Rows a claim */
  batch?: number;
  /** Tasks at a time: a platform that stands still must not keep the others waiting. */
  capacity?: number;
  /** How often to look without having been woken, in ms, from one look to the next: so soon a dead replica's rows are found */
  pollMs?: number;
  /** How often leases are prolonged, in ms: well inside their 30 s */
  renewMs?: number;
  /** How long to leave the process to those who wait for an answer, after a claim while it is busy, in ms; 0 for not at all */
  restMs?: number;
  /** Whether people wait for answers: they go before the work behind the answers */
  peopleWait?: () => boolean;
  /** How long `stop` waits for running tasks, in ms */
  stopMs?: number;
}

export interface Worker {
  start(): void;
  /** Something may be due. Never throws, never waits. */
  wake(): void;
  /** One claim, and all of its work; says how many rows were claimed. Throws what the claim throws. */
  runOnce(): Promise<number>;
  /** Works until nothing is due; says how many rows were claimed. */
  drain(): Promise<number>;
  /** Claims nothing more, finishes what was begun, puts back the rest. */
  stop(): Promise<void>;
}

const LANES = 3;
const lanes = <Result>(work: () => Promise<Result>): Promise<Result>[] => Array.from({ length: LANES }, work);

const BACKOFF = { firstMs: 500, longestMs: 10_000 };

/** Runs one queue: claims while there is room, woken by signals, by known times and by a slow poll. */
export function createWorker(job: Job, options: WorkerOptions): Worker {
  const {
    log,
    clock,
    batch = 100,
    capacity = 800,
    pollMs = 1_000,
    renewMs = 10_000,
    stopMs = 15_000,
    restMs = 0,
    peopleWait = () => false,
  } = options;
  const breath = createBreath({ ms: restMs, peopleWait });
  const running = new Set<Promise<void>>();
  let pumping: Promise<void> | undefined;
  let woken = false;
  let full = false;
  let started = false;
  let stopping = false;
  let failures = 0;
  let pausedUntil = 0;
  let lookedAt = 0;
  let knownTimes: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  let renewal: NodeJS.Timeout | undefined;

  function wake(): void {
    woken = true;
    if (!started || stopping || pumping || clock().getTime() < pausedUntil) return;
    pumping = pump().finally(() => {
      pumping = undefined;
      // Room may have come, or news, while the last claim was under way.
      if (woken && !isFull()) wake();
      else schedule();
    });
  }

  /**
   * A backlog is worth more lanes: PostgreSQL works on some claims while others are being prepared. But not while
   * people wait for answers: then one is enough.
   */
  async function pump(): Promise<void> {
    lookedAt = clock().getTime();
    if (isFull()) return;
    woken = false;
    if (!((await claimSome()) || woken)) return;
    if (breath.isBusy()) await claimOn();
    else await Promise.all(lanes(claimOn));
  }

  /** Room for a claim in every lane is needed. */
  function isFull(): boolean {
    full = running.size + LANES * batch > capacity;
    return full;
  }

  async function claimOn(): Promise<void> {
    const busy = breath.isBusy();
    let more = true;
    // Ends when that changes: the next pump decides anew how many lanes there are.
    while (more && !stopping && !isFull() && breath.isBusy() === busy) {
      woken = false;
      more = (await claimSome()) || woken;
    }
    if (more) woken = true;
  }

  /** Whether there may be more. */
  async function claimSome(): Promise<boolean> {
    try {
      const claimed = await takeAndBegin();
      if (failures > 0) log.info({ queue: job.queue }, 'the queue is worked on again');
      failures = 0;
      const more = claimed >= batch;
      await breath.take({ more });
      return more;
    } catch (error) {
      failures += 1;
      const pause = backoffMs(failures, BACKOFF);
      pausedUntil = clock().getTime() + pause;
      if (failures === 1) log.warn({ err: error, queue: job.queue }, 'the queue waits');
      woken = false;
      return false;
    }
  }

  async function takeAndBegin(): Promise<number> {
    lookedAt = clock().getTime();
    const { claimed, tasks } = await job.take(batch);
    if (stopping) await Promise.all(tasks.map((task) => task.release()));
    else for (const task of tasks) begin(task);
    return claimed;
  }

  function begin(task: Task): void {
    const run = task
      .run()
      .then((next) => {
        if (next) note(next.getTime());
      })
      .catch((error: unknown) => log.error({ err: error, queue: job.queue }, 'a task of the queue failed'))
      .finally(() => {
        running.delete(run);
        if (full && !isFull()) wake();
      });
    running.add(run);
  }

  /** Times further off than the poll need no note. */
  function note(time: number): void {
    if (time - clock().getTime() > pollMs) return;
    knownTimes.push(time);
    if (started && !pumping) schedule();
  }

  function schedule(): void {
    if (!started || stopping) return;
    const now = clock().getTime();
    // What came due since the last look, as in the breath after it, is still to be found.
    knownTimes = knownTimes.filter((time) => time > lookedAt);
    const next = pausedUntil > now ? pausedUntil : Math.min(lookedAt + pollMs, ...knownTimes);
    clearTimeout(timer);
    timer = setTimeout(wake, Math.max(0, next - now));
  }

  async function finishRunning(): Promise<void> {
    while (running.size > 0) await Promise.all(running);
  }

  async function runOnce(): Promise<number> {
    const claimed = await takeAndBegin();
    await finishRunning();
    return claimed;
  }

  async function drainLane(): Promise<number> {
    let all = 0;
    for (let claimed = 1; claimed > 0; all += claimed) {
      // What was claimed before is still being sent and written down meanwhile.
      claimed = await takeAndBegin();
      if (claimed === 0 || running.size + batch > capacity) await finishRunning();
    }
    return all;
  }

  function renew(): void {
    job
      .renew()
      .catch((error: unknown) => log.debug({ err: error, queue: job.queue }, 'leases were not prolonged'));
  }

  return {
    wake,
    runOnce,
    start() {
      started = true;
      renewal = setInterval(renew, renewMs);
      wake();
    },
    async drain() {
      const claimed = await Promise.all(lanes(drainLane));
      return claimed.reduce((all, some) => all + some, 0);
    },
    async stop() {
      stopping = true;
      breath.end();
      clearTimeout(timer);
      await pumping;
      await within(stopMs, finishRunning());
      await within(stopMs, job.close());
      clearInterval(renewal);
    },
  };
}

/** Waits for something no longer than so many ms. */
async function within(ms: number, promise: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
