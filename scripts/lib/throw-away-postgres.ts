import { existsSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres, stopLeftover } from './embedded-postgres.ts';
import { dataFolder } from './paths.ts';
import { findRunningServer, liveOwner } from './postgres-server.ts';
import { isAlive, signal } from './processes.ts';

const testFolder = path.join(dataFolder, 'test');

/** A fast, empty server that is deleted when it is stopped, or when the process ends in any other way. */
export async function startThrowAwayPostgres(): Promise<EmbeddedPostgres> {
  await sweepThrowAwayFolders();
  const dataDir = path.join(testFolder, `postgres-${process.pid}`);
  const removeAtExit = () => removeNow(dataDir);
  process.once('exit', removeAtExit);
  const server = await startEmbeddedPostgres({ dataDir, durability: 'throw-away', maxConnections: 600 });
  return {
    ...server,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
      process.off('exit', removeAtExit);
    },
  };
}

/** Runs `use` with the connection string of a throw-away server. */
export async function withThrowAwayPostgres<T>(use: (server: EmbeddedPostgres) => Promise<T>): Promise<T> {
  const server = await startThrowAwayPostgres();
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}

/** Removes what runs that were killed have left: their servers first. */
export async function sweepThrowAwayFolders(): Promise<void> {
  if (!existsSync(testFolder)) return;
  for (const name of readdirSync(testFolder)) {
    const maker = Number.parseInt(name.match(/^postgres-(\d+)$/)?.[1] ?? '', 10);
    if (!maker || (maker !== process.pid && isAlive(maker))) continue;
    const dataDir = path.join(testFolder, name);
    if (!liveOwner(dataDir)) await stopLeftover(dataDir);
    await removeWithRetries(dataDir);
  }
}

async function removeWithRetries(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rm(folder, { recursive: true, force: true });
    } catch (error) {
      if (attempt === 10) throw error;
      await sleep(100);
    }
  }
}

/** In an exit handler nothing can be awaited: the server is ended at once, its data is of no use any more. */
function removeNow(dataDir: string): void {
  const running = findRunningServer(dataDir);
  if (running) signal(running.pid, 'SIGQUIT');
  const deadline = Date.now() + 3_000;
  while (running && isAlive(running.pid) && Date.now() < deadline) pause(20);
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
