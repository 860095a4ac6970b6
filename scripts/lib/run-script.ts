import { ClearError, reasonOf } from './clear-error.ts';
import { repositoryFile } from './paths.ts';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Reads `.env` beside package.json; what the shell already set wins. */
export function loadEnvironment(): void {
  try {
    process.loadEnvFile(repositoryFile('.env'));
  } catch (error) {
    if (!isMissingFile(error)) throw new ClearError(`.env cannot be read: ${reasonOf(error)}.`);
  }
}

export interface ScriptOptions {
  /** `shell` leaves `.env` unread: tests must not come near the real workspaces that it names. */
  environment?: 'shell' | 'shell and .env';
}

/**
 * Runs a script's main function: failures become one sentence and exit code 1, and a signal ends the process
 * through its exit handlers, which stop the embedded servers.
 */
export async function runScript(main: () => Promise<void>, options: ScriptOptions = {}): Promise<void> {
  // `on`, not `once`: a second Ctrl-C must not cut the exit handlers short.
  for (const [signal, code] of Object.entries(SIGNALS)) process.on(signal, () => process.exit(code));
  endWithParent();
  try {
    if (options.environment !== 'shell') loadEnvironment();
    await main();
  } catch (error) {
    reportFailure(error);
    process.exitCode = 1;
  }
}

/**
 * npm passes a SIGTERM on to the shell between us, and many shells die of it without a word to their child.
 * Being handed to another parent is then the only sign that this process should end too.
 */
export function endWithParent(): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  timer.unref();
}

export function reportFailure(error: unknown): void {
  if (error instanceof ClearError) console.error(error.message);
  else console.error(`Unexpected failure: ${reasonOf(error)}. (CREWLINE_DEBUG=1 shows where it came from.)`);
  if (process.env.CREWLINE_DEBUG && error instanceof Error) console.error(error.stack);
}

function isMissingFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
