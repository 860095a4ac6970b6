import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { createSignals, type Signals } from '../../src/lib/signals.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createTestLog } from '../support/jobs-world.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/until.ts';

let place: TestDatabase;
let proxy: TcpProxy;
let proxied: string;
let open: Signals[];

beforeEach(async () => {
  place = await createTestDatabase();
  const url = new URL(place.url);
  proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
  url.host = proxy.address;
  proxied = url.href;
  open = [];
});

afterEach(async () => {
  proxy.resume();
  await Promise.all(open.map((signals) => signals.close()));
  await proxy.close();
  await place.drop();
});

function replica(url: string) {
  const log = createTestLog();
  const signals = createSignals({ url, log });
  open.push(signals);
  const heard: string[] = [];
  signals.onAny((topic) => heard.push(topic));
  return { ...signals, heard, log };
}

/** Breaks the connection for signals that was made last. */
async function breakLastConnection(): Promise<void> {
  const client = new pg.Client({ connectionString: place.url });
  await client.connect();
  await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'crewline signals' AND datname = current_database()
    ORDER BY backend_start DESC LIMIT 1`);
  await client.end();
}

async function connections(): Promise<number> {
  const client = new pg.Client({ connectionString: place.url });
  await client.connect();
  const { rows } = await client.query(`SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE application_name = 'crewline signals' AND datname = current_database()`);
  await client.end();
  return rows[0].count;
}

const hears = (heard: readonly string[], topics: readonly string[]) =>
  until(
    'all topics',
    () => (topics.every((topic) => heard.includes(topic)) ? true : undefined),
    () => heard.length,
  );

describe('signals', () => {
  test('reach this process at once and the others soon', async () => {
    const [here, there] = [replica(place.url), replica(place.url)];
    await Promise.all([here.start(), there.start()]);
    here.send('notifications');
    expect(here.heard).toEqual(['notifications']);
    await hears(there.heard, ['notifications']);
  });

  test('of many people at once arrive all, though they are more than one message holds', async () => {
    const [here, there] = [replica(place.url), replica(place.url)];
    await Promise.all([here.start(), there.start()]);
    const topics = Array.from({ length: 1_000 }, (_, index) => `session-ended:01K-person-${index}-é`);
    for (const topic of topics) here.send(topic);
    await hears(there.heard, topics);
  });

  test('that carry a value wait for a lost connection; those that a poll makes up for do not', async () => {
    const [here, there] = [replica(place.url), replica(place.url)];
    here.send('session-ended:before-the-start');
    await there.start();
    await here.start();
    await hears(there.heard, ['session-ended:before-the-start']);
    await breakLastConnection();
    await until('a lost connection', () => here.log.lines.find(({ message }) => message.startsWith('lost')));
    here.send('session-ended:maya');
    here.send('workspace:T1');
    here.send('notifications');
    await hears(there.heard, ['session-ended:maya', 'workspace:T1']);
    expect(there.heard).not.toContain('notifications');
  }, 15_000);

  test('of a process that ends are sent first', async () => {
    const [here, there] = [replica(place.url), replica(place.url)];
    await Promise.all([here.start(), there.start()]);
    here.send('workspace:T1');
    await here.close();
    await hears(there.heard, ['workspace:T1']);
  });

  test('survive a PostgreSQL that stands still, and leave no connection behind', async () => {
    const [here, there] = [replica(proxied), replica(place.url)];
    await there.start();
    await here.start();
    proxy.stall();
    here.send('session-ended:maya');
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    proxy.resume();
    await hears(there.heard, ['session-ended:maya']);
    await until('one connection each', async () => ((await connections()) === 2 ? true : undefined));
  }, 30_000);
});
