/** Every kind of message that Crewline sends by itself. */
export const notificationKinds = [
  'assigned',
  'unassigned',
  'accepted',
  'declined',
  'status_changed',
  'blocked',
  'approval_asked',
  'approved',
  'returned',
  'nudged',
  'undone',
  'commented',
  'mentioned',
  'due_soon',
  'due',
  'overdue',
  'escalated',
  'reminder',
  'project_joined',
  'role_changed',
  'handed_over',
  'join_asked',
  'joined',
  'card_not_posted',
  'summary',
  'digest',
  'channel_digest',
  'weekly_report',
] as const;

export type NotificationKind = (typeof notificationKinds)[number];

/** A row of the outbox, as it is written. It holds data, never a rendered message. */
export interface NewNotification {
  id: string;
  organizationId: string;
  recipientId: string;
  kind: NotificationKind;
  taskId: string | null;
  actorId: string | null;
  data: Record<string, string>;
  /** The same for the same news: at most one row ever. */
  dedupeKey: string;
  nextAttemptAt: Date;
  createdAt: Date;
}
