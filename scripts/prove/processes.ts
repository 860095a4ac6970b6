import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataFolder } from '../lib/paths.ts';

/** Processes of one kind, each with a name, which can be asked, stopped and killed. */
export interface Processes {
  /** Names of those that run, oldest first */
  running(): string[];
  /** Resolves once it works. */
  start(): Promise<string>;
  /** undefined: it ended before it answered. */
  ask<Answer>(name: string, question: string, input?: unknown): Promise<Answer | undefined>;
  /** As the kernel or a power cut would. `meanwhile` looks at what it leaves, when it does nothing more. */
  kill(name: string, meanwhile?: () => Promise<void>): Promise<void>;
  /** As an update would: it may finish. Says with which code it ended. */
  terminate(name: string): Promise<number | null>;
  /** Kills all that run. */
  stop(): Promise<void>;
}

export interface ProcessesOptions {
  /** Beside this file */
  file: string;
  inputOf(name: string): unknown;
  /** Told of what a process says without having been asked. */
  said?(name: string, what: unknown): void;
}

export type Answer = { id: number; value: unknown };

export function createProcesses({ file, inputOf, said }: ProcessesOptions): Processes {
  const children = new Map<string, ChildProcess>();
  const waiting = new Map<number, { name: string; resolve: (value: unknown) => void }>();
  let started = 0;
  let questions = 0;

  function hear(name: string, message: unknown): void {
    const { id, value } = message as Partial<Answer>;
    const asked = id === undefined ? undefined : waiting.get(id);
    if (id !== undefined) waiting.delete(id);
    if (asked) asked.resolve(value);
    else said?.(name, message);
  }

  function forget(name: string): void {
    children.delete(name);
    for (const [id, asked] of waiting) {
      if (asked.name !== name) continue;
      waiting.delete(id);
      asked.resolve(undefined);
    }
  }

  async function end(name: string, how: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = children.get(name);
    if (!child) return null;
    children.delete(name);
    const ended = once(child, 'close');
    child.kill(how);
    const [code] = (await ended) as [number | null];
    forget(name);
    return code;
  }

  return {
    running: () => [...children.keys()],
    async start() {
      started += 1;
      const name = `r${started}`;
      const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(inputOf(name))], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        execArgv: [],
        // Half of a start is compiling.
        env: { ...process.env, NODE_COMPILE_CACHE: path.join(dataFolder, 'compile-cache') },
      });
      await once(child, 'message');
      child.on('message', (message) => hear(name, message));
      child.once('exit', () => forget(name));
      children.set(name, child);
      return name;
    },
    ask<Value>(name: string, question: string, input?: unknown) {
      const child = children.get(name);
      if (!child) return Promise.resolve(undefined);
      questions += 1;
      const id = questions;
      return new Promise<Value | undefined>((resolve) => {
        waiting.set(id, { name, resolve: resolve as (value: unknown) => void });
        child.send({ id, question, input }, (error) => {
          if (error) forget(name);
        });
      });
    },
    async kill(name, meanwhile) {
      if (meanwhile) {
        children.get(name)?.kill('SIGSTOP');
        await meanwhile();
      }
      await end(name, 'SIGKILL');
    },
    terminate: (name) => end(name, 'SIGTERM'),
    async stop() {
      await Promise.all([...children.keys()].map((name) => end(name, 'SIGKILL')));
    },
  };
}

/** The other end: answers what it is asked, and ends with the process that started it. */
export function serve(options: {
  answers?: Readonly<Record<string, (input: never) => unknown>>;
  stop(): Promise<void>;
}): void {
  process.on('message', async (message) => {
    const { id, question, input } = message as { id: number; question: string; input: unknown };
    process.send?.({ id, value: await options.answers?.[question]?.(input as never) });
  });
  process.once('SIGTERM', async () => {
    await options.stop();
    // What was said before has to get through.
    process.send?.({ ended: true }, () => process.exit(0));
  });
  process.once('disconnect', () => process.exit(0));
  flushCompileCache();
  process.send?.('started');
}
