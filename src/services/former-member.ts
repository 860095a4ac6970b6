import type { Database } from '../lib/database.ts';

/** A person whom someone who asks to join may be. */
export interface Former {
  id: string;
  name: string;
  active: boolean;
  /** Has a manager's role, which comes back with them. */
  manager: boolean;
  /** What they have on that workspace: the account that asks, another one, or none. */
  account: 'this' | 'another' | 'none';
}

/** By the same account, else by work e-mail. */
export async function readFormer(
  db: Database,
  {
    organizationId,
    workspaceId,
    externalId,
    email,
  }: { organizationId: string; workspaceId: string; externalId: string; email: string | null },
): Promise<Former | undefined> {
  const people = await db.prisma.person.findMany({
    where: {
      organizationId,
      OR: [{ chatAccounts: { some: { workspaceId, externalId } } }, ...(email ? [{ email }] : [])],
    },
    select: {
      id: true,
      name: true,
      deactivatedAt: true,
      manager: { select: { id: true } },
      chatAccounts: { where: { workspaceId }, select: { externalId: true } },
    },
  });
  const found = people.map(({ id, name, deactivatedAt, manager, chatAccounts }): Former => {
    const [account] = chatAccounts;
    const which = account?.externalId === externalId ? 'this' : 'another';
    return {
      id,
      name,
      active: deactivatedAt === null,
      manager: manager !== null,
      account: account ? which : 'none',
    };
  });
  return found.find(({ account }) => account === 'this') ?? found[0];
}
