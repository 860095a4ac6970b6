type Step = () => Promise<void>;

// Jest loads the set-up and the teardown as two modules of their own; the process is what they share.
const shared = globalThis as typeof globalThis & { crewlineTeardown?: Step[] };

/** Registers what has to be undone after the last test; the last registered is undone first. */
export function onTeardown(step: Step): void {
  shared.crewlineTeardown ??= [];
  shared.crewlineTeardown.push(step);
}

export async function runTeardown(): Promise<void> {
  const steps = shared.crewlineTeardown ?? [];
  for (let step = steps.pop(); step; step = steps.pop()) await step();
}
