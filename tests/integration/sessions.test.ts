import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Session } from '../../src/core/ports.ts';
import { createDynamo, createSessions, type Dynamo, DynamoTimeoutError } from '../../src/lib/dynamodb.ts';
import { openTestDynamo, startStalledServer } from '../support/dynamo.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const start = Date.parse('2026-11-22T08:00:00Z');

let dynamo: Dynamo;
let now: number;
let people = 0;

beforeAll(async () => {
  dynamo = await openTestDynamo();
});

afterAll(() => dynamo?.close());

beforeEach(() => {
  now = start;
});

const clock = () => new Date(now);
const replica = (more: { cacheSize?: number; dynamo?: Dynamo } = {}) =>
  createSessions({ dynamo, clock, ...more });

function newSession(more: Partial<Session> = {}): Session {
  people += 1;
  return {
    sessionId: `slack:T1:U${people}`,
    personId: `person-${people}`,
    organizationId: 'harbor',
    workspaceId: 'workspace',
    name: 'Wes',
    timeZone: 'Europe/Berlin',
    locale: 'de',
    roles: { worker: true, manager: false, admin: false },
    directAddress: 'D1',
    createdAt: now,
    expiresAt: now + day,
    ...more,
  };
}

/** The store with its reads counted, and held back until `release` when asked to. */
function watched() {
  const calls = { get: 0 };
  let gate: Promise<void> = Promise.resolve();
  const store: Dynamo = {
    ...dynamo,
    get: async (input) => {
      calls.get += 1;
      const item = await dynamo.get(input);
      await gate;
      return item;
    },
  };
  const hold = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    return resolve;
  };
  return { store, calls, hold };
}

describe('a session', () => {
  test('is found by another replica as it was put', async () => {
    const session = newSession({ lastTask: 7 });
    await replica().put(session);
    expect(await replica().get(session.sessionId)).toEqual(session);
  });

  test('that nobody has put is a miss', async () => {
    expect(await replica().get('slack:T1:nobody')).toBeUndefined();
  });

  test('stands in the store with its expiry in seconds, as time to live wants it', async () => {
    const session = newSession({ expiresAt: start + day + 999 });
    await replica().put(session);
    const item = await itemOf(session);
    expect(item?.expiresAt).toBe((start + day) / 1_000);
  });

  test('that has expired is a miss, though the item is still there', async () => {
    const session = newSession();
    const sessions = replica();
    await sessions.put(session);
    now = session.expiresAt - 1;
    expect(await sessions.get(session.sessionId)).toBeDefined();
    now = session.expiresAt;
    expect(await sessions.get(session.sessionId)).toBeUndefined();
    expect(await sessions.get(session.sessionId, { fresh: true })).toBeUndefined();
    expect(await replica().get(session.sessionId)).toBeUndefined();
    expect(await itemOf(session)).toBeDefined();
  });

  test('that another version has written differently is a miss', async () => {
    const session = newSession();
    await dynamo.put({ TableName: dynamo.tables.sessions, Item: { ...session, roles: 'worker' } });
    expect(await replica().get(session.sessionId)).toBeUndefined();
  });
});

describe('the cache', () => {
  test('answers for a minute without the store', async () => {
    const session = newSession();
    const { store, calls } = watched();
    const sessions = replica({ dynamo: store });
    await replica().put(session);
    await sessions.get(session.sessionId);
    now += minute - 1;
    await sessions.get(session.sessionId);
    expect(calls.get).toBe(1);
    now += 1;
    await sessions.get(session.sessionId);
    expect(calls.get).toBe(2);
  });

  test('is passed by when someone asks for the store itself', async () => {
    const session = newSession();
    const sessions = replica();
    await sessions.put(session);
    await replica().endAll(session.personId);
    expect(await sessions.get(session.sessionId)).toBeDefined();
    expect(await sessions.get(session.sessionId, { fresh: true })).toBeUndefined();
    expect(await sessions.get(session.sessionId)).toBeUndefined();
  });

  test('lets those who ask at once share one request', async () => {
    const session = newSession();
    await replica().put(session);
    const { store, calls } = watched();
    const sessions = replica({ dynamo: store });
    const all = await Promise.all(Array.from({ length: 20 }, () => sessions.get(session.sessionId)));
    expect(all).toEqual(Array.from({ length: 20 }, () => session));
    expect(calls.get).toBe(1);
  });

  test('holds no more than its size, and drops the one that was not used for longest', async () => {
    const { store, calls } = watched();
    const sessions = replica({ dynamo: store, cacheSize: 2 });
    const [a, b, c] = [newSession(), newSession(), newSession()];
    await sessions.put(a);
    await sessions.put(b);
    await sessions.get(a.sessionId);
    await sessions.put(c);
    await sessions.get(a.sessionId);
    await sessions.get(c.sessionId);
    expect(calls.get).toBe(0);
    await sessions.get(b.sessionId);
    expect(calls.get).toBe(1);
  });

  test('keeps nothing of a read that a revocation has overtaken', async () => {
    const session = newSession();
    await replica().put(session);
    const { store, calls, hold } = watched();
    const sessions = replica({ dynamo: store });
    const release = hold();
    const reading = sessions.get(session.sessionId);
    sessions.forget(session.personId);
    release();
    expect(await reading).toEqual(session);
    await sessions.get(session.sessionId);
    expect(calls.get).toBe(2);
  });

  test('one that is still on its way to the store does not come back after it was ended', async () => {
    const { promise: onItsWay, resolve: arrive } = Promise.withResolvers<void>();
    const slow: Dynamo = {
      ...dynamo,
      put: async (input) => {
        await onItsWay;
        return dynamo.put(input);
      },
    };
    const sessions = replica({ dynamo: slow });
    const session = newSession();
    const putting = sessions.put(session);
    const ending = sessions.endAll(session.personId);
    await Promise.race([ending, delay(300)]);
    arrive();
    await Promise.all([putting, ending]);
    expect(await sessions.get(session.sessionId)).toBeUndefined();
    expect(await replica().get(session.sessionId)).toBeUndefined();
  });

  test('takes nothing from the store of a person whose sessions are being ended', async () => {
    const session = newSession();
    await replica().put(session);
    const { promise: gate, resolve: release } = Promise.withResolvers<void>();
    const sessions = replica({
      dynamo: {
        ...dynamo,
        query: async (input) => {
          await gate;
          return dynamo.query(input);
        },
      },
    });
    const ending = sessions.endAll(session.personId);
    expect(await sessions.get(session.sessionId)).toBeUndefined();
    release();
    await ending;
    await sessions.put(session);
    expect(await sessions.get(session.sessionId)).toEqual(session);
  });

  test('forgets one person and no other', async () => {
    const { store, calls } = watched();
    const sessions = replica({ dynamo: store });
    const [a, b] = [newSession(), newSession()];
    await sessions.put(a);
    await sessions.put(b);
    sessions.forget(a.personId);
    await sessions.get(b.sessionId);
    expect(calls.get).toBe(0);
    await sessions.get(a.sessionId);
    expect(calls.get).toBe(1);
  });
});

