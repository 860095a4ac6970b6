import { AppError } from '../core/errors.ts';
import { shorten } from '../core/shorten.ts';
import { sql } from '../lib/sql.ts';
import { requireManagerOf } from './channel-links.ts';
import { notify } from './notify.ts';
import { findPeople } from './people.ts';
import { findProject, type ProjectRef } from './projects.ts';
import type { Scope } from './scope.ts';
import type { PersonName } from './task-record.ts';

/** Also what lists understand: a project of that name could never be listed. */
const RESERVED = /^(MINE|MY|ME|TEAM|ALL|HERE|OVERDUE|LATE|TODAY|WEEK|OPEN|DONE)$/;
const KEY = /^[A-Z][A-Z0-9]{1,9}$/;
const LONGEST_NAME = 100;

/** Starts a project of the actor's own. Throws AppError `invalid_arguments`, or `not_possible_now` for a key that is taken. */
export async function createProject(
  scope: Scope,
  { key: typed, name }: { key: string; name: string },
): Promise<ProjectRef> {
  const { actor, now, newId, work } = scope;
  const key = typed.toUpperCase();
  if (!KEY.test(key) || RESERVED.test(key)) {
    throw new AppError('invalid_arguments', {
      userMessage: ({ projects }) => projects.badKey(shorten(typed, 20)),
    });
  }
  if (name.length > LONGEST_NAME) {
    throw new AppError('invalid_arguments', {
      userMessage: ({ projects }) => projects.longName(name.length, LONGEST_NAME),
    });
  }
  const taken = await scope.db.prisma.project.findUnique({
    where: { organizationId_key: { organizationId: actor.organizationId, key } },
    select: { id: true },
  });
  if (taken)
    throw new AppError('not_possible_now', { userMessage: ({ projects }) => projects.keyTaken(key) });
  const id = newId();
  work.write(
    sql`INSERT INTO projects (id, organization_id, key, name, owner_id, created_at)
      SELECT ${id}, ${actor.organizationId}, ${key}, ${name}, m.id, ${now}::timestamptz FROM managers m WHERE m.person_id = ${actor.personId}`,
    { rows: 1 },
  );
  work.write(
    sql`INSERT INTO project_members (project_id, person_id, created_at) VALUES (${id}, ${actor.personId}, ${now})`,
  );
  scope.audit({ target: `project:${id}`, details: { project: key, name } });
  return { id, key, name };
}

export interface Members {
  project: ProjectRef;
  owner: PersonName;
  members: PersonName[];
}

/** Who is in a project of the actor's. Throws AppError `unknown_project`. */
export async function readMembers(scope: Scope, key: string): Promise<Members> {
  const project = await findProject(scope, key);
  const found = await scope.db.prisma.project.findUniqueOrThrow({
    where: { id: project.id },
    select: {
      owner: { select: { person: { select: { id: true, name: true } } } },
      members: {
        select: { person: { select: { id: true, name: true } } },
        where: { person: { deactivatedAt: null } },
        orderBy: { person: { name: 'asc' } },
      },
    },
  });
  return { project, owner: found.owner.person, members: found.members.map(({ person }) => person) };
}

export interface MembersChanged {
  project: ProjectRef;
  added: PersonName[];
  removed: PersonName[];
  /** Open tasks there that are still with those who were removed */
  left: number;
}

/**
 * Lets people into a project or takes them out of it. Throws AppError `unknown_project`, `not_allowed`, as
 * findPeople does, or `not_possible_now` when nothing would change or its manager would go.
 */
export async function changeMembers(
  scope: Scope,
  { key, add, remove }: { key: string; add: readonly string[]; remove: readonly string[] },
): Promise<MembersChanged> {
  const { project, owner, members } = await readMembers(scope, key);
  await requireManagerOf(scope, project);
  const isIn = ({ id }: PersonName): boolean => members.some((member) => member.id === id);
  const wanted = await findPeople(scope, { references: add, argument: 'add', groups: true });
  const unwanted = await findPeople(scope, { references: remove, argument: 'remove', groups: true });
  if (unwanted.some(({ id }) => id === owner.id)) {
    throw new AppError('not_possible_now', {
      userMessage: ({ projects }) => projects.ownerStays(owner.name, project.key),
    });
  }
  const added = wanted.filter((person) => !isIn(person) && !unwanted.some(({ id }) => id === person.id));
  const removed = unwanted.filter(isIn);
  if (added.length === 0 && removed.length === 0) throw nothingToDo(project, { wanted, unwanted });
  writeMembers(scope, project, { added, removed });
  notify(scope, {
    kind: 'project_joined',
    to: added.map(({ id }) => id),
    data: { key: project.key, name: project.name },
    occasion: scope.newId(),
  });
  const left = removed.length > 0 ? await openTasksOf(scope, project, removed) : 0;
  return { project, added, removed, left };
}

