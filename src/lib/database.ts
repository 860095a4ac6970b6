import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { AppError } from '../core/errors.ts';
import { PrismaClient } from '../generated/prisma/client.ts';
import { type Sql, sqlState, textOf } from './sql.ts';
import { createWork, type Work } from './work.ts';

/** The work of all organisations, in PostgreSQL. */
export interface Database {
  /** Prisma's models, for everything that is not on the hot path. */
  readonly prisma: PrismaClient;
  /** One prepared statement. Throws AppError `database_unavailable`, or the engine's own error. */
  rows<Row>(statement: Sql): Promise<Row[]>;
  /** Starts to collect what one invocation changes; see work.ts. */
  begin(): Work;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** Connections of this replica. */
  poolSize?: number;
  /** The longest that a statement may run, in ms. */
  statementTimeoutMs?: number;
  /** The longest wait for a connection, in ms: shorter than an answer may take. */
  connectTimeoutMs?: number;
}

/** Prepared statements are kept by name on each connection: no more than this many, or a bug would fill the server. */
const MAX_PREPARED = 1_000;

/**
 * The working set is in memory or on an SSD, where a page by itself costs hardly more than the next one in order. With
 * PostgreSQL's default of 4, made for turning disks, it reads a table of people whole for each name. `options` in the
 * URL take precedence.
 */
const PLANNER = '-c random_page_cost=1.1';

/** Opens the pool that Prisma and the prepared statements share. Connects at the first use. */
export function createDatabase(options: DatabaseOptions): Database {
  const statementTimeoutMs = options.statementTimeoutMs ?? 10_000;
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 1_800,
    statement_timeout: statementTimeoutMs,
    // The server may stand still and never count to statement_timeout.
    query_timeout: statementTimeoutMs + 5_000,
    keepAlive: true,
    options: PLANNER,
    application_name: 'crewline',
  });
  // A connection that breaks while idle is replaced at the next use.
  pool.on('error', () => undefined);
  // And one that breaks while it is in use fails its statement; unheard, its error would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const names = new Map<string, string>();

  function nameOf(text: string): string | undefined {
    const known = names.get(text);
    if (known) return known;
    if (names.size >= MAX_PREPARED) return undefined;
    const name = `crewline_${names.size}`;
    names.set(text, name);
    return name;
  }

  async function rows<Row>(statement: Sql): Promise<Row[]> {
    const text = textOf(statement);
    const name = nameOf(text);
    const client = await connect(pool);
    let broken = false;
    try {
      const values = statement.values.map(parameter);
      const result = await client.query(name ? { name, text, values } : { text, values });
      return result.rows;
    } catch (error) {
      broken = isConnectionError(error);
      throw broken ? unavailable(error) : error;
    } finally {
      // A refused statement leaves the connection whole: only a broken one is thrown away.
      client.release(broken);
    }
  }

  return {
    prisma,
    rows,
    begin: () => createWork(rows),
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/** pg writes a date in the process's own zone, piece by piece; the engine's own form costs a fifth of that. */
const parameter = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

/** Prisma's codes for a server that can't be reached, does not answer or closes the connection. */
const AWAY = /^(P1001|P1002|P1008|P1011|P1017|P2024|P2037|ECONN|EPIPE|ETIMEDOUT|57P|08)/;

/** Prisma's errors while the database is away, as `rows` throws them; undefined for any other error. */
export function databaseAway(error: unknown): AppError | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = sqlState(error);
  const away =
    (code !== undefined && AWAY.test(code)) ||
    /timeout exceeded when trying to connect|Connection terminated|Query read timeout/i.test(error.message);
  return away ? unavailable(error) : undefined;
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw unavailable(error);
  }
}

const unavailable = (cause: unknown): AppError => new AppError('database_unavailable', { cause });

/** Connection lost, shutdown, too many connections, out of resources, a time-out: not the statement's fault. */
function isConnectionError(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return true;
  return /^(08|53|57P|57014)/.test(error.code ?? '');
}
