import type { Report } from '../../../src/core/report.ts';
import { reportView } from '../../../src/views/report.ts';
import { type Sample, samplesOf } from '../sample.ts';
import type { World } from '../world.ts';

const dayAt = (index: number): string => new Date(Date.UTC(2026, 10, 16 + index)).toISOString().slice(0, 10);

const week = ({ words }: World): Report => ({
  of: words.projectKey,
  period: 'week',
  length: 7,
  days: [3, 5, 0, 2, 4].map((done, index) => ({ day: dayAt(index), done, open: 20 + index, overdue: index })),
  weekStarts: [0],
  doneBefore: 9,
  by: 'person',
  rows: [
    { name: words.worker, done: 9, open: 14, overdue: 3 },
    { name: words.manager, done: 5, open: 6, overdue: 1 },
    { name: null, done: 0, open: 4, overdue: 0 },
  ],
  moreRows: 2,
});

const nothingDone = (world: World): Report['days'] =>
  week(world).days.map(({ day }) => ({ day, done: 0, open: 0, overdue: 0 }));

const buttons = ['Week before', 'This month'].map((label) => ({
  label,
  intent: { action: 'report', args: { period: 'week' } },
}));

const withoutName = ({ of: _name, ...report }: Report): Report => report;

export const reportSamples: readonly Sample[] = samplesOf(reportView, {
  'of a week': (world) => reportView(week(world), { locale: world.context.reader.locale, buttons }),
  'of nothing': (world) =>
    reportView(
      {
        ...withoutName(week(world)),
        days: nothingDone(world),
        rows: [],
        moreRows: 0,
        doneBefore: 0,
        by: 'project',
      },
      { locale: world.context.reader.locale, buttons },
    ),
});
