import { AppError } from '../core/errors.ts';
import { sql } from '../lib/sql.ts';
import { alsoAudit } from './also-audit.ts';
import type { Scope } from './scope.ts';
import { tidyProfile } from './tidy-profile.ts';

type PlatformName = 'slack' | 'teams';

export interface Separable {
  accountId: string;
  platform: PlatformName;
  /** Where the person stays who they are */
  others: PlatformName[];
}

/**
 * Which of the actor's accounts can be a person of its own: the one on the named platform, else the one that they
 * write from. Throws AppError `not_possible_now` when it is their only one, or there is none.
 */
export async function readSeparable(scope: Scope, named: PlatformName | undefined): Promise<Separable> {
  const { actor, db } = scope;
  const accounts = await db.prisma.chatAccount.findMany({
    where: { personId: actor.personId },
    select: { id: true, workspaceId: true, workspace: { select: { platform: true } } },
  });
  const account = accounts.find(({ workspace, workspaceId }) =>
    named ? workspace.platform === named : workspaceId === actor.workspaceId,
  );
  const others = accounts.filter((one) => one !== account).map(({ workspace }) => workspace.platform);
  const [only] = others;
  if (!account || !only) {
    const [here] = account ? [account.workspace.platform] : others;
    throw new AppError('not_possible_now', {
      userMessage: ({ connect }) => connect.onlyOne(connect.platforms[here ?? scope.invocation.platform]),
    });
  }
  return { accountId: account.id, platform: account.workspace.platform, others };
}

/** That account becomes a person of its own, a worker with nothing yet; all that there is stays. Throws AppError as `readSeparable` does. */
export async function separateAccount(scope: Scope, named: PlatformName | undefined): Promise<Separable> {
  const { actor, work, now, newId, invocation } = scope;
  const separable = await readSeparable(scope, named);
  const isHere = separable.platform === invocation.platform;
  const profile = isHere ? tidyProfile(await invocation.profile()) : undefined;
  const person = { id: newId(), name: profile?.name ?? actor.name };
  work.write(sql`INSERT INTO persons (id, organization_id, name, time_zone, locale, created_at)
    VALUES (${person.id}, ${actor.organizationId}, ${person.name}, ${actor.timeZone}, ${actor.locale}, ${now})`);
  work.write(sql`INSERT INTO workers (id, person_id, manager_id, created_at)
    SELECT ${newId()}, ${person.id}, (SELECT manager_id FROM workers WHERE person_id = ${actor.personId}), ${now}::timestamptz`);
  work.write(
    sql`UPDATE chat_accounts SET person_id = ${person.id}
      WHERE id = ${separable.accountId} AND person_id = ${actor.personId}`,
    { rows: 1 },
  );
  const details = { account: separable.platform, person: actor.name };
  scope.audit({ target: `person:${actor.personId}`, details });
  alsoAudit(scope, [{ actor: person, action: 'account.separated', target: `person:${person.id}`, details }]);
  return separable;
}
