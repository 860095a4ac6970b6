import type { Rule } from '../../../src/core/recurrence.ts';
import { repeatForm, repeatSet, repeatStopped, repetition } from '../../../src/views/repeats.ts';
import { pump } from '../data.ts';
import { type Sample, samplesOf } from '../sample.ts';
import { momentOf, type World } from '../world.ts';

const NINE = 9 * 3_600_000;
const rules: Record<'weekdays' | 'every two weeks' | 'monthly' | 'last friday' | 'yearly', Rule> = {
  weekdays: { pattern: { unit: 'workday' }, time: NINE, shift: false, from: '2026-11-25' },
  'every two weeks': {
    pattern: { unit: 'week', every: 2, weekdays: [1, 3] },
    time: NINE,
    shift: false,
    from: '2026-12-01',
    until: '2026-12-18',
  },
  monthly: {
    pattern: { unit: 'month', every: 1, days: [-1, 1, 15] },
    time: NINE,
    shift: true,
    from: '2026-12-01',
  },
  'last friday': {
    pattern: { unit: 'weekday-of-month', every: 3, nth: 'last', weekday: 4 },
    time: NINE,
    shift: false,
    from: '2026-11-27',
  },
  yearly: { pattern: { unit: 'year', month: 11, day: 30 }, time: NINE, shift: false, from: '2026-11-30' },
};

const repeated = (world: World, name: keyof typeof rules) => ({
  task: pump(world),
  rule: rules[name],
  next: momentOf(1, 8),
});

export const inSeries = (world: World) =>
  pump(world, {
    series: {
      id: 's1',
      rule: rules.weekdays,
      timeZone: 'Europe/Berlin',
      nextAt: momentOf(1, 8).toISOString(),
    },
  });

export const repeatSamples: readonly Sample[] = [
  ...samplesOf(repeatSet, {
    weekdays: (world) => repeatSet(repeated(world, 'weekdays'), world.context),
    'every two weeks': (world) => repeatSet(repeated(world, 'every two weeks'), world.context),
    monthly: (world) => repeatSet(repeated(world, 'monthly'), world.context),
    'last friday': (world) => repeatSet(repeated(world, 'last friday'), world.context),
    yearly: (world) => repeatSet(repeated(world, 'yearly'), world.context),
    'over again': (world) => repeatSet({ ...repeated(world, 'weekdays'), next: undefined }, world.context),
  }),
  ...samplesOf(repetition, {
    'it does': (world) =>
      repetition({ task: inSeries(world), setBy: world.words.manager, mayChange: true }, world.context),
    'to a watcher': (world) =>
      repetition({ task: inSeries(world), setBy: world.words.manager, mayChange: false }, world.context),
    'it does not': (world) =>
      repetition({ task: pump(world), setBy: undefined, mayChange: true }, world.context),
  }),
  ...samplesOf(repeatStopped, { plain: (world) => repeatStopped(pump(world), world.messages) }),
  ...samplesOf(repeatForm, {
    plain: ({ messages }) => repeatForm(42, { messages, nonce: 'n' }),
  }),
];

export const assignedAgain = { rule: JSON.stringify(rules.weekdays) };
