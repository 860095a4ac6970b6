import { type Measured, median } from './load.ts';

export interface Result {
  rps: number;
  p50_ms: number;
  p99_ms: number;
  /** To the yardstick: the median of the rounds' ratios */
  ratio: number;
}

export type Round = ReadonlyMap<string, Measured>;

interface Bar {
  name: string;
  ratio?: number;
  /** In ms */
  p99?: number;
  aim?: number;
}

const bars: readonly Bar[] = [
  { name: 'slack-help', ratio: 0.6 },
  { name: 'slack-list', ratio: 0.15 },
  { name: 'slack-form', p99: 300 },
  { name: 'slack-mutate', ratio: 0.15, p99: 150, aim: 0.3 },
  { name: 'outbox-drain', ratio: 0.5 },
];

/** Medians over the rounds. */
export function resultOf(
  rounds: readonly Round[],
  { name, yardstick }: { name: string; yardstick: string },
): Result {
  const of = (pick: (measured: Measured) => number, from = name): number[] =>
    rounds.flatMap((round) => {
      const measured = round.get(from);
      return measured ? [pick(measured)] : [];
    });
  const scale = of(({ rps }) => rps, yardstick);
  const ratios = of(({ rps }) => rps).map((rps, index) => rps / (scale[index] ?? Number.NaN));
  return {
    rps: rounded(median(of(({ rps }) => rps)), 1),
    p50_ms: rounded(median(of(({ p50 }) => p50)), 2),
    p99_ms: rounded(median(of(({ p99 }) => p99)), 2),
    ratio: rounded(median(ratios), 3),
  };
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

export function tableOf(results: ReadonlyMap<string, Result>): string {
  const rows = [...results].map(([name, { rps, p50_ms, p99_ms, ratio }]) =>
    [
      name.padEnd(14),
      rps.toFixed(0).padStart(8),
      p50_ms.toFixed(1).padStart(9),
      p99_ms.toFixed(1).padStart(9),
      ratio.toFixed(2).padStart(7),
    ].join(''),
  );
  const head = [
    ''.padEnd(14),
    '/s'.padStart(8),
    'p50 ms'.padStart(9),
    'p99 ms'.padStart(9),
    'ratio'.padStart(7),
  ].join('');
  return [head, ...rows].join('\n');
}

/** Each bar in a line, met or not. */
export function verdictsOf(results: ReadonlyMap<string, Result>): string {
  return bars.flatMap((bar) => verdictOf(bar, results.get(bar.name)) ?? []).join('\n');
}

function verdictOf({ name, ratio, p99, aim }: Bar, result: Result | undefined): string | undefined {
  if (!result) return undefined;
  const checks = [
    ...(ratio === undefined
      ? []
      : [
          {
            wanted: `at least ${ratio.toFixed(2)}`,
            found: result.ratio.toFixed(2),
            met: result.ratio >= ratio,
          },
        ]),
    ...(p99 === undefined
      ? []
      : [
          {
            wanted: `a p99 under ${p99} ms`,
            found: `${result.p99_ms.toFixed(0)} ms`,
            met: result.p99_ms < p99,
          },
        ]),
  ];
  const wanted = checks.map((check) => check.wanted).join(' with ');
  const found = checks.map((check) => check.found).join(', ');
  const met = checks.every((check) => check.met);
  const wish = aim === undefined ? '' : `; aim ${aim.toFixed(2)}: ${result.ratio >= aim ? 'met' : 'not met'}`;
  return `${name}: ${wanted}: ${met ? 'met' : 'NOT met'} (${found})${wish}`;
}
