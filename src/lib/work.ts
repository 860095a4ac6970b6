import { AppError } from '../core/errors.ts';
import type { NewNotification } from '../core/notification.ts';
import type { CommitEntry, Committed, UnitOfWork } from '../core/ports.ts';
import type { Reply } from '../core/view.ts';
import { toJson } from './json.ts';
import { rawSql, type Sql, sql, sqlState } from './sql.ts';

/**
 * Everything that one invocation changes. It is collected while the action runs and committed as ONE
 * statement: a common table expression for each write, with the audit row, the notifications and the
 * invocation key. One round trip instead of seven, and all of it or nothing.
 *
 * All writes see the state from before the statement, so a row may be written once only, and new rows
 * bring their own ids. Foreign keys are checked at the end.
 */
export interface Work extends UnitOfWork {
  /** Adds a write. With `rows`, the whole commit fails as `conflict` unless it changes exactly that many. */
  write(statement: Sql, expect?: { rows: number }): void;
  notify(notification: NewNotification): void;
  /** Every posted card of these tasks is brought up to date after the commit. */
  refreshCards(...taskIds: string[]): void;
  /** The same for the task that it is a part of, which counts its parts. */
  refreshParentCards(taskId: string): void;
  /** The work for another queue is waiting: its workers are woken after the commit. */
  wake(queue: Queue): void;
}

export type Queue = 'notifications' | 'cards' | 'replies' | 'audit';

/** Raised by crewline_expect (see the migrations) when a row was not as it had been read. */
const UNEXPECTED_ROWS = 'CL001';
/** Raised by crewline_expect_actor when the session of whoever acts is out of date. */
const ANOTHER_ACTOR = 'CL002';
const UNIQUE_VIOLATION = '23505';
const DEADLOCK = '40P01';

type Rows = <Row>(statement: Sql) => Promise<Row[]>;

export function createWork(rows: Rows): Work {
  const writes: { statement: Sql | ((at: Date) => Sql); expected?: number }[] = [];
  const notifications: NewNotification[] = [];
  const queues = new Set<Queue>();

  return {
    get changed() {
      return writes.length > 0 || notifications.length > 0;
    },
    get queues() {
      return queues;
    },
    write(statement, expect) {
      writes.push(expect ? { statement, expected: expect.rows } : { statement });
    },
    notify(notification) {
      notifications.push(notification);
      queues.add('notifications');
    },
    refreshCards(...taskIds) {
      writes.push({ statement: (at) => refreshCardsOf(sql`${taskIds}::text[]`, at) });
      queues.add('cards');
    },
    refreshParentCards(taskId) {
      const parent = sql`ARRAY(SELECT parent_id FROM tasks WHERE id = ${taskId})`;
      writes.push({ statement: (at) => refreshCardsOf(parent, at) });
      queues.add('cards');
    },
    wake(queue) {
      queues.add(queue);
    },
    async commit(entry) {
      queues.add('audit');
      const statement = statementOf(writes, notifications, entry);
      try {
        return await commitOnce(rows, statement, entry);
      } catch (error) {
        // The connection broke: it may have been committed. With a key, trying again tells.
        const again = error instanceof AppError && error.code === 'database_unavailable' && entry.key;
        if (!again) throw error;
        return commitOnce(rows, statement, entry);
      }
    },
    async firstAnswer(key) {
      return (await readInvocation(rows, key))?.reply;
    },
  };
}

async function commitOnce(rows: Rows, statement: Sql, { key, audit }: CommitEntry): Promise<Committed> {
  try {
    await rows(statement);
    return { kind: 'committed' };
  } catch (error) {
    const state = sqlState(error);
    if (state === ANOTHER_ACTOR) return { kind: 'actor-changed' };
    if (state === UNEXPECTED_ROWS || state === DEADLOCK) return { kind: 'conflict' };
    if (state !== UNIQUE_VIOLATION) throw error;
    const first = key ? await readInvocation(rows, key) : undefined;
    // Some other unique key: somebody else was first to do the same.
    if (!first) return { kind: 'conflict' };
    return first.auditId === audit.id ? { kind: 'committed' } : { kind: 'repeated', reply: first.reply };
  }
}

async function readInvocation(
  rows: Rows,
  key: string,
): Promise<{ reply: Reply; auditId: string } | undefined> {
  const [found] = await rows<{ reply: Reply; auditId: string }>(
    sql`SELECT reply, audit_id AS "auditId" FROM invocations WHERE key = ${key}`,
  );
  return found;
}

function statementOf(
  writes: readonly { statement: Sql | ((at: Date) => Sql); expected?: number }[],
  notifications: readonly NewNotification[],
  entry: CommitEntry,
): Sql {
  const expressions: Sql[] = [auditRow(entry)];
  const checks: Sql[] = [entry.actor ? actorCheck(entry.actor) : rawSql('1')];
  if (entry.key) {
    expressions.push(sql`key AS (INSERT INTO invocations (key, reply, audit_id, created_at)
      VALUES (${entry.key}, ${toJson(entry.reply)}::jsonb, ${entry.audit.id}, ${entry.at}))`);
  }
  writes.forEach(({ statement, expected }, index) => {
    const name = rawSql(`write_${index}`);
    const returning = rawSql(expected === undefined ? '' : ' RETURNING 1');
    const write = typeof statement === 'function' ? statement(entry.at) : statement;
    expressions.push(sql`${name} AS (${write}${returning})`);
    if (expected !== undefined) {
      checks.push(sql`crewline_expect((SELECT count(*) FROM ${name}), ${expected}::int)`);
    }
  });
  if (notifications.length > 0) expressions.push(notificationRows(notifications));
  return sql`WITH ${list(expressions)} SELECT ${list(checks)}`;
}

const actorCheck = ({ personId, roles }: NonNullable<CommitEntry['actor']>): Sql =>
  sql`crewline_expect_actor(${personId}, ${roles.manager}, ${roles.admin})`;

function list(parts: readonly Sql[]): Sql {
  return parts.reduce((all, part) => sql`${all}, ${part}`);
}

function auditRow({ audit, at }: CommitEntry): Sql {
  return sql`audit AS (INSERT INTO audit_outbox (id, actor, at, body, next_attempt_at)
    VALUES (${audit.id}, ${audit.actor}, ${audit.at}::timestamptz, ${toJson(audit)}::jsonb, ${at}))`;
}

function notificationRows(notifications: readonly NewNotification[]): Sql {
  return sql`notified AS (
    INSERT INTO notifications (id, organization_id, recipient_id, kind, task_id, actor_id, data, dedupe_key, next_attempt_at, created_at)
    SELECT n.* FROM jsonb_to_recordset(${toJson(notifications)}::jsonb) AS n(
      "id" text, "organizationId" text, "recipientId" text, "kind" text, "taskId" text, "actorId" text, "data" jsonb,
      "dedupeKey" text, "nextAttemptAt" timestamptz, "createdAt" timestamptz)
    ON CONFLICT (dedupe_key) DO NOTHING)`;
}

/**
 * A card that waits already, is being sent or is held back by the platform keeps its time: the revision
 * makes sure that it is sent once more. One that the platform refused for good is left alone.
 */
const refreshCardsOf = (taskIds: Sql, at: Date): Sql => sql`UPDATE task_cards
  SET state = 'pending', revision = revision + 1,
    next_attempt_at = CASE WHEN state = 'sent' THEN ${at}::timestamptz ELSE next_attempt_at END
  WHERE task_id = ANY(${taskIds}) AND state <> 'dead'`;
