import { z } from 'zod';
import type { Place } from '../core/action.ts';
import { AppError } from '../core/errors.ts';
import { sql } from '../lib/sql.ts';
import { placeName } from './place-name.ts';
import type { ProjectRef } from './projects.ts';
import type { Scope } from './scope.ts';
import type { Priority } from './task-record.ts';

export interface Link {
  id: string;
  channelId: string;
  /** Empty where the platform tells none */
  channelName: string;
  projectId: string;
  projectKey: string;
  createdBy: string;
  /** Only tasks of this priority and above are shown. */
  leastPriority: Priority | undefined;
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
        organization: { persons: { some: { id: personId, deactivatedAt: null } } },
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
    leastPriority: leastPriorityOf(link.filters),
  }));
}

const filterSchema = z.object({ leastPriority: z.enum(['low', 'normal', 'high', 'urgent']).optional() });

const leastPriorityOf = (filters: unknown): Priority | undefined =>
  filterSchema.safeParse(filters).data?.leastPriority;

/**
 * Shows a project in this channel from now on, or only its tasks of that priority and above. Throws AppError
 * `not_allowed`, or `not_possible_now` in a direct message and for a link that stands already.
 */
export async function linkChannel(
  scope: Scope,
  { project, leastPriority }: { project: ProjectRef; leastPriority?: Priority },
): Promise<void> {
  const place = requireChannel(scope);
  await requireManagerOf(scope, project);
  const standing = (await linksHere(scope)).find((link) => link.projectId === project.id);
  if (standing) {
    throw new AppError('not_possible_now', {
      userMessage: ({ projects }) => projects.shownAlready(project.key, standing.createdBy),
    });
  }
  const name = await placeName(scope);
  scope.work.write(sql`INSERT INTO channel_links
      (id, workspace_id, channel_id, channel_name, project_id, address, filters, created_by_id, created_at)
    VALUES (${scope.newId()}, ${scope.actor.workspaceId}, ${place.channelId}, ${name},
      ${project.id}, ${place.address ?? null}, ${JSON.stringify(leastPriority ? { leastPriority } : {})}::jsonb,
      ${scope.actor.personId}, ${scope.now})`);
  scope.audit({
    target: `project:${project.id}`,
    details: { ...(name ? { channel: name } : {}), ...(leastPriority ? { leastPriority } : {}) },
  });
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
      userMessage: ({ projects }) => projects.notShown,
    });
  if (matching.length > 1) {
    const keys = matching.map(({ projectKey }) => projectKey);
    throw new AppError('invalid_arguments', {
      userMessage: ({ projects }) => projects.whichToUnlink(keys, link.projectKey),
    });
  }
  await requireManagerOf(scope, { id: link.projectId });
  scope.work.write(sql`DELETE FROM channel_links WHERE id = ${link.id}`, { rows: 1 });
  scope.audit({
    target: `project:${link.projectId}`,
    details: link.channelName ? { channel: link.channelName } : {},
  });
  return link;
}

/** For managers, of a project that is the actor's. Throws AppError `not_allowed`. */
export async function requireManagerOf(scope: Scope, project: { id: string }): Promise<void> {
  const { personId } = scope.actor;
  const [standing] = await scope.db.rows<{ manages: boolean; owner: string }>(sql`SELECT
      EXISTS (SELECT 1 FROM managers m WHERE m.person_id = ${personId} AND (m.admin OR m.id = p.owner_id OR EXISTS (
        SELECT 1 FROM project_members pm WHERE pm.project_id = p.id AND pm.person_id = ${personId}))) AS manages,
      owner.name AS owner
    FROM projects p JOIN managers om ON om.id = p.owner_id JOIN persons owner ON owner.id = om.person_id
    WHERE p.id = ${project.id}`);
  if (standing?.manages) return;
  throw new AppError('not_allowed', {
    userMessage: ({ crew, words }) => `${crew.onlyManagers} ${crew.ask([standing?.owner ?? words.anAdmin])}`,
  });
}

function requireChannel(scope: Scope): Place {
  const { place } = scope.invocation;
  if (place.kind === 'direct') {
    throw new AppError('not_possible_now', {
      userMessage: ({ projects }) => projects.inChannel,
    });
  }
  return place;
}
