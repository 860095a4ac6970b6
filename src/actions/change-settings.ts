import { z } from 'zod';
import type { CommandLine } from '../core/command-line.ts';
import { type Messages, messagesFor } from '../core/messages.ts';
import type { NotificationChannel } from '../core/notification-policy.ts';
import { readDays, readTimeOfDay } from '../core/settings/time-words.ts';
import type { Reply } from '../core/view.ts';
import {
  changeSettings,
  type OwnChange,
  type OwnSettings,
  ownSettings,
} from '../services/change-settings.ts';
import { languageSet, settingSaved, zoneSet } from '../views/settings.ts';
import { awayForm, choosable } from '../views/settings-forms.ts';
import { daysWords, quietWords, timeWords, untilWords } from '../views/settings-words.ts';
import { optionalText } from './arguments.ts';
import { action, type Context } from './context.ts';
import {
  awayUntil,
  eventNamed,
  isOff,
  languageNamed,
  quietHours,
  unreadable,
  zoneNamed,
} from './setting-values.ts';

const common = { topic: 'people', access: 'member', effect: 'change' } as const;
const text = optionalText(200);

/** The words that follow, as this argument. */
const rest =
  (name: string) =>
  (line: CommandLine): Record<string, string> => {
    const words = line.rest();
    return words ? { [name]: words } : {};
  };

/** Writes a change; who has it in their session begins a new one. */
export async function change(context: Context, wanted: OwnChange): Promise<OwnSettings> {
  const own = await changeSettings(context, wanted);
  if (wanted.language !== undefined || wanted.timeZone !== undefined) {
    context.endSessions(context.actor.personId);
  }
  return own;
}

/** Changes one thing and says it back in the language that the person then has. */
async function saved(
  context: Context,
  wanted: OwnChange,
  sentence: (own: OwnSettings, words: Messages['settings']) => string,
): Promise<Reply> {
  const own = await change(context, wanted);
  const words = messagesFor(own.locale).settings;
  return settingSaved(sentence(own, words), words);
}

const setLanguage = action({
  ...common,
  name: 'settings-language',
  aliases: ['settings-idioma', 'settings-lang'],
  usage: ['settings language en|es'],
  read: rest('language'),
  args: z.object({ language: text }),
  async run(context, { language = '' }) {
    const chosen = languageNamed(language);
    return saved(context, { language: chosen }, ({ locale }) => languageSet(chosen, locale));
  },
});

const setZone = action({
  ...common,
  name: 'settings-timezone',
  aliases: ['settings-zone', 'settings-tz', 'settings-time'],
  usage: ['settings timezone <City>'],
  read(line) {
    line.keyword('zone');
    return rest('zone')(line);
  },
  args: z.object({ zone: text }),
  async run(context, { zone }) {
    if (!zone) throw unreadable('zone', ({ whichZone }) => whichZone);
    const timeZone = zoneNamed(context, zone);
    return saved(context, { timeZone }, (own) => zoneSet(own, context.now));
  },
});

const setQuiet = action({
  ...common,
  name: 'settings-quiet',
  aliases: ['settings-silence', 'settings-silencio'],
  usage: ['settings quiet 19:00-06:30|off'],
  read(line) {
    line.keyword('hours');
    return rest('quiet')(line);
  },
  args: z.object({ quiet: text }),
  async run(context, { quiet = '' }) {
    return saved(context, { quiet: quietHours(quiet) }, ({ settings, locale }, words) =>
      settings.quiet ? words.quietSet(quietWords(settings.quiet, locale, words)) : words.quietOff,
    );
  },
});

const setDays = action({
  ...common,
  name: 'settings-days',
  aliases: ['settings-workdays', 'settings-working'],
  usage: ['settings days mon-fri'],
  read(line) {
    line.keyword('days');
    return rest('days')(line);
  },
  args: z.object({ days: text }),
  async run(context, { days = '' }) {
    const workDays = readDays(days);
    if (!workDays) throw unreadable('days', ({ whichDays }) => whichDays);
    return saved(context, { workDays }, ({ settings, locale }, words) =>
      words.daysSet(daysWords(settings.workDays, locale, words)),
    );
  },
});

