import { AppError } from '../core/errors.ts';
import { shorten } from '../core/shorten.ts';
import { DAY, instantOf, startOfDay, wallTime } from '../core/time-zone.ts';
import { addDuration, parseDuration, parseWhen } from '../core/when.ts';
import { whenContext } from './due.ts';

interface Person {
  timeZone: string;
  locale: string;
}

/**
 * Reads a time that lies back: `yesterday`, `3 days`, `monday`, `1 nov`. A day means its beginning.
 * Throws AppError `invalid_arguments`.
 */
export function readSince(words: string, { person, now }: { person: Person; now: Date }): Date {
  const typed = words
    .trim()
    .toLowerCase()
    .replace(/\s+ago$/, '');
  const today = startOfDay(wallTime(now, person.timeZone));
  if (typed === 'today') return instantOf(today, person.timeZone);
  if (typed === 'yesterday') return instantOf(today - DAY, person.timeZone);
  const duration = parseDuration(typed);
  if (duration) {
    const back = { months: -duration.months, days: -duration.days, milliseconds: -duration.milliseconds };
    return addDuration(now, back, person.timeZone);
  }
  return lastSuchDay(typed, { person, now }) ?? unreadable(words);
}

/** What reads as a coming day, moved back by a week or a year until it has been. */
function lastSuchDay(typed: string, { person, now }: { person: Person; now: Date }): Date | undefined {
  const isWeekday = /^(mon|tue|wed|thu|fri|sat|sun)/.test(typed);
  const backDays = isWeekday ? 7 : 366;
  const from = new Date(now.getTime() - backDays * DAY);
  const result = parseWhen(typed, whenContext(person, from));
  if (!result.ok || result.when.at > now) return undefined;
  const { at, hasTime } = result.when;
  return hasTime ? at : instantOf(startOfDay(wallTime(at, person.timeZone)), person.timeZone);
}

function unreadable(words: string): never {
  throw new AppError('invalid_arguments', {
    userMessage: ({ dates }) => dates.unreadableSince(shorten(words, 60)),
  });
}
