import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { migrate } from '../../scripts/lib/migrations.ts';
import { dataFolder } from '../../scripts/lib/paths.ts';
import { withClient } from '../../scripts/lib/postgres-client.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase();
  // These tests bring migrations of their own.
  await query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  folder = await mkdtemp(path.join(dataFolder, 'test', 'migrations-'));
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

function query<Row extends object>(sql: string): Promise<Row[]> {
  return withClient(database.url, async (client) => (await client.query<Row>(sql)).rows);
}

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, 'migration.sql'), sql);
}

test('replicas that start at once apply each migration once', async () => {
  await write('0001_a', 'SELECT pg_sleep(0.1); CREATE TABLE a (id int);');
  await write('0002_b', 'CREATE TABLE b (id int);');
  const results = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url, folder)));
  expect(results.flatMap(({ applied }) => applied)).toEqual(['0001_a', '0002_b']);
});

test('a function with semicolons in its body arrives whole', async () => {
  await write(
    '0001_f',
    'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$;',
  );
  await migrate(database.url, folder);
  expect(await query('SELECT f()')).toEqual([{ f: 2 }]);
});

test('a migration that fails leaves nothing behind, and says where it failed', async () => {
  await write('0001_a', 'CREATE TABLE a (id int);');
  await write('0002_bad', 'CREATE TABLE b (id int);\nALTER TABLE nowhere ADD x int;\nSELECT nonsense;\n');
  await expect(migrate(database.url, folder)).rejects.toThrow(
    'Migration 0002_bad failed: relation "nowhere" does not exist. Nothing of it was kept.',
  );
  expect(await query("SELECT to_regclass('a')::text AS a, to_regclass('b') AS b")).toEqual([
    { a: 'a', b: null },
  ]);
  await write('0002_bad', 'CREATE TABLE b (id int);');
  expect(await migrate(database.url, folder)).toEqual({ applied: ['0002_bad'], total: 2 });
});

test('a mistake in the text of a migration is found by its line', async () => {
  await write('0001_a', 'CREATE TABLE a (id int);\n\nCREATE TABLO b;\n');
  await expect(migrate(database.url, folder)).rejects.toThrow(
    'Migration 0001_a failed at line 3: syntax error',
  );
});

test('a migration that was changed after it was applied is refused', async () => {
  await write('0001_a', 'CREATE TABLE a (id int);');
  await migrate(database.url, folder);
  await write('0001_a', 'CREATE TABLE a (id bigint);');
  await expect(migrate(database.url, folder)).rejects.toThrow('0001_a was changed after it had been applied');
});

test('line ends of Windows do not count as a change', async () => {
  await write('0001_a', 'CREATE TABLE a (\n  id int\n);\n');
  await migrate(database.url, folder);
  await write('0001_a', 'CREATE TABLE a (\r\n  id int\r\n);\r\n');
  expect(await migrate(database.url, folder)).toEqual({ applied: [], total: 1 });
});

test('a server that is not there is named without its password', async () => {
  const failure = await migrate('postgresql://someone:secret@127.0.0.1:1/work', folder).catch(String);
  expect(failure).toContain('PostgreSQL at 127.0.0.1:1/work cannot be used');
  expect(failure).not.toContain('secret');
});
