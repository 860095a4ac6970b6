import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { organizationId, personId } from '../../prisma/seed/ids.ts';
import { seed } from '../../prisma/seed.ts';
import { createDatabase, type Database } from '../../src/lib/database.ts';
import { createHttpServer, type HttpServer, type HttpServerOptions } from '../../src/lib/http-server.ts';
import { createMetrics } from '../../src/lib/metrics.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const HOST = '127.0.0.1';
const open: HttpServer[] = [];
const lines: { level: string; fields: object; message: string }[] = [];
const write = (level: string) => (fields: object, message: string) => {
  lines.push({ level, fields, message });
};
const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };

afterEach(async () => {
  lines.length = 0;
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function serve(options: Partial<HttpServerOptions> = {}) {
  const metrics = { render: async () => ({ contentType: 'text/plain', body: 'numbers' }) };
  const server = createHttpServer({ routes: [], checks: {}, metrics, log, ...options });
  open.push(server);
  const { port } = await server.listen({ port: 0, host: HOST });
  const ask = (path: string, init?: RequestInit) => fetch(`http://${HOST}:${port}${path}`, init);
  return { server, port, ask };
}

/** Sends raw text; resolves with all that came back when the server closes the connection. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, HOST, () => socket.write(text));
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

describe('requests', () => {
  test('reach their route, whatever the query says', async () => {
    const { ask } = await serve({
      routes: [
        {
          method: 'POST',
          path: '/slack/events',
          handle: async (request, response) => void response.end(`took ${request.url}`),
        },
      ],
    });

    const answer = await ask('/slack/events?a=1', { method: 'POST', body: 'x' });

    expect([answer.status, await answer.text()]).toEqual([200, 'took /slack/events?a=1']);
  });

  test('that go nowhere are told so', async () => {
    const { ask } = await serve({ routes: [{ method: 'POST', path: '/p', handle: async () => {} }] });

    const nowhere = await ask('/nothing');
    expect([nowhere.status, await nowhere.json()]).toEqual([404, { error: 'There is nothing here.' }]);
    const wrong = await ask('/p');
    expect([wrong.status, await wrong.json()]).toEqual([405, { error: 'Only POST is possible here.' }]);
    expect(wrong.headers.get('allow')).toBe('POST');
    expect((await ask('/healthz', { method: 'HEAD' })).status).toBe(200);
  });

  test('that fail get a reference that stands in the log, and no details', async () => {
    const error = new Error('the secret reason');
    const handle = async () => {
      throw error;
    };
    const { ask } = await serve({ routes: [{ method: 'GET', path: '/p', handle }] });

    const answer = await ask('/p?token=hunter2');
    const text = await answer.text();

    expect(answer.status).toBe(500);
    expect(text).not.toContain('secret reason');
    const reference: unknown = JSON.parse(text).reference;
    expect(lines).toEqual([
      { level: 'error', fields: { err: error, reference, path: '/p' }, message: 'a request failed' },
    ]);
  });

  test('that dawdle are cut off', async () => {
    const handle = async (request: IncomingMessage) => {
      for await (const part of request) expect(String(part)).toBe('abc');
    };
    const { port } = await serve({
      routes: [{ method: 'POST', path: '/p', handle }],
      limits: { headersMs: 100, requestMs: 200 },
    });

    expect(await raw(port, 'GET /healthz HTTP/1.1\r\nHost: x\r\n')).toMatch(/^HTTP\/1.1 408/);
    const slowBody = 'POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc';
    expect(await raw(port, slowBody)).toMatch(/^HTTP\/1.1 408/);
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('with headers out of all measure are refused', async () => {
    const { port } = await serve();

    const answer = await raw(
      port,
      `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Big: ${'x'.repeat(20_000)}\r\n\r\n`,
    );

    expect(answer).toMatch(/^HTTP\/1.1 431/);
  });
});

describe('/readyz', () => {
  test('is fine when every check is', async () => {
    const { ask } = await serve({ checks: { database: async () => 1, dynamodb: async () => {} } });

    const answer = await ask('/readyz');

    expect([answer.status, await answer.json()]).toEqual([
      200,
      { ok: true, checks: { database: 'ok', dynamodb: 'ok' } },
    ]);
  });

  test('says in words what is not there, inside a second, and logs it once', async () => {
    let refuses = true;
    const { ask } = await serve({
      checks: {
        database: () => new Promise(() => {}),
        dynamodb: async () => {
          if (refuses) throw new Error('10.0.0.7 refused');
        },
      },
    });

    const begun = Date.now();
    const answer = await ask('/readyz');
    expect(Date.now() - begun).toBeLessThan(1_500);
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { ok: false, checks: { database: 'no answer within 1 s', dynamodb: 'failed: the log says why' } },
    ]);
    expect((await ask('/healthz')).status).toBe(200);

    refuses = false;
    await ask('/readyz');
    expect(lines.map(({ level, message }) => `${level}: ${message}`).sort()).toEqual([
      'info: ready again',
      'warn: not ready: failed: the log says why',
      'warn: not ready: no answer within 1 s',
    ]);
  });

  test('asks once for many who ask at once', async () => {
    let asked = 0;
    const slow = async () => {
      asked += 1;
      await sleep(100);
    };
    const { ask } = await serve({ checks: { database: slow } });

    await Promise.all(Array.from({ length: 20 }, () => ask('/readyz')));

    expect(asked).toBeLessThan(5);
  });
});

describe('closing', () => {
  const slowRoute = (begun: () => void, ms: number) => ({
    method: 'GET' as const,
    path: '/slow',
    handle: async (_request: unknown, response: { end(text: string): void }) => {
      begun();
      await sleep(ms);
      response.end('done');
    },
  });

  test('lets requests that run finish, and takes no new ones', async () => {
    const { promise: begun, resolve } = Promise.withResolvers<void>();
    const { server, ask } = await serve({ routes: [slowRoute(resolve, 300)] });
    await (await ask('/healthz')).text();
    const running = ask('/slow');
    await begun;

    const start = Date.now();
    const closed = server.close();
    await expect(ask('/healthz')).rejects.toThrow();
    expect(await (await running).text()).toBe('done');
    await closed;

    // Not the 65 s for which idle connections are kept otherwise.
    expect(Date.now() - start).toBeLessThan(2_000);
    await server.close();
  });

  test('waits no longer than it may', async () => {
    const { promise: begun, resolve } = Promise.withResolvers<void>();
    const { server, ask } = await serve({ routes: [slowRoute(resolve, 1_500)], limits: { closeMs: 100 } });
    const running = ask('/slow').catch(() => 'cut');
    await begun;

    await server.close();

    expect(await running).toBe('cut');
    expect(lines.at(-1)).toMatchObject({ level: 'warn', fields: { requests: 1 } });
  });

  test('a server that never listened is nothing', async () => {
    const metrics = { render: async () => ({ contentType: 'text/plain', body: '' }) };

    await createHttpServer({ routes: [], checks: {}, metrics, log }).close();
  });
});

describe('listening', () => {
  test('says in a sentence that the port is taken', async () => {
    const { port } = await serve();
    const metrics = { render: async () => ({ contentType: 'text/plain', body: '' }) };
    const second = createHttpServer({ routes: [], checks: {}, metrics, log });

    await expect(second.listen({ port, host: HOST })).rejects.toThrow(
      `Port ${port} is in use by another program: stop that, or set PORT to another one.`,
    );
    await expect(second.listen({ port: 0, host: '203.0.113.9' })).rejects.toThrow(
      'HOST is 203.0.113.9, which is no address of this machine',
    );
  });
});

describe('/metrics', () => {
  let place: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    place = await createTestDatabase();
    database = createDatabase({ url: place.url, poolSize: 2 });
    await seed(place.url);
  });

  afterAll(async () => {
    await database?.close();
    await place?.drop();
  });

  const notification = (id: string, minutesAgo: number, state: 'pending' | 'sent' | 'dead') => ({
    id,
    organizationId,
    recipientId: personId('wes'),
    kind: 'assigned',
    dedupeKey: id,
    state,
    error: state === 'dead' ? 'blocked' : null,
    sentAt: state === 'sent' ? new Date() : null,
    createdAt: new Date(Date.now() - minutesAgo * 60_000),
  });

  test('counts invocations and deliveries, and what waits', async () => {
    await database.prisma.notification.createMany({
      data: [
        notification('n1', 10, 'pending'),
        notification('n2', 1, 'pending'),
        notification('n3', 60, 'sent'),
        notification('n4', 60, 'dead'),
      ],
    });
    const metrics = createMetrics({ db: database });
    const labels = { action: 'done', outcome: 'ok', platform: 'slack' };
    metrics.measureInvocation(labels, 0.04);
    metrics.measureInvocation({ ...labels }, 0.4);
    metrics.measureInvocation({ ...labels, outcome: 'denied' }, 0.04);
    metrics.countDelivery('notifications', 'done', 3);
    const { ask } = await serve({ metrics });

    const answer = await ask('/metrics');
    const body = await answer.text();

    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const all = [
      'crewline_invocations_total{action="done",outcome="ok",platform="slack"} 2',
      'crewline_invocations_total{action="done",outcome="denied",platform="slack"} 1',
      'crewline_invocation_seconds_bucket{le="0.05",action="done",platform="slack"} 2',
      'crewline_invocation_seconds_count{action="done",platform="slack"} 3',
      'crewline_deliveries_total{queue="notifications",event="done"} 3',
      'crewline_queue_waiting{queue="notifications"} 2',
      'crewline_queue_waiting{queue="cards"} 0',
      'crewline_queue_waiting{queue="audit"} 0',
      'crewline_queue_dead{queue="notifications"} 1',
      'crewline_database_reachable 1',
    ];
    for (const line of all) expect(body.split('\n')).toContain(line);
    const age = Number(/crewline_queue_oldest_seconds\{queue="notifications"\} (.+)/.exec(body)?.[1]);
    expect(age).toBeGreaterThanOrEqual(600);
    expect(age).toBeLessThan(660);
  });

  test('answers in time without the database, and asks it once only', async () => {
    let asked = 0;
    const rows = () => {
      asked += 1;
      return new Promise<never>(() => {});
    };
    const metrics = createMetrics({ db: { rows } });
    metrics.countDelivery('cards', 'dead', 1);

    const bodies = await Promise.all([metrics.render(), metrics.render()]);

    for (const { body } of bodies) {
      expect(body).toContain('crewline_database_reachable 0');
      expect(body).toContain('crewline_deliveries_total{queue="cards",event="dead"} 1');
      expect(body).not.toContain('crewline_queue_waiting{');
    }
    expect(asked).toBe(1);
  });
});
