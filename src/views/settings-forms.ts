import { type Language, languages, messagesFor } from '../core/messages.ts';
import {
  type NotificationEvent,
  notificationChannels,
  notificationEvents,
} from '../core/notification-policy.ts';
import type { Weekday } from '../core/settings.ts';
import type { Field, Form } from '../core/view.ts';
import { formatWhen } from '../core/when.ts';
import type { OwnSettings } from '../services/change-settings.ts';
import { dayName } from './settings-words.ts';

const WEEK: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** Language, time, and when not to be spoken to. What it shows is carried, so that only what was changed is written. */
export function generalForm(own: OwnSettings, { now, nonce }: { now: Date; nonce: string }): Form {
  const words = messagesFor(own.locale).settings;
  const shown = generalValues(own, now);
  const week = WEEK.map((day) => ({ value: String(day), label: dayName(day, own.locale, 'long') }));
  const languageName = (language: Language) => ({ value: language, label: words.languages[language] });
  const fields: Field[] = [
    {
      type: 'select',
      name: 'language',
      label: words.language,
      options: [...languages.map(languageName), { value: 'auto', label: words.languageAuto }],
      value: shown.language,
    },
    { type: 'text', name: 'zone', label: words.zone, hint: words.zoneHint, maxLength: 60, value: shown.zone },
    optionalField('quiet', words.quiet, words.quietHint, shown.quiet),
    {
      type: 'multiselect',
      name: 'days',
      label: words.days,
      hint: words.daysHint,
      options: week,
      value: shown.days,
    },
    optionalField('away', words.awayField, words.awayHint, shown.away),
    optionalField('digest', words.digestField, words.digestHint, shown.digest),
    {
      type: 'multiselect',
      name: 'digestDays',
      label: words.digestDaysField,
      options: week,
      value: shown.digestDays,
    },
  ];
  const args = { form: 'sent', ...Object.fromEntries(carriedOf(shown)) };
  return {
    title: words.generalForm,
    submit: words.save,
    intent: { action: 'settings-general', args },
    nonce,
    fields,
  };
}

const optionalField = (name: string, label: string, hint: string, value: string): Field => ({
  type: 'text',
  name,
  label,
  hint,
  optional: true,
  maxLength: 60,
  ...(value ? { value } : {}),
});

export type GeneralValues = Record<
  'language' | 'zone' | 'quiet' | 'days' | 'away' | 'digest' | 'digestDays',
  string
>;

/** The settings as they stand in the form, and as somebody could type them. */
export function generalValues({ settings, timeZone, locale }: OwnSettings, now: Date): GeneralValues {
  const { quiet, awayUntil, digest } = settings;
  const isAway = awayUntil !== null && awayUntil > now;
  // Dates are read in English.
  const readable = /^en\b/i.test(locale) ? locale : 'en-GB';
  return {
    language: settings.language ?? 'auto',
    zone: timeZone,
    quiet: quiet ? `${quiet.from}-${quiet.to}` : '',
    days: settings.workDays.join(','),
    away: isAway ? formatWhen(awayUntil, { now, timeZone, locale: readable }) : '',
    digest: digest.on ? digest.at : '',
    digestDays: digest.days.join(','),
  };
}

/** `shown_quiet`: what the field showed. */
export const carriedOf = (shown: GeneralValues): [string, string][] =>
  Object.entries(shown).map(([name, value]) => [`shown_${name}`, value]);

/** The digest has its place among the general settings. */
const chosenElsewhere: ReadonlySet<NotificationEvent> = new Set(['digest']);
/** Who gives no work never hears of these. */
const forManagers: ReadonlySet<NotificationEvent> = new Set([
  'escalated',
  'approval_asked',
  'join_asked',
  'weekly_report',
]);

/** The events that somebody can choose about. */
export const choosable = ({ manages }: { manages: boolean }): NotificationEvent[] =>
  notificationEvents.filter((event) => !chosenElsewhere.has(event) && (manages || !forManagers.has(event)));

/** Each event as a message, in the digest only, or not at all. */
export function notificationsForm(
  { settings, locale }: OwnSettings,
  { manages, nonce }: { manages: boolean; nonce: string },
): Form {
  const words = messagesFor(locale).settings;
  const fields = choosable({ manages }).map(
    (event): Field => ({
      type: 'select',
      name: event,
      label: words.events[event],
      options: notificationChannels
        .filter((channel) => channel !== 'digest' || event !== 'weekly_report')
        .map((channel) => ({ value: channel, label: words.channels[channel] })),
      value: settings.events[event],
    }),
  );
  return {
    title: words.notificationsForm,
    submit: words.save,
    intent: { action: 'settings-notifications', args: { form: 'sent' } },
    nonce,
    fields,
  };
}

/** Until when somebody is away. */
export function awayForm(locale: string, nonce: string): Form {
  const words = messagesFor(locale).settings;
  return {
    title: words.awayButton,
    submit: words.save,
    intent: { action: 'settings-away', args: {} },
    nonce,
    fields: [{ type: 'text', name: 'until', label: words.awayField, hint: words.awayHint, maxLength: 60 }],
  };
}
