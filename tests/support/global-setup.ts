import { startEmbeddedDynamodb } from '../../scripts/lib/embedded-dynamodb.ts';
import { migrate } from '../../scripts/lib/migrations.ts';
import { ensureDatabase, withClient, withDatabaseName } from '../../scripts/lib/postgres-client.ts';
import { reportFailure } from '../../scripts/lib/run-script.ts';
import { startThrowAwayPostgres } from '../../scripts/lib/throw-away-postgres.ts';
import { onTeardown } from './teardown.ts';

/**
 * One PostgreSQL and one DynamoDB engine for the whole run, both empty and gone afterwards. TEST_DATABASE_URL names
 * another PostgreSQL to use: its user must be allowed to create databases.
 */
export default async function globalSetup(): Promise<void> {
  // Jest ends at once on Ctrl-C; the exit handlers then stop what was started.
  for (const [signal, code] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const]) {
    process.on(signal, () => process.exit(code));
  }
  try {
    await startServers();
  } catch (error) {
    // Jest would put a stack trace around the sentence.
    reportFailure(error);
    process.exit(1);
  }
}

async function startServers(): Promise<void> {
  const adminUrl = await startPostgres();
  process.env.TEST_DATABASE_URL = adminUrl;
  process.env.TEST_TEMPLATE_DATABASE = await makeTemplate(adminUrl);
  const dynamodb = await startEmbeddedDynamodb();
  onTeardown(dynamodb.stop);
  process.env.TEST_DYNAMODB_ENDPOINT = dynamodb.endpoint;
}

async function startPostgres(): Promise<string> {
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL;
  const server = await startThrowAwayPostgres();
  onTeardown(server.stop);
  return server.urlFor('postgres');
}

/** Migrated once: every test database is a copy of it, which takes a fraction of the time. */
async function makeTemplate(adminUrl: string): Promise<string> {
  const name = `crewline_template_${process.pid}`;
  await ensureDatabase(adminUrl, name);
  onTeardown(() =>
    withClient(adminUrl, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    }),
  );
  await migrate(withDatabaseName(adminUrl, name));
  return name;
}
