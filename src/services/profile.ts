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
  /** "Slack (Harbor Works)" */
  accounts: string[];
}

const platformNames = { slack: 'Slack', teams: 'Teams' } as const;

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
    },
  });
  if (!person) throw new AppError('unexpected', { cause: new Error('The person of a session is gone') });
  return {
    name: person.name,
    email: person.email,
    timeZone: person.timeZone,
    worker: person.worker !== null,
    manager: person.manager !== null,
    admin: person.manager?.admin ?? false,
    managerName: person.worker?.manager?.person.name ?? null,
    projects: person.memberships.map(({ project }) => project.key).sort(),
    accounts: person.chatAccounts.map(
      ({ workspace }) => `${platformNames[workspace.platform]} (${workspace.name})`,
    ),
  };
}
