import { hasTexts } from '../messages.ts';
import { DAY, startOfDay, type WallTime, wallTime } from '../time-zone.ts';
import { partsOf } from './calendar.ts';

export interface FormatContext {
  now: Date;
  /** IANA name, such as `Europe/Berlin`. */
  timeZone: string;
  /** BCP 47; British English, with its 24-hour clock, when left out, unknown, or of a language that there are no texts in. */
  locale?: string;
  hourCycle?: 'h12' | 'h23';
  /** False to leave the time out. */
  hasTime?: boolean;
}

const DEFAULT_LOCALE = 'en-GB';

/** `today 14:00`, `tomorrow 14:00`, `Tue 24 Nov, 14:00`; the year only when it is not this one. */
export function formatWhen(at: Date, context: FormatContext): string {
  const wall = wallTime(at, context.timeZone);
  const nowWall = wallTime(context.now, context.timeZone);
  const locale = knownLocale(context.locale);
  const time = context.hasTime === false ? '' : formatTime(wall, locale, context.hourCycle);
  const daysAhead = (startOfDay(wall) - startOfDay(nowWall)) / DAY;
  if (Math.abs(daysAhead) <= 1) return `${nearDay(daysAhead, locale)} ${time}`.trimEnd();
  const sameYear = partsOf(wall).year === partsOf(nowWall).year;
  const date = formatDate(wall, locale, sameYear ? {} : { year: 'numeric' });
  return time ? `${date}, ${time}` : date;
}

/** `30 Nov`, to be typed. */
export function shortDate(day: WallTime): string {
  return formatter(DEFAULT_LOCALE, { day: 'numeric', month: 'short' }).format(day);
}

/** `tomorrow` in the language of the locale. */
function nearDay(daysAhead: number, locale: string): string {
  return nearDays(locale, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })).format(
    daysAhead,
    'day',
  );
}

function formatDate(wall: WallTime, locale: string, year: Intl.DateTimeFormatOptions): string {
  const options = { weekday: 'short', day: 'numeric', month: 'short', ...year } as const;
  const text = formatter(locale, options).format(wall);
  return text.replace(/^(\p{L}+),/u, '$1');
}

function formatTime(wall: WallTime, locale: string, hourCycle: 'h12' | 'h23' | undefined): string {
  const text = formatter(
    locale,
    hourCycle ? { timeStyle: 'short', hourCycle } : { timeStyle: 'short' },
  ).format(wall);
  return plainTime(text);
}

/** Without Intl's no-break spaces, which searching and copying trip over, and with Spanish's "a. m." as "am": a sentence may end there. */
export const plainTime = (text: string): string =>
  text.replace(/[\u00a0\u202f]/g, ' ').replace(/\b([ap])\. ?m\./, '$1m');

/** A wall time is counted as UTC counts, so one formatter serves all time zones. */
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  return formatters(key, () => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }));
}

function knownLocale(locale: string | undefined): string {
  return knownLocales(locale ?? '', () => {
    try {
      const [known = DEFAULT_LOCALE] = Intl.DateTimeFormat.supportedLocalesOf(locale ?? []);
      return hasTexts(known) ? known : DEFAULT_LOCALE;
    } catch {
      return DEFAULT_LOCALE;
    }
  });
}

/** Locales come from people's profiles: whatever they hold, not more than so many are kept. */
const KEPT = 200;

/** Making one of Intl's objects costs many times what using it does, and a list of tasks uses twenty. */
function kept<Value>(): (key: string, make: () => Value) => Value {
  const values = new Map<string, Value>();
  return (key, make) => {
    const found = values.get(key);
    if (found !== undefined) return found;
    if (values.size >= KEPT) values.clear();
    const made = make();
    values.set(key, made);
    return made;
  };
}

const formatters = kept<Intl.DateTimeFormat>();
const nearDays = kept<Intl.RelativeTimeFormat>();
const knownLocales = kept<string>();
