import type { Platform } from '../../src/core/action.ts';
import type { Log, Messenger } from '../../src/core/ports.ts';
import type { View } from '../../src/core/view.ts';
import type { ClaimedNotification, RenderNotifications } from '../../src/jobs/index.ts';
import { createDatabase, type Database } from '../../src/lib/database.ts';
import { createCardQueue, createNotificationQueue } from '../../src/lib/delivery-queues.ts';
import { createSendBudget } from '../../src/lib/send-budget.ts';
import { sql } from '../../src/lib/sql.ts';
import { createTestDatabase } from './database.ts';

/** A Monday afternoon: nobody rests. */
export const start = new Date('2026-11-23T14:30:00Z');

/** A clock that stands still until a test moves it. */
export function createTestClock() {
  let now = start.getTime();
  return {
    clock: () => new Date(now),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

/** Unique and sorted, like the ULIDs of the product. */
export function createTestIds() {
  let last = 0;
  return () => {
    last += 1;
    return `01K${String(last).padStart(23, '0')}`;
  };
}

export interface Logged {
  level: 'debug' | 'info' | 'warn' | 'error';
  message: string;
  fields: object;
}

/** A log that a test can read. */
export function createTestLog(): Log & { lines: Logged[] } {
  const lines: Logged[] = [];
  const at = (level: Logged['level']) => (fields: object, message: string) =>
    void lines.push({ level, message, fields });
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export interface Sent {
  kind: 'direct' | 'post' | 'update';
  workspaceId: string;
  to: string;
  address: string | undefined;
  summary: string;
  at: Date;
}

/** A platform: keeps what it was sent, or answers as a test says. */
export function createTestMessenger(platform: Platform, clock: () => Date) {
  const sent: Sent[] = [];
  const script: { answer: ((message: Sent) => Promise<void> | void) | undefined } = { answer: undefined };
  let serial = 0;

  async function accept(message: Sent): Promise<string> {
    await script.answer?.(message);
    sent.push(message);
    serial += 1;
    return `${message.to}-${serial}`;
  }

  const messageOf = (
    kind: Sent['kind'],
    workspaceId: string,
    to: string,
    address: string | undefined,
    view: View,
  ) => ({
    ...{ kind, workspaceId, to, address },
    summary: view.summary,
    at: clock(),
  });

  const messenger: Messenger = {
    platform,
    hasThreads: () => true,
    async sendDirect({ workspace, userId, address, view }) {
      const messageId = await accept(messageOf('direct', workspace.id, userId, address, view));
      return { channelId: `D-${userId}`, messageId, address: address ?? `D-${userId}` };
    },
    async post({ workspace, channelId, address, view }) {
      return {
        channelId,
        messageId: await accept(messageOf('post', workspace.id, channelId, address, view)),
      };
    },
    async update({ workspace, messageId, address, view }) {
      await accept(messageOf('update', workspace.id, messageId, address, view));
    },
  };
  return { messenger, sent, script };
}

export const viewOf = (summary: string): View => ({ summary, nodes: [] });

/** Draws each message by what its rows say. */
export const drawing =
  (words: (row: ClaimedNotification) => string = (row) => row.data.text ?? ''): RenderNotifications =>
  async (drawings) =>
    new Map(
      drawings.map(({ key, rows }) => [
        key,
        { view: viewOf(rows.map(words).join(' + ')), told: new Set(rows.map(({ id }) => id)) },
      ]),
    );

export type JobsWorld = Awaited<ReturnType<typeof createJobsWorld>>;

/** An organisation on a real database: a Slack and a Teams workspace, people with accounts, and a task. */
export async function createJobsWorld() {
  const testDatabase = await createTestDatabase();
  const db = createDatabase({ url: testDatabase.url, poolSize: 8, connectTimeoutMs: 20_000 });
  const newId = createTestIds();
  const { clock, pass } = createTestClock();
  const organizationId = 'harbor';
  await db.rows(sql`INSERT INTO organizations (id, name) VALUES (${organizationId}, 'Harbor Works')`);
  await addWorkspace(db, { id: 'slack-1', platform: 'slack' });
  await addWorkspace(db, { id: 'slack-2', platform: 'slack' });
  await addWorkspace(db, { id: 'teams-1', platform: 'teams' });
  await db.rows(
    sql`INSERT INTO persons (id, organization_id, name) VALUES ('maya', ${organizationId}, 'Maya')`,
  );
  await db.rows(sql`INSERT INTO statuses (id, organization_id, name, category, position)
    VALUES ('todo', ${organizationId}, 'To do', 'todo', 1)`);

  const queueDeps = { db, clock, newId };
  return {
    ...{ db, clock, pass, newId, queueDeps, url: testDatabase.url },
    log: createTestLog(),
    notifications: createNotificationQueue(queueDeps),
    cards: createCardQueue(queueDeps),
    budget: createSendBudget({ db, clock }),

    addPerson: (id: string, workspaceId: string) => addPerson(db, id, workspaceId),

    /** A notification to someone, with its text in `data`; gives back its id. */
    async notify(recipientId: string, text: string, more: { at?: Date } = {}): Promise<string> {
      const id = newId();
      await db.rows(sql`INSERT INTO notifications
        (id, organization_id, recipient_id, kind, data, dedupe_key, next_attempt_at, created_at)
        VALUES (${id}, ${organizationId}, ${recipientId}, 'assigned', ${JSON.stringify({ text })}::jsonb, ${id},
          ${more.at ?? clock()}, ${clock()})`);
      return id;
    },

    async addTask(id: string, title: string): Promise<void> {
      const number = Number(id.replace(/\D/g, ''));
      await db.rows(sql`INSERT INTO tasks (id, organization_id, number, title, status_id, status_changed_by_id, created_by_id)
        VALUES (${id}, ${organizationId}, ${number}, ${title}, 'todo', 'maya', 'maya')`);
    },

    async addCard(
      id: string,
      taskId: string,
      more: { workspaceId?: string; channelId?: string; messageId?: string } = {},
    ) {
      await db.rows(sql`INSERT INTO task_cards (id, task_id, workspace_id, channel_id, message_id, requested_by_id, next_attempt_at)
        VALUES (${id}, ${taskId}, ${more.workspaceId ?? 'slack-1'}, ${more.channelId ?? 'C1'}, ${more.messageId ?? null},
          'maya', ${clock()})`);
    },

    notification: (id: string) =>
      one<NotificationRow>(
        db,
        sql`SELECT state, attempts, error, lease_token AS "leaseToken",
      next_attempt_at AS "nextAttemptAt", sent_at AS "sentAt" FROM notifications WHERE id = ${id}`,
      ),
    card: (id: string) =>
      one<CardRow>(
        db,
        sql`SELECT state, attempts, error, revision, message_id AS "messageId",
      next_attempt_at AS "nextAttemptAt", lease_token AS "leaseToken" FROM task_cards WHERE id = ${id}`,
      ),

    async states(): Promise<Record<string, number>> {
      const rows = await db.rows<{ state: string; count: number }>(
        sql`SELECT state::text, count(*)::int FROM notifications GROUP BY state`,
      );
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    },

    async close(): Promise<void> {
      await db.close();
      await testDatabase.drop();
    },
  };
}

export interface NotificationRow {
  state: string;
  attempts: number;
  error: string | null;
  leaseToken: string | null;
  nextAttemptAt: Date;
  sentAt: Date | null;
}

export interface CardRow {
  state: string;
  attempts: number;
  error: string | null;
  revision: number;
  messageId: string | null;
  nextAttemptAt: Date;
  leaseToken: string | null;
}

async function one<Row>(db: Database, statement: ReturnType<typeof sql>): Promise<Row | undefined> {
  const [row] = await db.rows<Row>(statement);
  return row;
}

async function addWorkspace(
  db: Database,
  { id, platform }: { id: string; platform: Platform },
): Promise<void> {
  await db.rows(sql`INSERT INTO workspaces (id, organization_id, platform, external_id, name)
    VALUES (${id}, 'harbor', ${platform}::platform, ${`T-${id}`}, ${id})`);
}

async function addPerson(db: Database, id: string, workspaceId: string): Promise<void> {
  await db.rows(sql`INSERT INTO persons (id, organization_id, name) VALUES (${id}, 'harbor', ${id})`);
  await db.rows(sql`INSERT INTO chat_accounts (id, person_id, workspace_id, external_id)
    VALUES (${`account-${id}`}, ${id}, ${workspaceId}, ${`U-${id}`})`);
}
