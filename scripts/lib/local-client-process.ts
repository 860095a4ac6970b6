import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClearError, reasonOf } from './clear-error.ts';
import { shownPath } from './paths.ts';
import { isPortFree } from './ports.ts';

export interface ClientCommand {
  /** As people call it: the local Slack. */
  name: string;
  /** Its own folder: working directory, configuration and log. */
  folder: string;
  command: string;
  args: readonly string[];
  env?: Record<string, string>;
  /** Answers 2xx once the client is ready. */
  readyUrl: string;
}

export interface LocalClientProcess {
  /** Settles when the process is gone, by `stop` or by itself. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** Loaded by the client before its own code, from its folder. */
export const PRELOAD = './loopback.mjs';

/**
 * Both clients listen on all interfaces and let anyone act as any user: only this machine may reach them. And they
 * end with us, also after `kill -9`: their standard input is a pipe that closes when we are gone.
 */
const PRELOAD_SOURCE = `
if (globalThis.Bun) {
  const serve = Bun.serve;
  Bun.serve = (options) => serve({ ...options, hostname: '127.0.0.1' });
} else {
  const { Server } = await import('node:net');
  const { listen } = Server.prototype;
  Server.prototype.listen = function (port, ...rest) {
    return typeof port === 'number' ? listen.call(this, port, '127.0.0.1', ...rest) : listen.call(this, port, ...rest);
  };
}
process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0)).resume();
`;

/** A client is up in a second or two; a slow disk may take longer to read its 95 MB. */
const READY_WITHIN_MS = 30_000;

/** What a client may know of our environment: no token, no database, and no proxy between it and the bot. */
const PASSED_ON = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE', 'APPDATA'];

/** Writes files into the client's folder, which is made when missing. */
export async function writeClientFiles(folder: string, files: Record<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const all = { ...files, [PRELOAD]: PRELOAD_SOURCE };
  await Promise.all(
    Object.entries(all).map(([name, text]) => writeFile(path.join(folder, name), text, { mode: 0o600 })),
  );
}

/** Starts a client and waits until it answers. Throws a ClearError when it does not. */
export async function startClient(client: ClientCommand): Promise<LocalClientProcess> {
  const child = spawnClient(client);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const failure = await untilReady(child, client);
  if (failure !== undefined) {
    await stopChild(child, ended);
    throw new ClearError(
      `${capital(client.name)} did not start: ${failure} (see ${shownPath(logFile(client))}).`,
    );
  }
  return { ended, stop: () => stopChild(child, ended) };
}

/** The port, or the next one up that is free. */
export async function portFrom(first: number): Promise<number> {
  for (let port = first; port < first + 20; port++) if (await isPortFree(port)) return port;
  throw new ClearError(`Ports ${first} to ${first + 19} are all in use by other programs.`);
}

function spawnClient(client: ClientCommand): ChildProcess {
  const log = openSync(logFile(client), 'w', 0o600);
  try {
    const child = spawn(client.command, client.args, {
      cwd: client.folder,
      env: { ...environment(), ...client.env },
      stdio: ['pipe', log, log],
      // Out of the terminal's group: after Ctrl-C the bot may still have an answer to give.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    child.stdin?.on('error', () => undefined);
    return child;
  } finally {
    closeSync(log);
  }
}

function environment(): Record<string, string> {
  const known = PASSED_ON.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(known);
}

/** Gives back what went wrong, if anything. */
async function untilReady(child: ChildProcess, client: ClientCommand): Promise<string | undefined> {
  let failure: string | undefined;
  child.once('error', (error) => {
    failure = reasonOf(error);
  });
  const deadline = Date.now() + READY_WITHIN_MS;
  while (failure === undefined) {
    if (hasEnded(child)) return complaint(client);
    if (await answers(client.readyUrl)) return undefined;
    if (Date.now() > deadline) return `it was not ready after ${READY_WITHIN_MS / 1_000} s`;
    await sleep(50);
  }
  return failure;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

function complaint(client: ClientCommand): string {
  const lines = readFileSync(logFile(client), 'utf8').split('\n');
  const said = lines.find((line) => /error|fail|invalid/i.test(line) && line.length < 300);
  return said?.trim() || 'it stopped at once';
}

async function stopChild(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (!hasEnded(child) && child.pid !== undefined) {
    child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGKILL'), 3_000);
    await ended;
    clearTimeout(patience);
  }
  child.stdin?.destroy();
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function logFile(client: ClientCommand): string {
  return path.join(client.folder, 'client.log');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
