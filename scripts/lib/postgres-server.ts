import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ClearError } from './clear-error.ts';
import { shownPath } from './paths.ts';
import { type Launcher, launch } from './postgres-binaries.ts';
import { clusterFolder } from './postgres-cluster.ts';
import { commandLineOf, isAlive, signal, waitForEnd } from './processes.ts';

/** What postmaster.pid says of a server that runs on a cluster. */
export interface RunningServer {
  pid: number;
  port: number;
  ready: boolean;
}

/** The server that runs on this data folder, if one does; a stale postmaster.pid counts as none. */
export function findRunningServer(dataDir: string): RunningServer | undefined {
  const lines = readLines(path.join(clusterFolder(dataDir), 'postmaster.pid'));
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  if (!pid || !isAlive(pid)) return undefined;
  // After a reboot the number may belong to anything, and we might be about to end it.
  const command = commandLineOf(pid);
  if (
    !command.includes('postgres') ||
    (process.platform !== 'win32' && !command.includes(lines[1] ?? '\0'))
  ) {
    return undefined;
  }
  return { pid, port: Number.parseInt(lines[3] ?? '', 10), ready: lines[7]?.trim() === 'ready' };
}

/** postmaster.pid of a server that is gone would stop the next one when its number is in use again. */
export async function removeStalePidFile(dataDir: string): Promise<void> {
  const file = path.join(clusterFolder(dataDir), 'postmaster.pid');
  if (existsSync(file) && !findRunningServer(dataDir)) await rm(file);
}

/** The process that started the server and will stop it, while that process lives. */
export function liveOwner(dataDir: string): number | undefined {
  const pid = Number.parseInt(readLines(ownerFile(dataDir))[0] ?? '', 10);
  return pid && isAlive(pid) ? pid : undefined;
}

export async function claimOwnership(dataDir: string): Promise<void> {
  await writeFile(ownerFile(dataDir), `${process.pid}\n`);
}

export async function giveUpOwnership(dataDir: string): Promise<void> {
  await rm(ownerFile(dataDir), { force: true });
}

/** Stops a server in PostgreSQL's "fast" way: sessions are ended, data is written; after 15 s the hard way. */
export async function stopServer(pid: number, dataDir: string, launcher: Launcher): Promise<void> {
  if (process.platform === 'win32') {
    const { command, args, options } = launch(launcher, launcher.binaries.pg_ctl, [
      'stop',
      '-m',
      'fast',
      '-D',
      clusterFolder(dataDir),
    ]);
    spawnSync(command, args, { ...options, stdio: 'ignore' });
  } else {
    signal(pid, 'SIGINT');
  }
  if (await waitForEnd(pid, 15_000)) return;
  signal(pid, 'SIGQUIT');
  if (await waitForEnd(pid, 5_000)) return;
  throw new ClearError(
    `The PostgreSQL server in ${shownPath(dataDir)} (process ${pid}) does not stop: end it by hand.`,
  );
}

function ownerFile(dataDir: string): string {
  return path.join(dataDir, 'owner.pid');
}

function readLines(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
}
