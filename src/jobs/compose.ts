import type { NotificationKind } from '../core/notification.ts';
import { eventOf, notificationPolicy } from '../core/notification-policy.ts';
import type { Messenger } from '../core/ports.ts';
import type { View } from '../core/view.ts';
import type { ClaimedNotification, DeliveryAccount, LastMessage, SendAsk } from './ports.ts';

/** Events on one task, and a burst over many, within this time become one message, in ms. */
export const BUNDLE_MS = 2 * 60_000;

/** A row that may go now, and the way there. */
export interface Reachable {
  row: ClaimedNotification;
  account: DeliveryAccount;
  messenger: Messenger;
  urgent: boolean;
}

/** One message to one person. */
export interface Outgoing extends Omit<Reachable, 'row'> {
  /** At least one */
  rows: readonly ClaimedNotification[];
  /** The message that it takes the place of, with what that told */
  onto: LastMessage | undefined;
  ask: SendAsk;
}

/** What a message is drawn from. */
export interface Drawing {
  /** The first row's id */
  key: string;
  rows: readonly ClaimedNotification[];
  /** Ids of what it tells once more */
  before: readonly string[];
}

export interface Drawn {
  view: View;
  /** Rows that are told; the others are no longer true, or no longer theirs to see */
  told: ReadonlySet<string>;
  /** Held rows that it takes along, and whether each is told */
  along?: readonly { id: string; told: boolean }[];
}

/** Draws messages from the state as it is now. Left out: nothing of it is left to say. */
export type RenderNotifications = (drawings: readonly Drawing[]) => Promise<Map<string, Drawn>>;

/** Several of them can stand in one message: they are about tasks, and their event says so. */
export function isBundled({ kind, taskId }: { kind: NotificationKind; taskId: string | null }): boolean {
  const event = eventOf(kind);
  return taskId !== null && event !== null && notificationPolicy[event].bundled;
}

/** The message at the bottom that something new is added to: not what must be noticed at once, and not for long. */
export function openMessage(
  { row, account, urgent }: Reachable,
  { now, bundleMs }: { now: Date; bundleMs: number },
): LastMessage | undefined {
  const { lastMessage } = account;
  if (!lastMessage?.open || urgent || !isBundled(row)) return undefined;
  return endOfBundle(lastMessage, bundleMs) > now ? lastMessage : undefined;
}

export const endOfBundle = ({ at }: LastMessage, bundleMs: number): Date =>
  new Date(new Date(at).getTime() + bundleMs);

/** Rows to one account that go together, in the order in which they came. */
export function gather(
  reachable: readonly Reachable[],
  options: { now: Date; bundleMs: number },
): Omit<Outgoing, 'ask'>[] {
  const messages: Omit<Outgoing, 'ask'>[] = [];
  const open = new Map<string, number>();
  for (const one of reachable) {
    const { row, ...way } = one;
    const index = open.get(way.account.id);
    const message = index === undefined ? undefined : messages[index];
    const joins = isBundled(row) && options.bundleMs > 0;
    if (joins && message && index !== undefined && message.urgent === way.urgent) {
      messages[index] = { ...message, rows: [...message.rows, row] };
      continue;
    }
    messages.push({ ...way, rows: [row], onto: openMessage(one, options) });
    if (joins) open.set(way.account.id, messages.length - 1);
  }
  return messages;
}
