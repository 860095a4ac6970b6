import pg from 'pg';
import { ClearError, reasonOf } from './clear-error.ts';

/** Opens one connection for the time of `use`. A server that can't be reached is said in a sentence, without the password. */
export async function withClient<T>(
  connectionString: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 15_000 });
  // A server that goes away between two queries must not end the process; the next query reports it.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new ClearError(
      `PostgreSQL at ${shownAddress(connectionString)} cannot be used: ${reasonOf(error)}.`,
    );
  }
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Host and database of a connection string, for messages. */
export function shownAddress(connectionString: string): string {
  const url = parseConnectionString(connectionString);
  return `${url.host || 'the local socket'}${url.pathname}`;
}

export function databaseName(connectionString: string): string {
  return decodeURIComponent(parseConnectionString(connectionString).pathname.slice(1));
}

/** The same server, another database. */
export function withDatabaseName(connectionString: string, database: string): string {
  const url = parseConnectionString(connectionString);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.toString();
}

export function parseConnectionString(connectionString: string): URL {
  if (!URL.canParse(connectionString)) {
    throw new ClearError(
      'The database address is no URL: it should read postgresql://user:password@host:5432/database.',
    );
  }
  return new URL(connectionString);
}

/** Creates the database unless it is there; `adminUrl` names another database of the same server. */
export async function ensureDatabase(adminUrl: string, database: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  });
}
