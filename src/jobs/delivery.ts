import type { Platform } from '../core/action.ts';
import { type Clock, DeliveryError, type DeliveryFailure, type Log } from '../core/ports.ts';
import { type Backoff, backoffMs } from './backoff.ts';
import type { BudgetKey, Leased, Pace, SendAsk, SendBudget, Settlement } from './ports.ts';
import { isAway } from './settler.ts';

/** What a platform allows: in a workspace in all, updates of messages apart where they count apart, and in a channel. */
export interface Paces {
  workspace: Pace;
  updates?: Pace;
  channel: Pace;
}

/**
 * A window of t ms sees at most `burst` + t / `everyMs` messages, so each pair keeps the platform's limits in every window.
 * Slack: 525 a minute and workspace (15 + 510), one a second and channel, chat.update is tier 3: 50 a minute (10 + 40).
 * Teams: 50 requests a second, app and tenant, of which a first message to somebody needs two (2 × (4 + 20)); a conversation 7 in 1 s, 8 in 2 s, 60 in 30 s, 1,800 an hour (7, then one in 2 s).
 */
export const platformPaces: Record<Platform, Paces> = {
  slack: {
    workspace: { everyMs: 60_000 / 510, burst: 15 },
    updates: { everyMs: 1_500, burst: 10 },
    channel: { everyMs: 1_000, burst: 1 },
  },
  teams: {
    workspace: { everyMs: 50, burst: 4 },
    channel: { everyMs: 2_000, burst: 7 },
  },
};

export interface RetryPolicy extends Backoff {
  /** Failed tries until a row is given up */
  maxAttempts: number;
  /** How long a send that may have arrived is left alone before its one more try, in ms; two minutes if left out */
  ambiguousMs?: number;
}

/**
 * From 2 s up to 15 min, 40 tries: some four hours. A platform that is down for an hour or two must not kill what it
 * delayed, and eight doublings from 2 s would be over in four minutes.
 */
export const deliveryRetries: RetryPolicy = { firstMs: 2_000, longestMs: 15 * 60_000, maxAttempts: 40 };

/** News that comes twice comes apart. */
const AMBIGUOUS_PAUSE_MS = 120_000;

/** How long a workspace that refused the app's token is left alone, in ms. */
export const REFUSED_WORKSPACE_PAUSE_MS = 60_000;

export interface Target {
  platform: Platform;
  workspaceId: string;
  /** Slack channel, Teams conversation, or the user whom a direct message goes to */
  channelId: string;
  update?: boolean;
}

/** The budgets that a message to somewhere needs. */
export function askFor(target: Target, paces: Record<Platform, Paces>): SendAsk {
  const { workspace, updates, channel } = paces[target.platform];
  const { workspaceId } = target;
  return {
    workspace:
      target.update && updates
        ? { key: `updates:${workspaceId}`, pace: updates }
        : { key: `workspace:${workspaceId}`, pace: workspace },
    channel: { key: `channel:${workspaceId}:${target.channelId}`, pace: channel },
  };
}

/** Holds back what a platform has throttled: at once in this replica, through the budget in all. */
export interface Brake {
  /** When it may be tried again, if it is held back now. */
  heldUntil(ask: SendAsk): Date | undefined;
  hold(keys: readonly BudgetKey[], until: Date): Promise<void>;
}

export function createBrake({ budget, clock, log }: { budget: SendBudget; clock: Clock; log: Log }): Brake {
  const held = new Map<string, Date>();
  return {
    heldUntil({ workspace, channel }) {
      const now = clock();
      for (const { key } of [workspace, channel]) {
        const until = held.get(key);
        if (until && until > now) return until;
        held.delete(key);
      }
      return undefined;
    },
    async hold(keys, until) {
      for (const { key } of keys) held.set(key, until);
      await budget.block(keys, until).catch((error: unknown) => {
        log.warn({ err: error }, 'the other replicas could not be told of a throttled workspace');
      });
    },
  };
}

/** What became of a send that threw; anything but a DeliveryError may pass. */
export function failureOf(error: unknown): DeliveryFailure {
  return error instanceof DeliveryError ? error.failure : { kind: 'failed' };
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Tries again later, or gives up after the last try. */
export function retryOrGiveUp<Row extends Leased>(
  row: Row,
  reason: string,
  options: { now: Date; policy: RetryPolicy; random: () => number },
): Settlement<Row> {
  const failures = row.attempts + 1;
  if (failures >= options.policy.maxAttempts) {
    return { row, outcome: 'dead', reason: `given up after ${failures} tries: ${reason}` };
  }
  const at = new Date(options.now.getTime() + backoffMs(failures, options.policy, options.random));
  return { row, outcome: 'retry', at, costsAttempt: true, reason };
}

const MAY_HAVE_BEEN_SENT = 'may have been sent: ';

/**
 * A send that ended without an answer is tried once more; the second one that ends so gives the row up. That there was
 * one stands in the row's error, through whatever comes between.
 */
export function retryOnceOrGiveUp<Row extends Leased & { lastError: string | undefined }>(
  row: Row,
  reason: string,
  options: { now: Date; policy: RetryPolicy; random: () => number },
): Settlement<Row> {
  const marked = `${MAY_HAVE_BEEN_SENT}${reason}`;
  if (wasAmbiguous(row) || row.attempts + 1 >= options.policy.maxAttempts)
    return { row, outcome: 'dead', reason: marked };
  const pause = (options.policy.ambiguousMs ?? AMBIGUOUS_PAUSE_MS) * (1 + options.random() / 4);
  return {
    row,
    outcome: 'retry',
    at: new Date(options.now.getTime() + pause),
    costsAttempt: true,
    reason: marked,
  };
}

/** The reason of a later failure, with what was known before. */
export const rememberingAmbiguity = (row: { lastError: string | undefined }, reason: string): string =>
  wasAmbiguous(row) ? `${MAY_HAVE_BEEN_SENT}${reason}` : reason;

const wasAmbiguous = ({ lastError }: { lastError: string | undefined }): boolean =>
  lastError?.startsWith(MAY_HAVE_BEEN_SENT) ?? false;

/** Renders all at once; when that fails, each by itself, so that one that can't be drawn harms no other. */
export async function renderSafely<Input, Key, Output>(
  inputs: readonly Input[],
  render: (inputs: readonly Input[]) => Promise<Map<Key, Output>>,
): Promise<{ rendered: Map<Key, Output>; failed: Map<Input, unknown> }> {
  const failed = new Map<Input, unknown>();
  if (inputs.length === 0) return { rendered: new Map(), failed };
  try {
    return { rendered: await render(inputs), failed };
  } catch (error) {
    if (isAway(error)) throw error;
  }
  const rendered = new Map<Key, Output>();
  for (const input of inputs) {
    try {
      for (const [key, output] of await render([input])) rendered.set(key, output);
    } catch (error) {
      if (isAway(error)) throw error;
      failed.set(input, error);
    }
  }
  return { rendered, failed };
}
