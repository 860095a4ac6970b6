import type { Platform } from '../core/action.ts';
import type { AuditLog, Clock, Log, Messenger } from '../core/ports.ts';
import type { Scheduled } from '../core/scheduled.ts';
import type { RenderNotifications } from './compose.ts';
import { createDeliverNotifications } from './deliver-notifications.ts';
import type { Paces, RetryPolicy } from './delivery.ts';
import { createForget } from './forget.ts';
import type {
  AuditQueue,
  ClaimedCard,
  ClaimedReply,
  CountEvent,
  LeaseQueue,
  NotificationQueue,
  QueueName,
  Retention,
  SendBudget,
  Wait,
} from './ports.ts';
import { createRefreshCards, type RefreshCardsDeps, type RenderCards } from './refresh-cards.ts';
import { createRefreshHomes, type RefreshHomesDeps } from './refresh-homes.ts';
import { createRelayAudit } from './relay-audit.ts';
import { createSchedule, type MeasureScheduled } from './schedule.ts';
import { createTellHistory, type RenderReplies } from './tell-history.ts';
import { createWorker, type WorkerOptions } from './worker.ts';

export type { Drawing, Drawn, RenderNotifications } from './compose.ts';
export { type Paces, platformPaces } from './delivery.ts';
export type { ClaimedCard, ClaimedHome, ClaimedNotification, CountEvent } from './ports.ts';
export type { CardToDraw, RenderCards } from './refresh-cards.ts';
export type { RenderHomes } from './refresh-homes.ts';
export type { MeasureScheduled } from './schedule.ts';
export type { RenderReplies } from './tell-history.ts';

export interface JobsDeps {
  notifications: NotificationQueue;
  cards: LeaseQueue<ClaimedCard>;
  replies: LeaseQueue<ClaimedReply>;
  audit: AuditQueue;
  budget: SendBudget;
  retention: Retention;
  messengers: ReadonlyMap<Platform, Messenger>;
  auditLog: Pick<AuditLog, 'append'>;
  render: RenderNotifications;
  renderCards: RenderCards;
  renderReplies: RenderReplies;
  /** Where there are pages of people's own */
  homes?: Pick<RefreshHomesDeps, 'queue' | 'publishers' | 'renderHomes'>;
  notPosted: RefreshCardsDeps['notPosted'];
  signals: { on(topic: string, listener: () => void): void };
  clock: Clock;
  log: Log;
  /** What is looked for each minute */
  scheduled: readonly Scheduled[];
  /** For metrics */
  count?: CountEvent;
  measureScheduled?: MeasureScheduled;
  paces?: Record<Platform, Paces>;
  retries?: RetryPolicy;
  /** How long a message takes in what follows, in ms; 0: each comes by itself */
  bundleMs?: number;
  worker?: Omit<WorkerOptions, 'log' | 'clock' | 'peopleWait'>;
  /** Whether people wait for answers: the work behind the answers gives way to them */
  peopleWait?: () => boolean;
  random?: () => number;
  wait?: Wait;
}

export interface Jobs {
  start(): void;
  /** Claims nothing more, finishes what was begun, puts back the rest. */
  stop(): Promise<void>;
  /** Works on all queues until nothing is due. Throws what a claim throws. */
  drain(): Promise<void>;
  /** One minute's look at what is scheduled. */
  tick(): Promise<void>;
}

/** While people wait for answers: cards and messages still come within 2 s. In ms. */
const REST_MS: Record<QueueName, number> = {
  notifications: 1_000,
  cards: 250,
  replies: 500,
  homes: 250,
  audit: 1_000,
};

/** The work behind the answers: delivers notifications, refreshes cards, relays the audit log, finds what is due, deletes what is old. */
export function createJobs(deps: JobsDeps): Jobs {
  const { clock, log, signals, worker: options, peopleWait = () => false } = deps;
  const all = { ...deps, count: deps.count ?? (() => undefined) };
  const jobs = [
    createDeliverNotifications({ ...all, queue: deps.notifications }),
    createRefreshCards({ ...all, queue: deps.cards }),
    createTellHistory({ ...all, queue: deps.replies }),
    ...(deps.homes ? [createRefreshHomes({ ...all, ...deps.homes })] : []),
    createRelayAudit({ ...all, queue: deps.audit }),
  ];
  const workers = jobs.map((job) => ({
    queue: job.queue,
    worker: createWorker(job, { restMs: REST_MS[job.queue], ...options, peopleWait, clock, log }),
  }));
  const forget = createForget(deps);
  const schedule = createSchedule({
    ...deps,
    ...(deps.measureScheduled ? { measure: deps.measureScheduled } : {}),
  });
  for (const { queue, worker } of workers) signals.on(queue, worker.wake);

  return {
    start() {
      for (const { worker } of workers) worker.start();
      forget.start();
      schedule.start();
    },
    async stop() {
      await Promise.all([...workers.map(({ worker }) => worker.stop()), forget.stop(), schedule.stop()]);
    },
    async drain() {
      // A card that can't be posted makes a notification: once round is not enough.
      let claimed = 1;
      while (claimed > 0) {
        claimed = 0;
        for (const { worker } of workers) claimed += await worker.drain();
      }
    },
    tick: schedule.runOnce,
  };
}
