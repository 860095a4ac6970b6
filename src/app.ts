import type { IncomingMessage, ServerResponse } from 'node:http';
import { createActions } from './actions/index.ts';
import type { Config } from './config.ts';
import type { Platform } from './core/action.ts';
import type { ChatAdapter, Dispatch } from './core/adapter.ts';
import { createDispatch } from './core/dispatch.ts';
import type { Clock, Log, NewId, OpenHomes } from './core/ports.ts';
import { createRegistry } from './core/registry.ts';
import type { Scheduled } from './core/scheduled.ts';
import { createFiles } from './files.ts';
import { homeRenderer } from './home-pages.ts';
import { createInstallations } from './installations.ts';
import { createJobs, type Jobs } from './jobs/index.ts';
import { createAuditBuffer } from './lib/audit-buffer.ts';
import { createAuditQueue } from './lib/audit-queue.ts';
import { createCardThreads } from './lib/card-threads.ts';
import { createConversations } from './lib/conversations.ts';
import { createDatabase, type Database, databaseAway } from './lib/database.ts';
import { createCardQueue, createNotificationQueue, createReplyQueue } from './lib/delivery-queues.ts';
import { createDemand } from './lib/demand.ts';
import { createAuditLog, createDynamo, createSessions } from './lib/dynamodb.ts';
import { createHttpServer, type HttpServer } from './lib/http-server.ts';
import { createNewId } from './lib/ids.ts';
import { createMetrics } from './lib/metrics.ts';
import { createHomeQueue, createOpenHomes } from './lib/open-homes.ts';
import { createPainter } from './lib/painter.ts';
import { createRetention } from './lib/retention.ts';
import { createSecretBox } from './lib/secrets.ts';
import { createSendBudget } from './lib/send-budget.ts';
import { createSignals } from './lib/signals.ts';
import { createWorkspaces } from './lib/workspaces.ts';
import { outboxRenderers } from './outbox-renderers.ts';
import { createOwnCards } from './own-cards.ts';
import { createPictures } from './pictures.ts';
import { scheduledWork } from './scheduled.ts';
import { createDirectory } from './services/identity.ts';
import { createSlackAdapter } from './slack/app.ts';
import { createTeamsAdapter, type TeamsAdapterOptions } from './teams/bot.ts';
import { guestReply } from './views/guest.ts';

/** What tests set: time, ids, and where Microsoft is. */
export interface AppDeps {
  log: Log;
  clock?: Clock;
  newId?: NewId;
  teams?: Pick<TeamsAdapterOptions, 'openId' | 'serviceUrls'>;
  /** What is looked for each minute; all of it when left out */
  scheduled?: readonly Scheduled[];
}

export interface App {
  readonly dispatch: Dispatch;
  readonly db: Database;
  readonly jobs: Jobs;
  readonly adapters: readonly ChatAdapter[];
  readonly server: HttpServer;
  /** Takes requests and does the work behind them. Throws when the port is taken. */
  start(): Promise<void>;
  /** Takes nothing new, finishes what runs, puts back the rest. */
  stop(): Promise<void>;
}

/** Each put costs a millisecond of CPU: more at once would make people wait for the log. */
const AUDIT_PUTS_AT_ONCE = { whilePeopleWait: 2, otherwise: 16 };

