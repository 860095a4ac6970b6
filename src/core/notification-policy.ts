import type { NotificationKind } from './notification.ts';

/** What a person can choose about, each for itself. */
export const notificationEvents = [
  'assigned',
  'unassigned',
  'accepted',
  'declined',
  'status_changed',
  'blocked',
  'commented',
  'mentioned',
  'due_soon',
  'due',
  'overdue',
  'escalated',
  'approval_asked',
  'approved',
  'returned',
  'nudged',
  'reminder',
  'join_asked',
  'digest',
  'weekly_report',
] as const;

export type NotificationEvent = (typeof notificationEvents)[number];

/** dm: a direct message. digest: a line in the next digest. off: not at all. */
export const notificationChannels = ['dm', 'digest', 'off'] as const;
export type NotificationChannel = (typeof notificationChannels)[number];

export interface EventPolicy {
  /** Until the person says otherwise */
  channel: NotificationChannel;
  /** What may come in quiet hours, on days off and while away */
  urgent: 'always' | 'urgent tasks' | 'never';
  /** Several on one task within two minutes become one message. */
  bundled: boolean;
}

/** What happens to each event until a person says otherwise. docs/notifications.md shows this table. */
export const notificationPolicy: Readonly<Record<NotificationEvent, EventPolicy>> = {
  assigned: { channel: 'dm', urgent: 'urgent tasks', bundled: true },
  unassigned: { channel: 'dm', urgent: 'urgent tasks', bundled: true },
  accepted: { channel: 'digest', urgent: 'never', bundled: true },
  declined: { channel: 'dm', urgent: 'urgent tasks', bundled: true },
  status_changed: { channel: 'dm', urgent: 'never', bundled: true },
  blocked: { channel: 'dm', urgent: 'urgent tasks', bundled: true },
  commented: { channel: 'dm', urgent: 'never', bundled: true },
  mentioned: { channel: 'dm', urgent: 'never', bundled: true },
  due_soon: { channel: 'dm', urgent: 'never', bundled: true },
  due: { channel: 'dm', urgent: 'urgent tasks', bundled: true },
  overdue: { channel: 'dm', urgent: 'urgent tasks', bundled: true },
  escalated: { channel: 'dm', urgent: 'urgent tasks', bundled: true },
  approval_asked: { channel: 'dm', urgent: 'urgent tasks', bundled: true },
  approved: { channel: 'dm', urgent: 'never', bundled: true },
  returned: { channel: 'dm', urgent: 'urgent tasks', bundled: true },
  nudged: { channel: 'dm', urgent: 'urgent tasks', bundled: true },
  reminder: { channel: 'dm', urgent: 'always', bundled: false },
  join_asked: { channel: 'dm', urgent: 'never', bundled: false },
  digest: { channel: 'dm', urgent: 'never', bundled: false },
  weekly_report: { channel: 'dm', urgent: 'never', bundled: false },
};

/**
 * The choice that each kind of message falls under. null: an answer to what the person did themselves or news of
 * their own standing, which no setting holds back.
 */
const events: Readonly<Record<NotificationKind, NotificationEvent | null>> = {
  assigned: 'assigned',
  unassigned: 'unassigned',
  accepted: 'accepted',
  declined: 'declined',
  status_changed: 'status_changed',
  blocked: 'blocked',
  approval_asked: 'approval_asked',
  approved: 'approved',
  returned: 'returned',
  nudged: 'nudged',
  undone: 'status_changed',
  commented: 'commented',
  mentioned: 'mentioned',
  due_soon: 'due_soon',
  due: 'due',
  overdue: 'overdue',
  escalated: 'escalated',
  reminder: 'reminder',
  project_joined: null,
  role_changed: null,
  handed_over: 'assigned',
  join_asked: 'join_asked',
  joined: null,
  card_not_posted: null,
  summary: null,
  digest: 'digest',
  channel_digest: null,
  weekly_report: 'weekly_report',
};

export const eventOf = (kind: NotificationKind): NotificationEvent | null => events[kind];

/** True for what does not wait for the end of quiet hours. `priority` is the task's. */
export function isUrgent(event: NotificationEvent, priority?: 'low' | 'normal' | 'high' | 'urgent'): boolean {
  const { urgent } = notificationPolicy[event];
  return urgent === 'always' || (urgent === 'urgent tasks' && priority === 'urgent');
}
