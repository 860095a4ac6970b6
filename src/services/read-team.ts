import { sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';
import type { PersonName } from './task-record.ts';

export type Role = 'worker' | 'manager' | 'admin';

export interface Teammate extends PersonName {
  role: Role;
  email: string | null;
  /** Of a worker */
  managerName: string | null;
  /** Open tasks that wait for them */
  open: number;
  /** Has written to us from some chat account */
  linked: boolean;
}

export interface TeamPage {
  people: Teammate[];
  total: number;
  /** From 1 */
  page: number;
  pages: number;
}

const PAGE_SIZE = 8;

/** One page of the organisation's people, those who lead first. */
export async function readTeam({ db, actor }: Scope, wanted = 1): Promise<TeamPage> {
  const total = await db.prisma.person.count({
    where: { organizationId: actor.organizationId, deactivatedAt: null },
  });
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const page = Math.min(wanted, pages);
  const people = await db.rows<Teammate>(sql`SELECT p.id, p.name, p.email,
      CASE WHEN m.admin THEN 'admin' WHEN m.id IS NOT NULL THEN 'manager' ELSE 'worker' END AS role,
      boss.name AS "managerName", EXISTS (SELECT 1 FROM chat_accounts c WHERE c.person_id = p.id) AS linked,
      (SELECT count(*)::int FROM task_assignees a JOIN tasks t ON t.id = a.task_id JOIN statuses s ON s.id = t.status_id
        WHERE a.person_id = p.id AND a.state IN ('assigned', 'accepted') AND s.category NOT IN ('done', 'cancelled')) AS open
    FROM persons p LEFT JOIN managers m ON m.person_id = p.id
    LEFT JOIN workers w ON w.person_id = p.id LEFT JOIN managers bm ON bm.id = w.manager_id
    LEFT JOIN persons boss ON boss.id = bm.person_id
    WHERE p.organization_id = ${actor.organizationId} AND p.deactivated_at IS NULL
    ORDER BY m.admin DESC NULLS LAST, m.id IS NULL, p.name, p.id
    LIMIT ${PAGE_SIZE}::int OFFSET ${(page - 1) * PAGE_SIZE}::int`);
  return { people, total, page, pages };
}
