import { AppError } from '../core/errors.ts';
import type { Sentence } from '../core/messages.ts';
import { shorten } from '../core/shorten.ts';
import { parseWhen, type WhenContext } from '../core/when.ts';

export interface Due {
  at: Date;
  /** false: only a day was said */
  hasTime: boolean;
}

/** How this person writes and reads dates. */
export function whenContext(person: { timeZone: string; locale: string }, now: Date): WhenContext {
  const american = /^(en-US|en$|es-US)/i.test(person.locale);
  return { now, timeZone: person.timeZone, dayFirst: !american, hourCycle: american ? 'h12' : 'h23' };
}

/** Reads a date in the actor's zone. Throws AppError `invalid_arguments`, at that field, with what to type instead. */
export function readDue(
  words: string,
  { person, now, field = 'due' }: { person: { timeZone: string; locale: string }; now: Date; field?: string },
): Due {
  const result = parseWhen(words, whenContext(person, now));
  if (result.ok) return { at: result.when.at, hasTime: result.when.hasTime };
  const { reason, suggestion } = result;
  const userMessage: Sentence = ({ dates }) =>
    dates[reason](shorten(words, 60), suggestion ? dates.suggestion(suggestion) : dates.examples);
  throw new AppError('invalid_arguments', { userMessage, fields: { [field]: userMessage } });
}
