import type { Platform } from '../core/action.ts';
import type { Clock, Log, Messenger } from '../core/ports.ts';
import type { View } from '../core/view.ts';
import {
  askFor,
  createBrake,
  deliveryRetries,
  failureOf,
  type Paces,
  platformPaces,
  REFUSED_WORKSPACE_PAUSE_MS,
  type RetryPolicy,
  reasonOf,
  rememberingAmbiguity,
  renderSafely,
  retryOnceOrGiveUp,
  retryOrGiveUp,
} from './delivery.ts';
import type {
  ClaimedNotification,
  CountEvent,
  DeliveryAccount,
  NotificationQueue,
  SendAsk,
  SendBudget,
  SentCopy,
  Settlement,
  Wait,
} from './ports.ts';
import { createRowTasks } from './row-tasks.ts';
import type { Job, Task } from './worker.ts';

/** Draws notifications from the state as it is now. Undefined: no longer true, or no longer theirs to see. */
export type RenderNotifications = (
  rows: readonly ClaimedNotification[],
) => Promise<Map<string, View | undefined>>;

export interface DeliverNotificationsDeps {
  queue: NotificationQueue;
  budget: SendBudget;
  messengers: ReadonlyMap<Platform, Messenger>;
  render: RenderNotifications;
  clock: Clock;
  log: Log;
  count: CountEvent;
  paces?: Record<Platform, Paces>;
  retries?: RetryPolicy;
  random?: () => number;
  wait?: Wait;
}

type Result = Settlement<ClaimedNotification>;

interface Reachable {
  row: ClaimedNotification;
  account: DeliveryAccount;
  messenger: Messenger;
  ask: SendAsk;
}

/**
 * Delivers the outbox as direct messages. A row is marked sent after the platform's answer, so a crash at any line
 * leaves it sent or still to be sent; it is sent twice only when the crash falls between that answer and our commit,
 * or when the platform's answer is lost.
 */
