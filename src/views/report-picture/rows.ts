import type { ReportRow } from '../../core/report.ts';
import { type Drawn, INNER, type Layout, MARGIN, number } from './layout.ts';
import { drawableName } from './names.ts';
import { box, type Fill, LATE, label, QUIET, rule } from './svg.ts';

const ROW = 40;
/** Right edges of the columns of numbers */
const columns = [MARGIN + 202, MARGIN + 262, MARGIN + INNER] as const;

/** Person by person, or project by project: the numbers, and a bar as long as there is work. */
export function rowTable({ report, messages, locale }: Layout, top: number): Drawn {
  const { rows } = report;
  if (rows.length === 0) return { parts: [], bottom: top };
  const most = Math.max(...rows.map(({ done, open }) => done + open), 1);
  const [title, none] =
    report.by === 'person' ? [messages.byPerson, messages.nobody] : [messages.byProject, messages.noProject];
  const heads: [Fill, string][] = [
    ['done', messages.done],
    ['open', messages.open],
    ['late', messages.overdue],
  ];
  const parts = [
    label(title, { x: MARGIN, y: top + 26, size: 14, bold: true }),
    ...heads.map(([, words], index) =>
      label(words, { x: columns[index] ?? 0, y: top + 26, size: 12, colour: QUIET, anchor: 'end' }),
    ),
    ...rows.flatMap((row, index) => [
      rule({ x: MARGIN, y: top + 34 + index * ROW, width: INNER }),
      ...tableRow({ locale, none }, row, { top: top + 34 + index * ROW, index, most }),
    ]),
  ];
  const end = top + 34 + rows.length * ROW;
  if (report.moreRows === 0) return { parts, bottom: end };
  const more = label(messages.moreRows(report.moreRows), { x: MARGIN, y: end + 16, size: 12, colour: QUIET });
  return { parts: [...parts, rule({ x: MARGIN, y: end, width: INNER }), more], bottom: end + 18 };
}

function tableRow(
  { locale, none }: { locale: string; none: string },
  row: ReportRow,
  { top, index, most }: { top: number; index: number; most: number },
): string[] {
  const name = row.name ?? none;
  // Letters that there is no font for: its place in the list beside the picture tells who it is.
  const shown = drawableName(name, { size: 14, width: 150 }) ?? `${index + 1}.`;
  const y = top + 19;
  const counts = [row.done, row.open, row.overdue];
  const scale = INNER / most;
  const late = Math.min(row.overdue, row.open);
  const bars: [Fill, number][] = [
    ['done', row.done],
    ['late', late],
    ['open', row.open - late],
  ];
  let x = MARGIN;
  return [
    label(shown, { x: MARGIN, y, size: 14, bold: true }),
    ...counts.map((count, column) =>
      label(number(count, locale, 4), {
        x: columns[column] ?? 0,
        y,
        size: 14,
        anchor: 'end',
        ...(column === 2 && count > 0 ? { colour: LATE, bold: true } : {}),
      }),
    ),
    ...bars.map(([fill, count]) => {
      const width = count * scale;
      const drawn = box({ x, y: top + 26, width, height: 8 }, fill);
      x += width;
      return drawn;
    }),
  ];
}
