import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a process holds, in bytes. */
export interface HeldMemory {
  /** Of JavaScript, once nothing more can be thrown away */
  heap: number;
  /** As the operating system counts it, after that */
  resident: number;
}

export function heldMemory(): HeldMemory {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 4; round += 1) collect();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, resident: rss };
}
