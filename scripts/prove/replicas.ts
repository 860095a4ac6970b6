import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ReplicaInput } from './replica.ts';
import type { StandIn } from './stand-ins.ts';

/** Processes of the product's delivery on one database, which can be killed. */
export interface Replicas {
  /** Names of those that run */
  running(): string[];
  start(): Promise<string>;
  /** As the kernel or a power cut would. */
  kill(name: string): Promise<void>;
  /** As an update would: it may finish. */
  terminate(name: string): Promise<void>;
  stop(): Promise<void>;
}

export function createReplicas(
  standIn: StandIn,
  options: { databaseUrl: string; leaseMs: number },
): Replicas {
  const children = new Map<string, ChildProcess>();
  let started = 0;

  async function end(name: string, how: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = children.get(name);
    if (!child) return;
    children.delete(name);
    const ended = once(child, 'exit');
    child.kill(how);
    await ended;
  }

  return {
    running: () => [...children.keys()],
    async start() {
      started += 1;
      const name = `r${started}`;
      const input: ReplicaInput = {
        ...options,
        slackUrl: standIn.slackUrl(name),
        teamsUrl: standIn.teamsUrl(name),
      };
      const file = fileURLToPath(new URL('replica.ts', import.meta.url));
      const child = fork(file, [JSON.stringify(input)], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        execArgv: [],
      });
      children.set(name, child);
      await once(child, 'message');
      return name;
    },
    kill: (name) => end(name, 'SIGKILL'),
    terminate: (name) => end(name, 'SIGTERM'),
    async stop() {
      await Promise.all([...children.keys()].map((name) => end(name, 'SIGKILL')));
    },
  };
}
