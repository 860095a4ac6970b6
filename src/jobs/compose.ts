import type { NotificationKind } from '../core/notification.ts';
import { eventOf, notificationPolicy } from '../core/notification-policy.ts';
import type { Messenger } from '../core/ports.ts';
import type { View } from '../core/view.ts';
import type {
  ClaimedNotification,
  DeliveryAccount,
  LastMessage,
  NotificationQueue,
  SendAsk,
} from './ports.ts';

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
  /** There may be more of these than one message takes along */
  isFull?: boolean;
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

/** New ones may be written always; one that stands there by one at a time, or each would write over what the other says. */
export async function takeMessages(
  queue: Pick<NotificationQueue, 'takeOpen'>,
  messages: readonly Outgoing[],
): Promise<{ taken: Outgoing[]; busy: Outgoing[] }> {
  const adding = new Map<string, Outgoing>();
  for (const message of messages) {
    const { id } = message.account;
    if (message.onto) adding.set(id, adding.get(id) ?? message);
  }
  const open = [...adding.values()].flatMap(({ account: { id: accountId, workspace }, onto }) =>
    onto ? [{ accountId, workspaceId: workspace.id, ...onto }] : [],
  );
  const accounts = open.length > 0 ? await queue.takeOpen(open) : new Set();
  const isTaken = (message: Outgoing): boolean => {
    const { id } = message.account;
    return message.onto === undefined || (accounts.has(id) && adding.get(id) === message);
  };
  return {
    taken: messages.filter(isTaken),
    busy: messages.filter((message) => !isTaken(message)),
  };
}
