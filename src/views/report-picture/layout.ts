import type { Messages } from '../../core/messages.ts';
import type { Report } from '../../core/report.ts';

/** In CSS pixels: that of the narrowest phones in use */
export const WIDTH = 360;
export const MARGIN = 16;
export const INNER = WIDTH - 2 * MARGIN;

export interface Layout {
  report: Report;
  messages: Messages['report'];
  locale: string;
}

/** What is drawn from `top` on, and where it ends. */
export interface Drawn {
  parts: string[];
  bottom: number;
}

const DAY_FORMAT = { timeZone: 'UTC' } as const;

/** A number as the reader writes it; large ones short, as in 12K: `digits` is the most that there is room for. */
export function number(value: number, locale: string, digits = 5): string {
  const whole = format(locale, {}).format(value);
  if (String(value).length <= digits) return whole;
  return format(locale, { notation: 'compact', maximumSignificantDigits: 3 }).format(value);
}

/** A locale of a profile may be none that exists. */
function format(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return new Intl.NumberFormat(supported(locale), options);
}

function supported(locale: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale)[0] ?? 'en-GB';
  } catch {
    return 'en-GB';
  }
}

const at = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** "Mo" or "16": as short as its place under a bar. */
export const weekday = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(supported(locale), { ...DAY_FORMAT, weekday: 'short' })
    .format(at(day))
    .replace(/\.$/, '');

export const dayOfMonth = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(supported(locale), { ...DAY_FORMAT, day: 'numeric' }).format(at(day));

/** "Mon 16" */
export const weekdayAndDay = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(supported(locale), { ...DAY_FORMAT, weekday: 'short', day: 'numeric' }).format(
    at(day),
  );

/** "16–22 Nov 2026", to the end of the period, also where that is still to come. */
export function span(report: Report, locale: string): string {
  const [first] = report.days;
  if (!first) return '';
  const last = at(addDays(first.day, report.length - 1));
  const format = new Intl.DateTimeFormat(supported(locale), {
    ...DAY_FORMAT,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  return format.formatRange(at(first.day), last).replace(/[\u2009\u202f\u00a0]/g, ' ');
}

export const addDays = (day: string, days: number): string =>
  new Date(at(day).getTime() + days * 86_400_000).toISOString().slice(0, 10);
