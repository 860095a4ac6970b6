import type { Guest } from '../core/action.ts';
import { AppError } from '../core/errors.ts';
import { sql } from '../lib/sql.ts';
import { readAccount, undeliveredAgain } from './accounts.ts';
import { alsoAudit } from './also-audit.ts';
import { type CodeOwner, type GoodCode, spendCode } from './connect-codes.ts';
import { mergePeople } from './merge-people.ts';
import type { Scope } from './scope.ts';
import type { PersonName } from './task-record.ts';

/** What connecting would bring together. */
export interface Connection {
  owner: CodeOwner;
  /** The owner has an account there, and whoever typed the code another one. */
  platforms: ('slack' | 'teams')[];
  /** Open tasks of the actor's */
  open: number;
}

/** What connecting with a code means. Throws AppError `not_possible_now` where it can't be. */
export async function readConnection(scope: Scope, { owner }: GoodCode): Promise<Connection> {
  const { actor, db } = scope;
  if (owner.id === actor.personId) {
    throw new AppError('not_possible_now', { userMessage: ({ connect }) => connect.ownCode });
  }
  const own = await db.prisma.chatAccount.findMany({
    where: { personId: actor.personId },
    select: { workspaceId: true, workspace: { select: { platform: true } } },
  });
  const shared = own.find(({ workspaceId }) => owner.accounts.some((one) => one.workspaceId === workspaceId));
  if (shared) {
    const { platform } = shared.workspace;
    throw new AppError('not_possible_now', {
      userMessage: ({ connect }) => connect.twoAccounts(owner.name, connect.platforms[platform]),
    });
  }
  const [tasks] = await db.rows<{ open: number }>(sql`SELECT count(*)::int AS open FROM task_assignees a
    JOIN tasks t ON t.id = a.task_id JOIN statuses s ON s.id = t.status_id
    WHERE a.person_id = ${actor.personId} AND a.state IN ('assigned', 'accepted')
      AND s.category NOT IN ('done', 'cancelled')`);
  const platforms = [...owner.accounts, ...own.map(({ workspace }) => workspace)].map(
    ({ platform }) => platform,
  );
  return { owner, platforms: [...new Set(platforms)].sort(), open: tasks?.open ?? 0 };
}

/**
 * The actor and the code's owner become one person, in one commit: who has a work address stays, else who was known
 * first. Throws AppError as `readConnection` does.
 */
export async function connectPeople(
  scope: Scope,
  code: GoodCode,
): Promise<Connection & { person: PersonName; gone: PersonName }> {
  const connection = await readConnection(scope, code);
  const { actor, db } = scope;
  const found = await db.prisma.person.findUniqueOrThrow({
    where: { id: actor.personId },
    include: { manager: true },
  });
  const lead = await db.prisma.manager.findUnique({ where: { personId: code.owner.id } });
  const [person, gone] = inOrder(code.owner, found);
  spendCode(scope, code);
  mergePeople(scope, {
    from: gone.id,
    into: person.id,
    bothLead: found.manager !== null && lead !== null,
  });
  const details = { person: person.name, with: gone.name };
  scope.audit({ target: `person:${person.id}`, details });
  const other = actor.personId === person.id ? gone : person;
  alsoAudit(scope, [{ actor: other, action: 'account.merged', target: `person:${actor.personId}`, details }]);
  return { ...connection, person: nameOf(person), gone: nameOf(gone) };
}

type Known = PersonName & { email: string | null; createdAt: Date };

const nameOf = ({ id, name }: Known): PersonName => ({ id, name });

/** Who stays comes first. */
function inOrder(owner: Known, typist: Known): [Known, Known] {
  if ((owner.email === null) !== (typist.email === null)) {
    return owner.email === null ? [typist, owner] : [owner, typist];
  }
  return typist.createdAt < owner.createdAt ? [typist, owner] : [owner, typist];
}

interface GuestScope extends Pick<Scope, 'db' | 'work' | 'invocation' | 'now' | 'newId' | 'audit'> {
  guest: Guest;
}

/**
 * The account of somebody whom nobody knows yet becomes the code owner's. Throws AppError `not_possible_now` where the
 * owner has another account, or the account was somebody's who has left.
 */
export async function connectGuest(scope: GuestScope, code: GoodCode): Promise<CodeOwner> {
  const { db, work, guest, invocation, now, newId } = scope;
  const { owner } = code;
  const { platform } = invocation;
  if (owner.accounts.some(({ workspaceId }) => workspaceId === guest.workspaceId)) {
    throw new AppError('not_possible_now', {
      userMessage: ({ connect }) => connect.twoAccounts(owner.name, connect.platforms[platform]),
    });
  }
  if (await readAccount(db, guest.workspaceId, invocation.userId)) {
    throw new AppError('not_possible_now', { userMessage: ({ connect }) => connect.formerMember });
  }
  spendCode(scope, code);
  work.write(
    sql`INSERT INTO chat_accounts (id, person_id, workspace_id, external_id, direct_address, last_seen_at, created_at)
      SELECT ${newId()}, id, ${guest.workspaceId}, ${invocation.userId}, ${invocation.directAddress ?? null}, ${now}::timestamptz, ${now}::timestamptz
      FROM persons WHERE id = ${owner.id} AND deactivated_at IS NULL`,
    { rows: 1 },
  );
  work.write(undeliveredAgain(owner.id, now));
  const details = {
    account: `${platform}:${invocation.workspaceId}:${invocation.userId}`,
    person: owner.name,
  };
  scope.audit({ target: `person:${owner.id}`, details });
  const actor = { personId: owner.id, name: owner.name, organizationId: guest.organizationId };
  alsoAudit({ work, invocation, now, newId, actor }, [
    { action: 'account.linked', target: `person:${owner.id}`, details },
  ]);
  return owner;
}
