import type { Platform } from '../core/action.ts';
import type { Clock, HomePublisher, Log } from '../core/ports.ts';
import type { View } from '../core/view.ts';
import {
  createBrake,
  failureOf,
  REFUSED_WORKSPACE_PAUSE_MS,
  reasonOf,
  renderSafely,
  retryOrGiveUp,
} from './delivery.ts';
import type { ClaimedHome, CountEvent, LeaseQueue, SendAsk, SendBudget, Settlement, Wait } from './ports.ts';
import { createRowTasks } from './row-tasks.ts';
import type { Job, Task } from './worker.ts';

/** Draws pages as they are now, by their id; undefined for one that can't be drawn for its reader. */
export type RenderHomes = (homes: readonly ClaimedHome[]) => Promise<Map<string, View>>;

export interface RefreshHomesDeps {
  queue: LeaseQueue<ClaimedHome>;
  budget: SendBudget;
  publishers: ReadonlyMap<Platform, HomePublisher>;
  renderHomes: RenderHomes;
  clock: Clock;
  log: Log;
  count: CountEvent;
  random?: () => number;
  wait?: Wait;
}

/** Slack takes some hundred views.publish a minute and workspace; a page that changes under one's eyes all the time can't be read. */
const paces = {
  workspace: { everyMs: 700, burst: 10 },
  page: { everyMs: 5_000, burst: 1 },
};

/** A page that was not refreshed is drawn anew when it is opened: it is not worth a long fight. */
const retries = { firstMs: 2_000, longestMs: 60_000, maxAttempts: 5 };

const askFor = ({ workspace, userId }: ClaimedHome): SendAsk => ({
  workspace: { key: `homes:${workspace.id}`, pace: paces.workspace },
  channel: { key: `home:${workspace.id}:${userId}`, pace: paces.page },
});

/** Publishes pages anew that people have open, when others have acted on what stands there. */
export function createRefreshHomes(deps: RefreshHomesDeps): Job {
  const { budget, clock, publishers } = deps;
  type Result = Settlement<ClaimedHome>;
  const brake = createBrake(deps);
  const tasks = createRowTasks<ClaimedHome>({ ...deps, name: 'homes' });

  async function prepare(homes: readonly ClaimedHome[]): Promise<Task[]> {
    const open = homes.filter((home) => home.reachable && publishers.has(home.platform));
    const times = await budget.reserve(open.map(askFor));
    const { rendered, failed } = await renderSafely(
      open.filter((_, index) => times[index] === undefined),
      deps.renderHomes,
    );
    return homes.map((row) => {
      const at = times[open.indexOf(row)];
      if (at) return tasks.paced(row, at);
      const view = rendered.get(row.id);
      if (view) return tasks.sending(row, () => publish(row, view));
      if (failed.has(row)) return tasks.settled(again(row, reasonOf(failed.get(row))));
      return tasks.settled({ row, outcome: 'forgotten' });
    });
  }

  async function publish(row: ClaimedHome, view: View): Promise<Result> {
    const ask = askFor(row);
    const held = brake.heldUntil(ask);
    if (held) return { row, outcome: 'retry', at: held, costsAttempt: false };
    const { workspace, userId, choice } = row;
    try {
      await publishers.get(row.platform)?.publish({ workspace, userId, view, choice });
      return { row, outcome: 'done' };
    } catch (error) {
      return resultOf(error, row, ask);
    }
  }

  async function resultOf(error: unknown, row: ClaimedHome, ask: SendAsk): Promise<Result> {
    const failure = failureOf(error);
    if (failure.kind === 'throttled') {
      deps.count('homes', 'throttled', 1);
      const until = new Date(clock().getTime() + failure.retryAfterMs);
      await brake.hold([ask.workspace], until);
      return { row, outcome: 'retry', at: until, costsAttempt: false, reason: reasonOf(error) };
    }
    if (failure.kind === 'refused' && failure.scope === 'workspace')
      await brake.hold([ask.workspace], new Date(clock().getTime() + REFUSED_WORKSPACE_PAUSE_MS));
    return failure.kind === 'refused' ? { row, outcome: 'forgotten' } : again(row, reasonOf(error));
  }

  /** Never dead: there is nothing in it for an admin. */
  function again(row: ClaimedHome, reason: string): Result {
    const next = retryOrGiveUp(row, reason, {
      now: clock(),
      policy: retries,
      random: deps.random ?? Math.random,
    });
    return next.outcome === 'dead' ? { row, outcome: 'forgotten' } : next;
  }

  return {
    queue: 'homes',
    take: (limit) => tasks.take(limit, prepare),
    renew: tasks.renew,
    close: tasks.close,
  };
}
