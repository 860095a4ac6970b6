import { sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';

/**
 * Notes that a message was offered to become a task; false when it was already, to whomever. Kept as long as
 * the keys of other requests: two days.
 */
export async function noteOffer(scope: Scope, message: string): Promise<boolean> {
  const key = `offer ${message}`;
  const known = await scope.db.prisma.invocation.findUnique({ where: { key }, select: { key: true } });
  if (known) return false;
  // Two people at one moment: the second commit meets the key, and the second one asks again.
  scope.work.write(sql`INSERT INTO invocations (key, reply, audit_id, created_at)
    VALUES (${key}, '{"kind":"none"}', '', ${scope.now})`);
  return true;
}
