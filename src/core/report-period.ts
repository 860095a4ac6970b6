import type { ReportPeriod } from './report.ts';
import { DAY, instantOf, startOfDay, type WallTime, wallTime } from './time-zone.ts';

/** A week or month of somebody's calendar, with the one before it. */
export interface Period {
  /** Days, those to come included */
  length: number;
  /** YYYY-MM-DD of each day that has begun */
  days: string[];
  /** Places of the days that begin a week */
  weekStarts: number[];
  /**
   * Where days end and begin: first the beginning of the period before, then the end of each day of both, without
   * those to come. The last may be now.
   */
  moments: Date[];
  /** How many of the moments belong to the period before */
  before: number;
}

interface Reader {
  timeZone: string;
  locale: string;
}

/** `back` 0 is the period that `now` is in, 1 the one before it. Weeks begin as the reader's locale has it. */
export function periodOf(
  { period, back }: { period: ReportPeriod; back: number },
  { reader, now }: { reader: Reader; now: Date },
): Period {
  const today = startOfDay(wallTime(now, reader.timeZone));
  const firstWeekday = firstDayOfWeek(reader.locale);
  const first = startOf(period, today, { back, firstWeekday });
  const end = startOf(period, today, { back: back - 1, firstWeekday });
  const start = startOf(period, today, { back: back + 1, firstWeekday });
  const days = daysBetween(first, Math.min(end, today + DAY));
  const past = daysBetween(start, first);
  const endOfDay = (day: WallTime): Date =>
    // What is done at this very moment is done.
    day === today ? new Date(now.getTime() + 1) : instantOf(day + DAY, reader.timeZone);
  const all = daysBetween(first, end);
  return {
    length: all.length,
    days: days.map((day) => new Date(day).toISOString().slice(0, 10)),
    weekStarts: all.flatMap((day, index) => (weekdayOf(day) === firstWeekday ? [index] : [])),
    moments: [instantOf(start, reader.timeZone), ...[...past, ...days].map(endOfDay)],
    before: past.length + 1,
  };
}

/** What is meant by `report` alone: the present week or month, unless it has only begun today and has nothing to tell. */
export function usualBack(period: ReportPeriod, when: { reader: Reader; now: Date }): number {
  return periodOf({ period, back: 0 }, when).days.length > 1 ? 0 : 1;
}

function daysBetween(first: WallTime, end: WallTime): WallTime[] {
  return Array.from(
    { length: Math.max(0, Math.round((end - first) / DAY)) },
    (_, index) => first + index * DAY,
  );
}

function startOf(
  period: ReportPeriod,
  today: WallTime,
  { back, firstWeekday }: { back: number; firstWeekday: number },
): WallTime {
  if (period === 'week') {
    const since = (weekdayOf(today) - firstWeekday + 7) % 7;
    return today - (since + 7 * back) * DAY;
  }
  const day = new Date(today);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - back, 1);
}

/** 1 Monday to 7 Sunday, as ISO 8601 counts */
const weekdayOf = (day: WallTime): number => new Date(day).getUTCDay() || 7;

/** Sunday in the United States, Saturday in Egypt, Monday in most of the world. */
export function firstDayOfWeek(locale: string): number {
  try {
    const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?(): { firstDay: number } };
    return known.getWeekInfo?.().firstDay ?? MONDAY;
  } catch {
    return MONDAY;
  }
}

const MONDAY = 1;
