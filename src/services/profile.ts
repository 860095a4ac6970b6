import { AppError } from '../core/errors.ts';
import type { Scope } from './scope.ts';

export interface OwnProfile {
  name: string;
  email: string | null;
  timeZone: string;
  worker: boolean;
  manager: boolean;
  admin: boolean;
  managerName: string | null;
  /** Keys */
  projects: string[];
  accounts: { platform: PlatformName; workspace: string }[];
  /** Platforms that the organisation is on, and this person is not */
  missing: PlatformName[];
}

type PlatformName = 'slack' | 'teams';

/** Everything that is kept of the actor. */
export async function readProfile({ db, actor }: Scope): Promise<OwnProfile> {
  const person = await db.prisma.person.findUnique({
    where: { id: actor.personId },
    include: {
      manager: true,
      worker: { include: { manager: { include: { person: { select: { name: true } } } } } },
      memberships: {
        include: { project: { select: { key: true } } },
        where: { project: { archivedAt: null } },
      },
      chatAccounts: { include: { workspace: { select: { platform: true, name: true } } } },
      organization: {
        select: { workspaces: { where: { uninstalledAt: null }, select: { platform: true } } },
      },
    },
  });
  if (!person) throw new AppError('unexpected', { cause: new Error('The person of a session is gone') });
  const accounts = person.chatAccounts.map(({ workspace }) => ({
    platform: workspace.platform,
    workspace: workspace.name,
  }));
  return {
    name: person.name,
    email: person.email,
    timeZone: person.timeZone,
    worker: person.worker !== null,
    manager: person.manager !== null,
    admin: person.manager?.admin ?? false,
    managerName: person.worker?.manager?.person.name ?? null,
    projects: person.memberships.map(({ project }) => project.key).sort(),
    accounts,
    missing: [...new Set(person.organization.workspaces.map(({ platform }) => platform))].filter(
      (platform) => !accounts.some((account) => account.platform === platform),
    ),
  };
}
