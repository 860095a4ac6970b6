import { withCommands } from '../core/error-reply.ts';
import type { Messages } from '../core/messages.ts';
import { plain, type View } from '../core/view.ts';
import type { Holiday } from '../services/holidays.ts';

/** "Friday, 25 December 2026" */
export const holidayDate = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(
    new Date(`${day}T12:00:00Z`),
  );

/** The days off to come; for those who may, with the way to end each. */
export function holidayList(
  days: readonly Holiday[],
  {
    messages,
    locale,
    root,
    mayChange,
  }: { messages: Messages; locale: string; root: string; mayChange: boolean },
): View {
  const words = messages.holidays;
  const rows = days.map(({ day, name }) => ({
    title: plain(name),
    detail: plain(holidayDate(day, locale)),
    ...(mayChange
      ? { buttons: [{ label: words.remove, intent: { action: 'holiday-remove', args: { words: day } } }] }
      : {}),
  }));
  return {
    title: words.title,
    summary: days.length > 0 ? days.map(({ name }) => name).join(', ') : words.title,
    nodes: [{ type: 'list', rows, empty: withCommands(words.empty, root) }],
  };
}
