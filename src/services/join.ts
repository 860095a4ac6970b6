import type { Guest, Invocation } from '../core/action.ts';
import { AppError } from '../core/errors.ts';
import type { NewId } from '../core/ports.ts';
import type { Database } from '../lib/database.ts';
import { sql } from '../lib/sql.ts';
import type { Work } from '../lib/work.ts';
import { timeAndLanguage } from './identity.ts';
import type { Scope } from './scope.ts';

interface GuestScope {
  db: Database;
  work: Work;
  guest: Guest;
  invocation: Invocation;
  now: Date;
  newId: NewId;
}

/** Who decides about people. */
const MANAGERS_ASKED = 5;

/**
 * Asks to join; the organisation's managers are told, admins first. Throws AppError `not_possible_now`
 * when that has been asked already.
 */
export async function askToJoin(scope: GuestScope): Promise<{ asked: string[] }> {
  const { db, guest, invocation, now } = scope;
  const open = await db.prisma.joinRequest.findFirst({
    where: { workspaceId: guest.workspaceId, externalId: invocation.userId, state: 'open' },
  });
  if (open) {
    throw new AppError('not_possible_now', {
      userMessage: 'You have asked already. I’ll write to you as soon as a manager has answered.',
    });
  }
  const managers = await db.prisma.manager.findMany({
    where: { person: { organizationId: guest.organizationId, deactivatedAt: null } },
    include: { person: { select: { id: true, name: true } } },
    orderBy: [{ admin: 'desc' }, { createdAt: 'asc' }],
    take: MANAGERS_ASKED,
  });
  const id = scope.newId();
  const { timeZone = 'UTC', locale = 'en' } = timeAndLanguage(guest.profile);
  scope.work.write(sql`INSERT INTO join_requests
      (id, organization_id, workspace_id, external_id, name, email, time_zone, locale, direct_address, created_at)
    VALUES (${id}, ${guest.organizationId}, ${guest.workspaceId}, ${invocation.userId}, ${guest.profile.name.slice(0, 200)},
      ${guest.profile.email?.toLowerCase() ?? null}, ${timeZone}, ${locale}, ${invocation.directAddress ?? null}, ${now})`);
  for (const { person } of managers) {
    scope.work.notify({
      id: scope.newId(),
      organizationId: guest.organizationId,
      recipientId: person.id,
      kind: 'join_asked',
      taskId: null,
      actorId: null,
      data: {
        request: id,
        name: guest.profile.name,
        ...(guest.profile.email ? { email: guest.profile.email } : {}),
      },
      dedupeKey: `join_asked:${id}:${person.id}`,
      nextAttemptAt: now,
      createdAt: now,
    });
  }
  return { asked: managers.map(({ person }) => person.name) };
}

/**
 * A manager's answer. Approved, the asker becomes a worker of that manager (or the person who has that
 * e-mail address), and is told. Throws AppError `not_possible_now` when it has been answered.
 */
export async function answerJoin(
  scope: Scope,
  { request, answer }: { request: string; answer: 'approved' | 'denied' },
): Promise<{ name: string }> {
  const { db, actor, now } = scope;
  const asked = await db.prisma.joinRequest.findFirst({
    where: { id: request, organizationId: actor.organizationId },
    include: { decidedBy: { select: { name: true } } },
  });
  if (!asked) throw new AppError('not_possible_now', { userMessage: 'That request is gone.' });
  if (asked.state !== 'open') {
    throw new AppError('not_possible_now', {
      userMessage: `${asked.decidedBy?.name ?? 'Somebody'} has ${asked.state} ${asked.name} already.`,
    });
  }
  scope.work.write(
    sql`UPDATE join_requests SET state = ${answer}::join_state, decided_by_id = ${actor.personId}, decided_at = ${now}
      WHERE id = ${request} AND state = 'open'`,
    { rows: 1 },
  );
  scope.audit({ target: `join:${request}`, details: { name: asked.name, answer } });
  if (answer === 'approved') await welcomePerson(scope, asked);
  return { name: asked.name };
}

interface Asked {
  id: string;
  workspaceId: string;
  externalId: string;
  name: string;
  email: string | null;
  timeZone: string;
  locale: string;
  directAddress: string | null;
}

async function welcomePerson(scope: Scope, asked: Asked): Promise<void> {
  const { work, actor, now, newId } = scope;
  const known = await formerPerson(scope, asked);
  const personId = known?.id ?? newId();
  if (known) {
    work.write(sql`UPDATE persons SET deactivated_at = NULL WHERE id = ${known.id}`);
  } else {
    work.write(sql`INSERT INTO persons (id, organization_id, name, email, time_zone, locale, created_at)
      VALUES (${personId}, ${actor.organizationId}, ${asked.name}, ${asked.email}, ${asked.timeZone}, ${asked.locale}, ${now})`);
    work.write(sql`INSERT INTO workers (id, person_id, manager_id, created_at)
      SELECT ${newId()}, ${personId}, (SELECT id FROM managers WHERE person_id = ${actor.personId}), ${now}::timestamptz`);
  }
  work.write(sql`INSERT INTO chat_accounts (id, person_id, workspace_id, external_id, direct_address, last_seen_at, created_at)
    VALUES (${newId()}, ${personId}, ${asked.workspaceId}, ${asked.externalId}, ${asked.directAddress}, ${now}, ${now})
    ON CONFLICT (person_id, workspace_id) DO UPDATE SET external_id = excluded.external_id,
      direct_address = excluded.direct_address, refused_at = NULL, refused_reason = NULL`);
  work.notify({
    id: newId(),
    organizationId: actor.organizationId,
    recipientId: personId,
    kind: 'joined',
    taskId: null,
    actorId: actor.personId,
    data: { by: actor.name },
    dedupeKey: `joined:${asked.id}`,
    nextAttemptAt: now,
    createdAt: now,
  });
}

/** Somebody who was here before comes back as who they were: by the same account, else by work e-mail. */
async function formerPerson({ db, actor }: Scope, asked: Asked): Promise<{ id: string } | null> {
  const { workspaceId, externalId, email } = asked;
  const account = await db.prisma.chatAccount.findUnique({
    where: { workspaceId_externalId: { workspaceId, externalId } },
    select: { person: { select: { id: true } } },
  });
  if (account) return account.person;
  if (!email) return null;
  return db.prisma.person.findUnique({
    where: { organizationId_email: { organizationId: actor.organizationId, email } },
    select: { id: true },
  });
}
