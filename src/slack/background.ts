import type { Log } from '../core/ports.ts';

/** Work that goes on after a request was answered: its failures are logged, and a stop waits for it. */
export interface Background {
  run(what: string, work: Promise<unknown>): void;
  /** Resolves when all that runs has ended. */
  finished(): Promise<void>;
}

export function createBackground(log: Log): Background {
  const running = new Set<Promise<void>>();
  return {
    run(what, work) {
      const done = work
        .catch((error: unknown) => log.error({ error: String(error) }, `${what} failed`))
        .then(() => void running.delete(done));
      running.add(done);
    },
    async finished() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
