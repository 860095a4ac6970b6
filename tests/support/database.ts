import { randomUUID } from 'node:crypto';
import { withClient, withDatabaseName } from '../../scripts/lib/postgres-client.ts';

export interface TestDatabase {
  url: string;
  /** Drops the database, also under connections that are still open. */
  drop(): Promise<void>;
}

/** A migrated and empty database of one's own, on the run's real PostgreSQL. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = fromGlobalSetup('TEST_DATABASE_URL');
  const template = fromGlobalSetup('TEST_TEMPLATE_DATABASE');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(adminUrl, `CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  return {
    url: withDatabaseName(adminUrl, name),
    drop: () => execute(adminUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
}

/** The address of the run's DynamoDB engine. Tests share it: give tables names of your own. */
export function testDynamodbEndpoint(): string {
  return fromGlobalSetup('TEST_DYNAMODB_ENDPOINT');
}

async function execute(url: string, sql: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(sql);
  });
}

function fromGlobalSetup(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with npm test, which starts the servers.`);
  return value;
}
