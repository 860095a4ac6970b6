import type { Platform } from '../core/action.ts';
import type { Clock, Log, Messenger, WorkspaceRef } from '../core/ports.ts';
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
  renderSafely,
  retryOrGiveUp,
} from './delivery.ts';
import type {
  CountEvent,
  Leased,
  LeaseQueue,
  QueueName,
  SendAsk,
  SendBudget,
  Settlement,
  Wait,
} from './ports.ts';
import { createRowTasks } from './row-tasks.ts';
import type { Job, Task } from './worker.ts';

/** A message that is posted once and updated after. */
export interface ClaimedPosting extends Leased {
  platform: Platform;
  workspace: WorkspaceRef;
  installed: boolean;
  channelId: string;
  address: string | undefined;
  /** The message that starts the thread in which it stands */
  threadId?: string;
  /** Absent until it was posted */
  messageId: string | undefined;
}

export interface PostingsDeps<Row extends ClaimedPosting> {
  name: QueueName;
  queue: LeaseQueue<Row>;
  budget: SendBudget;
  messengers: ReadonlyMap<Platform, Messenger>;
  /** Draws messages, by their id, from the state as it is now. */
  render(rows: readonly Row[]): Promise<Map<string, View>>;
  /** What becomes of one that can't be posted, or updated, any more. */
  end(row: Row, reason: string): Promise<Settlement<Row>>;
  clock: Clock;
  log: Log;
  count: CountEvent;
  paces?: Record<Platform, Paces>;
  retries?: RetryPolicy;
  random?: () => number;
  wait?: Wait;
}

interface Sendable<Row> {
  row: Row;
  messenger: Messenger;
  ask: SendAsk;
}

/**
 * Posts messages, and brings posted ones up to date. Changes that come while one waits cost one update; one that comes
 * while it is being sent leaves it pending (its revision differs), so none stays older than what it shows.
 */
export function createPostings<Row extends ClaimedPosting>(deps: PostingsDeps<Row>): Job {
  const { name, budget, clock, end, paces = platformPaces } = deps;
  type Result = Settlement<Row>;
  const brake = createBrake(deps);
  const tasks = createRowTasks<Row>(deps);

  async function prepare(rows: readonly Row[]): Promise<Task[]> {
    const sendable: Sendable<Row>[] = [];
    const prepared: Task[] = [];
    for (const row of rows) {
      const found = reach(row);
      if (typeof found === 'string') prepared.push(tasks.sending(row, () => end(row, found)));
      else sendable.push(found);
    }
    const times = await budget.reserve(sendable.map(({ ask }) => ask));
    const going = sendable.filter((_, index) => times[index] === undefined);
    sendable.forEach(({ row }, index) => {
      const at = times[index];
      if (at) prepared.push(tasks.paced(row, at));
    });
    return [...prepared, ...(await prepareSends(going))];
  }

  function reach(row: Row): Sendable<Row> | string {
    if (!row.installed) return 'the app was removed from the workspace';
    const messenger = deps.messengers.get(row.platform);
    if (!messenger) return `${row.platform} is not set up here`;
    const { platform, channelId } = row;
    const update = row.messageId !== undefined;
    const ask = askFor({ platform, workspaceId: row.workspace.id, channelId, update }, paces);
    return { row, messenger, ask };
  }

  async function prepareSends(going: readonly Sendable<Row>[]): Promise<Task[]> {
    const { rendered, failed } = await renderSafely(
      going.map(({ row }) => row),
      deps.render,
    );
    return going.map((target) => {
      const { row } = target;
      if (failed.has(row))
        return tasks.settled(again(row, `could not be drawn: ${reasonOf(failed.get(row))}`));
      const view = rendered.get(row.id);
      if (!view) return tasks.settled({ row, outcome: 'skipped', reason: 'there is nothing to show' });
      return tasks.sending(row, () => send(target, view));
    });
  }

  async function send({ row, messenger, ask }: Sendable<Row>, view: View): Promise<Result> {
    const held = brake.heldUntil(ask);
    if (held) return { row, outcome: 'retry', at: held, costsAttempt: false };
    const { workspace, channelId, address, threadId, messageId } = row;
    const place = { workspace, channelId, address, threadId, view };
    try {
      if (messageId !== undefined) {
        await messenger.update({ ...place, messageId });
        return { row, outcome: 'done' };
      }
      const posted = await messenger.post(place);
      return { row, outcome: 'done', messageId: posted.messageId };
    } catch (error) {
      return resultOf(error, row, ask);
    }
  }

  async function resultOf(error: unknown, row: Row, ask: SendAsk): Promise<Result> {
    const failure = failureOf(error);
    const reason = reasonOf(error);
    switch (failure.kind) {
      case 'throttled': {
        deps.count(name, 'throttled', 1);
        const until = new Date(clock().getTime() + failure.retryAfterMs);
        await brake.hold([ask.workspace, ask.channel], until);
        return { row, outcome: 'retry', at: until, costsAttempt: false, reason };
      }
      case 'refused':
        if (failure.scope !== 'workspace') return end(row, reason);
        // It shows a state and is no news: it waits for the token to be replaced, where a notification ends.
        await brake.hold([ask.workspace], new Date(clock().getTime() + REFUSED_WORKSPACE_PAUSE_MS));
        return again(row, reason);
      case 'gone':
        // Somebody deleted the message: there is nothing to bring up to date any more.
        return { row, outcome: 'forgotten' };
      case 'ambiguous':
        // An update may be repeated. A second message may not be posted.
        return row.messageId === undefined ? end(row, `may have been posted: ${reason}`) : again(row, reason);
      case 'failed':
        return again(row, reason);
      default:
        return failure satisfies never;
    }
  }

  function again(row: Row, reason: string): Result {
    const policy = deps.retries ?? deliveryRetries;
    return retryOrGiveUp(row, reason, { now: clock(), policy, random: deps.random ?? Math.random });
  }

  return {
    queue: name,
    take: (limit) => tasks.take(limit, prepare),
    renew: tasks.renew,
    close: tasks.close,
  };
}
