import { totalsOf } from '../../core/report.ts';
import { type Drawn, INNER, type Layout, MARGIN, number, span } from './layout.ts';
import { drawableName } from './names.ts';
import { box, type Fill, label, QUIET } from './svg.ts';

/** Of what and when, then the three numbers. */
export function heading({ report, messages, locale }: Layout, top: number): Drawn {
  const totals = totalsOf(report);
  const title =
    report.of === undefined
      ? messages.everything
      : (drawableName(report.of, { size: 20, width: INNER }) ?? '');
  const before = messages.before[report.period](number(report.doneBefore, locale));
  const tiles: { fill: Fill; words: string; count: number; small?: string }[] = [
    { fill: 'done', words: messages.done, count: totals.done, small: before },
    { fill: 'open', words: messages.open, count: totals.open },
    { fill: 'late', words: messages.overdue, count: totals.overdue },
  ];
  const width = INNER / tiles.length;
  const parts = [
    label(title, { x: MARGIN, y: top + 30, size: 20, bold: true }),
    label(span(report, locale), { x: MARGIN, y: top + 50, size: 14, colour: QUIET }),
    ...tiles.flatMap(({ fill, words, count, small }, index) => {
      const x = MARGIN + index * width;
      return [
        box({ x, y: top + 65, width: 13, height: 13 }, fill),
        label(words, { x: x + 19, y: top + 77, size: 14 }),
        label(number(count, locale), { x, y: top + 110, size: 30, bold: true }),
        ...(small ? [label(small, { x, y: top + 126, size: 12, colour: QUIET })] : []),
      ];
    }),
  ];
  return { parts, bottom: top + 132 };
}
