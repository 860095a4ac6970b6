import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from './database.ts';
import { sql } from './sql.ts';
import { within } from './within.ts';

export interface InvocationLabels {
  /** Of the registry, or one fixed word for what is not in it: never what somebody typed */
  action: string;
  outcome: string;
  platform: string;
}

/** Numbers for Prometheus, about this process and about what waits in PostgreSQL. */
export interface Metrics {
  /** `seconds` from request to answer. */
  measureInvocation(labels: InvocationLabels, seconds: number): void;
  /** `queue` and `event` as the jobs call them. */
  countDelivery(queue: string, event: string, count: number): void;
  /** `name` of what is looked for each minute; `made` is what a run wrote. */
  measureScheduled(
    labels: { name: string; outcome: 'done' | 'failed' },
    run: { seconds: number; made: number },
  ): void;
  /** What /metrics shows. Never throws: without PostgreSQL the numbers from there are missing. */
  render(): Promise<{ contentType: string; body: string }>;
}

interface Waiting {
  queue: string;
  waiting: number;
  /** Seconds since the oldest one was written or became due */
  age: number;
}

/** An answer is wanted in 3 s at the latest, and in 300 ms for nearly all. */
const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 3, 5];
/** Prometheus gives up after 10 s by default; numbers that come late are no use to it. In ms. */
const QUERY_WITHIN_MS = 1_000;
/** Dead rows are found by reading past the sent ones, so not at every scrape. In ms. */
const DEAD_EVERY_MS = 60_000;

export function createMetrics({ db }: { db: Pick<Database, 'rows'> }): Metrics {
  const registry = new Registry();
  const measureInvocation = createInvocationMeter(registry);
  const deliveries = new Counter({
    name: 'crewline_deliveries_total',
    help: 'What became of rows of the outbox, the cards and the audit relay.',
    labelNames: ['queue', 'event'],
    registers: [registry],
  });
  const backlog = createBacklog(registry, db);
  return {
    measureInvocation,
    measureScheduled: createScheduleMeter(registry),
    countDelivery: (queue, event, count) => deliveries.inc({ queue, event }, count),
    async render() {
      await backlog.refresh();
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}

function createInvocationMeter(registry: Registry): Metrics['measureInvocation'] {
  const invocations = new Counter({
    name: 'crewline_invocations_total',
    help: 'Commands, buttons and forms that were answered.',
    labelNames: ['action', 'outcome', 'platform'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'crewline_invocation_seconds',
    help: 'Time from request to answer.',
    labelNames: ['action', 'platform'],
    buckets: SECONDS,
    registers: [registry],
  });
  const meter = (action: string, outcome: string, platform: string) => ({
    invocations: invocations.labels(action, outcome, platform),
    duration: duration.labels(action, platform),
  });
  // prom-client checks and sorts labels at each look-up, on the way of every command.
  const meters = new Map<string, ReturnType<typeof meter>>();
  return ({ action, outcome, platform }, seconds) => {
    const key = `${action} ${outcome} ${platform}`;
    let found = meters.get(key);
    if (!found) {
      found = meter(action, outcome, platform);
      meters.set(key, found);
    }
    found.invocations.inc();
    found.duration.observe(seconds);
  };
}

function createScheduleMeter(registry: Registry): Metrics['measureScheduled'] {
  const runs = new Counter({
    name: 'crewline_scheduled_runs_total',
    help: 'Looks at what is due by the clock.',
    labelNames: ['name', 'outcome'],
    registers: [registry],
  });
  const made = new Counter({
    name: 'crewline_scheduled_made_total',
    help: 'What they wrote: messages and tasks that fell due.',
    labelNames: ['name'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'crewline_scheduled_seconds',
    help: 'Time that a look took.',
    labelNames: ['name'],
    buckets: [...SECONDS, 10, 30, 60],
    registers: [registry],
  });
  return ({ name, outcome }, run) => {
    runs.inc({ name, outcome });
    made.inc({ name }, run.made);
    duration.observe({ name }, run.seconds);
  };
}

function createBacklog(registry: Registry, db: Pick<Database, 'rows'>) {
  const gauge = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['queue'], registers: [registry] });
  const waiting = gauge('crewline_queue_waiting', 'Rows that are still to be delivered.');
  const age = gauge('crewline_queue_oldest_seconds', 'How long the oldest of them has waited.');
  const dead = gauge('crewline_queue_dead', 'Rows that were given up, kept with the reason.');
  const reachable = new Gauge({
    name: 'crewline_database_reachable',
    help: '1 when PostgreSQL answered this scrape in time.',
    registers: [registry],
  });
  let running: Promise<void> | undefined;
  let deadReadAt = Number.NEGATIVE_INFINITY;

  async function read(): Promise<void> {
    for (const row of await readWaiting(db)) {
      waiting.set({ queue: row.queue }, row.waiting);
      age.set({ queue: row.queue }, row.age);
    }
    if (performance.now() - deadReadAt < DEAD_EVERY_MS) return;
    for (const row of await readDead(db)) dead.set({ queue: row.queue }, row.dead);
    deadReadAt = performance.now();
  }

  return {
    async refresh(): Promise<void> {
      // One at a time, however long it takes: scrapes must not pile queries onto a slow database.
      running ??= read().finally(() => {
        running = undefined;
      });
      const done = await within(QUERY_WITHIN_MS, running).then(
        () => true,
        () => false,
      );
      reachable.set(done ? 1 : 0);
      // Old numbers would look like good ones.
      if (!done) for (const each of [waiting, age]) each.reset();
    },
  };
}

function readWaiting(db: Pick<Database, 'rows'>): Promise<Waiting[]> {
  // A card is pending since its task changed, not since it was posted, and a summary waits for the end of quiet hours.
  return db.rows<Waiting>(sql`SELECT queue, waiting, coalesce(greatest(extract(epoch FROM now() - since), 0), 0)::float8 AS age
    FROM (
      SELECT 'notifications' AS queue, count(*)::int AS waiting, min(CASE kind WHEN 'summary' THEN next_attempt_at ELSE created_at END) AS since
        FROM notifications WHERE state = 'pending' AND lane IS NULL
      UNION ALL SELECT 'digests', count(*)::int, min(next_attempt_at) FROM notifications WHERE state = 'pending' AND lane IS NOT NULL
      UNION ALL SELECT 'cards', count(*)::int, min(next_attempt_at) FROM task_cards WHERE state = 'pending'
      UNION ALL SELECT 'replies', count(*)::int, min(created_at) FROM card_replies WHERE state = 'pending'
      UNION ALL SELECT 'audit', count(*)::int, min(at) FROM audit_outbox
    ) AS queues`);
}

function readDead(db: Pick<Database, 'rows'>): Promise<{ queue: string; dead: number }[]> {
  return db.rows(sql`SELECT 'notifications' AS queue, count(*)::int AS dead FROM notifications WHERE state = 'dead'
    UNION ALL SELECT 'cards', count(*)::int FROM task_cards WHERE state = 'dead'
    UNION ALL SELECT 'replies', count(*)::int FROM card_replies WHERE state = 'dead'`);
}
