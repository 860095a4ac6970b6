import type { Log } from '../core/ports.ts';
import { within } from './within.ts';

/** Throws when what it asks for is not there. */
export type ReadinessCheck = () => Promise<unknown>;

export interface Readiness {
  ok: boolean;
  /** For each check 'ok', or in words what is wrong */
  checks: Record<string, string>;
}

/** Whoever asks waits for the slowest check, and load balancers give up after a few seconds. In ms. */
const CHECK_WITHIN_MS = 1_000;

/**
 * Says whether this process can do its work. Never throws. The words name no addresses and no versions, for anyone
 * may ask; why a check failed stands in the log, once.
 */
export function createReadiness(options: {
  checks: Record<string, ReadinessCheck>;
  /** Names of checks without which chat goes on: they are told, and don't make the process unready. */
  optional?: readonly string[];
  log: Log;
}): () => Promise<Readiness> {
  const { checks, optional = [], log } = options;
  const last = new Map<string, string>();
  let running: Promise<Readiness> | undefined;

  async function wordsFor(name: string, check: ReadinessCheck): Promise<string> {
    const words = await ask(check);
    if (words.said !== (last.get(name) ?? 'ok')) {
      if (words.said === 'ok') log.info({ check: name }, 'ready again');
      else log.warn({ check: name, err: words.error }, `not ready: ${words.said}`);
    }
    last.set(name, words.said);
    return words.said;
  }

  async function askAll(): Promise<Readiness> {
    const asked = Object.entries(checks).map(
      async ([name, check]) => [name, await wordsFor(name, check)] as const,
    );
    const said = Object.fromEntries(await Promise.all(asked));
    const ok = Object.entries(said).every(([name, words]) => words === 'ok' || optional.includes(name));
    return { ok, checks: said };
  }

  return () => {
    // Many who ask at once share one answer: nobody can load the databases with this.
    running ??= askAll().finally(() => {
      running = undefined;
    });
    return running;
  };
}

async function ask(check: ReadinessCheck): Promise<{ said: string; error?: unknown }> {
  try {
    await within(CHECK_WITHIN_MS, check());
    return { said: 'ok' };
  } catch (error) {
    const late = error instanceof DOMException && error.name === 'TimeoutError';
    return {
      said: late ? `no answer within ${CHECK_WITHIN_MS / 1_000} s` : 'failed: the log says why',
      error,
    };
  }
}
