import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ClearError } from './lib/clear-error.ts';
import { readMigrations } from './lib/migrations.ts';
import { migrationsFolder, schemaFile, shownPath } from './lib/paths.ts';
import { runScript } from './lib/run-script.ts';
import { schemaDiff } from './lib/schema-engine.ts';
import { withThrowAwayPostgres } from './lib/throw-away-postgres.ts';

await runScript(async () => {
  const name = (process.argv[2] ?? '')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
    ?.join('_');
  if (!name) throw new ClearError('Name the change: npm run db:migrate:new -- add_task_labels');
  const migrations = await readMigrations();
  const from = await schemaOf(migrations.at(-1)?.name);
  const to = await readFile(schemaFile, 'utf8');
  const sql = await withThrowAwayPostgres((server) => schemaDiff({ from, to }, server.urlFor('postgres')));
  if (sql === '') return console.log('The schema is what the last migration left: nothing to do.');
  const folder = path.join(migrationsFolder, `${nextNumber(migrations.at(-1)?.name)}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'migration.sql'), sql);
  await writeFile(path.join(folder, 'schema.prisma'), to);
  await writeLockFile();
  console.log(
    `Wrote ${shownPath(folder)}: read it, add what Prisma's schema cannot say, then npm run db:migrate.`,
  );
});

/** The schema that the last migration was made from lies beside it. */
async function schemaOf(migration: string | undefined): Promise<string | undefined> {
  if (migration === undefined) return undefined;
  const file = path.join(migrationsFolder, migration, 'schema.prisma');
  if (existsSync(file)) return readFile(file, 'utf8');
  throw new ClearError(
    `${shownPath(file)} is missing: a migration keeps the schema it was made from beside it.`,
  );
}

function nextNumber(last: string | undefined): string {
  return String(Number.parseInt(last ?? '0', 10) + 1).padStart(4, '0');
}

/** Prisma's own CLI looks for it. */
async function writeLockFile(): Promise<void> {
  await writeFile(path.join(migrationsFolder, 'migration_lock.toml'), 'provider = "postgresql"\n');
}
