import type { Language } from './messages.ts';
import {
  type NotificationChannel,
  type NotificationEvent,
  notificationEvents,
  notificationPolicy,
} from './notification-policy.ts';

/** 'HH:MM' in the person's own zone */
export type TimeOfDay = string;
/** ISO: 1 is Monday, 7 is Sunday */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A person's settings, with what they left open filled in. */
export interface Settings {
  /** null: as the platform's profile has it. persons.locale is the one in effect, whichever it came from. */
  language: Language | null;
  /** Over midnight when `from` is the later one; null: none */
  quiet: { from: TimeOfDay; to: TimeOfDay } | null;
  workDays: readonly Weekday[];
  awayUntil: Date | null;
  digest: { on: boolean; at: TimeOfDay; days: readonly Weekday[] };
  events: Readonly<Record<NotificationEvent, NotificationChannel>>;
}

/** A row of person_settings; null is what the person left open. */
export interface StoredSettings {
  language: Language | null;
  quietFrom: TimeOfDay | null;
  quietTo: TimeOfDay | null;
  workDays: readonly number[] | null;
  awayUntil: Date | null;
  digest: boolean | null;
  digestAt: TimeOfDay | null;
  digestDays: readonly number[] | null;
  events: Readonly<Partial<Record<NotificationEvent, NotificationChannel>>> | null;
}

/** For everyone, until they say otherwise. */
export const defaults = {
  quiet: { from: '20:00', to: '07:00' },
  workDays: [1, 2, 3, 4, 5],
  digestAt: '08:00',
} as const satisfies { quiet: Settings['quiet']; workDays: readonly Weekday[]; digestAt: TimeOfDay };

/** What holds for a person; `stored` is undefined for those who never set anything. */
export function settingsOf(stored: StoredSettings | null | undefined): Settings {
  const workDays = daysOf(stored?.workDays) ?? defaults.workDays;
  return {
    language: stored?.language ?? null,
    quiet: quietOf(stored),
    workDays,
    awayUntil: stored?.awayUntil ?? null,
    digest: {
      on: stored?.digest ?? true,
      at: stored?.digestAt ?? defaults.digestAt,
      days: daysOf(stored?.digestDays) ?? workDays,
    },
    events: eventsOf(stored?.events),
  };
}

function quietOf(stored: StoredSettings | null | undefined): Settings['quiet'] {
  if (!stored?.quietFrom || !stored.quietTo) return defaults.quiet;
  return stored.quietFrom === stored.quietTo ? null : { from: stored.quietFrom, to: stored.quietTo };
}

function daysOf(days: readonly number[] | null | undefined): Weekday[] | undefined {
  const known = (days ?? []).filter((day): day is Weekday => Number.isInteger(day) && day >= 1 && day <= 7);
  return known.length > 0 ? [...new Set(known)].sort() : undefined;
}

function eventsOf(chosen: StoredSettings['events'] | undefined): Settings['events'] {
  const channels = notificationEvents.map((event) => [
    event,
    chosen?.[event] ?? notificationPolicy[event].channel,
  ]);
  return Object.fromEntries(channels) as Settings['events'];
}
