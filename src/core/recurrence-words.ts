import { nextOccurrence, type Pattern, type Rule, textOfDay } from './recurrence.ts';
import { DAY, HOUR, startOfDay, type WallTime, wallTime } from './time-zone.ts';
import { partsOf, weekdayNamed, weekdayOf } from './when/calendar.ts';
import { parseWhen, type WhenContext } from './when.ts';

export type RuleResult =
  | { ok: true; rule: Rule }
  /** time and until: what is wrong with which words; ended: it would never come */
  | { ok: false; reason: 'unreadable' | 'ended' }
  | { ok: false; reason: 'time' | 'until'; words: string; suggestion?: string };

/** Before the digest of 8:00, so that the new task stands in it. */
const DEFAULT_TIME = 7 * HOUR;

const SHIFT =
  /,? ?\b(?:or|else|otherwise|and|if (?:that|it) is a day off,?)?(?: on)?(?: the)? (?:next|following) (?:working day|workday|business day|weekday)$|,? (?:shifted|shift|on (?:working|business) days(?: only)?)$/;
const UNTIL = /,? ?\b(?:until|till|til|ending(?: on)?|through) (.+)$/;
/** Looks like a time of day: at 9, 9am, 17:30, 17h, noon, in the morning */
const CLOCK =
  /^(?:at )?(?:\d{1,2}(?:[:.]\d{2})? ?[ap]\.?m\.?|\d{1,2}[:.]\d{2}(?: uhr)?|\d{1,2}h(?:\d{2})?|noon|midday|midnight|(?:in the )?(?:morning|afternoon|evening))$|^at \d{1,2}(?: ?o'?clock)?$/;

/** Reads a rule as people say it: `every weekday 9am`, `every 2 weeks on tue`, `monthly on the 1st until december`. */
export function readRule(words: string, context: WhenContext): RuleResult {
  let rest = words
    .toLowerCase()
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/[’]/g, "'")
    .trim()
    .replace(/[.!]+$/, '');
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const found = pattern.exec(rest);
    if (found) rest = rest.slice(0, found.index).trim();
    return found ?? undefined;
  };
  // It may stand before or after the end and the time.
  let shift = take(SHIFT) !== undefined;
  const end = take(UNTIL);
  shift ||= take(SHIFT) !== undefined;
  const clock = takeClock(rest);
  if (clock) rest = clock.rest;
  shift ||= take(SHIFT) !== undefined;
  const time = clock ? readTime(clock.words, context) : { ok: true as const, time: DEFAULT_TIME };
  if (!time.ok) return time;
  const today = startOfDay(wallTime(context.now, context.timeZone));
  const pattern = readPattern(rest, { today, context });
  if (!pattern) return { ok: false, reason: 'unreadable' };
  const until = end ? readUntil(end[1] ?? '', context) : undefined;
  if (until && !until.ok) return until;
  return begin(
    { pattern, time: time.time, shift, ...(until ? { until: until.day } : {}) },
    { today, context },
  );
}

/** Intervals are counted from the first time; of days, from today, which has the task already. */
function begin(
  rule: Omit<Rule, 'from'>,
  { today, context }: { today: WallTime; context: WhenContext },
): RuleResult {
  const { pattern } = rule;
  const calendar = { after: context.now, timeZone: context.timeZone, holidays: new Set<string>() };
  const first =
    pattern.unit === 'day' && pattern.every > 1
      ? today + pattern.every * DAY
      : firstDay({ ...rule, pattern: each(pattern), shift: false, from: textOfDay(today) }, calendar);
  const begun: Rule = { ...rule, from: textOfDay(first ?? today) };
  return nextOccurrence(begun, calendar) ? { ok: true, rule: begun } : { ok: false, reason: 'ended' };
}

function firstDay(rule: Rule, calendar: Parameters<typeof nextOccurrence>[1]): WallTime | undefined {
  const first = nextOccurrence(rule, calendar);
  return first && startOfDay(wallTime(first, calendar.timeZone));
}

const each = (pattern: Pattern): Pattern => ('every' in pattern ? { ...pattern, every: 1 } : pattern);

