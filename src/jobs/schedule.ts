import type { Clock, Log } from '../core/ports.ts';
import type { Scheduled } from '../core/scheduled.ts';

/** Told of each run, for metrics. `seconds` it took, `made` what it wrote. */
export type MeasureScheduled = (
  labels: { name: string; outcome: 'done' | 'failed' },
  run: { seconds: number; made: number },
) => void;

export interface ScheduleDeps {
  scheduled: readonly Scheduled[];
  clock: Clock;
  log: Log;
  measure?: MeasureScheduled;
  random?: () => number;
}

export interface Schedule {
  /** The first run is at once: it catches up with what fell due while nothing ran. */
  start(): void;
  /** One run of each; what is still running is waited for. Never throws: what fails is logged and runs again. */
  runOnce(): Promise<void>;
  /** Begins no more pages, waits for what is being written. */
  stop(): Promise<void>;
}

const MINUTE_MS = 60_000;
/** Replicas that look at different moments find less to do twice. */
const JITTER_MS = 3_000;

/** Runs what is scheduled each minute, on the minute; one that fails or takes long keeps none of the others. */
export function createSchedule(deps: ScheduleDeps): Schedule {
  const { scheduled, clock, log, measure = () => undefined, random = Math.random } = deps;
  const running = new Map<Scheduled, Promise<void>>();
  const failing = new Set<Scheduled>();
  const ended = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  async function run(one: Scheduled): Promise<void> {
    const { name } = one;
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1_000;
    try {
      const made = await one.run(clock(), ended.signal);
      measure({ name, outcome: 'done' }, { seconds: seconds(), made });
      if (made > 0) log.info({ name, made }, 'what was due is written');
      if (failing.delete(one)) log.info({ name }, 'it runs again');
    } catch (error) {
      measure({ name, outcome: 'failed' }, { seconds: seconds(), made: 0 });
      // While PostgreSQL is away it fails each minute: the first line says it.
      if (failing.has(one)) log.debug({ err: error, name }, 'it could not be run again');
      else log.warn({ err: error, name }, 'what is due could not be found: again in a minute');
      failing.add(one);
    }
  }

  function begin(one: Scheduled): Promise<void> {
    const found = running.get(one);
    if (found) return found;
    const begun = run(one).finally(() => running.delete(one));
    running.set(one, begun);
    return begun;
  }

  async function runOnce(): Promise<void> {
    if (ended.signal.aborted) return;
    await Promise.all(scheduled.map(begin));
  }

  function tick(): void {
    void runOnce();
    const toTheMinute = MINUTE_MS - (clock().getTime() % MINUTE_MS);
    timer = setTimeout(tick, toTheMinute + random() * JITTER_MS);
  }

  return {
    start: tick,
    runOnce,
    async stop() {
      ended.abort();
      clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}