function writeMembers(
  { work, now, audit }: Scope,
  project: ProjectRef,
  { added, removed }: { added: readonly PersonName[]; removed: readonly PersonName[] },
): void {
  const ids = (people: readonly PersonName[]): string[] => people.map(({ id }) => id);
  const said = (people: readonly PersonName[]): string => people.map(({ name }) => name).join(', ');
  if (added.length > 0)
    work.write(sql`INSERT INTO project_members (project_id, person_id, created_at)
      SELECT ${project.id}, person, ${now}::timestamptz FROM unnest(${ids(added)}::text[]) AS person ON CONFLICT DO NOTHING`);
  if (removed.length > 0)
    work.write(
      sql`DELETE FROM project_members WHERE project_id = ${project.id} AND person_id = ANY(${ids(removed)}::text[])`,
    );
  audit({
    target: `project:${project.id}`,
    details: {
      project: project.key,
      ...(added.length > 0 ? { added: said(added) } : {}),
      ...(removed.length > 0 ? { removed: said(removed) } : {}),
    },
  });
}

function nothingToDo(
  { key }: ProjectRef,
  { wanted, unwanted }: { wanted: readonly PersonName[]; unwanted: readonly PersonName[] },
): AppError {
  const names = (people: readonly PersonName[]): string[] => people.map(({ name }) => name);
  return new AppError('not_possible_now', {
    userMessage: ({ projects }) =>
      wanted.length > 0 ? projects.inAlready(names(wanted), key) : projects.notIn(names(unwanted), key),
  });
}

/** Open tasks of a project; with people, those that they have. */
async function openTasksOf(
  { db }: Scope,
  project: ProjectRef,
  people?: readonly PersonName[],
): Promise<number> {
  const theirs = people
    ? sql`EXISTS (SELECT 1 FROM task_assignees a WHERE a.task_id = t.id AND a.state IN ('assigned', 'accepted')
        AND a.person_id = ANY(${people.map(({ id }) => id)}::text[]))`
    : sql`true`;
  const [row] = await db.rows<{ count: number }>(sql`SELECT count(*)::int AS count FROM tasks t
    JOIN statuses s ON s.id = t.status_id AND s.category NOT IN ('done', 'cancelled')
    WHERE t.project_id = ${project.id} AND ${theirs}`);
  return row?.count ?? 0;
}

/**
 * Whether what is finished waits for a manager's approval. Throws AppError `unknown_project`, `not_allowed`, or
 * `not_possible_now` when it is so already.
 */
export async function setApproval(
  scope: Scope,
  { key, needed }: { key: string; needed: boolean },
): Promise<ProjectRef> {
  const project = await findProject(scope, key);
  await requireManagerOf(scope, project);
  const { needsApproval } = await scope.db.prisma.project.findUniqueOrThrow({
    where: { id: project.id },
    select: { needsApproval: true },
  });
  if (needsApproval === needed) {
    throw new AppError('not_possible_now', {
      userMessage: ({ policy }) => (needed ? policy.askedAlready : policy.notAskedAnyway)(project.key),
    });
  }
  scope.work.write(
    sql`UPDATE projects SET needs_approval = ${needed}::boolean
      WHERE id = ${project.id} AND archived_at IS NULL AND needs_approval <> ${needed}::boolean`,
    { rows: 1 },
  );
  scope.audit({
    target: `project:${project.id}`,
    details: { project: project.key, approval: needed ? 'on' : 'off' },
  });
  return project;
}

/** What archiving a project would mean. It can't be taken back, so it is for whoever leads it, and admins. Throws AppError `unknown_project`, `not_allowed`. */
export async function readArchivable(
  scope: Scope,
  key: string,
): Promise<{ project: ProjectRef; open: number; links: number }> {
  const project = await findProject(scope, key);
  await requireLeadOf(scope, project);
  const [open, links] = await Promise.all([
    openTasksOf(scope, project),
    scope.db.prisma.channelLink.count({ where: { projectId: project.id } }),
  ]);
  return { project, open, links };
}

async function requireLeadOf(scope: Scope, project: ProjectRef): Promise<void> {
  await requireManagerOf(scope, project);
  const { owner } = await scope.db.prisma.project.findUniqueOrThrow({
    where: { id: project.id },
    select: { owner: { select: { person: { select: { id: true, name: true } } } } },
  });
  if (scope.actor.roles.admin || owner.person.id === scope.actor.personId) return;
  throw new AppError('not_allowed', {
    userMessage: ({ projects }) => projects.onlyLead(project.key, owner.person.name),
  });
}

/** Ends a project: its tasks stay readable, there are no new ones, no channel shows it. Throws AppError as `readArchivable` does. */
export async function archiveProject(scope: Scope, key: string): Promise<ProjectRef> {
  const { project, open, links } = await readArchivable(scope, key);
  scope.work.write(
    sql`UPDATE projects SET archived_at = ${scope.now} WHERE id = ${project.id} AND archived_at IS NULL`,
    { rows: 1 },
  );
  scope.work.write(sql`DELETE FROM channel_links WHERE project_id = ${project.id}`);
  scope.audit({
    target: `project:${project.id}`,
    details: { project: project.key, open: String(open), links: String(links) },
  });
  return project;
}
