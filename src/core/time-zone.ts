import { tzOffset } from '@date-fns/tz';

/**
 * What the clock on the wall shows, as milliseconds counted the way UTC counts them. Adding a day to it is
 * adding a calendar day, whatever daylight saving does in between.
 */
export type WallTime = number;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** True for the name of an IANA time zone. Plain offsets such as `+02:00` are refused: they know no daylight saving. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z][\w+/-]{0,63}$/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** The date a calendar in the time zone shows, as `YYYY-MM-DD`. */
export function localDate(at: Date, timeZone: string): string {
  return new Date(wallTime(at, timeZone)).toISOString().slice(0, 10);
}

/** @throws RangeError when the time zone is unknown or the date invalid. */
export function wallTime(at: Date, timeZone: string): WallTime {
  return at.getTime() + offsetAt(at.getTime(), timeZone);
}

/**
 * The instant at which clocks show this time. A time that clocks skip moves forward by the gap; of a time
 * that they show twice, the first counts.
 */
export function instantOf(wall: WallTime, timeZone: string): Date {
  const before = offsetAt(wall - DAY, timeZone);
  const after = offsetAt(wall + DAY, timeZone);
  const first = [before, after].find((offset) => offsetAt(wall - offset, timeZone) === offset);
  return new Date(wall - (first ?? before));
}

/** Midnight at the start of the day. */
export function startOfDay(wall: WallTime): WallTime {
  return Math.floor(wall / DAY) * DAY;
}

function offsetAt(epoch: number, timeZone: string): number {
  const offset = tzOffset(timeZone, new Date(epoch));
  if (Number.isNaN(offset)) throw new RangeError(`Unknown time zone or invalid date: ${timeZone}`);
  return offset * MINUTE;
}
