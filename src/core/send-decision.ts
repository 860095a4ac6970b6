import type { NotificationKind } from './notification.ts';
import { eventOf, isUrgent, type NotificationEvent } from './notification-policy.ts';
import { quietUntil } from './quiet-time.ts';
import type { Settings } from './settings.ts';

/** The one who is to be told, as they are at the time of sending. */
export interface Recipient {
  timeZone: string;
  settings: Settings;
  /** Days off of their organisation that are near, YYYY-MM-DD */
  holidays: readonly string[];
}

export type SendDecision =
  | { do: 'send'; urgent: boolean }
  /** With the summary at that time */
  | { do: 'hold'; until: Date }
  | { do: 'digest' }
  | { do: 'drop'; reason: string };

/** What comes also from a task that was muted: it asks the person for something, or they asked for it themselves. */
const throughMute: ReadonlySet<NotificationEvent> = new Set(['assigned', 'mentioned', 'nudged', 'reminder']);

/** They have a time of their own, which quiet hours don't move. */
const atTheirTime: ReadonlySet<NotificationEvent> = new Set(['digest', 'weekly_report', 'reminder']);

/** What becomes of a message by the settings that hold now, apart from what its task says. */
export function decideSend(
  about: {
    kind: NotificationKind;
    priority?: 'low' | 'normal' | 'high' | 'urgent' | undefined;
    /** The recipient has muted its task */
    muted: boolean;
    recipient: Recipient;
  },
  now: Date,
): SendDecision {
  const { recipient, priority } = about;
  const event = eventOf(about.kind);
  // An answer to what they did themselves, or what gathers the others.
  if (event === null) return { do: 'send', urgent: true };
  const { settings } = recipient;
  if (event === 'digest' || event === 'weekly_report') {
    const isOn = settings.events[event] !== 'off' && (event !== 'digest' || settings.digest.on);
    return isOn ? { do: 'send', urgent: true } : { do: 'drop', reason: 'turned off' };
  }
  if (about.muted && !throughMute.has(event)) return { do: 'drop', reason: 'its task is muted' };
  const channel = settings.events[event];
  if (channel === 'off') return { do: 'drop', reason: 'turned off' };
  if (channel === 'digest') {
    const isRead = settings.digest.on && settings.events.digest !== 'off';
    return isRead ? { do: 'digest' } : { do: 'drop', reason: 'for the digest, which is turned off' };
  }
  const urgent = isUrgent(event, priority);
  const until = urgent || atTheirTime.has(event) ? undefined : quietUntil(recipient, now);
  return until ? { do: 'hold', until } : { do: 'send', urgent };
}
