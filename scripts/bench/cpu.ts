import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second. */
const MS_A_TICK = 10;

/** CPU time that a process and its children have used, in ms; undefined where the system does not tell. */
export function cpuTimeOf(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const times = all.flatMap((name) => timesOf(Number(name)) ?? []);
  return times
    .filter((process) => process.pid === pid || process.parent === pid)
    .reduce((sum, { ticks }) => sum + ticks * MS_A_TICK, 0);
}

function timesOf(pid: number): { pid: number; parent: number; ticks: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything; fields are counted behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const of = (index: number): number => Number(fields[index] ?? 0);
    // user, system, and the same of children that have ended
    return { pid, parent: of(1), ticks: of(11) + of(12) + of(13) + of(14) };
  } catch {
    return undefined;
  }
}

export interface Meter {
  /** ms of CPU since the start, divided by `requests`, by name */
  stop(requests: number): Record<string, number>;
}

/** Reads what each of the processes uses from now on. */
export function startMeter(processes: Readonly<Record<string, number>>): Meter {
  const read = (): Map<string, number> =>
    new Map(
      Object.entries(processes).flatMap(([name, pid]) => {
        const used = cpuTimeOf(pid);
        return used === undefined ? [] : [[name, used] as const];
      }),
    );
  const before = read();
  return {
    stop: (requests) =>
      Object.fromEntries(
        [...read()].map(([name, used]) => [name, (used - (before.get(name) ?? 0)) / requests]),
      ),
  };
}
