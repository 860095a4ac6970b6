import type { ReportDay } from '../../core/report.ts';
import { addDays, type Drawn, dayOfMonth, INNER, type Layout, MARGIN, number, weekday } from './layout.ts';
import { box, INK, LATE, label, QUIET, rule } from './svg.ts';

/** Up to so many days each bar has its number and its weekday. */
const FEW_DAYS = 10;

/** Two charts over the same days: what was done on each, and what was open at its end. */
export function dayPanels(layout: Layout, top: number): Drawn {
  const done = panel(layout, top, {
    title: layout.messages.doneByDay,
    height: 56,
    most: Math.max(...layout.report.days.map((day) => day.done), 0),
    bar: doneBar,
  });
  const open = panel(layout, done.bottom, {
    title: layout.messages.openByDay,
    height: 84,
    most: Math.max(...layout.report.days.map((day) => day.open), 0),
    bar: openBar,
  });
  return { parts: [...done.parts, ...open.parts], bottom: open.bottom };
}

export const nothing = ({ messages }: Layout, top: number): Drawn => ({
  parts: [
    rule({ x: MARGIN, y: top + 8, width: INNER }),
    label(messages.nothing, { x: MARGIN, y: top + 36, size: 14 }),
  ],
  bottom: top + 44,
});

interface Panel {
  title: string;
  height: number;
  /** The greatest number in it */
  most: number;
  bar(day: ReportDay, place: Place): string[];
}

/** A day's column, and how high a number is drawn. */
interface Place {
  x: number;
  width: number;
  base: number;
  heightOf(count: number): number;
  /** A number over the bar; none where days are many */
  over(count: number, y: number, colour?: string): string[];
}

function panel({ report, locale }: Layout, top: number, { title, height, most, bar }: Panel): Drawn {
  const few = report.length <= FEW_DAYS;
  const slot = INNER / report.length;
  const width = Math.min(slot * (few ? 0.62 : 0.72), 34);
  const base = top + 50 + height;
  const heightOf = (count: number): number =>
    most === 0 ? 0 : Math.max((count / most) * height, count > 0 ? 3 : 0);
  const bars = report.days.flatMap((day, index) =>
    bar(day, {
      x: MARGIN + slot * index + (slot - width) / 2,
      width,
      base,
      heightOf,
      over: (count, y, colour = INK) =>
        few
          ? [
              label(number(count, locale, 4), {
                x: MARGIN + slot * (index + 0.5),
                y,
                size: 12,
                bold: true,
                colour,
                anchor: 'middle',
              }),
            ]
          : [],
    }),
  );
  const scale =
    few || most === 0
      ? []
      : [
          label(number(most, locale), {
            x: MARGIN + INNER,
            y: base - height - 4,
            size: 12,
            colour: QUIET,
            anchor: 'end',
          }),
          rule({ x: MARGIN, y: base - height, width: INNER }),
        ];
  const parts = [
    label(title, { x: MARGIN, y: top + 24, size: 14, bold: true }),
    ...scale,
    ...bars,
    rule({ x: MARGIN, y: base, width: INNER }, INK),
    ...dayNames({ report, locale }, { slot, y: base + 16, few }),
  ];
  return { parts, bottom: base + 22 };
}

function dayNames(
  { report, locale }: Pick<Layout, 'report' | 'locale'>,
  { slot, y, few }: { slot: number; y: number; few: boolean },
): string[] {
  const [first] = report.days;
  if (!first) return [];
  const places = few ? Array.from({ length: report.length }, (_, index) => index) : report.weekStarts;
  return places.map((index) => {
    const day = addDays(first.day, index);
    const words = few ? weekday(day, locale) : dayOfMonth(day, locale);
    const isLast = index === report.days.length - 1;
    return label(words, {
      x: MARGIN + slot * (index + 0.5),
      y,
      size: 12,
      bold: isLast,
      colour: index < report.days.length ? INK : QUIET,
      anchor: 'middle',
    });
  });
}

function doneBar({ done }: ReportDay, { x, width, base, heightOf, over }: Place): string[] {
  const height = heightOf(done);
  return [box({ x, y: base - height, width, height }, 'done'), ...over(done, base - height - 4)];
}

/** The overdue are a part of the open: they stand at the bottom of the same bar. */
function openBar({ open, overdue }: ReportDay, { x, width, base, heightOf, over }: Place): string[] {
  const height = heightOf(open);
  const late = Math.min(heightOf(overdue), height);
  const hasRoom = height - late >= 17;
  return [
    box({ x, y: base - height, width, height }, 'open'),
    box({ x, y: base - late, width, height: late }, 'late'),
    ...over(open, base - height - 4),
    ...(overdue > 0 && hasRoom ? over(overdue, base - late - 4, LATE) : []),
  ];
}
