import { AppError } from '../core/errors.ts';
import { shorten } from '../core/shorten.ts';
import { parseWhen, type WhenContext, type WhenFailure } from '../core/when.ts';

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

const reasons: Record<WhenFailure['reason'], string> = {
  unreadable: 'I can’t read that as a date',
  past: 'That is in the past',
  ambiguous: 'That could be two different times',
  'nonexistent-date': 'That day doesn’t exist',
};

/** Reads a due date in the actor's zone. Throws AppError `invalid_arguments` with what to type instead. */
export function readDue(
  words: string,
  { person, now }: { person: { timeZone: string; locale: string }; now: Date },
): Due {
  const result = parseWhen(words, whenContext(person, now));
  if (result.ok) return { at: result.when.at, hasTime: result.when.hasTime };
  const shown = shorten(words, 60);
  const instead = result.suggestion
    ? `Did you mean “${result.suggestion}”?`
    : 'Try “tomorrow 2pm”, “fri”, “in 2h” or “30 nov”.';
  const userMessage = `${reasons[result.reason]}: “${shown}”. ${instead}`;
  throw new AppError('invalid_arguments', { userMessage, fields: { due: userMessage } });
}
