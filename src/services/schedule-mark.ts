import { sql } from '../lib/sql.ts';
import type { Database } from './scope.ts';

/** How long a replica may look without saying so again, in ms: after a crash another goes on then. */
const LEASE_MS = 2 * 60_000;

/** Up to when something scheduled was found, kept for all replicas together. */
export interface ScheduleMark {
  /** Found until then; undefined: another replica looks right now. */
  take(now: Date): Promise<Date | undefined>;
  /** Still looking. */
  renew(now: Date): Promise<void>;
  /** All is found until then. */
  moveTo(until: Date): Promise<void>;
  /** Looked, but not to the end. */
  release(): Promise<void>;
}

/**
 * One replica looks at a time, which spares the others the work; that each thing is written once is the unique key's
 * doing. What was never looked at begins now: an update of Crewline at noon must not bring the morning's digests.
 */
export function createScheduleMark(db: Database, options: { name: string; holder: string }): ScheduleMark {
  const { name, holder } = options;
  const until = (now: Date): Date => new Date(now.getTime() + LEASE_MS);
  return {
    async take(now) {
      const [found] = await db.rows<{
        at: Date;
      }>(sql`INSERT INTO schedule_marks AS m (name, at, holder, leased_until)
        VALUES (${name}, ${now}, ${holder}, ${until(now)})
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, leased_until = excluded.leased_until
        WHERE m.holder IS NULL OR m.holder = ${holder} OR m.leased_until <= ${now}
        RETURNING m.at`);
      return found?.at;
    },
    async renew(now) {
      await db.rows(
        sql`UPDATE schedule_marks SET leased_until = ${until(now)} WHERE name = ${name} AND holder = ${holder}`,
      );
    },
    async moveTo(at) {
      await db.rows(sql`UPDATE schedule_marks SET at = greatest(at, ${at}::timestamptz), holder = NULL, leased_until = NULL
        WHERE name = ${name} AND holder = ${holder}`);
    },
    async release() {
      await db.rows(
        sql`UPDATE schedule_marks SET holder = NULL, leased_until = NULL WHERE name = ${name} AND holder = ${holder}`,
      );
    },
  };
}
