import { monotonicFactory } from 'ulid';
import { demoPeople } from '../../prisma/seed/people.ts';
import { seed } from '../../prisma/seed.ts';
import { createActions } from '../../src/actions/index.ts';
import type { Invocation, Mention, Platform, Profile, Request } from '../../src/core/action.ts';
import type { Answer, Dispatch } from '../../src/core/adapter.ts';
import { createDispatch } from '../../src/core/dispatch.ts';
import type {
  AuditLog,
  AuditRecord,
  HomePublisher,
  Messenger,
  SealedAuditRecord,
  Sessions,
} from '../../src/core/ports.ts';
import { createRegistry } from '../../src/core/registry.ts';
import type { Button, Form, Reply, View } from '../../src/core/view.ts';
import { homeRenderer } from '../../src/home-pages.ts';
import { createJobs } from '../../src/jobs/index.ts';
import { createAuditBuffer } from '../../src/lib/audit-buffer.ts';
import { createAuditQueue } from '../../src/lib/audit-queue.ts';
import { createDatabase, type Database, databaseAway } from '../../src/lib/database.ts';
import { createCardQueue, createNotificationQueue, createReplyQueue } from '../../src/lib/delivery-queues.ts';
import { createAuditLog, createSessions, type Dynamo, DynamoTimeoutError } from '../../src/lib/dynamodb.ts';
import { createHomeQueue, createOpenHomes } from '../../src/lib/open-homes.ts';
import { createRetention } from '../../src/lib/retention.ts';
import { createSecretBox } from '../../src/lib/secrets.ts';
import { createSendBudget } from '../../src/lib/send-budget.ts';
import { sql } from '../../src/lib/sql.ts';
import { createWorkspaces } from '../../src/lib/workspaces.ts';
import { outboxRenderers } from '../../src/outbox-renderers.ts';
import { scheduledWork } from '../../src/scheduled.ts';
import { createDirectory } from '../../src/services/identity.ts';
import { guestReply } from '../../src/views/guest.ts';
import { createTestDatabase } from './database.ts';
import { openTestDynamo } from './dynamo.ts';
import { buttonsOf, buttonsOfView, wordsOf } from './words-of.ts';

/** A message that stands in a chat. */
export interface Posted {
  platform: Platform;
  /** Slack user name for a direct message, else the channel's id */
  to: string;
  messageId: string;
  /** The message in whose thread it stands */
  threadId?: string;
  view: View;
  updates: number;
}

/** A page that was put into somebody's home tab unasked. */
export interface Published {
  userId: string;
  view: View;
  choice: Readonly<Record<string, string>>;
}

/** Where somebody is when they speak. */
export interface Saying {
  platform?: Platform;
  /** The platform's id of the workspace; Harbor Works' own when absent */
  team?: string;
  channel?: string;
  threadId?: string;
  key?: string;
  messageId?: string;
  answeredSeparately?: boolean;
  /** People whom the text mentions in the platform's own way, by the tokens in it */
  mentions?: readonly Mention[];
  /** Who is in the platform's groups, by the group's id; left out where the platform does not tell */
  groups?: Record<string, readonly string[]>;
}

/** What another process on the same data is made of; what is left out is as in the first one. */
export interface ReplicaParts {
  db: Database;
  sessions: Sessions;
  auditLog: AuditLog;
}

/** A line that the product has logged. */
export interface Logged {
  level: 'debug' | 'info' | 'warn' | 'error';
  fields: object;
  message: string;
}
export const teamOf: Record<Platform, string> = { slack: 'T-HARBOR', teams: 'tenant-harbor' };

export interface CrewOptions {
  now?: Date;
  /** Of people by their names, besides those of Harbor Works */
  profiles?: Record<string, Profile>;
  /** How long a message takes in what follows, in ms; by default each comes by itself, so that each can be read */
  bundleMs?: number;
  /** Nobody has quiet hours or days off */
  atAnyHour?: boolean;
  /** Nobody wants a digest, or a week's report */
  noDigests?: boolean;
}

