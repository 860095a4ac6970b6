import { rm } from 'node:fs/promises';
import { ClearError } from './lib/clear-error.ts';
import { databaseKind, type TargetDatabase, withDatabase } from './lib/databases.ts';
import { embeddedDynamodbOptions, useEmbeddedDynamodb } from './lib/embedded-dynamodb.ts';
import { migrate } from './lib/migrations.ts';
import { dynamodbFolder, postgresFolder } from './lib/paths.ts';
import { shownAddress, withClient } from './lib/postgres-client.ts';
import { findRunningServer, liveOwner } from './lib/postgres-server.ts';
import { productionSign } from './lib/production.ts';
import { runScript } from './lib/run-script.ts';
import { seedDatabase } from './lib/seed.ts';
import { setupDynamodb } from './setup-dynamodb.ts';

await runScript(() => {
  refuseWhileRunning();
  return withDatabase(databaseKind(process.argv), async (database) => {
    refuseProduction(database);
    const isMain = database.embedded && databaseKind(process.argv) === 'main';
    const where = database.embedded ? 'the embedded database' : shownAddress(database.url);
    console.log(`Emptying ${where}${isMain ? ', its sessions and audit log' : ''} …`);
    if (isMain) await emptyDynamodb();
    await dropEverything(database.url);
    await migrate(database.url);
    await seedDatabase(database.url);
    console.log(`Reset ${where}: migrated and seeded.`);
  });
});

function refuseProduction({ url, embedded }: TargetDatabase): void {
  if (embedded) return;
  const sign = productionSign(url);
  if (!sign) return;
  throw new ClearError(
    `db:reset deletes everything, and ${shownAddress(url)} looks like production: ${sign}. Nothing was changed; if you are sure, drop that database by hand.`,
  );
}

/** Under a running bot the workspaces would be gone, and its sessions would name rows that are no more. */
function refuseWhileRunning(): void {
  if (process.env.DATABASE_URL) return;
  const owner = findRunningServer(postgresFolder) && liveOwner(postgresFolder);
  if (owner)
    throw new ClearError(`Crewline is running here, as process ${owner}: stop it first, then reset.`);
}

/** Sessions and audit chains belong to the rows that go: both engines start anew. */
async function emptyDynamodb(): Promise<void> {
  await rm(dynamodbFolder, { recursive: true, force: true });
  const engine = await useEmbeddedDynamodb({ dataDir: dynamodbFolder });
  try {
    await setupDynamodb(embeddedDynamodbOptions(engine.endpoint));
  } finally {
    await engine.stop();
  }
}

async function dropEverything(url: string): Promise<void> {
  await withClient(url, async (client) => {
    // A running bot would hold locks on what is to go: wait a moment for it, not for ever.
    await client.query("SET lock_timeout = '15s'");
    await client.query('DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;');
  });
}
