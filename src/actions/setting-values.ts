import { AppError } from '../core/errors.ts';
import type { Language, Messages, Sentence } from '../core/messages.ts';
import { type NotificationEvent, notificationEvents } from '../core/notification-policy.ts';
import { findZone } from '../core/settings/find-zone.ts';
import { readTimeSpan } from '../core/settings/time-words.ts';
import type { TimeOfDay } from '../core/settings.ts';
import { shorten } from '../core/shorten.ts';
import { instantOf, startOfDay, wallTime } from '../core/time-zone.ts';
import { parseWhen } from '../core/when.ts';
import { whenContext } from '../services/due.ts';
import type { Context } from './context.ts';

type Choice = (words: Messages['settings']) => string;

/** A value that can't be read: in words, and in a form at its field. */
export function unreadable(field: string, sentence: Choice): AppError {
  const userMessage: Sentence = ({ settings }) => sentence(settings);
  return new AppError('invalid_arguments', { userMessage, fields: { [field]: userMessage } });
}

const OFF = /^(off|none|no|never|nothing|ninguna|nunca|-)$/i;
export const isOff = (words: string): boolean => OFF.test(words.trim());

const LANGUAGES: readonly (readonly [Language | null, RegExp])[] = [
  ['en', /^(en|en-\w+|english|ingl[eé]s|englisch)$/i],
  ['es', /^(es|es-\w+|spanish|espa[nñ]ol|castellano)$/i],
  [null, /^(auto|default|profile|perfil)$/i],
];

/** null: as the profile has it. Throws AppError `invalid_arguments`. */
export function languageNamed(words: string): Language | null {
  const found = LANGUAGES.find(([, pattern]) => pattern.test(words.trim()));
  if (!found) throw unreadable('language', ({ whichLanguage }) => whichLanguage);
  return found[0];
}

/** Throws AppError `invalid_arguments` with the zones that may be meant. */
export function zoneNamed(context: Context, words: string): string {
  const found = findZone(words);
  if (found.ok) return found.zone;
  const typed = shorten(words, 40);
  const zones = context.messages.words.or(found.suggestions);
  throw unreadable('zone', ({ unknownZone, zoneMeant }) =>
    zones ? zoneMeant(typed, zones) : unknownZone(typed),
  );
}

/** From and to alike for none at all. Throws AppError `invalid_arguments`. */
export function quietHours(words: string): { from: TimeOfDay; to: TimeOfDay } {
  if (isOff(words)) return { from: '00:00', to: '00:00' };
  const span = readTimeSpan(words);
  if (!span) throw unreadable('quiet', ({ whichQuiet }) => whichQuiet);
  return span;
}

/**
 * Until when somebody is away: `until 3 dec` ends as that day begins, `through 3 dec` as it ends. null for not at all.
 * Throws AppError `invalid_arguments`.
 */
export function awayUntil({ now, actor }: Context, words: string, timeZone = actor.timeZone): Date | null {
  const [, through, day = ''] =
    /^(?:(through|thru|including)\s+|until\s+|till\s+|hasta\s+(?:el\s+)?)?(.*)$/is.exec(words.trim()) ?? [];
  if (isOff(day) || /^(back|here|now|vuelto)$/i.test(day)) return null;
  const result = parseWhen(day, whenContext({ ...actor, timeZone }, now));
  if (!result.ok) {
    const { reason, suggestion } = result;
    const typed = shorten(day, 40);
    throw unreadable('away', (settings) => {
      if (reason === 'past') return settings.awayPast;
      return suggestion ? settings.awayMeant(typed, suggestion) : settings.unreadableAway(typed);
    });
  }
  const { at, hasTime } = result.when;
  const dayOf = startOfDay(wallTime(at, timeZone));
  const until = hasTime ? at : instantOf(through ? dayOf + 24 * 60 * 60 * 1_000 : dayOf, timeZone);
  if (until <= now) throw unreadable('away', ({ awayPast }) => awayPast);
  return until;
}

const plain = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();

/** By the event's own name, `due soon`, or the words that the form has for it. Throws AppError `invalid_arguments`. */
export function eventNamed(
  context: Context,
  words: string,
  events: readonly NotificationEvent[],
): NotificationEvent {
  const typed = plain(words);
  const labels = context.messages.settings.events;
  const names = (event: NotificationEvent) => [plain(event), plain(labels[event])];
  const found =
    events.find((event) => names(event).includes(typed)) ??
    notificationEvents.find((event) => plain(event).replaceAll(' ', '') === typed.replaceAll(' ', ''));
  if (found && events.includes(found)) return found;
  const near = events.filter(
    (event) => typed.length > 2 && names(event).some((name) => name.includes(typed)),
  );
  const only = near.length === 1 ? near[0] : undefined;
  if (only) return only;
  const shown = shorten(words, 30);
  const meant = near
    .map((event) => plain(event))
    .slice(0, 4)
    .join(', ');
  throw unreadable('event', ({ unknownEvent, eventMeant }) =>
    meant ? eventMeant(shown, meant) : unknownEvent(shown),
  );
}
