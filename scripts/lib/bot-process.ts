import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClearError } from './clear-error.ts';
import { repositoryFile, shownPath } from './paths.ts';

export interface BotOptions {
  port: number;
  env: NodeJS.ProcessEnv;
  /** Takes the bot's log; without, it goes to this process's standard output. */
  logFile?: string;
}

export interface BotProcess {
  /** Settles with the exit code when the bot ends, whoever ended it. */
  ended: Promise<number>;
  /** How it ended: an exit code, or the signal that killed it. */
  end(): string;
  /** Waits for /readyz; fails when the bot ends before. */
  ready(): Promise<void>;
  /** Asks the bot to finish what runs and end; after 20 s it is ended. */
  stop(): Promise<void>;
}

export function startBot(options: BotOptions): BotProcess {
  const child = spawnBot(options);
  const ended = new Promise<number>((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1));
    child.once('error', () => resolve(1));
  });
  return {
    ended,
    end: () => endOf(child),
    ready: () => untilReady(child, options),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      if (process.platform === 'win32') child.disconnect();
      else child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

const endOf = ({ signalCode, exitCode }: ChildProcess): string =>
  signalCode ? `killed by ${signalCode}` : `exit code ${exitCode}`;

function spawnBot({ env, logFile }: BotOptions): ChildProcess {
  const guard = repositoryFile('scripts', 'lib', 'end-with-parent.mjs');
  const log = logFile === undefined ? undefined : openLog(logFile);
  try {
    return spawn(process.execPath, ['--import', guard, repositoryFile('src', 'main.ts')], {
      cwd: repositoryFile(),
      env,
      stdio: ['ignore', log ?? 'inherit', 'inherit', 'ipc'],
      // A group of its own: Ctrl-C must not reach it twice, from the terminal and from us.
      detached: process.platform !== 'win32',
    });
  } finally {
    if (log !== undefined) closeSync(log);
  }
}

function openLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true });
  return openSync(file, 'w', 0o600);
}

async function untilReady(child: ChildProcess, { port, logFile }: BotOptions): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await answersReady(port))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new ClearError(`${lastWords(logFile)}The bot stopped while it was starting (${endOf(child)}).`);
    }
    if (Date.now() > deadline) {
      throw new ClearError(
        `${lastWords(logFile)}The bot was not ready after a minute, so it is stopped again.`,
      );
    }
    await sleep(50);
  }
}

async function answersReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** The messages at the end of the bot's log, for someone who has not opened it. */
function lastWords(logFile: string | undefined): string {
  if (logFile === undefined) return '';
  const lines = readFileSync(logFile, 'utf8').trim().split('\n').slice(-3).map(messageOf).filter(Boolean);
  return [...lines, `(The bot's log is ${shownPath(logFile)}.)`].map((line) => `${line}\n`).join('');
}

function messageOf(line: string): string {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry && 'msg' in entry ? String(entry.msg) : '';
  } catch {
    return line;
  }
}