/** At the end, or before the rest: `9am every weekday`. */
function takeClock(text: string): { words: string; rest: string } | undefined {
  const words = text.split(' ');
  for (const count of [3, 2, 1].filter((most) => most < words.length)) {
    const end = words.slice(-count).join(' ').replace(/^, ?/, '');
    if (CLOCK.test(end))
      return {
        words: end,
        rest: words
          .slice(0, -count)
          .join(' ')
          .replace(/[ ,]+$/, ''),
      };
    const start = words.slice(0, count).join(' ');
    if (CLOCK.test(start)) return { words: start, rest: words.slice(count).join(' ') };
  }
  return undefined;
}

type TimeResult = { ok: true; time: number } | Extract<RuleResult, { words: string }>;

function readTime(words: string, context: WhenContext): TimeResult {
  const result = parseWhen(`tomorrow ${words}`, context);
  if (result.ok && result.when.hasTime) {
    const wall = wallTime(result.when.at, context.timeZone);
    return { ok: true, time: wall - startOfDay(wall) };
  }
  const suggestion = result.ok ? undefined : result.suggestion?.replace(/^.*?,? (?=\d{1,2}:)/, '');
  return { ok: false, reason: 'time', words, ...(suggestion ? { suggestion } : {}) };
}

type UntilResult = { ok: true; day: string } | Extract<RuleResult, { words: string }>;

function readUntil(words: string, context: WhenContext): UntilResult {
  const result = parseWhen(words, context);
  if (result.ok) return { ok: true, day: textOfDay(startOfDay(wallTime(result.when.at, context.timeZone))) };
  const { suggestion } = result;
  return { ok: false, reason: 'until', words, ...(suggestion ? { suggestion } : {}) };
}

interface Today {
  today: WallTime;
  context: WhenContext;
}

type Nth = Extract<Pattern, { unit: 'weekday-of-month' }>['nth'];

const ORDINALS: Readonly<Record<string, Nth>> = {
  '1st': 'first',
  first: 'first',
  '2nd': 'second',
  second: 'second',
  '3rd': 'third',
  third: 'third',
  '4th': 'fourth',
  fourth: 'fourth',
  last: 'last',
};
const UNITS: Readonly<Record<string, 'day' | 'week' | 'month' | 'year'>> = {
  day: 'day',
  week: 'week',
  month: 'month',
  year: 'year',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  yearly: 'year',
  annually: 'year',
  everyday: 'day',
};

function readPattern(text: string, now: Today): Pattern | undefined {
  const rest = text.replace(/^(?:repeat |repeats )/, '').replace(/^(?:on )?(?:each|every) /, 'every ');
  if (/^(?:every |on )?(?:weekdays?|workdays?|working days?|business days?)$/.test(rest))
    return { unit: 'workday' };
  if (/^(?:every |on )?weekends?$/.test(rest)) return { unit: 'week', every: 1, weekdays: [5, 6] };
  return readInterval(rest, now) ?? readWeekdayOfMonth(rest) ?? readWeekdays(rest);
}

/** `every 2 weeks on tue`, `monthly on the 1st`, `fortnightly`, `quarterly` */
function readInterval(text: string, now: Today): Pattern | undefined {
  const found =
    /^(?:every (?:(?<count>\d{1,2}|other|second|third|two|three|four|six) )?(?<unit>day|week|month|year)s?|(?<word>daily|everyday|weekly|monthly|yearly|annually|fortnightly|biweekly|quarterly|every quarter|every fortnight))(?:,? (?:on |in )?(?<on>.+))?$/.exec(
      text,
    )?.groups;
  if (!found) return undefined;
  const word = found.word ?? '';
  const every = /fortnight|biweekly/.test(word) ? 2 : /quarter/.test(word) ? 3 : countOf(found.count);
  const unit = /fortnight|biweekly/.test(word)
    ? 'week'
    : /quarter/.test(word)
      ? 'month'
      : UNITS[found.unit ?? word];
  if (!unit || every < 1) return undefined;
  return patternOf(unit, { every, on: found.on, now });
}

const COUNTS: Readonly<Record<string, number>> = {
  other: 2,
  second: 2,
  two: 2,
  third: 3,
  three: 3,
  four: 4,
  six: 6,
};
const countOf = (word: string | undefined): number =>
  word === undefined ? 1 : (COUNTS[word] ?? Number(word));

