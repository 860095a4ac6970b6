import { DAY, startOfDay, type WallTime } from '../time-zone.ts';

const WEEKDAYS: readonly string[][] = [
  ['monday', 'mon'],
  ['tuesday', 'tue', 'tues'],
  ['wednesday', 'wed', 'weds'],
  ['thursday', 'thu', 'thur', 'thurs'],
  ['friday', 'fri'],
  ['saturday', 'sat'],
  ['sunday', 'sun'],
];

const MONTHS: readonly string[][] = [
  ['january', 'jan'],
  ['february', 'feb'],
  ['march', 'mar'],
  ['april', 'apr'],
  ['may'],
  ['june', 'jun'],
  ['july', 'jul'],
  ['august', 'aug'],
  ['september', 'sep', 'sept'],
  ['october', 'oct'],
  ['november', 'nov'],
  ['december', 'dec'],
];

/** The names that stand in full, for spelling suggestions. */
export const CALENDAR_NAMES: readonly string[] = [...WEEKDAYS, ...MONTHS].flatMap((names) =>
  names.slice(0, 1),
);

const weekdayByName = indexByName(WEEKDAYS);
const monthByName = indexByName(MONTHS);

/** Monday is 0. */
export function weekdayNamed(name: string): number | undefined {
  return weekdayByName.get(name);
}

/** January is 1. */
export function monthNamed(name: string): number | undefined {
  const index = monthByName.get(name);
  return index === undefined ? undefined : index + 1;
}

/** Monday is 0. */
export function weekdayOf(day: WallTime): number {
  return (new Date(day).getUTCDay() + 6) % 7;
}

/** The Monday of the week that the day is in. */
export function mondayOf(day: WallTime): WallTime {
  return startOfDay(day) - weekdayOf(day) * DAY;
}

/** The day that a weekday's name means, and by how much it moves when its time is already past today. */
export function dayOfWeekday(
  { weekday, which }: { weekday: number; which: 'coming' | 'this' | 'next' },
  today: WallTime,
): { day: WallTime; rollDays: number } {
  if (which === 'this') return { day: mondayOf(today) + weekday * DAY, rollDays: 0 };
  if (which === 'next') return { day: mondayOf(today) + (7 + weekday) * DAY, rollDays: 0 };
  return { day: today + ((weekday - weekdayOf(today) + 7) % 7) * DAY, rollDays: 7 };
}

/** Midnight of the date, or undefined for a date such as 30 February. Months count from 1. */
export function dayOf(year: number, month: number, dayOfMonth: number): WallTime | undefined {
  const day = Date.UTC(year, month - 1, dayOfMonth);
  const date = new Date(day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === dayOfMonth ? day : undefined;
}

/** Months count from 1; the 13th is January of the next year. */
export function lastDayOfMonth(year: number, month: number): WallTime {
  return Date.UTC(year, month, 0);
}

/** The same time of day that many months on; the 31st becomes the last day of a shorter month. */
export function plusMonths(wall: WallTime, months: number): WallTime {
  const { year, month, dayOfMonth } = partsOf(wall);
  const last = new Date(lastDayOfMonth(year, month + months)).getUTCDate();
  return Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, last)) + (wall - startOfDay(wall));
}

export function partsOf(wall: WallTime): { year: number; month: number; dayOfMonth: number } {
  const date = new Date(wall);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, dayOfMonth: date.getUTCDate() };
}

function indexByName(groups: readonly string[][]): ReadonlyMap<string, number> {
  return new Map(groups.flatMap((names, index) => names.map((name) => [name, index] as const)));
}
