import { sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';

/**
 * Part of every commit that takes rights away: whoever does it is an admin, and there, when it is written.
 * Since nobody can do it to themselves, an admin always remains, also when two admins act on one another at once.
 */
export function staysAdmin({ work, actor }: Scope): void {
  work.write(
    sql`UPDATE persons SET deactivated_at = NULL WHERE id = ${actor.personId} AND deactivated_at IS NULL`,
    { rows: 1 },
  );
  work.write(sql`UPDATE managers SET admin = true WHERE person_id = ${actor.personId} AND admin`, {
    rows: 1,
  });
}

/** What a manager leads goes to another manager: their projects and the people who report to them. */
export function handOverLead(scope: Scope, { from, to }: { from: string; to: string }): void {
  const manager = (personId: string) => sql`(SELECT id FROM managers WHERE person_id = ${personId})`;
  scope.work.write(sql`UPDATE projects SET owner_id = ${manager(to)} WHERE owner_id = ${manager(from)}`);
  scope.work.write(
    sql`UPDATE workers SET manager_id = CASE WHEN person_id = ${to} THEN NULL ELSE ${manager(to)} END
      WHERE manager_id = ${manager(from)}`,
  );
}
