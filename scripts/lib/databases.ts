import { useEmbeddedPostgres } from './embedded-postgres.ts';
import { postgresFolder } from './paths.ts';
import { ensureDatabase } from './postgres-client.ts';

export interface TargetDatabase {
  url: string;
  /** The server of this repository's own data folder, which holds nothing but what one tried out. */
  embedded: boolean;
}

/** The database that a script works on, from its arguments: `--test` means the test database. */
export function databaseKind(args: string[]): 'main' | 'test' {
  return args.includes('--test') ? 'test' : 'main';
}

/**
 * Runs `use` on the configured database (DATABASE_URL, or TEST_DATABASE_URL for the test one). Without configuration it
 * is the embedded server's: joined when it runs, else started for the time of the call.
 */
export async function withDatabase(
  kind: 'main' | 'test',
  use: (database: TargetDatabase) => Promise<void>,
): Promise<void> {
  const configured = kind === 'test' ? process.env.TEST_DATABASE_URL : process.env.DATABASE_URL;
  if (configured) return use({ url: configured, embedded: false });
  const server = await useEmbeddedPostgres({ dataDir: postgresFolder });
  try {
    const name = kind === 'test' ? 'crewline_test' : 'crewline';
    await ensureDatabase(server.urlFor('postgres'), name);
    await use({ url: server.urlFor(name), embedded: true });
  } finally {
    await server.stop();
  }
}