describe('the task that was spoken of last', () => {
  test('is there at once, here and on other replicas', async () => {
    const session = newSession();
    const sessions = replica();
    await sessions.put(session);
    const remembering = sessions.rememberTask(session.sessionId, 42);
    expect(await sessions.get(session.sessionId)).toMatchObject({ lastTask: 42 });
    await remembering;
    expect(await replica().get(session.sessionId)).toEqual({ ...session, lastTask: 42 });
  });

  test('does not bring back a session that is gone', async () => {
    const session = newSession();
    const sessions = replica();
    await sessions.put(session);
    await replica().endAll(session.personId);
    await sessions.rememberTask(session.sessionId, 42);
    expect(await sessions.get(session.sessionId)).toBeUndefined();
    expect(await itemOf(session)).toBeUndefined();
  });

  test('does not prolong a session that has expired', async () => {
    const session = newSession();
    await replica().put(session);
    now = session.expiresAt;
    await replica().rememberTask(session.sessionId, 42);
    expect(await itemOf(session)).not.toHaveProperty('lastTask');
  });
});

describe('ending all sessions of a person', () => {
  test('ends those on every platform, and nobody else’s', async () => {
    const { personId } = newSession();
    const slack = newSession({ personId });
    const teams = newSession({ personId, sessionId: `teams:tenant:${personId}` });
    const other = newSession();
    const sessions = replica();
    for (const session of [slack, teams, other]) await sessions.put(session);
    await sessions.endAll(personId);
    for (const session of [slack, teams]) expect(await sessions.get(session.sessionId)).toBeUndefined();
    expect(await replica().get(teams.sessionId, { fresh: true })).toBeUndefined();
    expect(await sessions.get(other.sessionId)).toEqual(other);
  });

  test('goes on to the last page', async () => {
    const { personId } = newSession();
    const fresh = replica({ cacheSize: 1 });
    // An index page is 1 MB: three sessions with a very long name pass it.
    const sessions = Array.from({ length: 4 }, () => newSession({ personId, name: 'N'.repeat(350_000) }));
    for (const session of sessions) await fresh.put(session);
    await fresh.endAll(personId);
    for (const session of sessions) expect(await itemOf(session)).toBeUndefined();
  });
});

describe('a DynamoDB that does not answer', () => {
  test('fails every call within the time-out, while the cache goes on', async () => {
    const stalled = await startStalledServer(300);
    const stuck = createDynamo(stalled.options);
    const session = newSession();
    const sessions = replica({ dynamo: { ...stuck, put: async () => undefined } });
    await sessions.put(session);
    try {
      const begun = performance.now();
      const asked = await Promise.allSettled([
        sessions.get('slack:T1:other'),
        sessions.get(session.sessionId, { fresh: true }),
        createSessions({ dynamo: stuck, clock }).put(session),
        createSessions({ dynamo: stuck, clock }).endAll(session.personId),
        createSessions({ dynamo: stuck, clock, rememberMs: 0 }).rememberTask(session.sessionId, 1),
      ]);
      expect(performance.now() - begun).toBeLessThan(900);
      for (const answer of asked) {
        expect(answer).toMatchObject({ status: 'rejected', reason: expect.any(DynamoTimeoutError) });
      }
      expect(await sessions.get(session.sessionId)).toEqual(session);
    } finally {
      stuck.close();
      await stalled.stop();
    }
  });

  test('that is not there at all fails at once', async () => {
    const stalled = await startStalledServer(2_000);
    await stalled.stop();
    const gone = createDynamo(stalled.options);
    const begun = performance.now();
    await expect(replica({ dynamo: gone }).get('slack:T1:U1')).rejects.toThrow('ECONNREFUSED');
    expect(performance.now() - begun).toBeLessThan(1_500);
    gone.close();
  });
});

function itemOf(session: Session) {
  return dynamo.get({
    TableName: dynamo.tables.sessions,
    Key: { sessionId: session.sessionId },
    ConsistentRead: true,
  });
}
