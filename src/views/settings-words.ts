import type { Messages } from '../core/messages.ts';
import type { Settings, TimeOfDay, Weekday } from '../core/settings.ts';
import { startOfDay, wallTime } from '../core/time-zone.ts';
import { formatWhen, plainTime } from '../core/when.ts';
import type { OwnSettings } from '../services/change-settings.ts';
import type { Reader } from './words.ts';

type Words = Messages['settings'];

/** Monday, 1 January 2024 */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 24 * 60 * 60 * 1_000;

/** "08:00", or "8:00 AM" where that is how it is written. */
export function timeWords(time: TimeOfDay, locale: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const at = MONDAY + (hours * 60 + minutes) * 60_000;
  const words = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(at);
  return plainTime(words);
}

/** The end of an absence: its time too, unless it ends as that day begins. */
export function untilWords(at: Date, { now, timeZone, locale }: Reader & { now: Date }): string {
  const wall = wallTime(at, timeZone);
  return formatWhen(at, { now, timeZone, locale, hasTime: wall !== startOfDay(wall) });
}

export const dayName = (day: Weekday, locale: string, weekday: 'short' | 'long' = 'short'): string =>
  new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(MONDAY + (day - 1) * DAY_MS);

/** "America/New York": with an underscore, Slack would take it for the beginning of italics. */
export const zoneWords = (timeZone: string): string => timeZone.replaceAll('_', ' ');

/** "Mon–Fri", "Mon, Wed and Fri", "every day" */
export function daysWords(days: readonly Weekday[], locale: string, words: Words): string {
  if (days.length === 7) return words.everyDay;
  const first = days[0];
  const last = days.at(-1);
  const isRun = first !== undefined && last !== undefined && last - first === days.length - 1;
  if (isRun && days.length > 2) return `${dayName(first, locale)}–${dayName(last, locale)}`;
  return new Intl.ListFormat(locale).format(days.map((day) => dayName(day, locale)));
}

export const quietWords = (quiet: Settings['quiet'], locale: string, words: Words): string =>
  // Spaced: between two colons without any, Slack looks for an emoji.
  quiet ? `${timeWords(quiet.from, locale)} – ${timeWords(quiet.to, locale)}` : words.noQuiet;

export function languageWords({ settings, locale }: OwnSettings, words: Words): string {
  if (settings.language) return words.languages[settings.language];
  const language = /^es\b/i.test(locale) ? 'es' : 'en';
  return words.languageOfProfile(words.languages[language]);
}
