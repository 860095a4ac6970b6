import { ClearError } from './lib/clear-error.ts';
import { databaseKind, type TargetDatabase, withDatabase } from './lib/databases.ts';
import { migrate } from './lib/migrations.ts';
import { shownAddress, withClient } from './lib/postgres-client.ts';
import { productionSign } from './lib/production.ts';
import { runScript } from './lib/run-script.ts';
import { seedDatabase } from './lib/seed.ts';

await runScript(() =>
  withDatabase(databaseKind(process.argv), async (database) => {
    refuseProduction(database);
    const where = database.embedded ? 'the embedded database' : shownAddress(database.url);
    console.log(`Emptying ${where} …`);
    await dropEverything(database.url);
    await migrate(database.url);
    await seedDatabase(database.url);
    console.log(`Reset ${where}: migrated and seeded.`);
  }),
);

function refuseProduction({ url, embedded }: TargetDatabase): void {
  if (embedded) return;
  const sign = productionSign(url);
  if (!sign) return;
  throw new ClearError(
    `db:reset deletes everything, and ${shownAddress(url)} looks like production: ${sign}. Nothing was changed; if you are sure, drop that database by hand.`,
  );
}

async function dropEverything(url: string): Promise<void> {
  await withClient(url, async (client) => {
    // A running bot would hold locks on what is to go: wait a moment for it, not for ever.
    await client.query("SET lock_timeout = '15s'");
    await client.query('DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;');
  });
}
