import type { Place } from '../core/action.ts';
import { AppError } from '../core/errors.ts';
import { sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';

export interface ProjectSummary {
  id: string;
  key: string;
  name: string;
  ownerName: string;
  members: number;
  open: number;
  overdue: number;
}

export interface ProjectRef {
  id: string;
  key: string;
  name: string;
}

export interface Link {
  id: string;
  channelId: string;
  channelName: string;
  projectId: string;
  projectKey: string;
  createdBy: string;
}

/** Projects that the actor is a member of or owns; all of the organisation for admins. Not the archived ones. */
export async function listProjects(scope: Scope): Promise<ProjectSummary[]> {
  return scope.db.rows<ProjectSummary>(sql`SELECT p.id, p.key, p.name, owner.name AS "ownerName",
      (SELECT count(*)::int FROM project_members m WHERE m.project_id = p.id) AS members,
      count(t.id) FILTER (WHERE s.category NOT IN ('done', 'cancelled'))::int AS open,
      count(t.id) FILTER (WHERE s.category NOT IN ('done', 'cancelled') AND t.due_at < ${scope.now})::int AS overdue
    FROM projects p
    JOIN managers m ON m.id = p.owner_id JOIN persons owner ON owner.id = m.person_id
    LEFT JOIN tasks t ON t.project_id = p.id LEFT JOIN statuses s ON s.id = t.status_id
    WHERE p.organization_id = ${scope.actor.organizationId} AND p.archived_at IS NULL AND ${isOpenTo(scope)}
    GROUP BY p.id, owner.name ORDER BY p.key`);
}

const isOpenTo = ({ actor }: Scope) => sql`(owner.id = ${actor.personId}
  OR EXISTS (SELECT 1 FROM project_members pm WHERE pm.project_id = p.id AND pm.person_id = ${actor.personId})
  OR EXISTS (SELECT 1 FROM managers am WHERE am.person_id = ${actor.personId} AND am.admin))`;

/** A project of the actor's by its key. Throws AppError `unknown_project` naming theirs. */
export async function findProject(scope: Scope, key: string): Promise<ProjectRef> {
  const projects = await listProjects(scope);
  const wanted = key.trim().toUpperCase();
  const found = projects.find((project) => project.key === wanted);
  if (found) return found;
  const theirs =
    projects.length > 0
      ? `Yours: ${projects.map((project) => project.key).join(', ')}.`
      : 'You are in no project yet.';
  const userMessage = `You have no project “${wanted.slice(0, 20)}”. ${theirs}`;
  throw new AppError('unknown_project', { userMessage, fields: { project: userMessage } });
}

/**
 * Where a new task belongs: the named project, else the one that this channel shows, else none.
 * Throws AppError `unknown_project`, or `invalid_arguments` when the channel shows several.
 */
export async function projectFor(scope: Scope, key: string | undefined): Promise<ProjectRef | null> {
  if (key) return findProject(scope, key);
  const here = await linksHere(scope);
  const theirs = here.length > 0 ? await listProjects(scope) : [];
  const candidates = theirs.filter((project) => here.some((link) => link.projectId === project.id));
  if (candidates.length <= 1) return candidates[0] ?? null;
  const userMessage = `This channel shows ${candidates.map((project) => project.key).join(' and ')}. Say which, like \`in ${candidates[0]?.key}\`.`;
  throw new AppError('invalid_arguments', { userMessage, fields: { project: userMessage } });
}

/** The links of the channel that one is in, to projects that are the actor's. */
export async function linksHere(scope: Scope): Promise<Link[]> {
  const { kind, channelId } = scope.invocation.place;
  if (kind === 'direct') return [];
  return readLinks(scope, { workspaceId: scope.actor.workspaceId, channelId });
}

/** All links of the projects that are the actor's. */
export const listLinks = (scope: Scope): Promise<Link[]> => readLinks(scope, {});

async function readLinks(scope: Scope, where: { workspaceId?: string; channelId?: string }): Promise<Link[]> {
  const { organizationId, personId } = scope.actor;
  const links = await scope.db.prisma.channelLink.findMany({
    where: {
      ...where,
      project: {
        organizationId,
        archivedAt: null,
        OR: [
          { owner: { personId } },
          { members: { some: { personId } } },
          { organization: { persons: { some: { id: personId, manager: { admin: true } } } } },
        ],
      },
    },
    include: { project: { select: { key: true } }, createdBy: { select: { name: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: 200,
  });
  return links.map((link) => ({
    id: link.id,
    channelId: link.channelId,
    channelName: link.channelName,
    projectId: link.projectId,
    projectKey: link.project.key,
    createdBy: link.createdBy.name,
  }));
}

/**
 * Shows a project in this channel from now on. Throws AppError `unknown_project`, or `not_possible_now`
 * in a direct message and for a link that stands already.
 */
export async function linkChannel(scope: Scope, key: string): Promise<ProjectRef> {
  const place = requireChannel(scope);
  const project = await findProject(scope, key);
  await requireManagerOf(scope, project);
  const standing = (await linksHere(scope)).find((link) => link.projectId === project.id);
  if (standing) {
    throw new AppError('not_possible_now', {
      userMessage: `This channel shows ${project.key} already: ${standing.createdBy} linked it.`,
    });
  }
  scope.work.write(sql`INSERT INTO channel_links
      (id, workspace_id, channel_id, channel_name, project_id, address, created_by_id, created_at)
    VALUES (${scope.newId()}, ${scope.actor.workspaceId}, ${place.channelId}, ${place.channelName ?? place.channelId},
      ${project.id}, ${place.address ?? null}, ${scope.actor.personId}, ${scope.now})`);
  scope.audit({
    target: `project:${project.id}`,
    details: { channel: place.channelName ?? place.channelId },
  });
  return project;
}

/** Ends a link. Without a key, the only one of this channel. Throws AppError as `linkChannel` does. */
export async function unlinkChannel(scope: Scope, key: string | undefined): Promise<Link> {
  requireChannel(scope);
  const links = await linksHere(scope);
  const wanted = key?.trim().toUpperCase();
  const matching = wanted ? links.filter((link) => link.projectKey === wanted) : links;
  const [link] = matching;
  if (!link)
    throw new AppError('not_possible_now', {
      userMessage: 'This channel shows no such project. `links` lists them all.',
    });
  if (matching.length > 1) {
    const keys = matching.map(({ projectKey }) => projectKey).join(' and ');
    throw new AppError('invalid_arguments', {
      userMessage: `This channel shows ${keys}. Say which, like \`unlink ${link.projectKey}\`.`,
    });
  }
  const project = await findProject(scope, link.projectKey);
  await requireManagerOf(scope, project);
  scope.work.write(sql`DELETE FROM channel_links WHERE id = ${link.id}`, { rows: 1 });
  scope.audit({ target: `project:${project.id}`, details: { channel: link.channelName } });
  return link;
}

/** Links are for those who manage the project. Throws AppError `not_allowed`. */
async function requireManagerOf(scope: Scope, project: ProjectRef): Promise<void> {
  const [standing] = await scope.db.rows<{ manages: boolean; owner: string }>(sql`SELECT
      EXISTS (SELECT 1 FROM managers m WHERE m.person_id = ${scope.actor.personId}) AS manages, owner.name AS owner
    FROM projects p JOIN managers om ON om.id = p.owner_id JOIN persons owner ON owner.id = om.person_id
    WHERE p.id = ${project.id}`);
  if (standing?.manages) return;
  throw new AppError('not_allowed', {
    userMessage: `Only managers can do that. Ask ${standing?.owner ?? 'an admin'}.`,
  });
}

function requireChannel(scope: Scope): Place {
  const { place } = scope.invocation;
  if (place.kind === 'direct') {
    throw new AppError('not_possible_now', {
      userMessage: 'That works in a channel: type it in the one that you mean.',
    });
  }
  return place;
}
