import type { AuditRecord } from '../core/ports.ts';
import { sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';

interface Place extends Pick<Scope, 'work' | 'invocation' | 'now' | 'newId'> {
  actor: Pick<Scope['actor'], 'personId' | 'name' | 'organizationId'>;
}

type Entry = Pick<AuditRecord, 'action' | 'target' | 'taskNumber' | 'details'> & {
  /** Somebody else in whose history it stands; the actor when left out */
  actor?: { id: string; name: string };
};

/** Further rows of the audit log in the same commit, for what one deed means to several tasks or people. */
export function alsoAudit(scope: Place, entries: readonly Entry[]): void {
  if (entries.length === 0) return;
  const { actor: self, invocation, now, newId } = scope;
  const records = entries.map(
    ({ actor, ...entry }): AuditRecord => ({
      id: newId(),
      actor: `person:${actor?.id ?? self.personId}`,
      actorName: actor?.name ?? self.name,
      at: now.toISOString(),
      organizationId: self.organizationId,
      outcome: 'ok',
      platform: invocation.platform,
      source: invocation.source,
      ...entry,
    }),
  );
  scope.work.write(sql`INSERT INTO audit_outbox (id, actor, at, body, next_attempt_at)
    SELECT r.body ->> 'id', r.body ->> 'actor', (r.body ->> 'at')::timestamptz, r.body, ${now}::timestamptz
    FROM jsonb_array_elements(${JSON.stringify(records)}::jsonb) AS r(body)`);
}
