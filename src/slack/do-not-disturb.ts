import type { Clock } from '../core/ports.ts';
import type { Clients } from './clients.ts';

/** Slack allows 50 of these calls a minute and workspace: an answer is used for so long, in ms. */
const KEPT_MS = 10 * 60_000;
/** People in whom a process is interested within that time; past it the oldest answers go. */
const MOST_KEPT = 10_000;

export interface DoNotDisturb {
  /** The end of somebody's do-not-disturb, if it is on now. Slack not telling counts as off. Never throws. */
  busyUntil(team: string, userId: string): Promise<Date | undefined>;
}

/** When somebody's do-not-disturb holds, from `dnd.info`: their schedule, and a snooze that runs. */
export function createDoNotDisturb({ clients, clock }: { clients: Clients; clock: Clock }): DoNotDisturb {
  const known = new Map<string, { until: number; span: Promise<Span | undefined> }>();

  async function ask(team: string, userId: string): Promise<Span | undefined> {
    const client = await clients.of(team, 'interactive');
    const {
      dnd_enabled: on,
      next_dnd_start_ts: from,
      next_dnd_end_ts: to,
    } = await client.dnd.info({ user: userId });
    return on && from && to ? { from: from * 1_000, to: to * 1_000 } : undefined;
  }

  function spanOf(team: string, userId: string): Promise<Span | undefined> {
    const key = `${team} ${userId}`;
    const now = clock().getTime();
    const found = known.get(key);
    if (found && found.until > now) return found.span;
    known.delete(key);
    const [oldest] = known.keys();
    if (known.size >= MOST_KEPT && oldest !== undefined) known.delete(oldest);
    // A workspace without the scope, or Slack being slow: asked again later, not for each message.
    const span = ask(team, userId).catch(() => undefined);
    known.set(key, { until: now + KEPT_MS, span });
    return span;
  }

  return {
    async busyUntil(team, userId) {
      const span = await spanOf(team, userId);
      const now = clock().getTime();
      return span && span.from <= now && now < span.to ? new Date(span.to) : undefined;
    },
  };
}

/** ms since 1970 */
interface Span {
  from: number;
  to: number;
}
