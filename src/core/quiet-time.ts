import type { Settings, TimeOfDay, Weekday } from './settings.ts';
import { DAY, HOUR, instantOf, MINUTE, startOfDay, type WallTime, wallTime } from './time-zone.ts';

/** What decides when somebody is left alone. */
export interface Rest {
  timeZone: string;
  settings: Pick<Settings, 'quiet' | 'workDays' | 'awayUntil'>;
  /** Days off of the organisation, YYYY-MM-DD */
  holidays: readonly string[];
}

/** Each step passes a night, a day off or a holiday: nobody rests through so many on end. */
const MOST_STEPS = 120;

/**
 * The end of the quiet hours, days off, holidays or absence that `now` is in; undefined when it is in none. A moment
 * that clocks skip moves forward by the gap; of one that they show twice, the first counts.
 */
export function quietUntil(rest: Rest, now: Date): Date | undefined {
  const { timeZone, settings } = rest;
  const away = settings.awayUntil && settings.awayUntil > now ? settings.awayUntil : undefined;
  const holidays = new Set(rest.holidays);
  let wall = wallTime(away ?? now, timeZone);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const later = isDayOff(wall, settings.workDays, holidays)
      ? startOfDay(wall) + DAY
      : endOfQuiet(wall, settings.quiet);
    if (later === undefined) return step === 0 ? away : instantOf(wall, timeZone);
    wall = later;
  }
  return instantOf(wall, timeZone);
}

/** Whether somebody can't be expected to look today: away, a day off or a holiday. Quiet hours don't count. */
export function isOffToday({ timeZone, settings, holidays }: Rest, now: Date): boolean {
  if (settings.awayUntil && settings.awayUntil > now) return true;
  return isDayOff(wallTime(now, timeZone), settings.workDays, new Set(holidays));
}

function isDayOff(wall: WallTime, workDays: readonly Weekday[], holidays: ReadonlySet<string>): boolean {
  const day = new Date(wall);
  const weekday = ((day.getUTCDay() + 6) % 7) + 1;
  return !workDays.some((one) => one === weekday) || holidays.has(day.toISOString().slice(0, 10));
}

/** The end of the quiet hours that a time is in. */
function endOfQuiet(wall: WallTime, quiet: Settings['quiet']): WallTime | undefined {
  if (!quiet) return undefined;
  const today = startOfDay(wall);
  const from = today + timeOf(quiet.from);
  const to = today + timeOf(quiet.to);
  if (from < to) return wall >= from && wall < to ? to : undefined;
  if (wall >= from) return to + DAY;
  return wall < to ? to : undefined;
}

/** ms since midnight of 'HH:MM' */
export function timeOf(time: TimeOfDay): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * HOUR + minutes * MINUTE;
}
