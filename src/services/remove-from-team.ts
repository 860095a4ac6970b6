import { AppError } from '../core/errors.ts';
import type { Sentence } from '../core/messages.ts';
import { shorten } from '../core/shorten.ts';
import { sql } from '../lib/sql.ts';
import { alsoAudit } from './also-audit.ts';
import { notify } from './notify.ts';
import { findPeople } from './people.ts';
import type { Scope } from './scope.ts';
import { historyRows } from './task-changes.ts';
import type { PersonName } from './task-record.ts';
import { handOverLead, staysAdmin } from './team-guard.ts';
import { remindAnew } from './update-task.ts';

export interface Removal {
  person: PersonName;
  /** Who gets the open tasks; without, they are nobody's */
  heir: PersonName | undefined;
  /** Open tasks that wait for the person */
  tasks: { id: string; number: number }[];
  /** Projects that they manage: whose they will be */
  projects: string[];
  lead: PersonName;
}

/**
 * What it would mean to take somebody off the team. Throws AppError as findPeople does, or `not_possible_now`
 * for oneself.
 */
export async function readRemoval(
  scope: Scope,
  { reference, heirReference }: { reference: string; heirReference: string | undefined },
): Promise<Removal> {
  const { actor, db } = scope;
  const [person] = await findPeople(scope, { references: [reference], argument: 'who' });
  const [heir] = await findPeople(scope, {
    references: heirReference ? [heirReference] : [],
    argument: 'heir',
  });
  if (!person) throw new AppError('unknown_person');
  if (person.id === actor.personId) {
    throw notNow(({ crew }) => crew.notYourself);
  }
  if (heir?.id === person.id) throw notNow(({ crew }) => crew.toSomebodyElse(person.name));
  const [tasks, projects, heirLeads] = await Promise.all([
    openTasks(scope, person),
    db.prisma.project.findMany({
      where: { owner: { personId: person.id }, archivedAt: null },
      select: { key: true },
      orderBy: { key: 'asc' },
    }),
    heir ? db.prisma.manager.findUnique({ where: { personId: heir.id } }) : null,
  ]);
  const lead = heir && heirLeads ? heir : { id: actor.personId, name: actor.name };
  return { person, heir, tasks, projects: projects.map(({ key }) => key), lead };
}

const openTasks = ({ db }: Scope, { id }: PersonName) =>
  db.rows<{ id: string; number: number }>(sql`SELECT t.id, t.number FROM task_assignees a
    JOIN tasks t ON t.id = a.task_id JOIN statuses s ON s.id = t.status_id
    WHERE a.person_id = ${id} AND a.state IN ('assigned', 'accepted') AND s.category NOT IN ('done', 'cancelled')
    ORDER BY t.number`);

/**
 * Takes somebody off the team, in one commit with their open tasks and what they lead. They are kept, with all
 * that they did; coming back, they are who they were. Throws AppError as `readRemoval` does.
 */
export async function removeFromTeam(
  scope: Scope,
  references: { reference: string; heirReference: string | undefined },
): Promise<Removal> {
  const removal = await readRemoval(scope, references);
  const { person, heir, tasks, lead } = removal;
  staysAdmin(scope);
  scope.work.write(
    sql`UPDATE persons SET deactivated_at = ${scope.now} WHERE id = ${person.id} AND deactivated_at IS NULL`,
    { rows: 1 },
  );
  handOverLead(scope, { from: person.id, to: lead.id });
  if (tasks.length > 0) handOverTasks(scope, removal);
  const numbers = shorten(tasks.map(({ number }) => `#${number}`).join(' '), 250);
  scope.audit({
    target: `person:${person.id}`,
    details: {
      person: person.name,
      ...(numbers ? { tasks: numbers } : {}),
      ...(heir ? { heir: heir.name } : {}),
    },
  });
  if (heir && tasks.length > 0) {
    notify(scope, {
      kind: 'handed_over',
      to: [heir.id],
      data: { from: person.name, count: String(tasks.length) },
      occasion: scope.newId(),
    });
  }
  return removal;
}

function handOverTasks(scope: Scope, { person, heir, tasks }: Removal): void {
  const { work, actor, now } = scope;
  const ids = tasks.map(({ id }) => id);
  work.write(historyRows(scope, ids));
  work.write(
    sql`UPDATE tasks SET version = version + 1, updated_at = ${now}, ${remindAnew(now)} WHERE id = ANY(${ids}::text[])`,
    { rows: ids.length },
  );
  work.write(
    sql`DELETE FROM task_assignees WHERE person_id = ${person.id} AND task_id = ANY(${ids}::text[])
      AND state IN ('assigned', 'accepted')`,
    { rows: ids.length },
  );
  if (heir)
    work.write(sql`INSERT INTO task_assignees (task_id, person_id, assigned_by_id, assigned_at)
      SELECT task, ${heir.id}, ${actor.personId}, ${now}::timestamptz FROM unnest(${ids}::text[]) AS task
      ON CONFLICT (task_id, person_id) DO UPDATE SET state = 'assigned', note = NULL,
        assigned_by_id = excluded.assigned_by_id, assigned_at = excluded.assigned_at
        WHERE task_assignees.state = 'declined'`);
  if (heir) handOverSeries(scope, { person, ids });
  work.refreshCards(...ids);
  alsoAudit(
    scope,
    tasks.map(({ id, number }) => ({
      action: heir ? 'assign' : 'unassign',
      target: `task:${id}`,
      taskNumber: number,
      details: { ...(heir ? { assigned: heir.name } : {}), unassigned: person.name, because: 'off the team' },
    })),
  );
}

/** What comes again is copied from a task that may be done and theirs for good: from now on, from the newest that the heir got. */
function handOverSeries(
  { work }: Scope,
  { person, ids }: { person: PersonName; ids: readonly string[] },
): void {
  work.write(sql`UPDATE recurrences r SET task_id = newest.id
    FROM (SELECT DISTINCT ON (recurrence_id) recurrence_id, id FROM tasks
      WHERE id = ANY(${[...ids]}::text[]) AND recurrence_id IS NOT NULL ORDER BY recurrence_id, number DESC) newest
    WHERE r.id = newest.recurrence_id AND EXISTS (
      SELECT 1 FROM task_assignees a WHERE a.task_id = r.task_id AND a.person_id = ${person.id})`);
}

const notNow = (userMessage: Sentence): AppError => new AppError('not_possible_now', { userMessage });