export function createDeliverNotifications(deps: DeliverNotificationsDeps): Job {
  const { queue, budget, clock, paces = platformPaces } = deps;
  const brake = createBrake(deps);
  const accounts = createAccountNotes(queue);
  const copies = createCopyNotes(queue);
  const tasks = createRowTasks<ClaimedNotification>({
    ...deps,
    name: 'notifications',
    before: accounts.write,
    // A message that is not known as a copy grows old; one whose result is lost comes twice.
    after: copies.write,
  });

  async function prepare(rows: readonly ClaimedNotification[]): Promise<Task[]> {
    const reachable: Reachable[] = [];
    const prepared: Task[] = [];
    for (const row of rows) {
      const found = reach(row);
      if (typeof found === 'string') prepared.push(tasks.settled({ row, outcome: 'dead', reason: found }));
      else reachable.push(found);
    }
    const times = await budget.reserve(reachable.map(({ ask }) => ask));
    const going = reachable.filter((_, index) => times[index] === undefined);
    reachable.forEach(({ row }, index) => {
      const at = times[index];
      if (at) prepared.push(tasks.paced(row, at));
    });
    return [...prepared, ...(await prepareSends(going))];
  }

  /** How to reach the recipient; or why they can't be reached, which ends the row: an admin can replay it. */
  function reach(row: ClaimedNotification): Reachable | string {
    const { account } = row;
    if (!row.recipient.active) return 'the person was deactivated';
    if (!account) return 'the person has no chat account yet';
    if (account.refusal) return account.refusal;
    const messenger = deps.messengers.get(account.platform);
    if (!messenger) return `${account.platform} is not set up here`;
    const { platform, workspace, userId } = account;
    const ask = askFor({ platform, workspaceId: workspace.id, channelId: userId }, paces);
    return { row, account, messenger, ask };
  }

  async function prepareSends(going: readonly Reachable[]): Promise<Task[]> {
    const { rendered, failed } = await renderSafely(
      going.map(({ row }) => row),
      deps.render,
    );
    return going.map((target) => {
      const { row } = target;
      if (failed.has(row))
        return tasks.settled(again(row, `could not be drawn: ${reasonOf(failed.get(row))}`));
      const view = rendered.get(row.id);
      if (!view) return tasks.settled({ row, outcome: 'skipped', reason: 'no longer true' });
      return tasks.sending(row, () => send(target, view));
    });
  }

  async function send({ row, account, messenger, ask }: Reachable, view: View): Promise<Result> {
    const held = brake.heldUntil(ask);
    if (held) return { row, outcome: 'retry', at: held, costsAttempt: false };
    const { workspace, userId, address } = account;
    try {
      const sent = await messenger.sendDirect({ workspace, userId, address, view });
      copies.sent({ recipientId: row.recipientId, workspaceId: workspace.id, ...sent }, view);
      if (sent.address !== address) accounts.learned({ accountId: account.id, address: sent.address });
      return { row, outcome: 'done' };
    } catch (error) {
      return resultOf(error, { row, account, ask });
    }
  }

  async function resultOf(
    error: unknown,
    { row, account, ask }: { row: ClaimedNotification; account: DeliveryAccount; ask: SendAsk },
  ): Promise<Result> {
    const failure = failureOf(error);
    const reason = reasonOf(error);
    switch (failure.kind) {
      case 'throttled': {
        deps.count('notifications', 'throttled', 1);
        const until = new Date(clock().getTime() + failure.retryAfterMs);
        await brake.hold([ask.workspace, ask.channel], until);
        return {
          row,
          outcome: 'retry',
          at: until,
          costsAttempt: false,
          reason: rememberingAmbiguity(row, reason),
        };
      }
      case 'refused':
        if (failure.scope === 'workspace') return refusedByWorkspace(row, ask, reason);
        accounts.refused({ accountId: account.id, reason });
        return { row, outcome: 'dead', reason };
      case 'gone':
        return { row, outcome: 'dead', reason };
      case 'ambiguous':
        // Lost news is worse than repeated news, but a platform that never answers must not repeat it on and on.
        return retryOnceOrGiveUp(row, reason, retries());
      case 'failed':
        return again(row, reason);
      default:
        return failure satisfies never;
    }
  }

  /**
   * The token is refused: this row ends. The others are held for a minute at a time instead of ending all at once, since
   * a token that is being replaced is refused for a while; a removed app is known from the workspace's row.
   */
  async function refusedByWorkspace(row: ClaimedNotification, ask: SendAsk, reason: string): Promise<Result> {
    await brake.hold([ask.workspace], new Date(clock().getTime() + REFUSED_WORKSPACE_PAUSE_MS));
    return { row, outcome: 'dead', reason };
  }

  function again(row: ClaimedNotification, reason: string): Result {
    return retryOrGiveUp(row, rememberingAmbiguity(row, reason), retries());
  }

  const retries = () => ({
    now: clock(),
    policy: deps.retries ?? deliveryRetries,
    random: deps.random ?? Math.random,
  });

  return {
    queue: 'notifications',
    take: (limit) => tasks.take(limit, prepare),
    renew: tasks.renew,
    close: tasks.close,
  };
}

/** Messages that show a task, written down together with the sends' results. */
function createCopyNotes(queue: NotificationQueue) {
  let copies: SentCopy[] = [];
  return {
    sent(message: Omit<SentCopy, 'copy'>, { copy }: View): void {
      if (copy) copies.push({ ...message, copy });
    },
    async write(): Promise<void> {
      const sent = copies;
      copies = [];
      if (sent.length > 0) await queue.keepCopies(sent);
    },
  };
}

/** What sends taught about accounts, written together with the sends' results. */
function createAccountNotes(queue: NotificationQueue) {
  let addresses: { accountId: string; address: string }[] = [];
  let refusals: { accountId: string; reason: string }[] = [];
  return {
    learned: (note: { accountId: string; address: string }) => void addresses.push(note),
    refused: (note: { accountId: string; reason: string }) => void refusals.push(note),
    async write(): Promise<void> {
      const learned = [...addresses];
      if (learned.length > 0) await queue.keepAddresses(learned);
      addresses = addresses.slice(learned.length);
      const refused = [...refusals];
      if (refused.length > 0) await queue.refuse(refused);
      refusals = refusals.slice(refused.length);
    },
  };
}
