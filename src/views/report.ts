import { type Messages, messagesFor } from '../core/messages.ts';
import { type Report, type ReportRow, totalsOf } from '../core/report.ts';
import {
  type Button,
  bold,
  type ImageNode,
  type ListRow,
  plain,
  text,
  type View,
  type ViewNode,
} from '../core/view.ts';
import { number, span, weekdayAndDay } from './report-picture/layout.ts';
import { shorten } from './words.ts';

export interface ReportWords {
  locale: string;
  /** To other weeks and months */
  buttons: readonly Button[];
}

/** How work went, in numbers, with their picture. */
export function reportView(report: Report, { locale, buttons }: ReportWords): View {
  const messages = messagesFor(locale).report;
  const of = report.of ?? messages.everything;
  const totals = counted(totalsOf(report), locale);
  const summary = messages.summary(of, totals);
  const before = messages.before[report.period](number(report.doneBefore, locale));
  const nodes: ViewNode[] = [
    {
      type: 'fields',
      items: [
        { label: messages.done, value: text`${bold(totals.done)} (${before})` },
        { label: messages.open, value: text`${bold(totals.open)}` },
        { label: messages.overdue, value: text`${bold(totals.overdue)}` },
      ],
    },
    reportImage(report, { locale }),
    { type: 'list', rows: rowsOf(report, { messages, locale }), empty: plain(messages.nothing) },
  ];
  if (report.moreRows > 0)
    nodes.push({ type: 'text', muted: true, text: plain(messages.moreRows(report.moreRows)) });
  if (buttons.length > 0) nodes.push({ type: 'actions', buttons });
  return { title: messages.title(shorten(of, 60), span(report, locale)), summary, nodes };
}

/** The picture by itself, for a message that has other words. */
export function reportImage(report: Report, { locale }: { locale: string }): ImageNode {
  const messages = messagesFor(locale).report;
  const summary = messages.summary(report.of ?? messages.everything, counted(totalsOf(report), locale));
  return {
    type: 'image',
    drawing: { type: 'report', report, locale },
    alt: altOf(report, { summary, messages, locale }),
    fileName: messages.picture,
    follows: plain(messages.follows),
    missing: plain(messages.missing),
  };
}

interface In {
  messages: Messages['report'];
  locale: string;
}

/** In the same order as in the picture, which shows a row's place where it has no letters for a name. */
function rowsOf(report: Report, { messages, locale }: In): ListRow[] {
  const none = report.by === 'person' ? messages.nobody : messages.noProject;
  return report.rows.map((row) => ({
    title: text`${bold(shorten(row.name ?? none, 60))}`,
    detail: plain(messages.rowCounts(counted(row, locale))),
  }));
}

function altOf(report: Report, { summary, messages, locale }: In & { summary: string }): string {
  const days = report.days.map(({ day, ...counts }) =>
    messages.altDay(weekdayAndDay(day, locale), counted(counts, locale)),
  );
  return messages.alt(summary, days.join('; '));
}

const counted = ({ done, open, overdue }: Omit<ReportRow, 'name'>, locale: string) => ({
  done: number(done, locale, 12),
  open: number(open, locale, 12),
  overdue: number(overdue, locale, 12),
});
