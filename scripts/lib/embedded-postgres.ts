import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClearError, reasonOf } from './clear-error.ts';
import { shownPath } from './paths.ts';
import { freePort, isPortFree } from './ports.ts';
import { type Launcher, launch, postgresLauncher } from './postgres-binaries.ts';
import {
  brokenCluster,
  clusterFolder,
  lastComplaint,
  prepareCluster,
  readNotes,
  SUPERUSER,
  writeNotes,
} from './postgres-cluster.ts';
import {
  claimOwnership,
  findRunningServer,
  giveUpOwnership,
  liveOwner,
  removeStalePidFile,
  stopServer,
} from './postgres-server.ts';
import { signal } from './processes.ts';

export interface EmbeddedPostgresOptions {
  /** The server's folder, made when missing; all it writes stays below. */
  dataDir: string;
  /** A port it must have; without, a free one is picked and kept for the next start. */
  port?: number;
  /** `throw-away` trades safety in a power cut for speed: for data that the run itself deletes. */
  durability?: 'kept' | 'throw-away';
  maxConnections?: number;
}

export interface EmbeddedPostgres {
  port: number;
  /** A connection string of the superuser for one of the server's databases. */
  urlFor(database: string): string;
  /** Stops the server if this call started it; one that was already running is left alone. */
  stop(): Promise<void>;
  /** Settles when the server ends, by `stop` or by itself. */
  ended: Promise<void>;
}

/** Starts the server of a data folder. One left over from a process that died is stopped first. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    return await start(options);
  } catch (error) {
    throw error instanceof ClearError ? error : brokenCluster(options.dataDir, reasonOf(error));
  }
}

async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir } = options;
  await mkdir(dataDir, { recursive: true });
  const launcher = await postgresLauncher(dataDir, clusterFolder(dataDir));
  await stopLeftover(dataDir, launcher);
  const flags = options.durability === 'throw-away' ? ['--no-sync'] : [];
  const notes = await prepareCluster(dataDir, launcher, flags);
  const { child, port } = await startOnSomePort(options, launcher, notes.port);
  await claimOwnership(dataDir);
  await writeNotes(clusterFolder(dataDir), { ...notes, port });
  return handle(child, { port, password: notes.password, dataDir, launcher });
}

/** Joins the server that another process runs on the data folder, or starts one. */
export async function useEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const running = findRunningServer(options.dataDir);
  if (!running?.ready || !liveOwner(options.dataDir)) return startEmbeddedPostgres(options);
  const { password } = await readNotes(options.dataDir);
  return {
    port: running.port,
    urlFor: (database) => connectionString(password, running.port, database),
    stop: async () => undefined,
    ended: new Promise(() => undefined),
  };
}

/** Stops a server whose owner died, for example by `kill -9`. */
export async function stopLeftover(dataDir: string, launcher?: Launcher): Promise<void> {
  const running = findRunningServer(dataDir);
  if (!running) return removeStalePidFile(dataDir);
  const owner = liveOwner(dataDir);
  if (owner) {
    throw new ClearError(
      `The database in ${shownPath(dataDir)} is in use by process ${owner}: Crewline is already running there. Stop that first.`,
    );
  }
  await stopServer(
    running.pid,
    dataDir,
    launcher ?? (await postgresLauncher(dataDir, clusterFolder(dataDir))),
  );
  await giveUpOwnership(dataDir);
}

async function startOnSomePort(
  options: EmbeddedPostgresOptions,
  launcher: Launcher,
  usual: number | undefined,
) {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const port = await choosePort(options.port, usual);
    const child = spawnServer(options, launcher, port);
    const failure = await untilReady(child, options.dataDir);
    if (failure === undefined) return { child, port };
    // A port can be taken between the look and the start; and after a crash the old server's
    // last processes need a moment to notice.
    const passing = /could not create any TCP|already in use|shared memory block/.test(failure);
    if (!passing || Date.now() > deadline) throw brokenCluster(options.dataDir, failure);
    await sleep(250);
  }
}

async function choosePort(wanted: number | undefined, usual: number | undefined): Promise<number> {
  if (wanted !== undefined) {
    if (await isPortFree(wanted)) return wanted;
    throw new ClearError(
      `Port ${wanted}, where the embedded PostgreSQL should listen, is in use by another program.`,
    );
  }
  return usual !== undefined && (await isPortFree(usual)) ? usual : freePort();
}

function spawnServer(options: EmbeddedPostgresOptions, launcher: Launcher, port: number): ChildProcess {
  const settings = serverSettings(options, port).flatMap((setting) => ['-c', setting]);
  const spawned = launch(launcher, launcher.binaries.postgres, [
    '-D',
    clusterFolder(options.dataDir),
    ...settings,
  ]);
  // A file and no pipe: the server must be able to write when we are gone.
  rmSync(logFile(options.dataDir), { force: true });
  const log = openSync(logFile(options.dataDir), 'w', 0o600);
  try {
    return spawn(spawned.command, spawned.args, {
      ...spawned.options,
      stdio: ['ignore', log, log],
      // A group of its own: Ctrl-C in the terminal must reach the bot first and the database last.
      detached: process.platform !== 'win32',
    });
  } finally {
    closeSync(log);
  }
}

function serverSettings(options: EmbeddedPostgresOptions, port: number): string[] {
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `max_connections=${options.maxConnections ?? 100}`,
    'timezone=UTC',
    'log_timezone=UTC',
    'log_checkpoints=off',
  ];
  // Sockets would go to /tmp and shared memory to /dev/shm, and a crash would leave them there.
  if (process.platform !== 'win32')
    settings.push('unix_socket_directories=', 'dynamic_shared_memory_type=mmap');
  if (options.durability === 'throw-away')
    settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
  return settings;
}

/** Waits until the server accepts connections; otherwise gives back what it complained about. */
async function untilReady(child: ChildProcess, dataDir: string): Promise<string | undefined> {
  let failure: string | undefined;
  child.once('error', (error) => {
    failure = error.message;
  });
  const deadline = Date.now() + 60_000;
  while (failure === undefined) {
    if (child.exitCode !== null || child.signalCode !== null) return complaint(dataDir);
    const running = findRunningServer(dataDir);
    if (running?.ready && running.pid === child.pid) return undefined;
    if (Date.now() > deadline) {
      child.kill('SIGQUIT');
      return `it was not ready after a minute (see ${shownPath(logFile(dataDir))})`;
    }
    await sleep(20);
  }
  return failure;
}

function complaint(dataDir: string): string {
  const output = readFileSync(logFile(dataDir), 'utf8');
  return `${lastComplaint(output) || 'it stopped at once'} (see ${shownPath(logFile(dataDir))})`;
}

function handle(
  child: ChildProcess,
  server: { port: number; password: string; dataDir: string; launcher: Launcher },
): EmbeddedPostgres {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // Last resort, when the process ends without `stop`: there is no time left to wait for it.
  const stopAtExit = () => {
    if (child.pid) signal(child.pid, 'SIGINT');
  };
  process.once('exit', stopAtExit);
  return {
    port: server.port,
    urlFor: (database) => connectionString(server.password, server.port, database),
    ended,
    stop: async () => {
      process.off('exit', stopAtExit);
      if (child.pid && child.exitCode === null && child.signalCode === null) {
        await stopServer(child.pid, server.dataDir, server.launcher);
      }
      await ended;
      await giveUpOwnership(server.dataDir);
    },
  };
}

function connectionString(password: string, port: number, database: string): string {
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

function logFile(dataDir: string): string {
  return path.join(dataDir, 'server.log');
}
