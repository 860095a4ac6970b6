import type { Platform } from '../core/action.ts';
import type { Clock, Log, Messenger } from '../core/ports.ts';
import { decideSend } from '../core/send-decision.ts';
import { createAccountNotes } from './account-notes.ts';
import {
  BUNDLE_MS,
  type Drawn,
  endOfBundle,
  gather,
  isBundled,
  type Outgoing,
  type Reachable,
  type RenderNotifications,
  takeMessages,
} from './compose.ts';
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
  LastMessage,
  NotificationQueue,
  SendBudget,
  SentNote,
  Settlement,
  Wait,
} from './ports.ts';
import { createRowTasks } from './row-tasks.ts';
import type { Job, Task } from './worker.ts';

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
  /** How long a message takes in what follows, in ms; 0: each comes by itself */
  bundleMs?: number;
  random?: () => number;
  wait?: Wait;
}

type Result = Settlement<ClaimedNotification>;

/** What would be added to a message that is being written, and what did not fit into a summary, comes after so many ms. */
const SOON_MS = 1_000;

/**
 * Delivers the outbox as direct messages. A row is marked sent after the platform's answer, so a crash at any line
 * leaves it sent or still to be sent; it is sent twice only when the crash falls between that answer and our commit,
 * or when the platform's answer is lost.
 */
