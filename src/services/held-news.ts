import { quietUntil } from '../core/quiet-time.ts';
import type { Settings } from '../core/settings.ts';
import { sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';

/** What waits until the actor's rest is over comes as it ends now that they rest at other times. */
export async function moveHeldNews(
  { actor, db, now, work }: Scope,
  { settings, timeZone }: { settings: Settings; timeZone: string },
): Promise<void> {
  const [kept] = await db.rows<{ holidays: string[] }>(sql`SELECT ARRAY(
      SELECT h.day::text FROM holidays h WHERE h.organization_id = ${actor.organizationId}
        AND h.day BETWEEN ${now}::date - 2 AND ${now}::date + 45) AS holidays
    WHERE EXISTS (SELECT 1 FROM notifications WHERE recipient_id = ${actor.personId} AND held_for = 'summary')`);
  if (!kept) return;
  const at = quietUntil({ timeZone, settings, holidays: kept.holidays }, now) ?? now;
  work.write(sql`UPDATE notifications SET next_attempt_at = ${at}::timestamptz
    WHERE recipient_id = ${actor.personId} AND kind = 'summary' AND state = 'pending' AND lease_token IS NULL AND data ? 'rest'`);
  work.wake('notifications');
}