/** All wiring: the tests use it too. */
export function buildApp(config: Config, deps: AppDeps): App {
  const { log, clock = () => new Date(), newId = createNewId() } = deps;
  const db = createDatabase(config.database);
  const dynamo = createDynamo(config.dynamodb);
  const sessions = createSessions({ dynamo, clock });
  const demand = createDemand();
  const auditLog = createAuditLog({
    dynamo,
    clock,
    concurrency: () => (demand.isHigh() ? AUDIT_PUTS_AT_ONCE.whilePeopleWait : AUDIT_PUTS_AT_ONCE.otherwise),
  });
  const signals = createSignals({ url: config.database.url, log });
  const metrics = createMetrics({ db });
  const workspaces = createWorkspaces({
    db,
    secretBox: createSecretBox(config.encryptionKey),
    clock,
    newId,
    log,
    organizationName: config.organizationName,
    onChange: (externalId) => signals.send(`workspace:${externalId}`),
  });
  const auditBuffer = createAuditBuffer({ db, clock, newId, log, written: () => signals.send('audit') });

  const registry = createRegistry(createActions({ auditLog }));
  const painter = createPainter();
  const pictures = createPictures(painter);
  const files = createFiles({ db, auditLog, isQuery: (name) => registry.find(name)?.effect === 'query' });

  const dispatch = createDispatch({
    registry,
    db,
    begin: db.begin,
    sessions,
    directory: createDirectory({
      db,
      workspaces,
      adminEmails: config.adminEmails,
      wake: signals.send,
      clock,
      newId,
    }),
    auditLater: auditBuffer.add,
    wake: signals.send,
    // Without rights in PostgreSQL, a session that lives a moment longer is good for nothing.
    endSessions: (personId) => void endSessions(personId),
    slackCommand: config.slack?.command ?? '/task',
    explain: databaseAway,
    greetGuest: guestReply,
    measure(labels, seconds) {
      demand.count();
      metrics.measureInvocation(labels, seconds);
    },
    clock,
    newId,
    log,
  });

  const openHomes = createOpenHomes({ db, clock, newId });
  const common = { dispatch, workspaces, pictures, files, log, clock, newId };
  const cardThreads = createCardThreads({ db, clock, wake: signals.send });
  const conversations = createConversations({ db, clock, newId, log, endSessions });
  const slack =
    config.slack &&
    createSlackAdapter({
      ...common,
      cardThreads,
      homes: openHomes,
      ...config.slack,
      dateTokens: config.slack.apiUrl === undefined,
    });
  const ownCards = createOwnCards({ db, clock });
  const teams =
    config.teams &&
    createTeamsAdapter({
      ...common,
      cardThreads,
      conversations,
      ownCards,
      ...teamsOptions(config.teams),
      ...deps.teams,
    });
  const adapters = [slack, teams].filter((adapter) => adapter !== undefined);
  const installations = createInstallations({ config, workspaces, log });

  const queue = { db, clock, newId };
  const jobs = createJobs({
    notifications: endingSessions(createNotificationQueue(queue)),
    cards: createCardQueue(queue),
    replies: createReplyQueue(queue),
    audit: createAuditQueue(queue),
    budget: createSendBudget({ db, clock }),
    retention: createRetention({ db }),
    messengers: new Map<Platform, ChatAdapter['messenger']>(
      adapters.map(({ platform, messenger }) => [platform, messenger]),
    ),
    auditLog,
    ...outboxRenderers({ db, clock, newId, homes: wakingHomes(openHomes) }),
    homes: {
      queue: createHomeQueue(queue),
      publishers: new Map(adapters.flatMap(({ platform, home }) => (home ? [[platform, home]] : []))),
      renderHomes: homeRenderer({ db, clock, newId, root: `${config.slack?.command ?? '/task'} ` }),
    },
    signals,
    clock,
    log,
    scheduled: deps.scheduled ?? scheduledWork({ db, newId }),
    count: metrics.countDelivery,
    peopleWait: demand.isHigh,
    measureScheduled: metrics.measureScheduled,
  });

  function wakingHomes({ touch }: OpenHomes): Pick<OpenHomes, 'touch'> {
    return {
      async touch(news) {
        const touched = await touch(news);
        if (touched) signals.send('homes');
        return touched;
      },
    };
  }

  /** Whom the platform refuses is asked for anew when they next write, and can be written to again. */
  function endingSessions<Queue extends ReturnType<typeof createNotificationQueue>>(
    notifications: Queue,
  ): Queue {
    return {
      ...notifications,
      async refuse(accounts) {
        await notifications.refuse(accounts);
        const ids = accounts.map(({ accountId }) => accountId);
        const people = await db.prisma.chatAccount.findMany({
          where: { id: { in: ids } },
          select: { personId: true },
        });
        for (const { personId } of people) {
          await endSessions(personId);
        }
      },
    };
  }

  async function endSessions(personId: string): Promise<void> {
    signals.send(`session-ended:${personId}`);
    await sessions
      .endAll(personId)
      .catch((error: unknown) => log.warn({ err: error }, 'a session was not ended'));
    // Another replica may have read meanwhile what was not deleted yet.
    signals.send(`session-ended:${personId}`);
  }

  signals.onAny((topic) => {
    const [, kind, id] = /^(session-ended|workspace):(.+)$/.exec(topic) ?? [];
    if (kind === 'session-ended' && id) sessions.forget(id);
    if (kind === 'workspace' && id) workspaces.drop(id);
  });

  const server = createHttpServer({
    routes: [...route('/slack/events', slack), ...route('/api/messages', teams)],
    checks: {
      database: async () => void (await db.prisma.$queryRaw`SELECT 1`),
      dynamodb: async () => void (await sessions.get('readiness', { fresh: true })),
      workspaces: async () => {
        if (installations.missing.length > 0)
          throw new Error(`not set up yet: ${installations.missing.join(', ')}`);
      },
    },
    optionalChecks: ['dynamodb'],
    metrics,
    log,
  });

  return {
    dispatch,
    db,
    jobs,
    adapters,
    server,
    async start() {
      await installations.start();
      await signals.start();
      await server.listen(config.server);
      // What waits is sent also while a platform can't be reached to listen to.
      jobs.start();
      for (const adapter of adapters) await adapter.start();
    },
    async stop() {
      installations.stop();
      // At once: whoever is slow to stop must not keep the others from it.
      await Promise.all([...adapters.map((adapter) => adapter.stop()), server.close(), jobs.stop()]);
      await painter.close();
      await auditBuffer.close();
      await signals.close();
      await db.close();
      dynamo.close();
    },
  };
}

function teamsOptions({ credentials, playgroundUrl }: NonNullable<Config['teams']>) {
  return { credentials, ...(playgroundUrl ? { serviceUrls: [playgroundUrl] } : {}) };
}

function route(path: string, adapter: ChatAdapter | undefined) {
  if (!adapter) return [];
  const handle = (request: IncomingMessage, response: ServerResponse) => adapter.handle(request, response);
  return [{ method: 'POST' as const, path, handle }];
}
