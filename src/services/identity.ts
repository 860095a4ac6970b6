import type { Guest, Invocation, Profile } from '../core/action.ts';
import type { Directory, Identity } from '../core/people.ts';
import type { Clock, NewId, Session, Workspace, Workspaces } from '../core/ports.ts';
import type { Database } from '../lib/database.ts';
import { sql } from '../lib/sql.ts';
import {
  type Account,
  auditOf,
  type Linking,
  linkByEmail,
  type Newcomer,
  readAccount,
  seen,
} from './accounts.ts';
import type { Scope } from './scope.ts';
import type { PersonName } from './task-record.ts';
import { tidyProfile } from './tidy-profile.ts';

/** How long a session lasts, in ms: 24 hours. */
export const SESSION_MS = 24 * 60 * 60 * 1_000;

interface DirectoryOptions {
  db: Database;
  workspaces: Workspaces;
  /** People with these e-mail addresses become admins when they first write: how an empty installation begins. */
  adminEmails: readonly string[];
  /** Wakes the workers of a queue; without it they find by themselves what waits, a little later. */
  wake?(queue: string): void;
  clock: Clock;
  newId: NewId;
}

/**
 * Tells who a chat account is: by its id, else by work e-mail, else nobody that we know yet. Throws AppError
 * `platform_unavailable` when the platform doesn't tell: a colleague must not be taken for a stranger.
 */
export function createDirectory(options: DirectoryOptions): Directory {
  const { db, workspaces, clock, newId, wake = () => undefined } = options;

  async function member(
    account: Account,
    { invocation, sessionId }: { invocation: Invocation; sessionId: string },
  ): Promise<Identity> {
    const now = clock();
    await seen(db, account, { address: invocation.directAddress, now });
    return { kind: 'member', session: sessionOf(account, { invocation, sessionId, now }) };
  }

  return {
    async identify(invocation, sessionId): Promise<Identity> {
      const workspace = await workspaces.find(invocation.platform, invocation.workspaceId);
      if (!workspace) return { kind: 'nobody' };
      const { userId, directAddress } = invocation;
      const known = await readAccount(db, workspace.id, userId);
      if (known && !known.deactivated) return member(known, { invocation, sessionId });
      // Someone who was deactivated is greeted by what the platform says of them, as any stranger.
      const profile = tidyProfile(await invocation.profile());
      const found = known
        ? undefined
        : await recognise(
            { db, invocation, now: clock(), newId, wake },
            { newcomer: { workspace, userId, profile, directAddress }, adminEmails: options.adminEmails },
          );
      if (found && !found.deactivated) return member(found, { invocation, sessionId });
      return { kind: 'guest', guest: guestOf(workspace, { sessionId, profile }) };
    },

    async whoMay(organizationId, access) {
      const managers = await db.prisma.manager.findMany({
        where: {
          person: { organizationId, deactivatedAt: null },
          ...(access === 'admin' ? { admin: true } : {}),
        },
        select: { person: { select: { name: true } } },
        orderBy: { createdAt: 'asc' },
        take: 3,
      });
      return managers.map(({ person }) => person.name);
    },
  };
}

/** The person behind another account of the actor's workspace, matched by e-mail at the first mention. */
export async function accountOf(
  scope: Scope,
  { userId, profile }: { userId: string; profile: () => Promise<Profile> },
): Promise<PersonName | undefined> {
  const { db, actor, work } = scope;
  const known = await readAccount(db, actor.workspaceId, userId);
  const account =
    known ??
    (await linkByEmail(
      { ...scope, wake: (queue) => work.wake(queue) },
      {
        workspace: { id: actor.workspaceId, organizationId: actor.organizationId },
        userId,
        profile: tidyProfile(await profile()),
      },
      { id: actor.personId, name: actor.name },
    ));
  if (!account || account.deactivated) return undefined;
  return { id: account.personId, name: account.name };
}

/** By work e-mail; someone in `adminEmails` whom nobody knows yet is made an admin. */
async function recognise(
  linking: Linking,
  { newcomer, adminEmails }: { newcomer: Newcomer; adminEmails: readonly string[] },
): Promise<Account | undefined> {
  const linked = await linkByEmail(linking, newcomer);
  const { email } = newcomer.profile;
  if (linked || !email || !adminEmails.includes(email)) return linked;
  await createAdmin(linking, { ...newcomer, email });
  return linkByEmail(linking, newcomer);
}

/** Changes nothing when there is a person with that address: another message was first. */
async function createAdmin(
  linking: Linking,
  { workspace: { organizationId }, profile, email }: Newcomer & { email: string },
): Promise<void> {
  const { db, now, newId, wake } = linking;
  const by = { id: newId(), name: profile.name };
  const { timeZone = 'UTC', locale = 'en' } = profile;
  const work = db.begin();
  work.write(
    sql`INSERT INTO persons (id, organization_id, name, email, time_zone, locale, created_at)
      VALUES (${by.id}, ${organizationId}, ${by.name}, ${email}, ${timeZone}, ${locale}, ${now})
      ON CONFLICT (organization_id, email) DO NOTHING`,
    { rows: 1 },
  );
  work.write(
    sql`INSERT INTO managers (id, person_id, admin, created_at) VALUES (${newId()}, ${by.id}, true, ${now})`,
  );
  work.write(sql`INSERT INTO workers (id, person_id, created_at) VALUES (${newId()}, ${by.id}, ${now})`);
  const audit = auditOf(linking, {
    organizationId,
    by,
    action: 'person.created',
    target: `person:${by.id}`,
    details: { email, role: 'admin' },
  });
  const committed = await work.commit({ reply: { kind: 'none' }, audit, at: now });
  if (committed.kind === 'committed') wake('audit');
}

function sessionOf(
  account: Account,
  { invocation, sessionId, now }: { invocation: Invocation; sessionId: string; now: Date },
): Session {
  const directAddress = invocation.directAddress ?? account.directAddress;
  return {
    sessionId,
    personId: account.personId,
    organizationId: account.organizationId,
    workspaceId: account.workspaceId,
    name: account.name,
    timeZone: account.timeZone,
    locale: account.locale,
    roles: account.roles,
    ...(directAddress ? { directAddress } : {}),
    createdAt: now.getTime(),
    expiresAt: now.getTime() + SESSION_MS,
  };
}

const guestOf = (workspace: Workspace, rest: Pick<Guest, 'sessionId' | 'profile'>): Guest => ({
  organizationId: workspace.organizationId,
  workspaceId: workspace.id,
  ...rest,
});
