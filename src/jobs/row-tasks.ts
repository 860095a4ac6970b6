import type { Clock, Log } from '../core/ports.ts';
import type { CountEvent, Leased, LeaseQueue, QueueName, Settlement, Wait } from './ports.ts';
import { createSettler, isAway } from './settler.ts';
import type { Taken, Task } from './worker.ts';

export interface RowTasksDeps<Row extends Leased> {
  name: QueueName;
  queue: LeaseQueue<Row>;
  /** Writes down what goes before the results themselves. */
  before?(): Promise<void>;
  /** Writes down what can be lost: it never keeps a result from being written. */
  after?(): Promise<void>;
  clock: Clock;
  log: Log;
  count: CountEvent;
  wait?: Wait;
}

/** Tasks of a queue whose rows each end with a result of their own. */
export interface RowTasks<Row extends Leased> {
  /** Claims rows and prepares them; when that fails they are put back. */
  take(limit: number, prepare: (rows: readonly Row[]) => Promise<Task[]>): Promise<Taken>;
  /** The result is known already. */
  settled(result: Settlement<Row>): Task;
  /** There is no room yet. */
  paced(row: Row, at: Date): Task;
  sending(row: Row, send: () => Promise<Settlement<Row>>): Task;
  /** The same for rows of one claim that go as one message. */
  sendingAll(rows: readonly Row[], send: () => Promise<readonly Settlement<Row>[]>): Task;
  renew(): Promise<void>;
  close(): Promise<void>;
}

const eventOf = {
  done: 'done',
  skipped: 'skipped',
  held: 'held',
  dead: 'dead',
  forgotten: 'done',
  retry: 'retried',
} as const;

export function createRowTasks<Row extends Leased>(deps: RowTasksDeps<Row>): RowTasks<Row> {
  const { name, queue, clock, log, count } = deps;
  const settler = createSettler<Settlement<Row>>({
    ...(deps.wait ? { wait: deps.wait } : {}),
    log,
    async write(results) {
      await deps.before?.();
      const written = await queue.settle(results);
      if (written < results.length) count(name, 'lost', results.length - written);
      for (const { outcome } of results) count(name, eventOf[outcome], 1);
      await deps.after?.().catch((error: unknown) => {
        log.warn({ err: error, queue: name }, 'what belongs to sent messages was not kept');
      });
    },
    refused: ({ row }) => ({ row, outcome: 'dead', reason: 'what became of it could not be written' }),
  });

  async function settle(...results: Settlement<Row>[]): Promise<Date | undefined> {
    for (const result of results) {
      if (result.outcome === 'dead')
        log.warn({ queue: name, id: result.row.id, reason: result.reason }, 'given up');
    }
    await settler.settle(results);
    const times = results.flatMap((result) => (result.outcome === 'retry' ? [result.at.getTime()] : []));
    return times.length > 0 ? new Date(Math.min(...times)) : undefined;
  }

  const sendingAll: RowTasks<Row>['sendingAll'] = (rows, send) => ({
    async run() {
      if (rows.every(queue.holds)) return settle(...(await send()));
      // This process stood still for longer than the lease: somebody else may be sending it.
      queue.abandon(rows);
      count(name, 'lost', rows.length);
      return undefined;
    },
    release: async () => void (await settle(...rows.map(release))),
  });

  const release = (row: Row): Settlement<Row> => ({
    row,
    outcome: 'retry',
    at: clock(),
    costsAttempt: false,
  });

  const settled = (result: Settlement<Row>): Task => ({
    run: () => settle(result),
    release: async () => void (await settle(result)),
  });

  return {
    async take(limit, prepare) {
      const rows = await queue.claim(limit);
      if (rows.length === 0) return { claimed: 0, tasks: [] };
      count(name, 'claimed', rows.length);
      try {
        return { claimed: rows.length, tasks: await prepare(rows) };
      } catch (error) {
        queue.abandon(rows);
        // With the database away their leases end by themselves.
        if (!isAway(error)) await queue.settle(rows.map(release)).catch(() => undefined);
        throw error;
      }
    },
    settled,
    paced(row, at) {
      count(name, 'paced', 1);
      return settled({ row, outcome: 'retry', at, costsAttempt: false });
    },
    sending: (row, send) => sendingAll([row], async () => [await send()]),
    sendingAll,
    renew: queue.renew,
    close: settler.close,
  };
}
