import { messagesFor } from '../core/messages.ts';
import type { Report } from '../core/report.ts';
import { totalsOf } from '../core/report.ts';
import { dayPanels, nothing } from './report-picture/days.ts';
import { heading } from './report-picture/heading.ts';
import { type Layout, WIDTH } from './report-picture/layout.ts';
import { rowTable } from './report-picture/rows.ts';
import { picture } from './report-picture/svg.ts';

/**
 * The picture of a report as SVG, 360 pixels wide as a phone is: numbers, a chart of days, a table. Full, empty
 * and striped boxes tell done, open and overdue apart, not the colours.
 */
export function reportPicture(report: Report, { locale }: { locale: string }): string {
  const layout: Layout = { report, messages: messagesFor(locale).report, locale };
  const parts: string[] = [];
  let y = 0;
  const isEmpty = report.rows.length === 0 && Object.values(totalsOf(report)).every((count) => count === 0);
  const sections = isEmpty ? [heading, nothing] : [heading, dayPanels, rowTable];
  for (const section of sections) {
    const drawn = section(layout, y);
    parts.push(...drawn.parts);
    y = drawn.bottom;
  }
  return picture({ width: WIDTH, height: y + 14 }, parts);
}
