import { z } from 'zod';
import { DAY, instantOf, MINUTE, startOfDay, type WallTime, wallTime } from './time-zone.ts';
import { lastDayOfMonth, mondayOf, partsOf, weekdayOf } from './when/calendar.ts';

/** 0 is Monday, as everywhere in `when`. */
const weekday = z.number().int().min(0).max(6);
const interval = z.number().int().min(1).max(99);
const localDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const patternSchema = z.discriminatedUnion('unit', [
  z.object({ unit: z.literal('day'), every: interval }),
  /** Monday to Friday, without holidays */
  z.object({ unit: z.literal('workday') }),
  z.object({ unit: z.literal('week'), every: interval, weekdays: z.array(weekday).min(1) }),
  /** -1 is the month's last day; the 31st is as well, where a month has none */
  z.object({
    unit: z.literal('month'),
    every: interval,
    days: z.array(z.union([z.literal(-1), z.number().int().min(1).max(31)])).min(1),
  }),
  z.object({
    unit: z.literal('weekday-of-month'),
    every: interval,
    nth: z.enum(['first', 'second', 'third', 'fourth', 'last']),
    weekday,
  }),
  z.object({
    unit: z.literal('year'),
    month: z.number().int().min(1).max(12),
    day: z.number().int().min(1).max(31),
  }),
]);

export const ruleSchema = z.object({
  pattern: patternSchema,
  /** ms since midnight */
  time: z
    .number()
    .int()
    .min(0)
    .max(DAY - MINUTE),
  /** On a day off, the next working day instead */
  shift: z.boolean(),
  /** The first day that counts, and the one that intervals are counted from */
  from: localDay,
  /** The last day */
  until: localDay.exactOptional(),
});

/** When something comes again and again, in a calendar's own terms. */
export type Rule = z.infer<typeof ruleSchema>;
export type Pattern = Rule['pattern'];

interface Calendar {
  /** Where the rule's days and times are */
  timeZone: string;
  /** Days off of the organisation, YYYY-MM-DD */
  holidays: ReadonlySet<string>;
}

/** 29 February can be eight years away; 99 months are more than that. In days. */
const FARTHEST = 9 * 366;
/** A day moves over a weekend and holidays on end, hardly over more. */
const LONGEST_SHIFT = 30;

/**
 * The first moment after `after` at which the rule comes round; undefined when there is none any more. A time that clocks
 * skip moves forward by the gap; of one that they show twice, the first counts: a day has one either way.
 * @throws RangeError when the time zone is unknown.
 */
export function nextOccurrence(
  rule: Rule,
  { after, timeZone, holidays }: Calendar & { after: Date },
): Date | undefined {
  const from = dayOfText(rule.from);
  const until = rule.until === undefined ? Number.POSITIVE_INFINITY : dayOfText(rule.until);
  const today = startOfDay(wallTime(after, timeZone));
  const start = Math.max(from, today - LONGEST_SHIFT * DAY);
  for (let day = start; day <= until && day <= start + FARTHEST * DAY; day += DAY) {
    if (!matches(rule.pattern, { day, from, holidays })) continue;
    const at = instantOf((rule.shift ? workingDayFrom(day, holidays) : day) + rule.time, timeZone);
    if (at > after) return at;
  }
  return undefined;
}

/** The last moment up to `now`, of those from `first` on: after downtime only the latest is still worth having. */
export function latestOccurrence(
  rule: Rule,
  { first, now, ...calendar }: Calendar & { first: Date; now: Date },
): Date {
  let latest = first;
  for (;;) {
    const next = nextOccurrence(rule, { ...calendar, after: latest });
    if (!next || next > now) return latest;
    latest = next;
  }
}

/** `2026-11-30` */
export const textOfDay = (day: WallTime): string => new Date(day).toISOString().slice(0, 10);
export const dayOfText = (text: string): WallTime => Date.parse(`${text}T00:00:00Z`);

const NTH = ['first', 'second', 'third', 'fourth'];

function matches(
  pattern: Pattern,
  { day, from, holidays }: { day: WallTime; from: WallTime; holidays: ReadonlySet<string> },
): boolean {
  const { year, month, dayOfMonth } = partsOf(day);
  const months = monthsBetween(from, day);
  switch (pattern.unit) {
    case 'day':
      return ((day - from) / DAY) % pattern.every === 0;
    case 'workday':
      return !isDayOff(day, holidays);
    case 'week':
      return (
        ((mondayOf(day) - mondayOf(from)) / (7 * DAY)) % pattern.every === 0 &&
        pattern.weekdays.includes(weekdayOf(day))
      );
    case 'month': {
      const last = new Date(lastDayOfMonth(year, month)).getUTCDate();
      const isIn = pattern.days.some(
        (wanted) => (wanted === -1 ? last : Math.min(wanted, last)) === dayOfMonth,
      );
      return isIn && months % pattern.every === 0;
    }
    case 'weekday-of-month': {
      const isNth =
        pattern.nth === 'last'
          ? lastDayOfMonth(year, month) - day < 7 * DAY
          : Math.ceil(dayOfMonth / 7) === NTH.indexOf(pattern.nth) + 1;
      return isNth && weekdayOf(day) === pattern.weekday && months % pattern.every === 0;
    }
    case 'year': {
      const last = new Date(lastDayOfMonth(year, month)).getUTCDate();
      return month === pattern.month && dayOfMonth === Math.min(pattern.day, last);
    }
    default:
      return pattern satisfies never;
  }
}

function monthsBetween(from: WallTime, day: WallTime): number {
  const first = partsOf(from);
  const then = partsOf(day);
  return (then.year - first.year) * 12 + then.month - first.month;
}

function workingDayFrom(day: WallTime, holidays: ReadonlySet<string>): WallTime {
  let working = day;
  while (isDayOff(working, holidays) && working < day + LONGEST_SHIFT * DAY) working += DAY;
  return working;
}

const SATURDAY = 5;
const isDayOff = (day: WallTime, holidays: ReadonlySet<string>): boolean =>
  weekdayOf(day) >= SATURDAY || holidays.has(textOfDay(day));
