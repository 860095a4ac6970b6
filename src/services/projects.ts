import { AppError } from '../core/errors.ts';
import type { Sentence } from '../core/messages.ts';
import { shorten } from '../core/shorten.ts';
import { sql } from '../lib/sql.ts';
import { linksHere } from './channel-links.ts';
import type { Viewer } from './list-tasks.ts';
import type { Scope } from './scope.ts';

export interface ProjectSummary {
  id: string;
  key: string;
  name: string;
  ownerName: string;
  members: number;
  open: number;
  overdue: number;
  /** What is finished waits for a manager's approval. */
  needsApproval: boolean;
  archived: boolean;
}

export interface ProjectRef {
  id: string;
  key: string;
  name: string;
}

/** Projects that the actor is a member of or owns; all of the organisation for admins. Not the archived ones, but by their key. */
export async function listProjects(scope: Scope, { key }: { key?: string } = {}): Promise<ProjectSummary[]> {
  const wanted = key === undefined ? sql`p.archived_at IS NULL` : sql`p.key = ${key}`;
  return scope.db.rows<ProjectSummary>(sql`SELECT p.id, p.key, p.name, owner.name AS "ownerName",
      p.needs_approval AS "needsApproval", p.archived_at IS NOT NULL AS archived,
      (SELECT count(*)::int FROM project_members m WHERE m.project_id = p.id) AS members,
      count(t.id) FILTER (WHERE s.category NOT IN ('done', 'cancelled'))::int AS open,
      count(t.id) FILTER (WHERE s.category NOT IN ('done', 'cancelled') AND t.due_at < ${scope.now})::int AS overdue
    FROM projects p
    JOIN managers m ON m.id = p.owner_id JOIN persons owner ON owner.id = m.person_id
    LEFT JOIN tasks t ON t.project_id = p.id LEFT JOIN statuses s ON s.id = t.status_id
    WHERE p.organization_id = ${scope.actor.organizationId} AND ${wanted} AND ${isOpenTo(scope)}
    GROUP BY p.id, owner.name ORDER BY p.key`);
}

const isOpenTo = ({
  actor,
}: Viewer) => sql`EXISTS (SELECT 1 FROM persons me WHERE me.id = ${actor.personId} AND me.deactivated_at IS NULL)
  AND (owner.id = ${actor.personId}
    OR EXISTS (SELECT 1 FROM project_members pm WHERE pm.project_id = p.id AND pm.person_id = ${actor.personId})
    OR EXISTS (SELECT 1 FROM managers am WHERE am.person_id = ${actor.personId} AND am.admin))`;

/** The same projects, by name alone. */
export const ownProjects = (scope: Viewer & Pick<Scope, 'db'>): Promise<ProjectRef[]> =>
  scope.db.rows<ProjectRef>(sql`SELECT p.id, p.key, p.name
    FROM projects p JOIN managers m ON m.id = p.owner_id JOIN persons owner ON owner.id = m.person_id
    WHERE p.organization_id = ${scope.actor.organizationId} AND p.archived_at IS NULL AND ${isOpenTo(scope)}
    ORDER BY p.key`);

/** Those of these keys that are archived: their tasks stay readable. */
export const archivedProjects = (
  scope: Viewer & Pick<Scope, 'db'>,
  keys: readonly string[],
): Promise<ProjectRef[]> =>
  scope.db.rows<ProjectRef>(sql`SELECT p.id, p.key, p.name
    FROM projects p JOIN managers m ON m.id = p.owner_id JOIN persons owner ON owner.id = m.person_id
    WHERE p.organization_id = ${scope.actor.organizationId} AND p.archived_at IS NOT NULL AND p.key = ANY(${[...keys]}::text[])
      AND ${isOpenTo(scope)}`);

/** A project of the actor's by its key. Throws AppError `unknown_project` naming theirs. */
export async function findProject(scope: Scope, key: string): Promise<ProjectRef> {
  const projects = await ownProjects(scope);
  const wanted = key.trim().toUpperCase();
  const found = projects.find((project) => project.key === wanted);
  if (found) return found;
  const [archived] = await archivedProjects(scope, [wanted]);
  if (archived) {
    const userMessage: Sentence = (messages) => messages.projects.archivedShort(archived.key);
    throw new AppError('unknown_project', { userMessage, fields: { project: userMessage } });
  }
  const typed = shorten(wanted, 20);
  const keys = projects.map((project) => project.key);
  const userMessage: Sentence = (messages) =>
    keys.length > 0 ? messages.projects.unknown(typed, keys) : messages.projects.unknownAndNone(typed);
  throw new AppError('unknown_project', { userMessage, fields: { project: userMessage } });
}

/**
 * Where a new task belongs: the named project, else the one that this channel shows, else none.
 * Throws AppError `unknown_project`, or `invalid_arguments` when the channel shows several.
 */
export async function projectFor(scope: Scope, key: string | undefined): Promise<ProjectRef | null> {
  if (key) return findProject(scope, key);
  const here = await linksHere(scope);
  const theirs = here.length > 0 ? await ownProjects(scope) : [];
  const candidates = theirs.filter((project) => here.some((link) => link.projectId === project.id));
  const [first, ...others] = candidates;
  if (!first || others.length === 0) return first ?? null;
  const keys = candidates.map((project) => project.key);
  const userMessage: Sentence = ({ projects }) => projects.which(keys, first.key);
  throw new AppError('invalid_arguments', { userMessage, fields: { project: userMessage } });
}
