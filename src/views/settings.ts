import { type Language, type Messages, messagesFor } from '../core/messages.ts';
import {
  type NotificationChannel,
  notificationChannels,
  notificationEvents,
  notificationPolicy,
} from '../core/notification-policy.ts';
import { type Button, bold, plain, type Reply, say, text, type View } from '../core/view.ts';
import type { OwnSettings } from '../services/change-settings.ts';
import { daysWords, languageWords, quietWords, timeWords, untilWords, zoneWords } from './settings-words.ts';

/** What somebody has set, in words, with the ways to change it. */
export function settingsView(own: OwnSettings, now: Date): View {
  const { settings, timeZone, locale } = own;
  const words = messagesFor(locale).settings;
  const { digest, awayUntil } = settings;
  const isAway = awayUntil !== null && awayUntil > now;
  const facts: [string, string][] = [
    [words.language, languageWords(own, words)],
    [words.zone, words.zoneNow(zoneWords(timeZone), nowIn(timeZone, { now, locale }))],
    [words.quiet, quietWords(settings.quiet, locale, words)],
    [words.days, daysWords(settings.workDays, locale, words)],
    [words.away, isAway ? words.awayUntil(untilWords(awayUntil, { now, timeZone, locale })) : words.notAway],
    [
      words.digest,
      digest.on
        ? words.digestOn(timeWords(digest.at, locale), daysWords(digest.days, locale, words))
        : words.digestOff,
    ],
  ];
  return {
    title: words.title,
    summary: words.summary,
    nodes: [
      { type: 'fields', items: facts.map(([label, value]) => ({ label, value: plain(value) })) },
      { type: 'text', text: text`${bold(words.notifications)}: ${choicesWords(settings.events, words)}` },
      { type: 'actions', buttons: settingsButtons({ isAway }, words) },
    ],
  };
}

function settingsButtons({ isAway }: { isAway: boolean }, words: Messages['settings']): Button[] {
  return [
    {
      label: words.generalButton,
      tone: 'primary',
      intent: { action: 'settings-general', args: {} },
    },
    { label: words.notificationsButton, intent: { action: 'settings-notifications', args: {} } },
    isAway
      ? { label: words.backButton, intent: { action: 'settings-away', args: { until: 'off' } } }
      : { label: words.awayButton, intent: { action: 'settings-away', args: { ask: 'yes' } } },
  ];
}

/** Only what differs from what holds for everyone: twenty lines would say nothing. */
function choicesWords(events: OwnSettings['settings']['events'], words: Messages['settings']): string {
  const own = notificationEvents.filter((event) => events[event] !== notificationPolicy[event].channel);
  const said: Record<NotificationChannel, (names: string) => string> = {
    dm: words.notificationsDm,
    digest: words.notificationsDigest,
    off: words.notificationsOff,
  };
  const parts = notificationChannels.flatMap((channel) => {
    const names = own.filter((event) => events[event] === channel).map((event) => words.events[event]);
    return names.length > 0 ? [said[channel](names.join(', '))] : [];
  });
  return parts.join('; ') || words.asForEveryone;
}

const nowIn = (timeZone: string, { now, locale }: { now: Date; locale: string }): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone })
    .format(now)
    .replace(/[\u00a0\u202f]/g, ' ');

/** What was set, said back. */
export const settingSaved = (sentence: string, words: Messages['settings']): Reply =>
  say(plain(sentence), {
    to: 'user',
    tone: 'good',
    ack: words.saved,
    buttons: [{ label: words.allSettings, intent: { action: 'settings', args: {} } }],
  });

export const languageSet = (language: Language | null, locale: string): string => {
  const words = messagesFor(locale).settings;
  const spoken = language ?? (/^es\b/i.test(locale) ? 'es' : 'en');
  return words.languageSet(words.languages[spoken]);
};

export const zoneSet = (own: OwnSettings, now: Date): string =>
  messagesFor(own.locale).settings.zoneSet(
    zoneWords(own.timeZone),
    nowIn(own.timeZone, { now, locale: own.locale }),
  );