export function createDeliverNotifications(deps: DeliverNotificationsDeps): Job {
  const { queue, budget, clock, paces = platformPaces, bundleMs = BUNDLE_MS } = deps;
  const brake = createBrake(deps);
  const notes = createAccountNotes(queue);
  const tasks = createRowTasks<ClaimedNotification>({
    ...deps,
    name: 'notifications',
    before: notes.write,
    // A message that is not known as a copy grows old; one whose result is lost comes twice.
    after: notes.writeCopies,
  });

  async function prepare(rows: readonly ClaimedNotification[]): Promise<Task[]> {
    const now = clock();
    const reachable: Reachable[] = [];
    const prepared: Task[] = [];
    for (const row of rows) {
      const found = await route(row, now);
      if ('outcome' in found) prepared.push(tasks.settled(found));
      else reachable.push(found);
    }
    const messages = gather(reachable, { now, bundleMs }).map(withAsk);
    const times = await budget.reserve(messages.map(({ ask }) => ask));
    messages.forEach(({ rows: waiting }, index) => {
      const at = times[index];
      if (at) for (const row of waiting) prepared.push(tasks.paced(row, at));
    });
    const going = messages.filter((_, index) => times[index] === undefined);
    const { taken, busy } = await takeMessages(queue, going);
    for (const row of busy.flatMap((message) => message.rows)) prepared.push(tasks.paced(row, soon()));
    return [...prepared, ...(await prepareSends(taken))];
  }

  /** Whether it goes now, and how; or what becomes of it instead. */
  async function route(row: ClaimedNotification, now: Date): Promise<Reachable | Result> {
    const { account } = row;
    const dead = (reason: string): Result => ({ row, outcome: 'dead', reason });
    const isForChannel = row.kind === 'channel_digest';
    if (isForChannel && !account)
      return { row, outcome: 'skipped', reason: 'the channel has no digest any more' };
    if (!isForChannel && !row.recipient.active)
      return { row, outcome: 'skipped', reason: 'the person was deactivated' };
    const decision = decideSend(row, now);
    switch (decision.do) {
      case 'drop':
        return { row, outcome: 'skipped', reason: decision.reason };
      case 'digest':
        return { row, outcome: 'held', heldFor: 'digest' };
      case 'hold':
        return hold(row, { at: decision.until, rest: true });
      case 'send':
        break;
      default:
        return decision satisfies never;
    }
    // An admin can replay what ends here.
    if (!account) return dead('the person has no chat account yet');
    if (account.refusal) return dead(account.refusal);
    const messenger = deps.messengers.get(account.platform);
    if (!messenger) return dead(`${account.platform} is not set up here`);
    // The message was kept, and then the process died.
    if (account.lastMessage?.ids.includes(row.id)) return { row, outcome: 'done' };
    return { row, account, messenger, urgent: decision.urgent };
  }

  function hold(row: ClaimedNotification, until: { at: Date; rest: boolean }): Result {
    const { organizationId, recipientId } = row;
    notes.summary({ organizationId, recipientId, ...until });
    return { row, outcome: 'held', heldFor: 'summary' };
  }

  function withAsk(message: Omit<Outgoing, 'ask'>): Outgoing {
    const { account, onto } = message;
    const { platform, workspace, userId } = account;
    const target = { platform, workspaceId: workspace.id, channelId: userId, update: onto !== undefined };
    return { ...message, ask: askFor(target, paces) };
  }

  async function prepareSends(messages: readonly Outgoing[]): Promise<Task[]> {
    const drawings = messages.map((message) => ({
      key: keyOf(message),
      rows: message.rows,
      before: message.onto?.ids ?? [],
    }));
    const { rendered, failed } = await renderSafely(drawings, deps.render);
    return messages.flatMap((message, index) => {
      const drawing = drawings[index];
      const error = drawing && failed.get(drawing);
      if (error !== undefined) {
        const reason = `could not be drawn: ${reasonOf(error)}`;
        return message.rows.map((row) => tasks.settled(again(row, reason)));
      }
      const drawn = rendered.get(keyOf(message));
      const told = message.rows.filter(({ id }) => drawn?.told.has(id));
      const untold = message.rows.filter(({ id }) => !drawn?.told.has(id));
      return [
        ...untold.map((row) => tasks.settled({ row, outcome: 'skipped', reason: 'no longer true' })),
        ...(drawn && told.length > 0
          ? [tasks.sendingAll(told, () => send({ ...message, rows: told }, drawn))]
          : []),
      ];
    });
  }

  async function send(message: Outgoing, drawn: Drawn): Promise<Result[]> {
    const held = brake.heldUntil(message.ask);
    if (held) return each(message, (row) => ({ row, outcome: 'retry', at: held, costsAttempt: false }));
    try {
      const busy = message.urgent ? undefined : await busyUntil(message);
      if (busy) return each(message, (row) => hold(row, { at: busy, rest: true }));
      const sent = await deliver(message, drawn);
      if (sent === 'not the last one any more') return wait(message);
      if (sent) notes.sent(sent, drawn.view);
      if (drawn.along) notes.released(drawn.along);
      if (drawn.isFull) each(message, (row) => hold(row, { at: soon(), rest: true }));
      return each(message, (row) => ({ row, outcome: 'done' }));
    } catch (error) {
      return resultsOf(error, message);
    }
  }

  /** What the platform itself says of the person's rest. Not knowing it is no reason to wait. */
  async function busyUntil({ account, messenger }: Outgoing): Promise<Date | undefined> {
    const until = await messenger.busyUntil?.(account).catch(() => undefined);
    return until && until > clock() ? until : undefined;
  }

  /** Undefined for a channel, where nothing is added to a message. */
  async function deliver(
    message: Outgoing,
    { view, along = [] }: Drawn,
  ): Promise<SentNote | undefined | 'not the last one any more'> {
    const { account, messenger, onto, rows } = message;
    const { id: accountId, workspace, userId, address, channelId: channel } = account;
    if (channel !== undefined) {
      await messenger.post({ workspace, channelId: channel, address, view });
      return undefined;
    }
    const ids = [...rows, ...along].map(({ id }) => id);
    const recipientId = rows[0]?.recipientId ?? '';
    const to = { sentAt: clock(), accountId, workspaceId: workspace.id, recipientId };
    if (onto && address !== undefined) {
      const { channelId, messageId } = onto;
      const place = { workspace, channelId, messageId, address };
      if (messenger.isLast && !(await messenger.isLast(place))) return 'not the last one any more';
      await messenger.update({ ...place, view });
      return { ...to, address, message: { ...onto, ids: [...onto.ids, ...ids] } };
    }
    const sent = await messenger.sendDirect({ workspace, userId, address, view });
    const last: LastMessage = {
      channelId: sent.channelId,
      messageId: sent.messageId,
      at: clock().toISOString(),
      ids,
      open: rows.every(isBundled),
    };
    return { ...to, address: sent.address, message: last };
  }

  /** Something else was said meanwhile: what would have been added comes as one message at the end of the two minutes. */
  function wait(message: Outgoing): Result[] {
    const at = message.onto ? endOfBundle(message.onto, bundleMs) : clock();
    return each(message, (row) => hold(row, { at, rest: false }));
  }

  async function resultsOf(error: unknown, message: Outgoing): Promise<Result[]> {
    const { account, ask } = message;
    const failure = failureOf(error);
    const reason = reasonOf(error);
    switch (failure.kind) {
      case 'throttled': {
        deps.count('notifications', 'throttled', 1);
        const at = new Date(clock().getTime() + failure.retryAfterMs);
        await brake.hold([ask.workspace, ask.channel], at);
        return each(message, (row) => ({
          row,
          outcome: 'retry',
          at,
          costsAttempt: false,
          reason: rememberingAmbiguity(row, reason),
        }));
      }
      case 'refused':
        if (failure.scope === 'workspace') return refusedByWorkspace(message, reason);
        if (account.channelId === undefined) notes.refused({ accountId: account.id, reason });
        return each(message, (row) => ({ row, outcome: 'dead', reason }));
      case 'gone':
        // The message that it would have been added to was deleted: it comes by itself.
        if (message.onto) return wait(message);
        return each(message, (row) => ({ row, outcome: 'dead', reason }));
      case 'ambiguous':
        // Lost news is worse than repeated news, but a platform that never answers must not repeat it on and on.
        return each(message, (row) => retryOnceOrGiveUp(row, reason, retries()));
      case 'failed':
        return each(message, (row) => again(row, reason));
      default:
        return failure satisfies never;
    }
  }

  /**
   * The token is refused: this row ends. The others are held for a minute at a time instead of ending all at once, since
   * a token that is being replaced is refused for a while; a removed app is known from the workspace's row.
   */
  async function refusedByWorkspace(message: Outgoing, reason: string): Promise<Result[]> {
    await brake.hold([message.ask.workspace], new Date(clock().getTime() + REFUSED_WORKSPACE_PAUSE_MS));
    return each(message, (row) => ({ row, outcome: 'dead', reason }));
  }

  function again(row: ClaimedNotification, reason: string): Result {
    return retryOrGiveUp(row, rememberingAmbiguity(row, reason), retries());
  }

  const soon = () => new Date(clock().getTime() + SOON_MS);
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

const each = (message: Outgoing, result: (row: ClaimedNotification) => Result): Result[] =>
  message.rows.map(result);

const keyOf = ({ rows }: Pick<Outgoing, 'rows'>): string => rows[0]?.id ?? '';
