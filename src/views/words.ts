import type { Messages } from '../core/messages.ts';
import { shorten } from '../core/shorten.ts';
import { statusName } from '../core/status-name.ts';
import { bold, join, link, plain, type RichText, type Span, strike, text } from '../core/view.ts';
import { formatWhen } from '../core/when.ts';

/** Who reads: their zone and language. */
export interface Reader {
  timeZone: string;
  locale: string;
}

export type Category = 'todo' | 'active' | 'blocked' | 'review' | 'done' | 'cancelled';

/** A title in a line of its own; the whole stands on the card. */
const LINE_LENGTH = 90;

/** "#42 Reseal pump 3" */
export const taskName = (task: { number: number; title: string }): RichText =>
  text`${bold(`#${task.number}`)} ${shorten(task.title, LINE_LENGTH)}`;

/** Done and cancelled tasks are crossed out. */
export const taskLine = (task: { number: number; title: string; category: Category }): RichText =>
  task.category === 'cancelled'
    ? text`${bold(`#${task.number}`)} ${strike(shorten(task.title, LINE_LENGTH))}`
    : taskName(task);

/** A sign for each state; the words stand beside it. */
const signs: Record<Category, string> = {
  todo: '○',
  active: '◐',
  blocked: '■',
  review: '◇',
  done: '●',
  cancelled: '×',
};

export const statusWords = (status: { name: string; category: Category }, messages: Messages): string =>
  `${signs[status.category]} ${statusName(status, messages)}`;

export interface DueOf {
  dueAt: Date | null;
  dueHasTime: boolean;
}

/** Open and past its time. */
export const isOverdue = (task: DueOf & { category: Category }, now: Date): boolean =>
  task.dueAt !== null && task.dueAt < now && task.category !== 'done' && task.category !== 'cancelled';

/** In the reader's own zone where the platform can, else in the zone of `reader`. */
export function dueSpan(task: DueOf, { reader, now }: { reader: Reader; now: Date }): Span | undefined {
  if (!task.dueAt) return undefined;
  const fallback = formatWhen(task.dueAt, { now, ...reader, hasTime: task.dueHasTime });
  return { type: 'time', at: task.dueAt.getTime(), format: task.dueHasTime ? 'datetime' : 'date', fallback };
}

/** A date that was just typed, said back in the words of the reader's zone and language. */
export const sayDue = (
  due: { at: Date; hasTime: boolean },
  { reader: { timeZone, locale }, now }: { reader: Reader; now: Date },
): string => formatWhen(due.at, { now, timeZone, locale, hasTime: due.hasTime });

export const whenSpan = (at: Date, { reader, now }: { reader: Reader; now: Date }): Span => ({
  type: 'time',
  at: at.getTime(),
  format: 'datetime',
  fallback: formatWhen(at, { now, ...reader }),
});

/** "Wes, Priya and 3 more" */
export function names(people: readonly string[], { words }: Messages, most = 3): string {
  if (people.length <= most) return words.and(people);
  return words.andMore(people.slice(0, most), people.length - most);
}

/** Facts on one line, set apart by dots. */
export const facts = (parts: readonly (RichText | Span | string | undefined)[]): RichText =>
  join(
    parts.filter((part) => part !== undefined && part !== '') as readonly (RichText | Span | string)[],
    ' · ',
  );

const WEB_ADDRESS = /https?:\/\/[^\s<>"“”]+[^\s<>"“”.,;:!?)…]/g;

/** Text with the web addresses in it as links, named by their host: a whole address fills a phone's line. */
export function withLinks(value: string): RichText {
  const spans: Span[] = [];
  let end = 0;
  for (const { 0: url, index } of value.matchAll(WEB_ADDRESS)) {
    // One that was cut off leads nowhere.
    if (value[index + url.length] === '…' || !URL.canParse(url)) continue;
    spans.push(...plain(value.slice(end, index)), link(`${new URL(url).host}/…`, url));
    end = index + url.length;
  }
  return [...spans, ...plain(value.slice(end))];
}

export const sentence = plain;

export { shorten };
