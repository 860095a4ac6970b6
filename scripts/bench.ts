import { availableParallelism } from 'node:os';
import { digestLines, digestResults, measureDigests } from './bench/digests.ts';
import { closeConnections, type Measured } from './bench/load.ts';
import { type Plan, type Subject, subjectsOf } from './bench/measure.ts';
import type { DigestsMeasured } from './bench/processes/digests.ts';
import { type Result, type Round, resultOf, tableOf, verdictsOf } from './bench/report.ts';
import { startWorld, type World } from './bench/world.ts';
import { runScript } from './lib/run-script.ts';

const full: Plan = { rounds: 3, measureMs: 4_000, warmUpRequests: 12_000, outbox: 5_000 };
/** People whose digests are due at one moment */
const CREWS = [1_000, 100_000];
const quick: Plan = { rounds: 1, measureMs: 1_500, warmUpRequests: 3_000, outbox: 2_000 };

/** One turn of the warm-up. */
const WARM_UP_MS = 1_000;

/** Progress; standard output has nothing but the result. */
const say = (line: string): void => console.error(line);

/** `npm run bench -- [--json] [--quick] [--only=name,name]`: see docs/performance.md. */
async function bench(): Promise<void> {
  const plan = process.argv.includes('--quick') ? quick : full;
  const only = process.argv
    .find((argument) => argument.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',');
  const crews = process.argv.includes('--quick') ? CREWS.slice(0, 1) : CREWS;
  const digests = !only || only.includes('digests') ? await measureDigests(crews, say) : [];
  if (only?.length === 1 && digests.length > 0) return console.log(printed(digests));
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const world = await startWorld(stops, say);
    const subjects = subjectsOf(world, plan).filter(
      ({ name }) => !only || only.some((part) => name.includes(part)),
    );
    const rounds = await measureAll(world, subjects, plan);
    const results = new Map<string, Result>(
      subjects.map((subject) => [subject.name, resultOf(rounds, subject)]),
    );
    print(results, digests);
    const wrong = rounds.flatMap((round) =>
      [...round].flatMap(([name, { wrong }]) => wrong.map((words) => `${name}: ${words}`)),
    );
    for (const words of wrong) say(`Wrong answer. ${words}`);
    if (wrong.length > 0) process.exitCode = 1;
  } finally {
    closeConnections();
    for (const stop of stops) await stop();
  }
}

async function measureAll(world: World, subjects: readonly Subject[], plan: Plan): Promise<Round[]> {
  say('warming up');
  for (const subject of subjects) {
    for (let answered = 0; answered < plan.warmUpRequests; ) {
      const { requests, wrong } = await subject.measure(WARM_UP_MS);
      if (requests === 0) throw new Error(`${subject.name} answers nothing. ${wrong.join(' ')}`);
      answered += requests;
    }
    await world.settle();
  }
  const rounds: Round[] = [];
  for (let number = 1; number <= plan.rounds; number += 1) {
    const round = new Map<string, Measured>();
    for (const subject of subjects) {
      const measured = await subject.measure(plan.measureMs);
      round.set(subject.name, measured);
      const left = await world.settle();
      say(
        `round ${number} of ${plan.rounds}  ${subject.name.padEnd(13)} ${lineOf(measured)}  left to do: ${left.audit} audit rows, ${left.notifications} notifications`,
      );
    }
    rounds.push(round);
  }
  return rounds;
}

const lineOf = ({ rps, p50, p99, cpu = {} }: Measured): string => {
  const used = Object.entries(cpu).filter(([, ms]) => ms >= 0.01);
  const parts = used.map(([name, ms]) => `${name} ${ms.toFixed(2)}`);
  return `${rps.toFixed(0).padStart(6)}/s  p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms  CPU ms each: ${parts.join(', ')}`;
};

const printed = (digests: readonly DigestsMeasured[]): string =>
  process.argv.includes('--json') ? JSON.stringify(digestResults(digests)) : digestLines(digests);

function print(results: ReadonlyMap<string, Result>, digests: readonly DigestsMeasured[]): void {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ ...Object.fromEntries(results), ...digestResults(digests) }));
    return;
  }
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores; 16 at a time; PostgreSQL with fsync on\n`,
  );
  console.log(`${tableOf(results)}\n\n${verdictsOf(results)}`);
  if (digests.length > 0) console.log(`\n${digestLines(digests)}`);
}

await runScript(bench, { environment: 'shell' });
