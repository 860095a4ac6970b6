import { z } from 'zod';
import { messagesFor } from '../core/messages.ts';
import {
  type NotificationEvent,
  notificationChannels,
  notificationEvents,
} from '../core/notification-policy.ts';
import { readDays, readTimeOfDay } from '../core/settings/time-words.ts';
import type { Reply } from '../core/view.ts';
import { type OwnChange, type OwnSettings, ownSettings } from '../services/change-settings.ts';
import { settingSaved, settingsView } from '../views/settings.ts';
import { type GeneralValues, generalForm, notificationsForm } from '../views/settings-forms.ts';
import { optionalText } from './arguments.ts';
import { change } from './change-settings.ts';
import { action, type Context } from './context.ts';
import { awayUntil, languageNamed, quietHours, unreadable, zoneNamed } from './setting-values.ts';

const common = {
  usage: [],
  topic: 'people',
  access: 'member',
  effect: 'change',
  read: () => ({}),
  opensForm: ({ form }: Record<string, string>) => !form,
} as const;

const text = optionalText(200);
const shown = z.string().max(200).optional();

const general = action({
  ...common,
  name: 'settings-general',
  args: z.object({
    form: z.string().optional(),
    language: text,
    zone: text,
    quiet: text,
    days: text,
    away: text,
    digest: text,
    digestDays: text,
    shown_language: shown,
    shown_zone: shown,
    shown_quiet: shown,
    shown_days: shown,
    shown_away: shown,
    shown_digest: shown,
    shown_digestDays: shown,
  }),
  async run(context, given): Promise<Reply> {
    const { now } = context;
    if (!given.form) {
      const own = await ownSettings(context);
      return { kind: 'form', form: generalForm(own, { now, nonce: context.newId() }) };
    }
    const wanted = generalChange(context, {
      // What must be filled in is empty only where a client did not send what it was given.
      isChanged: (name) =>
        (given[name] ?? '') !== (given[`shown_${name}`] ?? '') &&
        (mayBeEmpty.has(name) || Boolean(given[name])),
      value: (name) => given[name] ?? '',
    });
    return answer(context, wanted);
  },
});

const mayBeEmpty: ReadonlySet<keyof GeneralValues> = new Set(['quiet', 'away', 'digest']);

/** Of the fields that were touched: the others may have been changed elsewhere meanwhile. */
function generalChange(
  context: Context,
  {
    isChanged,
    value,
  }: { isChanged(name: keyof GeneralValues): boolean; value(name: keyof GeneralValues): string },
): OwnChange {
  const wanted: OwnChange = {};
  if (isChanged('language')) wanted.language = languageNamed(value('language') || 'auto');
  if (isChanged('zone')) wanted.timeZone = zoneNamed(context, value('zone'));
  if (isChanged('quiet')) wanted.quiet = quietHours(value('quiet') || 'off');
  if (isChanged('days')) wanted.workDays = chosenDays('days', value('days'));
  if (isChanged('away'))
    wanted.awayUntil = value('away') ? awayUntil(context, value('away'), wanted.timeZone) : null;
  if (isChanged('digest')) Object.assign(wanted, digestTime(value('digest')));
  if (isChanged('digestDays')) wanted.digestDays = chosenDays('digestDays', value('digestDays'));
  return wanted;
}

function digestTime(words: string): Pick<OwnChange, 'digest' | 'digestAt'> {
  if (!words) return { digest: false };
  const at = readTimeOfDay(words);
  if (!at) throw unreadable('digest', ({ digestHint }) => `${digestHint}.`);
  return { digest: true, digestAt: at };
}

/** Option values of the form, 1 to 7. */
function chosenDays(field: 'days' | 'digestDays', value: string): number[] {
  const days = value
    .split(',')
    .map(Number)
    .filter((day) => day >= 1 && day <= 7);
  const found = days.length > 0 ? days : readDays(value);
  if (!found) throw unreadable(field, ({ whichDays }) => whichDays);
  return [...found].sort();
}

const channel = z.enum(notificationChannels).optional().catch(undefined);
const channels = Object.fromEntries(notificationEvents.map((event) => [event, channel])) as Record<
  NotificationEvent,
  typeof channel
>;

const notifications = action({
  ...common,
  name: 'settings-notifications',
  args: z.object({ form: z.string().optional(), ...channels }),
  async run(context, { form, ...chosen }): Promise<Reply> {
    const own = await ownSettings(context);
    const { roles } = context.actor;
    if (!form) {
      const manages = roles.manager || roles.admin;
      return { kind: 'form', form: notificationsForm(own, { manages, nonce: context.newId() }) };
    }
    const changed = notificationEvents.flatMap((event) => {
      const now = chosen[event];
      return now && now !== own.settings.events[event] ? [[event, now] as const] : [];
    });
    return answer(context, changed.length > 0 ? { events: Object.fromEntries(changed) } : {});
  },
});

/** All of it, as it is now. */
async function answer(context: Context, wanted: OwnChange): Promise<Reply> {
  if (Object.keys(wanted).length === 0) {
    const { settings } = context.messages;
    return settingSaved(settings.nothingChanged, settings);
  }
  const own: OwnSettings = await change(context, wanted);
  const view = settingsView(own, context.now);
  const { saved } = messagesFor(own.locale).settings;
  return {
    kind: 'view',
    to: 'user',
    view: { ...view, tone: 'good', summary: `${saved}: ${view.summary}` },
    ack: saved,
  };
}

export const settingsForms = [general, notifications];
