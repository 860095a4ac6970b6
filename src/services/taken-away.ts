import { sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';
import { readAssignees } from './task-changes.ts';
import type { TaskRecord } from './task-record.ts';

export interface TakenAway {
  by: string;
  at: Date;
  /** Who has it instead, by name */
  to: string[];
}

type Had = ReturnType<typeof readAssignees>[number];

/** Changes that are looked through */
const LOOKED_THROUGH = 20;

/** Who took the task from the asker last, and when, as long as that is kept; undefined when nobody did, or they have it. */
export async function takenAway({ db, actor }: Scope, task: TaskRecord): Promise<TakenAway | undefined> {
  const isTheirs = (people: readonly Had[]): boolean =>
    people.some(({ id, state }) => id === actor.personId && state !== 'declined');
  if (isTheirs(task.assignees)) return undefined;
  const changes = await db.rows<{ before: unknown; by: string; byId: string; at: Date }>(sql`SELECT c.before,
      p.name AS by, p.id AS "byId", c.created_at AS at
    FROM task_changes c JOIN persons p ON p.id = c.person_id
    WHERE c.task_id = ${task.id} ORDER BY c.version DESC LIMIT ${LOOKED_THROUGH}::int`);
  let after: readonly Had[] = task.assignees;
  for (const { before, by, byId, at } of changes) {
    const had = readAssignees(before);
    if (isTheirs(had) && !isTheirs(after)) {
      const to = after.filter(({ state }) => state !== 'declined').flatMap(({ name }) => name ?? []);
      // Who declined knows it.
      return byId === actor.personId ? undefined : { by, at, to };
    }
    after = had;
  }
  return undefined;
}

/** Whether a task that the asker may not see was theirs, or was shown to them in a message. */
export async function wasTheirs({ db, actor }: Scope, number: number): Promise<boolean> {
  const mine = JSON.stringify([{ id: actor.personId }]);
  const rows = await db.rows(sql`SELECT 1 FROM tasks t
    WHERE t.organization_id = ${actor.organizationId} AND t.number = ${number}::int AND (
      EXISTS (SELECT 1 FROM task_cards c WHERE c.task_id = t.id AND c.recipient_id = ${actor.personId})
      OR EXISTS (SELECT 1 FROM task_changes c WHERE c.task_id = t.id AND c.before -> 'assignees' @> ${mine}::jsonb))`);
  return rows.length > 0;
}