/** Harbor Works with its people and tasks on real databases; only the chat platforms' outer edges are stood in for. */
export async function openCrew(options: CrewOptions = {}) {
  const database = await createTestDatabase();
  let now = options.now ?? new Date('2026-11-24T15:00:00Z');
  await seed(database.url, { now, rests: !options.atAnyHour });
  const db = createDatabase({ url: database.url, connectTimeoutMs: 20_000 });
  if (options.noDigests) {
    await db.rows(sql`INSERT INTO person_settings (person_id, organization_id, digest, events)
      SELECT id, organization_id, false, '{"weekly_report": "off"}' FROM persons
      ON CONFLICT (person_id) DO UPDATE SET digest = false, events = excluded.events`);
  }
  const dynamo = await openTestDynamo();
  const clock = () => now;
  const newId = monotonicFactory();
  let dynamoIsAway = false;
  const store = breakable(dynamo, () => dynamoIsAway);
  const sessions = createSessions({ dynamo: store, clock });
  const auditLog = createAuditLog({ dynamo: store, clock });
  const logged: Logged[] = [];
  const keep = (level: Logged['level']) => (fields: object, message: string) =>
    void logged.push({ level, fields, message });
  const log = { debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') };
  const common = { db, clock, newId, log };
  const workspaces = createWorkspaces({
    ...common,
    secretBox: createSecretBox(Buffer.alloc(32, 7)),
    organizationName: 'Harbor Works',
  });
  for (const platform of ['slack', 'teams'] as const) {
    await workspaces.ensure({
      platform,
      externalId: teamOf[platform],
      name: platform,
      botToken: 'xoxb-test',
    });
  }
  const posted: Posted[] = [];
  const messengers = new Map<Platform, Messenger>([
    ['slack', recorder('slack', posted)],
    ['teams', recorder('teams', posted)],
  ]);
  const openHomes = createOpenHomes(common);
  const published: Published[] = [];
  const pages: HomePublisher = {
    publish: async ({ userId, view, choice }) => void published.push({ userId, view, choice }),
  };
  const auditBuffer = createAuditBuffer(common);
  const registry = createRegistry(createActions({ auditLog }));
  const first = processOf({ db, sessions, auditLog });
  const { dispatch } = first;

  /** The pipeline, as one process of several would have it. */
  function processOf(parts: ReplicaParts) {
    const dispatch = createDispatch({
      registry: createRegistry(createActions({ auditLog: parts.auditLog })),
      db: parts.db,
      begin: parts.db.begin,
      sessions: parts.sessions,
      directory: createDirectory({
        ...common,
        db: parts.db,
        workspaces,
        adminEmails: ['boss@harbor.example'],
      }),
      auditLater: auditBuffer.add,
      wake: () => undefined,
      endSessions: (personId) => void parts.sessions.endAll(personId).catch(() => undefined),
      slackCommand: '/task',
      explain: databaseAway,
      greetGuest: guestReply,
      measure: () => undefined,
      clock,
      newId,
      log,
    });
    return { ...voices(dispatch), dispatch };
  }

  const pools: Database[] = [];
  const ownDatabase = (): Database => {
    const own = createDatabase({ url: database.url });
    pools.push(own);
    return own;
  };

  /** Another process on the same databases, with connections and caches of its own. */
  function replica(parts: Partial<ReplicaParts> = {}) {
    return processOf({
      db: parts.db ?? ownDatabase(),
      sessions: createSessions({ dynamo: store, clock }),
      auditLog,
      ...parts,
    });
  }

  const jobs = createJobs({
    notifications: createNotificationQueue(common),
    cards: createCardQueue(common),
    replies: createReplyQueue(common),
    audit: createAuditQueue(common),
    budget: createSendBudget(common),
    retention: createRetention(common),
    messengers,
    auditLog,
    ...outboxRenderers({ ...common, homes: openHomes }),
    homes: {
      queue: createHomeQueue(common),
      publishers: new Map([['slack', pages]]),
      renderHomes: homeRenderer({ ...common, root: '/task ' }),
    },
    scheduled: scheduledWork(common),
    bundleMs: options.bundleMs ?? 0,
    signals: { on: () => undefined },
    clock,
    log,
    wait: async () => undefined,
  });

  let keys = 0;
  function invocation(who: string, request: Request, at: Saying = {}): Invocation {
    const platform = at.platform ?? 'slack';
    keys += 1;
    return {
      key: at.key ?? `test-${keys}`,
      platform,
      workspaceId: at.team ?? teamOf[platform],
      userId: `U-${who}`,
      place: {
        kind: at.channel ? 'channel' : 'direct',
        channelId: at.channel ?? `D-${who}`,
        ...(at.channel ? { channelName: at.channel } : {}),
        ...(at.threadId ? { threadId: at.threadId } : {}),
        ...(at.messageId ? { messageId: at.messageId } : {}),
      },
      request,
      source: request.type === 'text' ? 'command' : request.type === 'form' ? 'form' : 'button',
      answeredSeparately: at.answeredSeparately ?? false,
      profile: async (userId = `U-${who}`) => {
        const name = userId.replace(/^U-/, '');
        return options.profiles?.[name] ?? profileOf(name);
      },
      ...(at.groups ? { members: async (groupId: string) => at.groups?.[groupId] ?? [] } : {}),
    };
  }

  /** The ways in which people ask for something. */
  function voices(dispatch: Dispatch) {
    return {
      /** Types a command. */
      says: async (who: string, text: string, at: Saying = {}) =>
        told(await dispatch(invocation(who, { type: 'text', text, mentions: at.mentions ?? [] }, at))),
      /** Presses a button that somebody was shown. */
      presses: async (who: string, button: Pick<Button, 'intent'>, at?: Saying) =>
        told(await dispatch(invocation(who, { type: 'intent', ...button.intent }, at))),
      /** Fills in a form that was opened and sends it. */
      submits: async (
        who: string,
        form: Pick<Form, 'intent' | 'nonce'>,
        values: Record<string, string>,
        at?: Saying,
      ) =>
        told(
          await dispatch(
            invocation(
              who,
              { type: 'form', action: form.intent.action, args: { ...form.intent.args, ...values } },
              { key: `form:${form.nonce}:${who}`, ...at },
            ),
          ),
        ),
    };
  }

  /** Lets the workers do all that waits, as time passes between one message and the next. */
  async function settle(): Promise<void> {
    await auditBuffer.flush();
    for (let round = 0; round < 20; round += 1) {
      await jobs.drain();
      const [waiting] = await db.rows<{ count: number }>(sql`SELECT
        (SELECT count(*)::int FROM notifications WHERE state = 'pending' AND next_attempt_at < ${new Date(now.getTime() + 60_000)})
            + (SELECT count(*)::int FROM task_cards WHERE state = 'pending')
            + (SELECT count(*)::int FROM card_replies WHERE state = 'pending')
            + (SELECT count(*)::int FROM app_homes WHERE state = 'pending') AS count`);
      if (!waiting?.count) break;
      now = new Date(now.getTime() + 1_100);
    }
  }

  return {
    db,
    dynamo,
    sessions,
    auditLog,
    dispatch,
    jobs,
    messengers,
    /** The minute's look of another replica */
    schedule() {
      const scheduled = scheduledWork(common);
      return async () => {
        for (const one of scheduled) await one.run(now, new AbortController().signal);
      };
    },
    openHomes,
    published,
    posted,
    registry,
    workspaces,
    invocation,
    logged,
    databaseUrl: database.url,
    replica,
    says: first.says,
    presses: first.presses,
    submits: first.submits,
    get now() {
      return now;
    },
    setNow(later: Date) {
      now = later;
    },
    /** Cuts the connection to DynamoDB, or mends it. */
    setDynamoAway(away: boolean) {
      dynamoIsAway = away;
    },
    settle,
    /** The minute strikes: what is due by now is found and sent. */
    async tick() {
      await jobs.tick();
      await settle();
    },
    /** Direct messages that somebody has got, oldest first. */
    messagesTo: (who: string) => posted.filter(({ to }) => to === `U-${who}`),
    messagesIn: (channel: string) => posted.filter(({ to, threadId }) => to === channel && !threadId),
    /** What stands in the threads of a channel. */
    repliesIn: (channel: string) => posted.filter(({ to, threadId }) => to === channel && threadId),
    /** Audit rows that wait for their way to the log, oldest first. */
    async auditRows(): Promise<AuditRecord[]> {
      await auditBuffer.flush();
      const rows = await db.rows<{ body: AuditRecord }>(sql`SELECT body FROM audit_outbox ORDER BY id`);
      return rows.map(({ body }) => body);
    },
    async auditOf(number: number): Promise<SealedAuditRecord[]> {
      const task = await db.prisma.task.findFirstOrThrow({ where: { number } });
      return (await auditLog.byTarget(`task:${task.id}`, { limit: 100 })).records;
    },
    task: (number: number) =>
      db.prisma.task.findFirstOrThrow({
        where: { number },
        include: { status: true, assignees: { include: { person: true } }, comments: true, cards: true },
      }),
    async close() {
      await auditBuffer.close();
      await jobs.stop();
      await Promise.all(pools.map((pool) => pool.close()));
      await db.close();
      dynamo.close();
      await database.drop();
    },
  };
}

export type Crew = Awaited<ReturnType<typeof openCrew>>;
export type Told = ReturnType<typeof told>;

/** What became of it, with the words that the person reads. */
const told = ({ reply, repeated }: Answer) => ({
  reply,
  repeated,
  words: wordsOf(reply),
  buttons: buttonsOf(reply),
});

/** A button of an answer by its label. Throws when it has none such. */
export function buttonOf({ buttons, words }: Pick<Told, 'buttons' | 'words'>, label: string): Button {
  const found = buttons.find((button) => button.label === label);
  if (!found) throw new Error(`There is no button “${label}” in: ${words}`);
  return found;
}

function breakable(dynamo: Dynamo, isAway: () => boolean): Dynamo {
  const guard =
    <Input, Output>(call: (input: Input) => Promise<Output>) =>
    async (input: Input): Promise<Output> => {
      if (isAway()) throw new DynamoTimeoutError('DynamoDB is away');
      return call(input);
    };
  return {
    ...dynamo,
    get: guard(dynamo.get),
    put: guard(dynamo.put),
    update: guard(dynamo.update),
    delete: guard(dynamo.delete),
    query: guard(dynamo.query),
    scan: guard(dynamo.scan),
  };
}

function profileOf(name: string) {
  const person = demoPeople.find(({ user }) => user === name);
  return person
    ? { name: person.name, email: person.email, timeZone: person.timeZone, locale: person.locale }
    : { name: `${name} Stranger`, email: `${name}@elsewhere.example`, timeZone: 'Europe/Paris' };
}

function recorder(platform: Platform, posted: Posted[]): Messenger {
  let next = 0;
  const keep = (to: string, view: View, threadId?: string) => {
    next += 1;
    const messageId = `${platform}-${next}`;
    posted.push({ platform, to, messageId, view, updates: 0, ...(threadId ? { threadId } : {}) });
    return messageId;
  };
  return {
    platform,
    hasThreads: () => true,
    async sendDirect({ userId, view }) {
      const channelId = `D-${userId.replace(/^U-/, '')}`;
      return { channelId, messageId: keep(userId, view), address: channelId };
    },
    async post({ channelId, threadId, view }) {
      return { channelId, messageId: keep(channelId, view, threadId) };
    },
    async update({ messageId, view }) {
      const found = posted.find((message) => message.messageId === messageId);
      if (!found) throw new Error(`There is no message ${messageId}`);
      found.view = view;
      found.updates += 1;
    },
  };
}

/** The buttons of a message that was sent; none when there is no message. */
export const buttonsIn = (message: Posted | undefined): Button[] =>
  message ? buttonsOfView(message.view) : [];

/** The form that a reply opens. Throws when it opens none. */
export function formOf(reply: Reply): Form {
  if (reply.kind !== 'form') throw new Error(`No form was opened: ${wordsOf(reply)}`);
  return reply.form;
}
