import { AppError } from '../core/errors.ts';
import { type Sql, sql } from '../lib/sql.ts';
import { undeliveredAgain } from './accounts.ts';
import { type Former, readFormer } from './former-member.ts';
import type { Scope } from './scope.ts';

interface Asked {
  id: string;
  organizationId: string;
  workspaceId: string;
  externalId: string;
  name: string;
  email: string | null;
  timeZone: string;
  locale: string;
  directAddress: string | null;
}

/** What became of someone who was let in. */
export interface Welcomed {
  name: string;
  /** new: a worker of the manager. back: who they were before. known: on the team all along, now with this account too. */
  as: 'new' | 'back' | 'known';
}

/** A manager's no. Throws AppError `not_possible_now` when it has been answered. */
export async function denyJoin(scope: Scope, request: string): Promise<{ name: string }> {
  const { name } = await decide(scope, { request, answer: 'denied' });
  scope.audit({ target: `join:${request}`, details: { name, answer: 'denied' } });
  return { name };
}

/**
 * A manager's yes: the asker becomes a worker of that manager, or comes back as who they were, and is told.
 * Throws AppError `not_possible_now` when it has been answered, or when the person has another account on
 * that workspace; `not_allowed` when only an admin may let them back.
 */
export async function approveJoin(scope: Scope, request: string): Promise<Welcomed> {
  const asked = await decide(scope, { request, answer: 'approved' });
  const former = await readFormer(scope.db, asked);
  if (former) await expectMayReturn(scope, former);
  scope.audit({
    target: `join:${request}`,
    details: { name: asked.name, answer: 'approved', ...(former ? { person: former.name } : {}) },
  });
  const personId = former ? bringBack(scope, { asked, former }) : hire(scope, asked);
  const as = !former ? 'new' : former.active ? 'known' : 'back';
  tell(scope, { asked, personId, as });
  return { name: former?.name ?? asked.name, as };
}

async function decide(
  { db, work, actor, now }: Scope,
  { request, answer }: { request: string; answer: 'approved' | 'denied' },
): Promise<Asked> {
  const asked = await db.prisma.joinRequest.findFirst({
    where: { id: request, organizationId: actor.organizationId },
    include: { decidedBy: { select: { name: true } } },
  });
  if (!asked) throw new AppError('not_possible_now', { userMessage: ({ crew }) => crew.requestGone });
  if (asked.state !== 'open') {
    throw new AppError('not_possible_now', {
      userMessage: ({ crew, words }) => {
        const who = asked.decidedBy?.name ?? words.somebody;
        return asked.state === 'approved'
          ? crew.approvedAlready(who, asked.name)
          : crew.deniedAlready(who, asked.name);
      },
    });
  }
  work.write(
    sql`UPDATE join_requests SET state = ${answer}::join_state, decided_by_id = ${actor.personId}, decided_at = ${now}
      WHERE id = ${request} AND state = 'open'`,
    { rows: 1 },
  );
  return asked;
}

/**
 * An address in a profile is no proof of who somebody is, and rights come back with the person: so nobody is
 * given a second account by it, and a manager's rights are for an admin to give.
 */
async function expectMayReturn({ db, actor }: Scope, former: Former): Promise<void> {
  if (former.account === 'another') {
    throw new AppError('not_possible_now', {
      userMessage: ({ crew }) => crew.hasAccount(former.name),
    });
  }
  if (!former.manager || actor.roles.admin) return;
  const admins = await db.prisma.manager.findMany({
    where: { admin: true, person: { organizationId: actor.organizationId, deactivatedAt: null } },
    select: { person: { select: { name: true } } },
    orderBy: { createdAt: 'asc' },
    take: 3,
  });
  const names = admins.map(({ person }) => person.name);
  throw new AppError('not_allowed', {
    userMessage: ({ crew }) =>
      [crew.managerBack(former.name), ...(names.length > 0 ? [crew.ask(names)] : [])].join(' '),
  });
}

/** As who they were: roles, manager, projects and tasks stay. */
function bringBack(scope: Scope, { asked, former }: { asked: Asked; former: Former }): string {
  const { work, actor, now } = scope;
  // Looked at again in the commit: they may have been made a manager meanwhile.
  work.write(
    sql`UPDATE persons SET deactivated_at = NULL WHERE id = ${former.id} AND (${actor.roles.admin}::boolean
      OR NOT EXISTS (SELECT 1 FROM managers WHERE person_id = ${former.id}))`,
    { rows: 1 },
  );
  if (former.account === 'this') {
    work.write(
      sql`UPDATE chat_accounts SET direct_address = coalesce(${asked.directAddress}::text, direct_address),
          last_seen_at = ${now}, refused_at = NULL, refused_reason = NULL
        WHERE person_id = ${former.id} AND workspace_id = ${asked.workspaceId} AND external_id = ${asked.externalId}`,
      { rows: 1 },
    );
    return former.id;
  }
  work.write(accountRow(scope, { asked, personId: former.id }));
  work.write(undeliveredAgain(former.id, now));
  work.wake('notifications');
  return former.id;
}

function hire(scope: Scope, asked: Asked): string {
  const { work, actor, now, newId } = scope;
  const personId = newId();
  work.write(sql`INSERT INTO persons (id, organization_id, name, email, time_zone, locale, created_at)
    VALUES (${personId}, ${actor.organizationId}, ${asked.name}, ${asked.email}, ${asked.timeZone}, ${asked.locale}, ${now})`);
  work.write(sql`INSERT INTO workers (id, person_id, manager_id, created_at)
    SELECT ${newId()}, ${personId}, (SELECT id FROM managers WHERE person_id = ${actor.personId}), ${now}::timestamptz`);
  work.write(accountRow(scope, { asked, personId }));
  return personId;
}

/** Fails the commit when the person or the account has been linked meanwhile: then it is decided anew. */
const accountRow = (
  { now, newId }: Scope,
  { asked, personId }: { asked: Asked; personId: string },
): Sql => sql`INSERT INTO chat_accounts
    (id, person_id, workspace_id, external_id, direct_address, last_seen_at, created_at)
  VALUES (${newId()}, ${personId}, ${asked.workspaceId}, ${asked.externalId}, ${asked.directAddress}, ${now}, ${now})`;

function tell(
  { work, actor, now, newId }: Scope,
  { asked, personId, as }: { asked: Asked; personId: string; as: Welcomed['as'] },
): void {
  // A manager's own second account: the answer says it.
  if (personId === actor.personId) return;
  work.notify({
    id: newId(),
    organizationId: actor.organizationId,
    recipientId: personId,
    kind: 'joined',
    taskId: null,
    actorId: actor.personId,
    data: { by: actor.name, as },
    dedupeKey: `joined:${asked.id}`,
    nextAttemptAt: now,
    createdAt: now,
  });
}