const setAway = action({
  ...common,
  name: 'settings-away',
  aliases: ['settings-vacation', 'settings-holiday'],
  usage: ['settings away until <when>', 'settings away off'],
  read: rest('until'),
  opensForm: ({ ask, until }) => Boolean(ask) && !until,
  args: z.object({ until: text, ask: z.string().optional() }),
  async run(context, { until, ask }): Promise<Reply> {
    if (!until && ask) return { kind: 'form', form: awayForm(context.actor.locale, context.newId()) };
    if (!until) throw unreadable('until', ({ whichAway }) => whichAway);
    const away = awayUntil(context, until);
    const { settings } = await ownSettings(context);
    if (!away && !settings.awayUntil) throw unreadable('until', ({ notAwayNow }) => notAwayNow);
    return saved(context, { awayUntil: away }, ({ timeZone, locale }, words) =>
      away ? words.awaySet(untilWords(away, { now: context.now, timeZone, locale })) : words.backSet,
    );
  },
});

const setDigest = action({
  ...common,
  name: 'settings-digest',
  usage: ['settings digest on|off', 'settings digest at 8:00', 'settings digest days mon-fri'],
  read: rest('digest'),
  args: z.object({ digest: text }),
  async run(context, { digest = '' }) {
    const wanted = digestChange(digest);
    if (!wanted) throw unreadable('digest', ({ whichDigest }) => whichDigest);
    return saved(context, wanted, ({ settings, locale }, words) =>
      settings.digest.on
        ? words.digestSet(
            timeWords(settings.digest.at, locale),
            daysWords(settings.digest.days, locale, words),
          )
        : words.digestStopped,
    );
  },
});

function digestChange(words: string): OwnChange | undefined {
  if (isOff(words)) return { digest: false };
  if (/^(on|yes)$/i.test(words.trim())) return { digest: true };
  const at = readTimeOfDay(words.replace(/^at\s+/i, ''));
  if (at) return { digest: true, digestAt: at };
  const days = readDays(words.replace(/^(?:days|on)\s+/i, ''));
  return days && { digest: true, digestDays: days };
}

const setNotification = action({
  ...common,
  name: 'settings-notify',
  aliases: ['settings-notification'],
  usage: ['settings notify <what> dm|digest|off'],
  read: rest('choice'),
  args: z.object({ choice: text }),
  async run(context, { choice = '' }) {
    const [, event = '', said = ''] = /^(.*\S)\s+(\S+)$/s.exec(choice.trim()) ?? [];
    const channel = channelNamed(said);
    if (!channel) throw unreadable('choice', ({ whichNotification }) => whichNotification);
    const { roles } = context.actor;
    const named = eventNamed(context, event, choosable({ manages: roles.manager || roles.admin }));
    if (named === 'weekly_report' && channel === 'digest') {
      throw unreadable('choice', ({ dmOrOff }) => dmOrOff);
    }
    return saved(context, { events: { [named]: channel } }, (_own, words) =>
      words.notificationSet[channel](words.events[named]),
    );
  },
});

const CHANNELS: readonly (readonly [NotificationChannel, RegExp])[] = [
  ['dm', /^(dm|message|direct|on|yes|mensaje)$/i],
  ['digest', /^(digest|daily|resumen)$/i],
  ['off', /^(off|no|none|never|mute)$/i],
];

const channelNamed = (word: string): NotificationChannel | undefined =>
  CHANNELS.find(([, pattern]) => pattern.test(word))?.[0];

export const settingsActions = [setLanguage, setZone, setQuiet, setDays, setAway, setDigest, setNotification];
