import { AppError } from '../core/errors.ts';
import { sql } from '../lib/sql.ts';
import { readAccount, undeliveredAgain } from './accounts.ts';
import { notify } from './notify.ts';
import { findPeople } from './people.ts';
import type { Role } from './read-team.ts';
import type { Scope } from './scope.ts';
import type { PersonName } from './task-record.ts';
import { handOverLead, staysAdmin } from './team-guard.ts';
import { tidyProfile } from './tidy-profile.ts';

export interface Added {
  person: PersonName;
  role: Role;
  /** new: not known before. back: was here before. role: known, with another role now. */
  as: 'new' | 'back' | 'role';
  /** Writes to us with that address to be known; absent when their account is known */
  email: string | undefined;
}

interface Newcomer {
  name: string;
  email: string | null;
  timeZone: string;
  locale: string;
  /** The platform's user id, when they were mentioned */
  userId: string | null;
}

/**
 * Puts somebody on the team, brings them back, or gives them another role. Throws AppError `unknown_person`,
 * `ambiguous_person`, or `not_possible_now` when they have that role, or it is one's own.
 */
export async function addToTeam(
  scope: Scope,
  { reference, role }: { reference: string; role: Role | undefined },
): Promise<Added> {
  const found = await personNamed(scope, reference);
  if ('userId' in found) return hire(scope, found, role ?? 'worker');
  const known = await scope.db.prisma.person.findUniqueOrThrow({
    where: { id: found.id },
    include: { manager: true },
  });
  const has: Role = known.manager?.admin ? 'admin' : known.manager ? 'manager' : 'worker';
  const isBack = known.deactivatedAt !== null;
  const wanted = role ?? has;
  if (!isBack && wanted === has) {
    const firstName = known.name.split(' ')[0] ?? known.name;
    throw new AppError('not_possible_now', {
      userMessage: ({ crew }) =>
        [crew.hasRole(known.name, crew.roles[has]), ...(role ? [] : [crew.otherRole(firstName)])].join(' '),
    });
  }
  if (known.id === scope.actor.personId) {
    throw new AppError('not_possible_now', {
      userMessage: ({ crew }) => crew.ownRole,
    });
  }
  if (isBack) bringBack(scope, known.id);
  if (wanted !== has) changeRole(scope, { person: known, from: has, to: wanted });
  const as = isBack ? 'back' : 'role';
  record(scope, { person: known, role: wanted, as });
  return { person: { id: known.id, name: known.name }, role: wanted, as, email: undefined };
}

/** Somebody known, also when they have left; else who an address or a mention stands for. */
async function personNamed(scope: Scope, reference: string): Promise<PersonName | Newcomer> {
  const { db, actor, invocation } = scope;
  const [, kind, value = ''] = /^(account|email):(.+)$/s.exec(reference) ?? [];
  if (!kind) {
    const [person] = await findPeople(scope, { references: [reference], argument: 'who', former: true });
    if (!person) throw new AppError('unknown_person');
    return person;
  }
  const account = kind === 'account' ? await readAccount(db, actor.workspaceId, value) : undefined;
  if (account) return { id: account.personId, name: account.name };
  const profile = tidyProfile(
    kind === 'account' ? await invocation.profile(value) : { name: nameFrom(value), email: value },
  );
  const { name, email = null, timeZone = actor.timeZone, locale = 'en' } = profile;
  if (kind === 'email' && !email) {
    throw new AppError('unknown_person', { userMessage: ({ crew }) => crew.badEmail });
  }
  const byEmail =
    email &&
    (await db.prisma.person.findUnique({
      where: { organizationId_email: { organizationId: actor.organizationId, email } },
      select: { id: true, name: true },
    }));
  return byEmail || { name, email, timeZone, locale, userId: kind === 'account' ? value : null };
}

/** `wes.carter@…`: Wes Carter */
const nameFrom = (email: string): string =>
  (email.split('@')[0] ?? email)
    .split(/[._-]+/)
    .filter(Boolean)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ');

function hire(scope: Scope, newcomer: Newcomer, role: Role): Added {
  const { work, actor, now, newId } = scope;
  const { name, email, timeZone, locale, userId } = newcomer;
  const person = { id: newId(), name };
  work.write(sql`INSERT INTO persons (id, organization_id, name, email, time_zone, locale, created_at)
    VALUES (${person.id}, ${actor.organizationId}, ${name}, ${email}, ${timeZone}, ${locale}, ${now})`);
  work.write(sql`INSERT INTO workers (id, person_id, manager_id, created_at)
    SELECT ${newId()}, ${person.id}, (SELECT id FROM managers WHERE person_id = ${actor.personId}), ${now}::timestamptz`);
  if (role !== 'worker') work.write(managerRow(scope, { personId: person.id, role }));
  if (userId)
    work.write(sql`INSERT INTO chat_accounts (id, person_id, workspace_id, external_id, last_seen_at, created_at)
      VALUES (${newId()}, ${person.id}, ${actor.workspaceId}, ${userId}, ${now}, ${now})`);
  record(scope, { person, role, as: 'new' });
  return { person, role, as: 'new', email: userId ? undefined : (email ?? undefined) };
}

function bringBack({ work, now }: Scope, personId: string): void {
  work.write(
    sql`UPDATE persons SET deactivated_at = NULL WHERE id = ${personId} AND deactivated_at IS NOT NULL`,
    { rows: 1 },
  );
  work.write(undeliveredAgain(personId, now));
}

const managerRow = ({ newId, now }: Scope, { personId, role }: { personId: string; role: Role }) =>
  sql`INSERT INTO managers (id, person_id, admin, created_at)
    VALUES (${newId()}, ${personId}, ${role === 'admin'}::boolean, ${now})
    ON CONFLICT (person_id) DO UPDATE SET admin = excluded.admin`;

function changeRole(scope: Scope, { person, from, to }: { person: PersonName; from: Role; to: Role }): void {
  const { work, actor, newId, now } = scope;
  if (from !== 'worker') staysAdmin(scope);
  if (to !== 'worker') {
    work.write(managerRow(scope, { personId: person.id, role: to }));
    return;
  }
  handOverLead(scope, { from: person.id, to: actor.personId });
  work.write(sql`INSERT INTO workers (id, person_id, manager_id, created_at)
    SELECT ${newId()}, ${person.id}, m.id, ${now}::timestamptz FROM managers m WHERE m.person_id = ${actor.personId}
    ON CONFLICT (person_id) DO NOTHING`);
  work.write(sql`DELETE FROM managers WHERE person_id = ${person.id}`, { rows: 1 });
}

function record(
  scope: Scope,
  { person, role, as }: { person: PersonName; role: Role; as: Added['as'] },
): void {
  scope.audit({ target: `person:${person.id}`, details: { person: person.name, role, as } });
  notify(scope, {
    kind: as === 'role' ? 'role_changed' : 'joined',
    to: [person.id],
    data: as === 'role' ? { role } : { by: scope.actor.name, as },
    occasion: scope.newId(),
  });
}
