import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
  useEmbeddedPostgres,
} from '../../scripts/lib/embedded-postgres.ts';
import { dataFolder, repositoryFile } from '../../scripts/lib/paths.ts';
import { freePort } from '../../scripts/lib/ports.ts';
import { withClient } from '../../scripts/lib/postgres-client.ts';
import { findRunningServer } from '../../scripts/lib/postgres-server.ts';

let dataDir: string;
const servers: EmbeddedPostgres[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(dataFolder, 'test', 'embedded-'));
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, durability: 'throw-away', ...options });
  servers.push(server);
  return server;
}

function query(server: EmbeddedPostgres, sql: string): Promise<unknown[]> {
  return withClient(server.urlFor('postgres'), async (client) => (await client.query(sql)).rows);
}

test('a second start keeps the data and the port', async () => {
  const first = await start();
  await query(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  const second = await start();
  expect(await query(second, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  expect(second.port).toBe(first.port);
});

test('text is Unicode and time is UTC, whatever the machine has', async () => {
  const server = await start();
  const rows = await query(server, "SELECT lower('ÅÖ') AS lower, current_setting('timezone') AS zone");
  expect(rows).toEqual([{ lower: 'åö', zone: 'UTC' }]);
});

test('a server whose owner was killed is stopped, and its data is there at the next start', async () => {
  const holder = spawn(process.execPath, [repositoryFile('tests', 'fixtures', 'hold-postgres.ts'), dataDir]);
  await once(holder.stdout, 'data');
  const leftover = findRunningServer(dataDir);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(findRunningServer(dataDir)?.pid).toBe(leftover?.pid);
  await start();
  expect(findRunningServer(dataDir)?.pid).not.toBe(leftover?.pid);
});

test('a server that another process runs can be joined, but not started again', async () => {
  const holder = spawn(process.execPath, [repositoryFile('tests', 'fixtures', 'hold-postgres.ts'), dataDir]);
  await once(holder.stdout, 'data');
  await expect(start()).rejects.toThrow(`in use by process ${holder.pid}`);
  const joined = await useEmbeddedPostgres({ dataDir });
  await joined.stop();
  expect(await query(joined, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  holder.kill('SIGTERM');
  await once(holder, 'exit');
});

test('the usual port being taken means another one, a wanted port being taken means a sentence', async () => {
  const { port, stop } = await start();
  await stop();
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  try {
    await expect(start({ port })).rejects.toThrow(
      `Port ${port}, where the embedded PostgreSQL should listen`,
    );
    expect((await start()).port).not.toBe(port);
  } finally {
    other.close();
  }
});

test('a wanted port that is free is used', async () => {
  const port = await freePort();
  expect((await start({ port })).port).toBe(port);
});

test.each([
  ['global/pg_control', '', /could not read file "global\/pg_control"/],
  ['PG_VERSION', '', /not a complete PostgreSQL data folder/],
  ['PG_VERSION', '16\n', /written by PostgreSQL 16, not 18/],
  ['crewline.json', '{', /crewline.json, which holds the password, cannot be read/],
])('a damaged %s is named, with what to do about it', async (file, content, sentence) => {
  await (await start()).stop();
  await writeFile(path.join(dataDir, 'cluster', file), content);
  await expect(start()).rejects.toThrow(sentence);
  await expect(start()).rejects.toThrow('Put a good copy back, or delete');
});
