import { addDays } from 'date-fns';
import { instantOf, localDate, startOfDay, wallTime } from '../core/time-zone.ts';
import { type Sql, sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';
import type { Priority, StatusCategory } from './task-record.ts';

/** A line of a list. */
export interface TaskRow {
  number: number;
  title: string;
  priority: Priority;
  dueAt: Date | null;
  dueHasTime: boolean;
  status: string;
  category: StatusCategory;
  statusNote: string | null;
  projectKey: string | null;
  /** Names; not read for the asker's own tasks */
  assignees: string[];
  /** Whether the asker may move it on */
  workable: boolean;
  /** Whether it is the asker's to do; left out where that goes without saying */
  own?: boolean;
}

export interface TaskPage {
  rows: TaskRow[];
  total: number;
  /** From 1 */
  page: number;
  pages: number;
  overdue: number;
}

export type Whose =
  | { type: 'mine' }
  /** The people whom the asker manages; for a worker, those with the same manager */
  | { type: 'team' }
  | { type: 'person'; personId: string }
  /** What the asker has asked of others, or of nobody yet */
  | { type: 'given' }
  /** What the asker may approve */
  | { type: 'waiting' }
  | { type: 'projects'; ids: readonly string[] }
  | { type: 'all' };

export interface TaskFilter {
  whose: Whose;
  due?: 'overdue' | 'today' | 'week';
  state: { type: 'open' } | { type: 'done' } | { type: 'status'; id: string } | { type: 'any' };
  /** Words that stand in the title or the description, all of them */
  words?: readonly string[];
}

export const PAGE_SIZE = 8;

interface Row extends Omit<TaskRow, 'assignees'> {
  assignees?: string[] | null;
  total: number;
  overdue: number;
}

/**
 * One page of the tasks that the asker sees and that pass the filter: most pressing first. Past the end it
 * is the last page: the one that was asked for may have emptied meanwhile.
 */
export async function listTasks(scope: Scope, filter: TaskFilter, page = 1): Promise<TaskPage> {
  const own = filter.whose.type === 'mine';
  const rows = await scope.db.rows<Row>(sql`
    WITH viewer AS (${own ? activeViewer(scope) : viewerOf(scope)}),
    found AS (
      SELECT t.id, t.number, t.title, t.priority, t.due_at, t.due_has_time, t.status_note, t.project_id,
        s.name AS status, s.category, coalesce(t.due_at < ${scope.now}, false) AND s.category NOT IN ('done', 'cancelled') AS late
      FROM ${own ? ownTasks(scope) : sql`tasks t`} JOIN statuses s ON s.id = t.status_id CROSS JOIN viewer v
      WHERE t.organization_id = ${scope.actor.organizationId}
        AND ${own ? sql`true` : isVisible(scope)} AND ${passes(scope, filter)}
    )
    SELECT f.number, f.title, f.priority, f.due_at AS "dueAt", f.due_has_time AS "dueHasTime", f.status, f.category,
      f.status_note AS "statusNote", p.key AS "projectKey", ${own ? sql`true AS workable` : sharedColumns},
      (SELECT count(*)::int FROM found) AS total,
      (SELECT count(*)::int FROM found WHERE late) AS overdue
    FROM found f CROSS JOIN viewer v LEFT JOIN projects p ON p.id = f.project_id
    ORDER BY f.late DESC, f.due_at ASC NULLS LAST, f.priority DESC, f.number
    LIMIT ${PAGE_SIZE}::int OFFSET least(${(page - 1) * PAGE_SIZE}::int,
      (SELECT greatest(count(*) - 1, 0) / ${PAGE_SIZE}::int * ${PAGE_SIZE}::int FROM found))`);
  const total = rows[0]?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  return {
    rows: rows.map((row) => ({ ...row, assignees: row.assignees ?? [] })),
    total,
    page: Math.min(page, pages),
    pages,
    overdue: rows[0]?.overdue ?? 0,
  };
}

/** What somebody has been given they see and may move on: most lists are of that, and need no look at projects. */
const ownTasks = ({ actor }: Scope): Sql => sql`task_assignees own JOIN tasks t ON t.id = own.task_id
  AND own.person_id = ${actor.personId} AND own.state <> 'declined'`;

const activeViewer = ({ actor }: Scope): Sql => sql`SELECT id FROM persons
  WHERE id = ${actor.personId} AND organization_id = ${actor.organizationId} AND deactivated_at IS NULL`;

const isOwn: Sql = sql`EXISTS (SELECT 1 FROM task_assignees a
    WHERE a.task_id = f.id AND a.person_id = v.id AND a.state <> 'declined')`;

const sharedColumns: Sql = sql`
  (SELECT array_agg(person.name ORDER BY a.assigned_at, person.name) FROM task_assignees a JOIN persons person ON person.id = a.person_id
    WHERE a.task_id = f.id AND a.state <> 'declined') AS assignees,
  (v.admin OR (v.manager AND f.project_id = ANY(v.projects)) OR ${isOwn}) AS workable, ${isOwn} AS own`;

/** Who looks, as far as rules of sight need it. */
export interface Viewer {
  actor: Pick<Scope['actor'], 'personId' | 'organizationId'>;
}

export const viewerOf = ({ actor }: Viewer): Sql => sql`
  SELECT viewer.id, m.id IS NOT NULL AS manager, coalesce(m.admin, false) AS admin,
    ARRAY(SELECT project_id FROM project_members WHERE person_id = viewer.id
      UNION SELECT id FROM projects WHERE owner_id = m.id) AS projects
  FROM persons viewer LEFT JOIN managers m ON m.person_id = viewer.id
  WHERE viewer.id = ${actor.personId} AND viewer.organization_id = ${actor.organizationId} AND viewer.deactivated_at IS NULL`;

/** Rule of sight, as `maySee` in task-record.ts has it for one task. */
export const isVisible = ({
  actor,
}: Viewer): Sql => sql`(v.admin OR t.project_id = ANY(v.projects) OR t.created_by_id = ${actor.personId}
  OR EXISTS (SELECT 1 FROM task_assignees a WHERE a.task_id = t.id AND a.person_id = ${actor.personId}))`;

function passes(scope: Scope, filter: TaskFilter): Sql {
  const tests = [
    belongsTo(scope, filter.whose),
    isInState(filter),
    isDue(scope, filter.due),
    ...(filter.words ?? []).map(says),
  ];
  return tests.reduce((all, test) => sql`${all} AND ${test}`);
}

const assignedTo = (personId: string): Sql =>
  sql`EXISTS (SELECT 1 FROM task_assignees a WHERE a.task_id = t.id AND a.person_id = ${personId} AND a.state <> 'declined')`;

function belongsTo(scope: Scope, whose: Whose): Sql {
  switch (whose.type) {
    case 'mine':
      return sql`true`;
    case 'person':
      return assignedTo(whose.personId);
    case 'given':
      return sql`(t.created_by_id = ${scope.actor.personId} OR EXISTS (SELECT 1 FROM task_assignees a
        WHERE a.task_id = t.id AND a.assigned_by_id = ${scope.actor.personId})) AND NOT ${assignedTo(scope.actor.personId)}`;
    case 'waiting':
      return sql`s.category = 'review' AND CASE WHEN t.project_id IS NULL THEN t.created_by_id = ${scope.actor.personId}
        ELSE v.manager AND t.project_id = ANY(v.projects) END`;
    case 'projects':
      return sql`t.project_id = ANY(${[...whose.ids]}::text[])`;
    case 'team':
      return sql`EXISTS (SELECT 1 FROM task_assignees a JOIN workers w ON w.person_id = a.person_id
        WHERE a.task_id = t.id AND a.state <> 'declined' AND w.manager_id IN (
          SELECT id FROM managers WHERE person_id = ${scope.actor.personId}
          UNION SELECT manager_id FROM workers WHERE person_id = ${scope.actor.personId}))`;
    case 'all':
      return sql`true`;
    default:
      return whose satisfies never;
  }
}

function isInState({ state }: TaskFilter): Sql {
  switch (state.type) {
    case 'open':
      return sql`s.category NOT IN ('done', 'cancelled')`;
    case 'done':
      return sql`s.category = 'done'`;
    case 'status':
      return sql`s.id = ${state.id}`;
    case 'any':
      return sql`true`;
    default:
      return state satisfies never;
  }
}

function isDue(scope: Scope, due: TaskFilter['due']): Sql {
  if (!due) return sql`true`;
  if (due === 'overdue') return sql`t.due_at < ${scope.now}`;
  return sql`t.due_at < ${endOf(scope, due)}`;
}

/** The end of the actor's day, or of their week (Sunday), as an instant. */
function endOf({ actor, now }: Scope, span: 'today' | 'week'): Date {
  const today = startOfDay(wallTime(now, actor.timeZone));
  const weekday = (new Date(`${localDate(now, actor.timeZone)}T00:00:00Z`).getUTCDay() + 6) % 7;
  const days = span === 'today' ? 1 : 7 - weekday;
  return instantOf(addDays(new Date(today), days).getTime(), actor.timeZone);
}

export function says(word: string): Sql {
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`(t.title ILIKE ${pattern} OR t.description ILIKE ${pattern})`;
}
