import { DAY, type WallTime } from '../time-zone.ts';
import { dayOf, lastDayOfMonth, mondayOf, monthNamed, partsOf, weekdayNamed } from './calendar.ts';
import { shortDate } from './format.ts';
import { failure, type Piece, type Present } from './reading.ts';
import { type Form, wholeWords } from './text.ts';

type DayForm = Form<Piece, Present>;

const FRIDAY = 4;

/** Written dates first, then words: `2026-11-30`, `30.11.`, `30/11`, `nov 30`, `30th of november`, `tomorrow`, `next fri`. */
export const DAY_FORMS: readonly DayForm[] = [
  {
    pattern: wholeWords(String.raw`(20\d{2})[-/](\d{1,2})[-/](\d{1,2})`),
    read: ([, year, month, day], present) => written(present, { year, month: Number(month), day }),
  },
  {
    pattern: wholeWords(String.raw`(\d{1,2})\.(\d{1,2})\.?((?<=\.)(?:20)?\d{2})?`),
    read: ([whole, day, month, year], present) =>
      isDottedTime(whole) ? undefined : written(present, { year, month: Number(month), day }),
  },
  {
    pattern: wholeWords(String.raw`(\d{1,2})([/-])(\d{1,2})(?:\2(20\d{2}|\d{2}))?`),
    read: ([, first, , second, year], present) => eitherOrder(present, [Number(first), Number(second)], year),
  },
  {
    pattern: wholeWords(
      String.raw`(?:the )?(\d{1,2})(?:st|nd|rd|th|\.)?(?: of)? ?([a-z]+)\.?(?:,? (20\d{2}))?`,
    ),
    read: ([, day, name, year], present) => written(present, { year, month: monthNamed(name ?? ''), day }),
  },
  {
    pattern: wholeWords(String.raw`([a-z]+)\.? ?(\d{1,2})(?:st|nd|rd|th)?(?:,? (20\d{2}))?`),
    read: ([, name, day, year], present) => written(present, { year, month: monthNamed(name ?? ''), day }),
  },
  {
    pattern: wholeWords(String.raw`(?:the )?(\d{1,2})(?:st|nd|rd|th)`),
    read: ([, day], { today }) => ordinalDay(Number(day), today),
  },
  {
    pattern: wholeWords(String.raw`(?:(this|next|coming|the) )?([a-z]+)\.?`),
    read: ([, which, name]) => weekday(which, name ?? ''),
  },
  { pattern: wholeWords('today'), read: (_, { today }) => ({ type: 'day', day: today }) },
  {
    pattern: wholeWords('(?:the )?day after tomorrow'),
    read: (_, { today }) => ({ type: 'day', day: today + 2 * DAY }),
  },
  {
    pattern: wholeWords('tomorrow|tmrw|tmr|tomo'),
    read: (_, { today }) => ({ type: 'day', day: today + DAY }),
  },
  { pattern: wholeWords('yesterday'), read: (_, { today }) => ({ type: 'day', day: today - DAY }) },
  {
    pattern: wholeWords('next week'),
    read: (_, { today }) => ({ type: 'week', monday: mondayOf(today) + 7 * DAY }),
  },
  {
    pattern: wholeWords('eow|end of (?:the |this )?week'),
    read: () => ({ type: 'weekday', weekday: FRIDAY, which: 'coming' }),
  },
  {
    pattern: wholeWords('end of next week'),
    read: () => ({ type: 'weekday', weekday: FRIDAY, which: 'next' }),
  },
  { pattern: wholeWords('eom|end of (?:the |this )?month'), read: (_, { today }) => endOfMonth(today, 0) },
  { pattern: wholeWords('end of next month'), read: (_, { today }) => endOfMonth(today, 1) },
  {
    pattern: wholeWords('next month'),
    read: (_, { today }) => ({ type: 'day', day: lastOfMonth(today, 0) + DAY }),
  },
  {
    pattern: wholeWords('eoy|end of (?:the |this )?year'),
    read: (_, { today }) => ({ type: 'day', day: Date.UTC(partsOf(today).year, 11, 31) }),
  },
  {
    pattern: wholeWords('next year'),
    read: (_, { today }) => ({ type: 'day', day: Date.UTC(partsOf(today).year + 1, 0, 1) }),
  },
];

