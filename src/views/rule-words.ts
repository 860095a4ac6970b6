import { type Messages, messagesFor } from '../core/messages.ts';
import { dayOfText, type Pattern, type Rule } from '../core/recurrence.ts';
import type { Reader } from './words.ts';

/** "every 2 weeks on Tuesday at 09:00, until 18 Dec" */
export function ruleWords(rule: Rule, reader: Pick<Reader, 'locale'>): string {
  const messages = messagesFor(reader.locale);
  const { repeats } = messages;
  // Rules are days and times of a calendar, which no zone moves.
  const format = (at: number, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(known(reader.locale), { ...options, timeZone: 'UTC' })
      .format(at)
      .replace(/[\u00a0\u202f]/g, ' ');
  let said = repeats.at(
    patternWords(rule.pattern, { messages, format }),
    format(rule.time, { timeStyle: 'short' }),
  );
  if (rule.shift) said = repeats.shifted(said);
  if (!rule.until) return said;
  const until = dayOfText(rule.until);
  return repeats.until(said, format(until, { day: 'numeric', month: 'short', year: 'numeric' }));
}

interface Written {
  messages: Messages;
  format(at: number, options: Intl.DateTimeFormatOptions): string;
}

function patternWords(pattern: Pattern, { messages, format }: Written): string {
  const { every, dayOfMonth, lastDay, nth } = messages.repeats;
  // The first of January 2024 was a Monday.
  const dayName = (weekday: number): string => format(Date.UTC(2024, 0, 1 + weekday), { weekday: 'long' });
  switch (pattern.unit) {
    case 'day':
      return pattern.every === 1 ? every.day : every.days(pattern.every);
    case 'workday':
      return every.workday;
    case 'week': {
      const days = messages.words.and(pattern.weekdays.map(dayName));
      return pattern.every === 1 ? every.week(days) : every.weeks(pattern.every, days);
    }
    case 'month': {
      const inOrder = [...pattern.days.filter((day) => day > 0), ...pattern.days.filter((day) => day < 0)];
      const days = messages.words.and(inOrder.map((day) => (day < 0 ? lastDay : dayOfMonth(day))));
      return pattern.every === 1 ? every.month(days) : every.months(pattern.every, days);
    }
    case 'weekday-of-month': {
      const day = nth[pattern.nth](dayName(pattern.weekday));
      return pattern.every === 1 ? every.month(day) : every.months(pattern.every, day);
    }
    case 'year':
      // A leap year has every day.
      return every.year(
        format(Date.UTC(2024, pattern.month - 1, pattern.day), { day: 'numeric', month: 'long' }),
      );
    default:
      return pattern satisfies never;
  }
}

function known(locale: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale)[0] ?? 'en-GB';
  } catch {
    return 'en-GB';
  }
}
