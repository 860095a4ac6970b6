import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock, Session, Sessions } from '../../core/ports.ts';
import { type Dynamo, isConditionFailed } from './client.ts';
import { createSessionCache } from './session-cache.ts';

export interface SessionsOptions {
  dynamo: Dynamo;
  clock: Clock;
  /** ms that a session is taken from the process's memory before the store is asked again; a minute when absent */
  cacheMs?: number;
  /** Most sessions in memory; 10,000 when absent */
  cacheSize?: number;
  /** ms for which the task spoken of last is gathered before it is stored; a second when absent */
  rememberMs?: number;
}

/** Sessions in DynamoDB with a cache in front; see the port for what each function promises. */
export function createSessions(options: SessionsOptions): Sessions {
  const { dynamo, clock } = options;
  const cache = createSessionCache({ ms: options.cacheMs ?? 60_000, size: options.cacheSize ?? 10_000 });
  /** Reads under way that may fill the cache; one that is no longer in here was overtaken by a change. */
  const reads = new Map<string, Promise<Session | undefined>>();

  /** Sessions on their way to the store */
  const puts = new Map<string, Promise<unknown>>();

  /** People whose sessions are being ended, and how many times: what the store still has of them is good no more. */
  const ending = new Map<string, number>();

  /** A call costs a millisecond of CPU: of the tasks that somebody speaks of in a second, only the last is stored. */
  const lastTasks = new Map<string, number>();

  async function storeLastTask(sessionId: string): Promise<void> {
    const taskNumber = lastTasks.get(sessionId);
    lastTasks.delete(sessionId);
    if (taskNumber === undefined) return;
    try {
      const now = clock().getTime();
      await dynamo.update(rememberTaskInput(dynamo.tables.sessions, { sessionId, taskNumber, now }));
    } catch (error) {
      cache.delete(sessionId);
      if (!isConditionFailed(error)) throw error;
    }
  }

  async function read(sessionId: string, consistent: boolean): Promise<Session | undefined> {
    const item = await dynamo.get({
      TableName: dynamo.tables.sessions,
      Key: { sessionId },
      ConsistentRead: consistent,
    });
    const session = sessionOf(item, clock().getTime());
    return session && ending.has(session.personId) ? undefined : session;
  }

  function startRead(sessionId: string, consistent: boolean): Promise<Session | undefined> {
    const reading = read(sessionId, consistent);
    reads.set(sessionId, reading);
    const end = () => reads.get(sessionId) === reading && reads.delete(sessionId);
    reading.then(
      (session) => {
        if (!end()) return;
        if (session) cache.set(session, clock().getTime());
        else cache.delete(sessionId);
      },
      // What is in the cache stays good while the store is away.
      () => end(),
    );
    return reading;
  }

  function overtakeReads(sessionId?: string): void {
    if (sessionId === undefined) reads.clear();
    else reads.delete(sessionId);
  }

  function forget(personId: string): void {
    // A read under way doesn't tell yet whose session it brings.
    overtakeReads();
    cache.deletePerson(personId);
  }

  async function endAllOf(personId: string): Promise<void> {
    // The index is eventually consistent and may not have a session yet that this process has just made.
    const known = cache.idsOf(personId);
    forget(personId);
    // One that is still on its way to the store would be there again after it was deleted.
    await Promise.allSettled(known.flatMap((sessionId) => puts.get(sessionId) ?? []));
    for (const sessionId of known) await deleteSession(dynamo, sessionId);
    for await (const sessionId of sessionIdsOf(dynamo, personId)) await deleteSession(dynamo, sessionId);
    forget(personId);
  }

  return {
    async get(sessionId, { fresh = false } = {}) {
      // What this process has not stored yet is fresher than the store.
      if (fresh && lastTasks.has(sessionId)) await storeLastTask(sessionId);
      if (fresh) return startRead(sessionId, true);
      return cache.get(sessionId, clock().getTime()) ?? reads.get(sessionId) ?? startRead(sessionId, false);
    },

    async put(session) {
      const expiresAt = secondsOf(session.expiresAt);
      overtakeReads(session.sessionId);
      // Before the store has it, and also when the store is away: it was just read from PostgreSQL.
      cache.set({ ...session, expiresAt: expiresAt * 1_000 }, clock().getTime());
      const putting = dynamo.put({ TableName: dynamo.tables.sessions, Item: { ...session, expiresAt } });
      puts.set(session.sessionId, putting);
      try {
        await putting;
      } finally {
        if (puts.get(session.sessionId) === putting) puts.delete(session.sessionId);
      }
    },

    async rememberTask(sessionId, taskNumber) {
      const cached = cache.get(sessionId, clock().getTime());
      if (cached?.lastTask === taskNumber) return;
      overtakeReads(sessionId);
      // Before the store has it: the next command may follow at once.
      cache.change(sessionId, (session) => ({ ...session, lastTask: taskNumber }));
      const isWaiting = lastTasks.has(sessionId);
      lastTasks.set(sessionId, taskNumber);
      if (isWaiting) return;
      await delay(options.rememberMs ?? 1_000, undefined, { ref: false });
      await storeLastTask(sessionId);
    },

    async endAll(personId) {
      ending.set(personId, (ending.get(personId) ?? 0) + 1);
      try {
        await endAllOf(personId);
      } finally {
        const others = (ending.get(personId) ?? 1) - 1;
        if (others > 0) ending.set(personId, others);
        else ending.delete(personId);
      }
    },

    forget,
  };
}

