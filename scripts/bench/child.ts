import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { dataFolder, repositoryFile } from '../lib/paths.ts';

export const benchFolder = path.join(dataFolder, 'bench');

/** A process of the bench: what it said when it was ready, and the questions that it answers. */
export interface Child<Ready> {
  readonly ready: Ready;
  readonly pid: number;
  ask<Answer>(question: string, input?: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

export interface ChildOptions {
  /** File name below scripts/bench/processes */
  file: string;
  /** What the process works with */
  input?: unknown;
  /** Further arguments of Node */
  nodeArguments?: readonly string[];
}

type Message =
  | { type: 'ready'; value: unknown }
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'failed'; id?: number; reason: string };

/** Starts a process of its own. What it writes goes to a file in the bench's folder, as a log collector would take it. */
export async function startChild<Ready>(options: ChildOptions): Promise<Child<Ready>> {
  mkdirSync(benchFolder, { recursive: true });
  const log = openSync(path.join(benchFolder, `${options.file}.log`), 'w');
  const child = fork(
    repositoryFile('scripts', 'bench', 'processes', `${options.file}.ts`),
    [JSON.stringify(options.input ?? {})],
    { stdio: ['ignore', log, log, 'ipc'], execArgv: [...(options.nodeArguments ?? [])] },
  );
  const waiting = new Map<number | 'ready', PromiseWithResolvers<unknown>>();
  const begun = Promise.withResolvers<unknown>();
  waiting.set('ready', begun);
  child.on('message', (message) => settle(waiting, message as Message));
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${options.file} ended with code ${code}`));
    waiting.clear();
  });
  let questions = 0;
  return {
    ready: (await begun.promise) as Ready,
    pid: child.pid ?? 0,
    async ask<Answer>(question: string, input?: unknown): Promise<Answer> {
      questions += 1;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(questions, answer);
      child.send({ id: questions, question, input });
      return (await answer.promise) as Answer;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

function settle(waiting: Map<number | 'ready', PromiseWithResolvers<unknown>>, message: Message): void {
  const key = message.type === 'ready' ? 'ready' : (message.id ?? 'ready');
  const asked = waiting.get(key);
  waiting.delete(key);
  if (message.type === 'failed') asked?.reject(new Error(message.reason));
  else asked?.resolve(message.value);
}

export interface ServedChild {
  ready: unknown;
  /** What it answers to `ask`. */
  answers?: Readonly<Record<string, (input: unknown) => unknown>>;
  stop?: () => Promise<void>;
}

/** The other end: runs in the process itself, which ends with the one that started it. */
export async function serveChild<Input>(start: (input: Input) => Promise<ServedChild>): Promise<void> {
  const send = (message: Message) => process.send?.(message);
  process.on('uncaughtException', (error) => {
    console.error(error);
    process.exit(1);
  });
  try {
    const { ready, answers = {}, stop } = await start(JSON.parse(process.argv[2] ?? '{}') as Input);
    process.on('message', async (message) => {
      const { id, question, input } = message as { id: number; question: string; input: unknown };
      try {
        send({ type: 'answer', id, value: await answers[question]?.(input) });
      } catch (error) {
        send({ type: 'failed', id, reason: `${question}: ${String(error)}` });
      }
    });
    process.once('disconnect', async () => {
      await stop?.().catch(() => undefined);
      process.exit(0);
    });
    send({ type: 'ready', value: ready });
  } catch (error) {
    console.error(error);
    send({ type: 'failed', reason: String(error) });
    process.exit(1);
  }
}