function patternOf(
  unit: 'day' | 'week' | 'month' | 'year',
  { every, on, now }: { every: number; on: string | undefined; now: Today },
): Pattern | undefined {
  switch (unit) {
    case 'day':
      return on ? undefined : { unit, every };
    case 'week': {
      const weekdays = on ? weekdaysIn(on) : [weekdayOf(now.today)];
      return weekdays && { unit, every, weekdays };
    }
    case 'month':
      return onMonth(on, every, now);
    case 'year':
      return every === 1 ? onYear(on, now) : undefined;
    default:
      return unit satisfies never;
  }
}

function onMonth(on: string | undefined, every: number, { today }: Today): Pattern | undefined {
  if (!on) return { unit: 'month', every, days: [partsOf(today).dayOfMonth] };
  const plain = on.replace(/^(?:the |day )/, '');
  const nth = nthWeekday(plain);
  if (nth) return { unit: 'weekday-of-month', every, ...nth };
  const days = listOf(plain).map((word) => dayOfMonth(word));
  return days.length > 0 && days.every((day) => day !== undefined)
    ? { unit: 'month', every, days: sorted(days) }
    : undefined;
}

function dayOfMonth(word: string): number | undefined {
  if (/^(?:last(?: day)?|end)$/.test(word)) return -1;
  const day = Number(/^(\d{1,2})(?:st|nd|rd|th|\.)?$/.exec(word)?.[1] ?? (word === 'first' ? 1 : 0));
  return day >= 1 && day <= 31 ? day : undefined;
}

function onYear(on: string | undefined, { today, context }: Today): Pattern | undefined {
  if (!on) return { unit: 'year', month: partsOf(today).month, day: partsOf(today).dayOfMonth };
  const result = parseWhen(on, context);
  if (!result.ok) return undefined;
  const { month, dayOfMonth } = partsOf(startOfDay(wallTime(result.when.at, context.timeZone)));
  return { unit: 'year', month, day: dayOfMonth };
}

/** `first monday of the month`, `every 2nd tuesday of each month`, `every last friday`; an `every 2nd friday` is every other one. */
function readWeekdayOfMonth(text: string): Pattern | undefined {
  const found =
    /^(?:every |on )?(?:the )?(\S+ \S+) (?:of|in) (?:the|each|every|a) month$/.exec(text) ??
    /^(?:every |on )?(?:the )?((?:1st|first|4th|fourth|last) \S+)$/.exec(text);
  const nth = found && nthWeekday(found[1] ?? '');
  return nth ? { unit: 'weekday-of-month', every: 1, ...nth } : undefined;
}

function nthWeekday(text: string): { nth: Nth; weekday: number } | undefined {
  const [ordinal = '', name = '', ...more] = text.split(' ');
  const nth = Object.hasOwn(ORDINALS, ordinal) ? ORDINALS[ordinal] : undefined;
  const weekday = weekdayNamed(name);
  return nth === undefined || weekday === undefined || more.length > 0 ? undefined : { nth, weekday };
}

/** `every monday`, `mondays and thursdays`, `every other fri`, `mon-fri` */
function readWeekdays(text: string): Pattern | undefined {
  const found = /^(?:every |on )?(?:(other|2nd|second|3rd|third) )?(.+)$/.exec(text);
  const weekdays = weekdaysIn(found?.[2] ?? '');
  if (!weekdays) return undefined;
  const every = found?.[1] ? (/3|third/.test(found[1]) ? 3 : 2) : 1;
  return { unit: 'week', every, weekdays };
}

function weekdaysIn(text: string): number[] | undefined {
  const days: number[] = [];
  for (const word of listOf(text)) {
    const range = /^(\S+?) ?(?:-|–|to|through) ?(\S+)$/.exec(word);
    const first = named(range?.[1] ?? word);
    const last = range ? named(range[2] ?? '') : first;
    if (first === undefined || last === undefined) return undefined;
    for (let day = first; ; day = (day + 1) % 7) {
      days.push(day);
      if (day === last) break;
    }
  }
  return days.length > 0 ? sorted(days) : undefined;
}

const named = (word: string): number | undefined => {
  const name = word.replace(/\.$/, '');
  return weekdayNamed(name) ?? weekdayNamed(name.replace(/s$/, ''));
};

const listOf = (text: string): string[] =>
  text
    .split(/ ?(?:,|&|\/|\band\b|\bor\b) ?/)
    .map((word) => word.replace(/^(?:on )?(?:the )?/, '').trim())
    .filter(Boolean);

const sorted = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);
