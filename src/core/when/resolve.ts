import { DAY, HOUR, instantOf, MINUTE, startOfDay, type WallTime, wallTime } from '../time-zone.ts';
import { dayOfWeekday, plusMonths, weekdayOf } from './calendar.ts';
import { addDuration } from './duration.ts';
import { formatWhen } from './format.ts';
import { failure, type Piece, type Present, type WhenFailure, type WhenResult } from './reading.ts';

const NOON = 12 * HOUR;
const END_OF_WORKING_DAY = 17 * HOUR;
const LAST_MINUTE = 24 * HOUR - MINUTE;
const FARTHEST_MONTHS = 5 * 12;

/** `rollDays`: by how much the day moves when its time is already past. */
interface Day {
  day: WallTime;
  rollDays: number;
}

interface Time {
  /** Since midnight; undefined when only a day was said. */
  time: number | undefined;
  /** What was said, such as "today" or "tonight", lasts until the end of the day. */
  lastsAllDay: boolean;
  halfUnknown: boolean;
}

/** Puts the parts of a date together; undefined when they do not go together. */
export function resolve(pieces: readonly Piece[], present: Present): WhenResult | undefined {
  if (new Set(pieces.map((piece) => piece.type)).size < pieces.length) return undefined;
  const failed = pick(pieces, 'failure')?.failure ?? weekdayMismatch(pieces, present);
  if (failed) return failed;
  const [only] = pieces.length === 1 ? pieces : [];
  if (only?.type === 'instant') return accepted(only.at, present, { hasTime: true });
  if (only?.type === 'duration') {
    const { now, timeZone } = present.context;
    return accepted(addDuration(now, only.duration, timeZone), present, { hasTime: true });
  }
  const day = findDay(pieces, present);
  return day && onDay(day, findTime(pieces, present), present);
}

function onDay(day: Day, { time, lastsAllDay, halfUnknown }: Time, present: Present): WhenResult {
  const { now, timeZone } = present.context;
  const at = instantFor(day, time, present);
  if (halfUnknown) return failure('ambiguous', likelyHalf(day, time ?? 0, present));
  if (at > now) return accepted(at, present, { hasTime: time !== undefined });
  if (day.day !== present.today) return failure('past');
  const lastMinute = instantOf(present.today + LAST_MINUTE, timeZone);
  if (lastsAllDay && lastMinute > now) return accepted(lastMinute, present, { hasTime: false });
  const tomorrow = instantFor({ day: day.day + DAY, rollDays: 0 }, time, present);
  return failure('past', formatWhen(tomorrow, { now, timeZone, hasTime: time !== undefined }));
}

function instantFor(day: Day, time: number | undefined, { context }: Present): Date {
  const wall = day.day + (time ?? END_OF_WORKING_DAY);
  const at = instantOf(wall, context.timeZone);
  return at > context.now ? at : instantOf(wall + day.rollDays * DAY, context.timeZone);
}

function accepted(at: Date, present: Present, { hasTime }: { hasTime: boolean }): WhenResult {
  if (at <= present.context.now) return failure('past');
  if (wallTime(at, present.context.timeZone) > plusMonths(present.wall, FARTHEST_MONTHS)) {
    return failure('unreadable');
  }
  return { ok: true, when: { at, hasTime } };
}

function findDay(pieces: readonly Piece[], present: Present): Day | undefined {
  const weekday = pick(pieces, 'weekday');
  const day = pick(pieces, 'day');
  const week = pick(pieces, 'week');
  const duration = pick(pieces, 'duration');
  const dates = [day, week, duration].filter((piece) => piece !== undefined);
  if (dates.length > 1 || pick(pieces, 'instant')) return undefined;
  if (day) return { day: day.day, rollDays: 0 };
  if (week) return { day: week.monday + (weekday?.weekday ?? 0) * DAY, rollDays: 0 };
  if (duration) return weekday ? undefined : dayAfter(duration, present);
  return weekday ? dayOfWeekday(weekday, present.today) : dayOfBareTime(pieces, present);
}

/** `in 3 days at 5pm`; hours and minutes can't be followed by a time of day. */
function dayAfter({ duration }: PieceOf<'duration'>, present: Present): Day | undefined {
  if (duration.milliseconds > 0) return undefined;
  const wall = plusMonths(present.wall, duration.months) + duration.days * DAY;
  return { day: startOfDay(wall), rollDays: 0 };
}

function dayOfBareTime(pieces: readonly Piece[], present: Present): Day {
  const saysToday = pick(pieces, 'partOfDay')?.today || pick(pieces, 'endOfDay');
  return { day: present.today, rollDays: saysToday ? 0 : 1 };
}

function findTime(pieces: readonly Piece[], present: Present): Time {
  const clock = pick(pieces, 'clock');
  const part = pick(pieces, 'partOfDay');
  if (clock) {
    const isLater = part?.half === 'pm' && clock.half !== 'known' && clock.time < NOON;
    return {
      time: isLater ? clock.time + NOON : clock.time,
      lastsAllDay: false,
      halfUnknown: clock.half === 'unknown' && !part,
    };
  }
  if (part) return { time: part.time, lastsAllDay: part.lastsAllDay, halfUnknown: false };
  const endsDay = pick(pieces, 'endOfDay') !== undefined;
  const keepsClock = pick(pieces, 'duration') !== undefined && !endsDay;
  const time = keepsClock ? present.wall - present.today : undefined;
  return { time, lastsAllDay: !pick(pieces, 'weekday'), halfUnknown: false };
}

/** `fri 24 nov` in a year in which that is a Tuesday. */
function weekdayMismatch(pieces: readonly Piece[], { context }: Present): WhenFailure | undefined {
  const day = pick(pieces, 'day')?.day;
  const weekday = pick(pieces, 'weekday')?.weekday;
  if (day === undefined || weekday === undefined || weekdayOf(day) === weekday) return undefined;
  const { now, timeZone } = context;
  return failure('ambiguous', formatWhen(instantOf(day, timeZone), { now, timeZone, hasTime: false }));
}

/** Work that is due at five is due in the afternoon, at nine in the morning. */
function likelyHalf(day: Day, time: number, present: Present): string {
  const { now, timeZone } = present.context;
  const at = instantFor(day, time < 7 * HOUR ? time + NOON : time, present);
  return formatWhen(at, { now, timeZone, locale: 'en-US' });
}

type PieceOf<Type extends Piece['type']> = Extract<Piece, { type: Type }>;

function pick<Type extends Piece['type']>(pieces: readonly Piece[], type: Type): PieceOf<Type> | undefined {
  return pieces.find((piece): piece is PieceOf<Type> => piece.type === type);
}
