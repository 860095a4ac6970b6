import { databaseKind, withDatabase } from './lib/databases.ts';
import { migrate } from './lib/migrations.ts';
import { shownAddress } from './lib/postgres-client.ts';
import { runScript } from './lib/run-script.ts';

await runScript(() =>
  withDatabase(databaseKind(process.argv), async ({ url, embedded }) => {
    const { applied, total } = await migrate(url);
    const where = embedded ? 'The embedded database' : shownAddress(url);
    for (const name of applied) console.log(`Applied ${name}`);
    console.log(`${where} has all ${total} ${total === 1 ? 'migration' : 'migrations'}.`);
  }),
);