/** `17.30` is how some write half past five; `10.11` and `30.11` are dates. */
function isDottedTime(text: string | undefined): boolean {
  const [, hour, minute] = /^(\d{1,2})\.(\d{2})$/.exec(text ?? '') ?? [];
  return Number(hour) < 24 && Number(minute) > 12;
}

function weekday(which: string | undefined, name: string): Piece | undefined {
  const index = weekdayNamed(name);
  if (index === undefined) return undefined;
  return { type: 'weekday', weekday: index, which: which === 'this' || which === 'next' ? which : 'coming' };
}

interface WrittenDate {
  year: string | undefined;
  month: number | undefined;
  day: string | undefined;
}

function written(present: Present, date: WrittenDate): Piece | undefined {
  if (date.month === undefined) return undefined;
  const dayOfMonth = Number(date.day);
  const day =
    date.year === undefined
      ? comingDate(present.today, date.month, dayOfMonth)
      : dayOf(fullYear(date.year), date.month, dayOfMonth);
  if (day !== undefined) return { type: 'day', day };
  return { type: 'failure', failure: failure('nonexistent-date', lastDayInstead(present, date, dayOfMonth)) };
}

function fullYear(year: string): number {
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

/** The date in the first year that has it and in which it is not past: 29 February waits for a leap year. */
function comingDate(today: WallTime, month: number, dayOfMonth: number): WallTime | undefined {
  const { year } = partsOf(today);
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const day = dayOf(year + ahead, month, dayOfMonth);
    if (day !== undefined && day >= today) return day;
  }
  return undefined;
}

function lastDayInstead(present: Present, date: WrittenDate, dayOfMonth: number): string | undefined {
  const month = date.month ?? 0;
  if (month < 1 || month > 12 || dayOfMonth < 29 || dayOfMonth > 31) return undefined;
  const year = date.year === undefined ? partsOf(present.today).year : fullYear(date.year);
  return shortDate(lastDayOfMonth(year, month));
}

function eitherOrder(
  present: Present,
  [first, second]: readonly [number, number],
  year: string | undefined,
): Piece | undefined {
  const dayFirst = { year, month: second, day: String(first) };
  const monthFirst = { year, month: first, day: String(second) };
  const bothFit = [first, second].every((part) => part >= 1 && part <= 12);
  if (first === second || !bothFit) {
    return written(present, second > 12 && first <= 12 ? monthFirst : dayFirst);
  }
  if (present.context.dayFirst !== undefined) {
    return written(present, present.context.dayFirst ? dayFirst : monthFirst);
  }
  const other = written(present, dayFirst);
  const suggestion = other?.type === 'day' ? shortDate(other.day) : undefined;
  return { type: 'failure', failure: failure('ambiguous', suggestion) };
}

/** `the 30th`: in the first month that has it and in which it is not past. */
function ordinalDay(dayOfMonth: number, today: WallTime): Piece {
  const { year, month } = partsOf(today);
  for (let ahead = 0; ahead <= 2; ahead += 1) {
    const next = partsOf(Date.UTC(year, month - 1 + ahead, 1));
    const day = dayOf(next.year, next.month, dayOfMonth);
    if (day !== undefined && day >= today) return { type: 'day', day };
  }
  return { type: 'failure', failure: failure('nonexistent-date') };
}

function endOfMonth(today: WallTime, monthsAhead: number): Piece {
  return { type: 'day', day: lastOfMonth(today, monthsAhead) };
}

function lastOfMonth(today: WallTime, monthsAhead: number): WallTime {
  const { year, month } = partsOf(today);
  return lastDayOfMonth(year, month + monthsAhead);
}
