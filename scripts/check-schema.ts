import { readFile } from 'node:fs/promises';
import { compareCatalogues, readCatalogue } from './lib/catalogue.ts';
import { ClearError } from './lib/clear-error.ts';
import { migrate } from './lib/migrations.ts';
import { schemaFile } from './lib/paths.ts';
import { ensureDatabase, withClient } from './lib/postgres-client.ts';
import { runScript } from './lib/run-script.ts';
import { schemaDiff } from './lib/schema-engine.ts';
import { withThrowAwayPostgres } from './lib/throw-away-postgres.ts';

// The schema and the migrations are each built in a database of their own, and what PostgreSQL made of them is compared.
await runScript(async () => {
  const { differences, extras } = await withThrowAwayPostgres(async (server) => {
    const admin = server.urlFor('postgres');
    await ensureDatabase(admin, 'from_schema');
    await ensureDatabase(admin, 'from_migrations');
    await buildSchema(server.urlFor('from_schema'));
    await migrate(server.urlFor('from_migrations'));
    return compareCatalogues(
      await readCatalogue(server.urlFor('from_schema')),
      await readCatalogue(server.urlFor('from_migrations')),
    );
  });
  if (differences.length > 0) {
    throw new ClearError(
      `prisma/schema.prisma and prisma/migrations differ:\n${list(differences)}\nMake the missing migration with npm run db:migrate:new -- <name>.`,
    );
  }
  console.log(`Schema and migrations agree. Only in the migrations, by hand:\n${list(extras)}`);
});

async function buildSchema(url: string): Promise<void> {
  const sql = await schemaDiff({ from: undefined, to: await readFile(schemaFile, 'utf8') }, url);
  await withClient(url, async (client) => {
    await client.query(sql);
  });
}

function list(lines: string[]): string {
  return lines.length > 0 ? lines.map((line) => `  ${line}`).join('\n') : '  nothing';
}
