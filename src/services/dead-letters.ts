import { AppError } from '../core/errors.ts';
import { sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';

/** What was given up for one reason. */
export interface DeadGroup {
  /** Names the reason in a button */
  key: string;
  /** In the platform's words */
  reason: string;
  count: number;
  /** Of the newest one */
  at: Date;
  /** Some of those whom it was for */
  people: string[];
}

export interface DeadLetters {
  groups: DeadGroup[];
  total: number;
  /** What still waits, and since when the oldest of it is due */
  waiting: number;
  oldest: Date | null;
}

/** Of one screen */
const SHOWN = 8;
/** More are replayed with a second press: what is sent again must not come as a flood. */
const MOST_REPLAYED = 1_000;

const dead = (organizationId: string) => sql`
  SELECT 'notification' AS what, n.id, n.error, n.created_at, p.name FROM notifications n JOIN persons p ON p.id = n.recipient_id
    WHERE n.state = 'dead' AND n.organization_id = ${organizationId}
  UNION ALL SELECT 'card', c.id, c.error, c.created_at, '#' || t.number FROM task_cards c JOIN tasks t ON t.id = c.task_id
    WHERE c.state = 'dead' AND t.organization_id = ${organizationId}`;

/** The messages and cards of the organisation that were given up, by reason, the newest first. */
export async function readDeadLetters({ db, actor, now }: Scope): Promise<DeadLetters> {
  const groups = await db.rows<DeadGroup & { total: number }>(sql`WITH dead AS (${dead(actor.organizationId)})
    SELECT md5(error) AS key, error AS reason, count(*)::int AS count, max(created_at) AS at, sum(count(*)) OVER ()::int AS total,
      (array_agg(DISTINCT name))[1:4] AS people
    FROM dead GROUP BY error ORDER BY max(created_at) DESC LIMIT ${SHOWN}::int`);
  const [queue] = await db.rows<{
    waiting: number;
    oldest: Date | null;
  }>(sql`SELECT count(*)::int AS waiting, min(next_attempt_at) AS oldest
    FROM notifications WHERE state = 'pending' AND organization_id = ${actor.organizationId} AND next_attempt_at <= ${now}`);
  return {
    groups,
    total: groups[0]?.total ?? 0,
    waiting: queue?.waiting ?? 0,
    oldest: queue?.oldest ?? null,
  };
}

/**
 * Sends once more what was given up, all of it or that of one reason; what is no longer true is skipped then. Throws AppError
 * `not_possible_now` when there is nothing.
 */
export async function replayDeadLetters(scope: Scope, key: string | undefined): Promise<number> {
  const { actor, db, now, work } = scope;
  const found = await db.rows<{
    what: 'notification' | 'card';
    id: string;
  }>(sql`WITH dead AS (${dead(actor.organizationId)})
    SELECT what, id FROM dead WHERE ${key ?? null}::text IS NULL OR md5(error) = ${key ?? null} ORDER BY created_at LIMIT ${MOST_REPLAYED}::int`);
  if (found.length === 0) {
    throw new AppError('not_possible_now', { userMessage: ({ delivery }) => delivery.nothingToReplay });
  }
  const ids = (what: string): string[] => found.filter((row) => row.what === what).map(({ id }) => id);
  work.write(sql`UPDATE notifications SET state = 'pending', attempts = 0, error = NULL, next_attempt_at = ${now}
    WHERE id = ANY (${ids('notification')}::text[]) AND state = 'dead'`);
  work.write(sql`UPDATE task_cards SET state = 'pending', attempts = 0, error = NULL, next_attempt_at = ${now}
    WHERE id = ANY (${ids('card')}::text[]) AND state = 'dead'`);
  work.wake('notifications');
  work.wake('cards');
  scope.audit({ details: { replayed: String(found.length) } });
  return found.length;
}
