import type { Guest, Invocation } from '../core/action.ts';
import { AppError } from '../core/errors.ts';
import type { Sentence } from '../core/messages.ts';
import type { NewId } from '../core/ports.ts';
import type { Database } from '../lib/database.ts';
import { sql } from '../lib/sql.ts';
import type { Work } from '../lib/work.ts';
import { type Former, readFormer } from './former-member.ts';
import type { PersonName } from './task-record.ts';

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
/** Waiting in a workspace; a few more when many ask at one moment. */
const MOST_OPEN = 20;
const HOUR_MS = 60 * 60 * 1_000;
/** From a refusal to the next request, in ms. */
const REFUSED_FOR_MS = 24 * HOUR_MS;

/**
 * Asks to join; the organisation's managers are told, admins first, and only admins when it is a former
 * manager. Throws AppError `not_possible_now` when that has been asked already, was refused a short while
 * ago, or too many wait.
 */
export async function askToJoin(scope: GuestScope): Promise<{ asked: string[] }> {
  const { db, work, guest, invocation, now, newId } = scope;
  await expectMayAsk(scope);
  const { profile, organizationId, workspaceId } = guest;
  const { timeZone = 'UTC', locale = 'en', email = null } = profile;
  const former = await readFormer(db, { organizationId, workspaceId, externalId: invocation.userId, email });
  const deciders = await whoDecides(db, { organizationId, former });
  const id = newId();
  work.write(sql`INSERT INTO join_requests
      (id, organization_id, workspace_id, external_id, name, email, time_zone, locale, direct_address, created_at)
    VALUES (${id}, ${organizationId}, ${workspaceId}, ${invocation.userId}, ${profile.name}, ${email},
      ${timeZone}, ${locale}, ${invocation.directAddress ?? null}, ${now})`);
  for (const recipient of deciders) {
    work.notify({
      id: newId(),
      organizationId,
      recipientId: recipient.id,
      kind: 'join_asked',
      taskId: null,
      actorId: null,
      data: {
        request: id,
        name: profile.name,
        ...(email ? { email } : {}),
        ...(former && !former.active && former.account !== 'another' ? { before: former.name } : {}),
      },
      dedupeKey: `join_asked:${id}:${recipient.id}`,
      nextAttemptAt: now,
      createdAt: now,
    });
  }
  return { asked: deciders.map(({ name }) => name) };
}

async function expectMayAsk({ db, guest: { workspaceId }, invocation, now }: GuestScope): Promise<void> {
  const refusedSince = new Date(now.getTime() - REFUSED_FOR_MS);
  const own = await db.prisma.joinRequest.findMany({
    where: {
      workspaceId,
      externalId: invocation.userId,
      OR: [{ state: 'open' }, { state: 'denied', decidedAt: { gt: refusedSince } }],
    },
    orderBy: { decidedAt: 'desc' },
  });
  if (own.some(({ state }) => state === 'open')) throw notNow(({ crew }) => crew.askedAlready);
  const decidedAt = own[0]?.decidedAt;
  if (decidedAt) {
    const hours = Math.ceil((decidedAt.getTime() - refusedSince.getTime()) / HOUR_MS);
    throw notNow(({ crew }) => crew.refusedLately(hours));
  }
  const open = await db.prisma.joinRequest.count({ where: { workspaceId, state: 'open' } });
  if (open >= MOST_OPEN) throw notNow(({ crew }) => crew.manyWait(open));
}

async function whoDecides(
  db: Database,
  { organizationId, former }: { organizationId: string; former: Former | undefined },
): Promise<PersonName[]> {
  const managers = await db.prisma.manager.findMany({
    where: { person: { organizationId, deactivatedAt: null }, ...(former?.manager ? { admin: true } : {}) },
    select: { person: { select: { id: true, name: true } } },
    orderBy: [{ admin: 'desc' }, { createdAt: 'asc' }],
    take: MANAGERS_ASKED,
  });
  return managers.map(({ person }) => person);
}

const notNow = (userMessage: Sentence): AppError => new AppError('not_possible_now', { userMessage });
