import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { ClearError, reasonOf } from './clear-error.ts';
import { migrationsFolder } from './paths.ts';
import { withClient } from './postgres-client.ts';

export interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

export interface MigrationResult {
  applied: string[];
  total: number;
}

/** Any number will do, as long as every replica asks for the same one. */
const LOCK = 7_233_901_001;

/** Prisma's own table: `prisma migrate status` and `prisma migrate deploy` stay usable beside this. */
const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/** The migrations in the order of their names. */
export async function readMigrations(folder = migrationsFolder): Promise<Migration[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map((name) => readMigration(folder, name)));
}

/**
 * Brings a database up to the last migration. Replicas that start at once wait for each other; each migration is
 * applied whole or not at all. Not by Prisma's engine: on this adapter it cuts a script at every `;`, also inside
 * functions, and leaves half of a failed migration behind.
 */
export async function migrate(connectionString: string, folder = migrationsFolder): Promise<MigrationResult> {
  const migrations = await readMigrations(folder);
  return withClient(connectionString, async (client) => {
    await lock(client);
    await client.query(TABLE);
    const pending = await findPending(client, migrations);
    for (const migration of pending) await apply(client, migration);
    // The lock ends with the connection.
    return { applied: pending.map(({ name }) => name), total: migrations.length };
  });
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  try {
    const text = await readFile(path.join(folder, name, 'migration.sql'), 'utf8');
    const sql = text.replaceAll('\r\n', '\n');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  } catch (error) {
    throw new ClearError(`Migration ${name} has no migration.sql that can be read: ${reasonOf(error)}.`);
  }
}

async function lock(client: pg.Client): Promise<void> {
  try {
    await client.query("SET lock_timeout = '2min'");
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  } catch (error) {
    throw new ClearError(
      `Another process has been migrating this database for two minutes (${reasonOf(error)}): look what it waits for, then start again.`,
    );
  }
}

async function findPending(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
  );
  const applied = new Map(rows.map((row) => [row.name, row]));
  for (const { name, checksum } of migrations) {
    const row = applied.get(name);
    if (row && !row.finished) {
      throw new ClearError(
        `Migration ${name} was begun by another tool and not finished: repair the database by hand, then run \`npx prisma migrate resolve\`.`,
      );
    }
    if (row && row.checksum !== checksum) {
      throw new ClearError(
        `Migration ${name} was changed after it had been applied to this database: put the file back and make a new migration, or empty the database with \`npm run db:reset\`.`,
      );
    }
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new ClearError(
      `Migration ${migration.name} failed${lineOf(error, migration.sql)}: ${reasonOf(error)}. Nothing of it was kept.`,
    );
  }
}

/** PostgreSQL counts characters from 1, where it names a place at all; people count lines. */
function lineOf(error: unknown, sql: string): string {
  if (!(error instanceof Error && 'position' in error && error.position)) return '';
  const line = sql.slice(0, Number(error.position)).split('\n').length;
  return ` at line ${line}`;
}
