import type { Guest, Invocation, Profile, Roles } from '../core/action.ts';
import type { Directory, Identity } from '../core/people.ts';
import type { Clock, NewId, Session, Workspace, Workspaces } from '../core/ports.ts';
import { isTimeZone } from '../core/when.ts';
import type { Database } from '../lib/database.ts';
import type { Scope } from './scope.ts';
import type { PersonName } from './task-record.ts';

/** How long a session lasts, in ms: 24 hours. */
export const SESSION_MS = 24 * 60 * 60 * 1_000;

interface DirectoryOptions {
  db: Database;
  workspaces: Workspaces;
  /** People with these e-mail addresses become admins when they first write: how an empty installation begins. */
  adminEmails: readonly string[];
  clock: Clock;
  newId: NewId;
}

/** Tells who a chat account is: by its id, else by work e-mail, else nobody that we know yet. */
export function createDirectory(options: DirectoryOptions): Directory {
  const { db, workspaces, clock } = options;
  return {
    async identify(invocation, sessionId): Promise<Identity> {
      const workspace = await workspaces.find(invocation.platform, invocation.workspaceId);
      if (!workspace) return { kind: 'nobody' };
      const account = await readAccount(db, workspace.id, invocation.userId);
      if (account?.deactivated)
        return { kind: 'guest', guest: await guestOf(invocation, workspace, sessionId) };
      if (account) {
        await seen(db, account, { address: invocation.directAddress, now: clock() });
        return {
          kind: 'member',
          session: sessionOf(account, { invocation, workspace, sessionId, now: clock() }),
        };
      }
      const profile = await invocation.profile();
      const matched = await matchByEmail(options, { workspace, userId: invocation.userId, profile });
      if (!matched) return { kind: 'guest', guest: { ...baseGuest(workspace, sessionId), profile } };
      return this.identify(invocation, sessionId);
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
  const account = await readAccount(scope.db, scope.actor.workspaceId, userId);
  if (account) return account.deactivated ? undefined : { id: account.personId, name: account.name };
  const workspace = { id: scope.actor.workspaceId, organizationId: scope.actor.organizationId };
  return matchByEmail({ ...scope, adminEmails: [] }, { workspace, userId, profile: await profile() });
}

interface Account {
  id: string;
  personId: string;
  organizationId: string;
  name: string;
  timeZone: string;
  locale: string;
  roles: Roles;
  directAddress: string | null;
  refused: boolean;
  deactivated: boolean;
}

async function readAccount(
  db: Database,
  workspaceId: string,
  externalId: string,
): Promise<Account | undefined> {
  const account = await db.prisma.chatAccount.findUnique({
    where: { workspaceId_externalId: { workspaceId, externalId } },
    include: { person: { include: { manager: true, worker: true } } },
  });
  if (!account) return undefined;
  const { person } = account;
  return {
    id: account.id,
    personId: person.id,
    organizationId: person.organizationId,
    name: person.name,
    timeZone: person.timeZone,
    locale: person.locale,
    roles: {
      manager: person.manager !== null,
      admin: person.manager?.admin ?? false,
      worker: person.worker !== null,
    },
    directAddress: account.directAddress,
    refused: account.refusedAt !== null,
    deactivated: person.deactivatedAt !== null,
  };
}

/** Whoever writes can be written to again. */
async function seen(
  db: Database,
  account: Account,
  { address, now }: { address: string | undefined; now: Date },
): Promise<void> {
  await db.prisma.chatAccount.update({
    where: { id: account.id },
    data: {
      lastSeenAt: now,
      refusedAt: null,
      refusedReason: null,
      ...(address ? { directAddress: address } : {}),
    },
  });
}

interface Matching {
  db: Database;
  adminEmails: readonly string[];
  newId: NewId;
}

/** Links a new account to the person with the profile's work e-mail. */
async function matchByEmail(
  options: Matching,
  {
    workspace,
    userId,
    profile,
  }: { workspace: Pick<Workspace, 'id' | 'organizationId'>; userId: string; profile: Profile },
): Promise<PersonName | undefined> {
  const email = profile.email?.trim().toLowerCase();
  if (!email) return undefined;
  const { prisma } = options.db;
  const where = { organizationId_email: { organizationId: workspace.organizationId, email } };
  const known = await prisma.person.findUnique({ where });
  const person =
    known ??
    (options.adminEmails.includes(email) ? await firstAdmin(options, workspace, profile) : undefined);
  if (!person || person.deactivatedAt) return undefined;
  // Two messages at once may both come here first.
  await prisma.chatAccount.createMany({
    data: [{ id: options.newId(), personId: person.id, workspaceId: workspace.id, externalId: userId }],
    skipDuplicates: true,
  });
  const linked = await readAccount(options.db, workspace.id, userId);
  return linked && { id: linked.personId, name: linked.name };
}

async function firstAdmin(
  { db, newId }: Matching,
  workspace: Pick<Workspace, 'organizationId'>,
  profile: Profile,
): Promise<{ id: string; deactivatedAt: Date | null }> {
  const email = profile.email?.trim().toLowerCase() ?? null;
  return db.prisma.person.create({
    data: {
      id: newId(),
      organizationId: workspace.organizationId,
      name: profile.name,
      email,
      ...timeAndLanguage(profile),
      manager: { create: { id: newId(), admin: true } },
      worker: { create: { id: newId() } },
    },
  });
}

/** Only what we can work with: an unknown zone would break every date. */
export function timeAndLanguage(profile: Profile): { timeZone?: string; locale?: string } {
  return {
    ...(profile.timeZone && isTimeZone(profile.timeZone) ? { timeZone: profile.timeZone } : {}),
    ...(profile.locale ? { locale: profile.locale } : {}),
  };
}

function sessionOf(
  account: Account,
  {
    invocation,
    workspace,
    sessionId,
    now,
  }: { invocation: Invocation; workspace: Workspace; sessionId: string; now: Date },
): Session {
  const directAddress = invocation.directAddress ?? account.directAddress;
  return {
    sessionId,
    personId: account.personId,
    organizationId: account.organizationId,
    workspaceId: workspace.id,
    name: account.name,
    timeZone: account.timeZone,
    locale: account.locale,
    roles: account.roles,
    ...(directAddress ? { directAddress } : {}),
    createdAt: now.getTime(),
    expiresAt: now.getTime() + SESSION_MS,
  };
}

const baseGuest = (workspace: Workspace, sessionId: string): Omit<Guest, 'profile'> => ({
  organizationId: workspace.organizationId,
  workspaceId: workspace.id,
  sessionId,
});

async function guestOf(invocation: Invocation, workspace: Workspace, sessionId: string): Promise<Guest> {
  return { ...baseGuest(workspace, sessionId), profile: await invocation.profile() };
}