async function* sessionIdsOf(dynamo: Dynamo, personId: string): AsyncGenerator<string> {
  let start: Record<string, unknown> | undefined;
  do {
    const page = await dynamo.query({
      TableName: dynamo.tables.sessions,
      IndexName: 'by_person',
      KeyConditionExpression: 'personId = :person',
      ExpressionAttributeValues: { ':person': personId },
      ExclusiveStartKey: start,
    });
    for (const item of page.items) yield z.string().parse(item.sessionId);
    start = page.lastKey;
  } while (start);
}

function deleteSession(dynamo: Dynamo, sessionId: string): Promise<void> {
  return dynamo.delete({ TableName: dynamo.tables.sessions, Key: { sessionId } });
}

function rememberTaskInput(
  TableName: string,
  { sessionId, taskNumber, now }: { sessionId: string; taskNumber: number; now: number },
) {
  return {
    TableName,
    Key: { sessionId },
    UpdateExpression: 'SET lastTask = :task',
    // DynamoDB may take days to delete what has expired; an update alone would also create what is gone.
    ConditionExpression: 'attribute_exists(sessionId) AND expiresAt > :now',
    ExpressionAttributeValues: { ':task': taskNumber, ':now': secondsOf(now) },
  };
}

const itemSchema = z.object({
  sessionId: z.string(),
  personId: z.string(),
  organizationId: z.string(),
  workspaceId: z.string(),
  name: z.string(),
  timeZone: z.string(),
  locale: z.string(),
  roles: z.object({ worker: z.boolean(), manager: z.boolean(), admin: z.boolean() }),
  directAddress: z.string().exactOptional(),
  lastTask: z.int().exactOptional(),
  createdAt: z.number(),
  /** s since 1970, as DynamoDB's TTL wants it */
  expiresAt: z.number(),
});

/** undefined for an expired session, and for one that another version of Crewline has written differently. */
function sessionOf(item: Record<string, unknown> | undefined, now: number): Session | undefined {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) return undefined;
  const session: Session = { ...parsed.data, expiresAt: parsed.data.expiresAt * 1_000 };
  return session.expiresAt > now ? session : undefined;
}

const secondsOf = (milliseconds: number): number => Math.floor(milliseconds / 1_000);
