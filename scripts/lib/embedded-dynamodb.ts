import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import dynalite from 'dynalite';
import { ClearError, reasonOf } from './clear-error.ts';
import { shownPath } from './paths.ts';
import { isPortFree } from './ports.ts';
import { isAlive } from './processes.ts';

export interface EmbeddedDynamodbOptions {
  /** Where the tables are kept; without, they stay in memory and are gone with the process. */
  dataDir?: string;
  /** A port it must have; without, a free one is picked and, with a data folder, kept for the next start. */
  port?: number;
}

export interface EmbeddedDynamodb {
  endpoint: string;
  /** Stops the server if this call started it; one that was already running is left alone. */
  stop(): Promise<void>;
}

const REGION = 'us-east-1';
/** The engine looks at no key, but the SDK wants to sign with one. */
const CREDENTIALS = { accessKeyId: 'embedded', secretAccessKey: 'embedded' };

/** How this process talks to an embedded engine. */
export function embeddedDynamodbOptions(endpoint: string) {
  return { endpoint, region: REGION, credentials: CREDENTIALS };
}

/** How a process that is given this environment talks to an embedded engine. */
export function dynamodbEnvironment(endpoint: string): Record<string, string> {
  return {
    DYNAMODB_ENDPOINT: endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    // The SDK would prefer a profile to the keys.
    AWS_PROFILE: '',
  };
}

/** Starts the embedded engine inside this process, so it can never outlive it. */
export async function startEmbeddedDynamodb(
  options: EmbeddedDynamodbOptions = {},
): Promise<EmbeddedDynamodb> {
  const { dataDir } = options;
  const notes = dataDir === undefined ? undefined : readNotes(dataDir);
  if (dataDir !== undefined) await prepareFolder(dataDir, notes);
  const server = dynalite({
    ...(dataDir === undefined ? {} : { path: path.join(dataDir, 'tables') }),
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
  });
  const port = await listen(server, await choosePort(options.port, notes?.port));
  const endpoint = `http://127.0.0.1:${port}`;
  if (dataDir !== undefined) await writeFile(notesFile(dataDir), JSON.stringify({ port, pid: process.pid }));
  return { endpoint, stop: () => close(server) };
}

/** Joins the engine that another process runs on the data folder, or starts one. */
export async function useEmbeddedDynamodb(options: { dataDir: string }): Promise<EmbeddedDynamodb> {
  const notes = readNotes(options.dataDir);
  const endpoint = `http://127.0.0.1:${notes?.port}`;
  const elsewhere = notes && notes.pid !== process.pid && isAlive(notes.pid);
  if (elsewhere && (await answers(endpoint))) return { endpoint, stop: async () => undefined };
  return startEmbeddedDynamodb(options);
}

interface Notes {
  port: number;
  pid: number;
}

function notesFile(dataDir: string): string {
  return path.join(dataDir, 'server.json');
}

/** The port and process of the last start. Losing them only costs the port, so a broken file counts as none. */
function readNotes(dataDir: string): Notes | undefined {
  if (!existsSync(notesFile(dataDir))) return undefined;
  try {
    const notes: unknown = JSON.parse(readFileSync(notesFile(dataDir), 'utf8'));
    if (typeof notes !== 'object' || !notes || !('port' in notes) || !('pid' in notes)) return undefined;
    const { port, pid } = notes;
    return typeof port === 'number' && typeof pid === 'number' ? { port, pid } : undefined;
  } catch {
    return undefined;
  }
}

async function prepareFolder(dataDir: string, notes: Notes | undefined): Promise<void> {
  if (notes && isAlive(notes.pid) && (await answers(`http://127.0.0.1:${notes.port}`))) {
    throw tablesInUse(dataDir, `process ${notes.pid}`);
  }
  try {
    await mkdir(dataDir, { recursive: true });
    await tryTables(path.join(dataDir, 'tables'));
  } catch (error) {
    throw isLocked(error) ? tablesInUse(dataDir, 'another process') : brokenTables(dataDir, reasonOf(error));
  }
}

/**
 * Opens and closes the files once: dynalite opens them late, and ends the process with a stack trace
 * when they are damaged or locked.
 */
async function tryTables(folder: string): Promise<void> {
  const { Level } = createRequire(import.meta.resolve('dynalite'))('level') as typeof import('level');
  const tables = new Level(folder);
  try {
    await tables.open();
    await tables.close();
  } catch (error) {
    throw error instanceof Error && error.cause ? error.cause : error;
  }
}

function tablesInUse(dataDir: string, by: string): ClearError {
  return new ClearError(
    `The tables in ${shownPath(dataDir)} are in use by ${by}: Crewline is already running there. Stop that first.`,
  );
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'LEVEL_LOCKED';
}

function brokenTables(dataDir: string, why: string): ClearError {
  return new ClearError(
    `The embedded DynamoDB cannot use ${shownPath(dataDir)}: ${why}. Put a good copy back, or delete the folder to start with empty tables.`,
  );
}

async function choosePort(wanted: number | undefined, usual: number | undefined): Promise<number> {
  if (wanted === undefined) return usual !== undefined && (await isPortFree(usual)) ? usual : 0;
  if (await isPortFree(wanted)) return wanted;
  throw new ClearError(
    `Port ${wanted}, where the embedded DynamoDB should listen, is in use by another program.`,
  );
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new ClearError(`The embedded DynamoDB cannot listen: ${reasonOf(error)}.`)),
    );
    server.listen({ port, host: '127.0.0.1' }, () => {
      const address = server.address();
      if (address && typeof address === 'object') resolve(address.port);
      else reject(new ClearError('The embedded DynamoDB got no port to listen on.'));
    });
  });
}

/** dynalite answers a plain GET with words of its own; some other program on the port would not. */
async function answers(endpoint: string): Promise<boolean> {
  try {
    const response = await fetch(endpoint, { signal: AbortSignal.timeout(3_000) });
    return (await response.text()).startsWith('healthy: dynamodb');
  } catch {
    return false;
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Kept-alive connections of SDK clients would hold the server open for half a minute.
    server.closeAllConnections();
  });
}
