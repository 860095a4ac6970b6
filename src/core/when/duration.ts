import { DAY, HOUR, instantOf, MINUTE, wallTime } from '../time-zone.ts';
import { plusMonths } from './calendar.ts';
import { tidy } from './text.ts';

/** Months and days follow the calendar and keep the time on the clock; milliseconds are time that really passes. */
export interface Duration {
  months: number;
  days: number;
  milliseconds: number;
}

const UNITS: Readonly<Record<string, Duration>> = {
  month: { months: 1, days: 0, milliseconds: 0 },
  week: { months: 0, days: 7, milliseconds: 0 },
  day: { months: 0, days: 1, milliseconds: 0 },
  hour: { months: 0, days: 0, milliseconds: HOUR },
  minute: { months: 0, days: 0, milliseconds: MINUTE },
};

const UNIT_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    month: 'mo mos month months',
    week: 'w wk wks week weeks',
    day: 'd day days',
    hour: 'h hr hrs hour hours',
    minute: 'm min mins minute minutes',
  }).flatMap(([unit, names]) => names.split(' ').map((name) => [name, unit] as const)),
);

const AMOUNT = /(half an? |an? |\d{1,4}(?:[.,]\d{1,2})?)(?: ?)([a-z]+)/uy;
const MINUTES_AFTER_HOURS = /(\d{1,2})(?=$|[ ,;])/uy;
const BETWEEN = /,? ?(?:and )?/uy;
const FROM_NOW = / from now(?=$|[ ,;])/uy;

/** Reads `2h`, `1h30`, `3 days`, `2 weeks and 1 day`, `half an hour`; undefined for anything else. */
export function parseDuration(text: string): Duration | undefined {
  const plain = tidy(text);
  const found = plain ? findDuration(plain, 0) : undefined;
  return found && found.end === plain?.length ? found.duration : undefined;
}

/** The instant that much later, as the calendar of the time zone counts. */
export function addDuration(at: Date, duration: Duration, timeZone: string): Date {
  if (duration.months === 0 && duration.days === 0) return new Date(at.getTime() + duration.milliseconds);
  const wall = plusMonths(wallTime(at, timeZone), duration.months) + duration.days * DAY;
  return new Date(instantOf(wall, timeZone).getTime() + duration.milliseconds);
}

/** The longest duration that starts at the position. */
export function findDuration(text: string, start: number): { duration: Duration; end: number } | undefined {
  let total: Duration | undefined;
  let end = start;
  let next = start;
  for (let amount = amountAt(text, next); amount; amount = amountAt(text, next)) {
    total = total ? plus(total, amount.duration) : amount.duration;
    end = amount.end;
    next = matchEnd(BETWEEN, text, end);
  }
  if (!total || total.months + total.days + total.milliseconds === 0) return undefined;
  return { duration: total, end: matchEnd(FROM_NOW, text, end) };
}

function amountAt(text: string, position: number): { duration: Duration; end: number } | undefined {
  AMOUNT.lastIndex = position;
  const [, amount, name] = AMOUNT.exec(text) ?? [];
  const unit = UNITS[UNIT_NAMES.get(name ?? '') ?? ''];
  const duration = amount && unit ? times(unit, countOf(amount)) : undefined;
  if (!duration) return undefined;
  const end = AMOUNT.lastIndex;
  MINUTES_AFTER_HOURS.lastIndex = end;
  const minutes = name === 'h' ? MINUTES_AFTER_HOURS.exec(text)?.[1] : undefined;
  if (minutes === undefined) return isWordEnd(text, end) ? { duration, end } : undefined;
  const milliseconds = duration.milliseconds + Number(minutes) * MINUTE;
  return { duration: { ...duration, milliseconds }, end: MINUTES_AFTER_HOURS.lastIndex };
}

function countOf(amount: string): number {
  if (amount.startsWith('half')) return 0.5;
  return amount.startsWith('a') ? 1 : Number(amount.replace(',', '.'));
}

/** Half a day or half a month is not a date that anybody means exactly. */
function times(unit: Duration, count: number): Duration | undefined {
  if (unit.milliseconds === 0 && !Number.isInteger(count)) return undefined;
  return {
    months: unit.months * count,
    days: unit.days * count,
    milliseconds: Math.round(unit.milliseconds * count),
  };
}

function plus(one: Duration, other: Duration): Duration {
  return {
    months: one.months + other.months,
    days: one.days + other.days,
    milliseconds: one.milliseconds + other.milliseconds,
  };
}

/** `1h30m` has no space between its parts, so a digit may follow as well. */
function isWordEnd(text: string, end: number): boolean {
  return end === text.length || /[ .,;:!?\d]/.test(text.charAt(end));
}

function matchEnd(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  return pattern.test(text) ? pattern.lastIndex : position;
}
