import { rawSql, type Sql, sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';
import { handOverLead } from './team-guard.ts';
import { UNDOABLE_MS } from './undo-change.ts';

/** Somebody known twice: all that is the one's becomes the other's. */
export interface Merge {
  from: string;
  into: string;
  /** Both are managers: the one's projects and people are handed over. */
  bothLead: boolean;
}

/** Columns that name a person, where any number of rows may name the same one. */
const plainColumns: readonly (readonly [table: string, column: string])[] = [
  ['app_homes', 'person_id'],
  ['channel_digests', 'set_by_id'],
  ['channel_links', 'created_by_id'],
  ['chat_accounts', 'person_id'],
  ['comments', 'author_id'],
  ['join_requests', 'decided_by_id'],
  ['recurrences', 'created_by_id'],
];

/** Tables with a person_id of which one person may have a row once: what both have (`mine` and `other`) is kept once. */
const onceTables: readonly (readonly [table: string, alike: Sql])[] = [
  ['project_members', sql`other.project_id = mine.project_id`],
  ['task_followers', sql`other.task_id = mine.task_id`],
  [
    'reminders',
    sql`other.task_id = mine.task_id AND other.snoozes = mine.snoozes AND (other.at = mine.at
      OR (mine.snoozes AND mine.told_at IS NULL AND other.told_at IS NULL))`,
  ],
];

/** Columns that are written in ways of their own, see the functions below; codes end with their person. */
const ownWays = [
  'connect_codes.person_id',
  'managers.person_id',
  'notifications.actor_id',
  'notifications.recipient_id',
  'person_settings.person_id',
  'persons.merged_into_id',
  'task_assignees.assigned_by_id',
  'task_assignees.person_id',
  'task_cards.recipient_id',
  'task_changes.person_id',
  'tasks.created_by_id',
  'tasks.status_changed_by_id',
  'workers.person_id',
] as const;

/** Every column that a merge looks at: tests/integration/actions-connect.test.ts compares them with the database. */
export const mergedColumns: readonly string[] = [
  ...plainColumns.map((place) => place.join('.')),
  ...onceTables.map(([table]) => `${table}.person_id`),
  ...ownWays,
];

/**
 * Part of a commit: `from` ends, and stays as a name in the history alone. Nothing is written twice in it, since all
 * writes of a commit see the rows as they were before.
 */
export function mergePeople(scope: Scope, merge: Merge): void {
  const { work } = scope;
  const { from, into } = merge;
  endPerson(scope, merge);
  for (const [table, column] of plainColumns) {
    const [t, c] = [rawSql(table), rawSql(column)];
    work.write(sql`UPDATE ${t} SET ${c} = ${into} WHERE ${c} = ${from}`);
  }
  for (const [table, alike] of onceTables) {
    const t = rawSql(table);
    const both = sql`EXISTS (SELECT 1 FROM ${t} other WHERE other.person_id = ${into} AND ${alike})`;
    work.write(sql`UPDATE ${t} AS mine SET person_id = ${into} WHERE person_id = ${from} AND NOT ${both}`);
    work.write(sql`DELETE FROM ${t} AS mine WHERE person_id = ${from} AND ${both}`);
  }
  moveTasks(scope, merge);
  moveChanges(scope, merge);
  moveNotifications(scope, merge);
  moveRoles(scope, merge);
  moveSettings(scope, merge);
}

/** How far on a part of a task is. */
const rank = (state: Sql): Sql =>
  sql`array_position(ARRAY['declined', 'assigned', 'accepted', 'done'], ${state}::text)`;

const renamed = (column: Sql, { from, into }: Merge): Sql =>
  sql`${column} = CASE WHEN ${column} = ${from} THEN ${into} ELSE ${column} END`;

/** The address goes with the person who stays; the checks hold off whoever takes one of the two off the team meanwhile. */
function endPerson({ work, now }: Scope, { from, into }: Merge): void {
  work.write(
    sql`UPDATE persons SET deactivated_at = ${now}::timestamptz, merged_into_id = ${into}, email = NULL
      WHERE id = ${from} AND deactivated_at IS NULL`,
    { rows: 1 },
  );
  work.write(sql`UPDATE persons SET deactivated_at = NULL WHERE id = ${into} AND deactivated_at IS NULL`, {
    rows: 1,
  });
}

function moveTasks({ work, now }: Scope, merge: Merge): void {
  const { from, into } = merge;
  const names = [rawSql('created_by_id'), rawSql('status_changed_by_id')] as const;
  work.write(sql`UPDATE tasks SET ${renamed(names[0], merge)}, ${renamed(names[1], merge)}
    WHERE created_by_id = ${from} OR status_changed_by_id = ${from}`);
  // Where both have a part of one task, the part that is further on counts.
  const other = sql`FROM task_assignees other WHERE other.task_id = mine.task_id`;
  const both = sql`EXISTS (SELECT 1 ${other} AND other.person_id = ${into})`;
  const theirs = sql`(SELECT other.state ${other} AND other.person_id = ${from})`;
  work.write(sql`DELETE FROM task_assignees mine WHERE person_id = ${from} AND ${both}`);
  work.write(sql`UPDATE task_assignees mine SET ${renamed(rawSql('person_id'), merge)},
      ${renamed(rawSql('assigned_by_id'), merge)},
      state = CASE WHEN person_id = ${into} AND ${rank(theirs)} > ${rank(sql`state`)} THEN ${theirs} ELSE state END
    WHERE (person_id = ${from} AND NOT ${both})
      OR (person_id <> ${from} AND assigned_by_id = ${from})
      OR (person_id = ${into} AND ${theirs} IS NOT NULL)`);
  work.write(sql`UPDATE task_cards c SET ${renamed(rawSql('requested_by_id'), merge)},
      ${renamed(rawSql('recipient_id'), merge)},
      next_attempt_at = CASE WHEN state = 'sent' THEN ${now}::timestamptz ELSE next_attempt_at END,
      state = CASE WHEN state = 'sent' THEN 'pending' ELSE state END, revision = revision + 1
    WHERE requested_by_id = ${from} OR recipient_id = ${from}
      OR (state <> 'dead' AND EXISTS (SELECT 1 FROM task_assignees a JOIN tasks t ON t.id = a.task_id
        JOIN statuses s ON s.id = t.status_id AND s.category NOT IN ('done', 'cancelled')
        WHERE a.task_id = c.task_id AND a.person_id = ${from}))`);
  work.wake('cards');
}

/** What tasks were before: taken back, they are whose they are now. `undo` looks at the last minutes, reports at whose a task was. */
function moveChanges({ work, now }: Scope, merge: Merge): void {
  const { from, into } = merge;
  const recent = new Date(now.getTime() - UNDOABLE_MS);
  const quoted = (id: string): string => JSON.stringify(id);
  work.write(sql`UPDATE task_changes c SET ${renamed(rawSql('person_id'), merge)}, before = jsonb_set(b.before, '{assignees}', (
      SELECT coalesce(jsonb_agg(CASE WHEN one.part ->> 'id' = ${into} AND one.part ? 'name'
        THEN one.part || jsonb_build_object('name', b.name) ELSE one.part END ORDER BY one.place), '[]')
      FROM (SELECT DISTINCT ON (part ->> 'id') part, place FROM jsonb_array_elements(b.before -> 'assignees') WITH ORDINALITY AS p(part, place)
        ORDER BY part ->> 'id', ${rank(sql`part ->> 'state'`)} DESC) AS one))
    FROM (SELECT task_id, version, replace(before::text, ${quoted(from)}, ${quoted(into)})::jsonb AS before,
        (SELECT name FROM persons WHERE id = ${into}) AS name
      FROM task_changes WHERE (person_id = ${from} OR before::text LIKE '%' || ${quoted(from)} || '%') AND (task_id, version) IN (
        SELECT task_id, version FROM task_changes WHERE person_id = ${from} OR created_at > ${recent}::timestamptz
        UNION SELECT h.task_id, h.version FROM task_changes h JOIN task_assignees a ON a.task_id = h.task_id AND a.person_id = ${from})) AS b
    WHERE c.task_id = b.task_id AND c.version = b.version`);
}

/** What the one did is no news to the other, and what the one was told is not told to both: of two digests of a day one is left. */
function moveNotifications({ work }: Scope, merge: Merge): void {
  const { from, into } = merge;
  const own = sql`recipient_id IN (${from}, ${into}) AND actor_id IN (${from}, ${into})`;
  const key = sql`replace(n.dedupe_key, ${from}, ${into})`;
  const isTold = sql`EXISTS (SELECT 1 FROM notifications told WHERE told.dedupe_key = ${key})`;
  const isVain = sql`(${own} OR recipient_id = ${from} AND kind IN ('digest', 'weekly_report') AND ${isTold})`;
  work.write(sql`UPDATE notifications n SET ${renamed(rawSql('recipient_id'), merge)},
      actor_id = CASE WHEN ${own} THEN NULL WHEN actor_id = ${from} THEN ${into} ELSE actor_id END,
      held_for = CASE WHEN ${isVain} THEN NULL ELSE held_for END,
      state = CASE WHEN state IN ('pending', 'held') AND ${isVain} THEN 'skipped' ELSE state END,
      dedupe_key = CASE WHEN recipient_id = ${from} AND NOT ${isTold} THEN ${key} ELSE dedupe_key END
    WHERE recipient_id = ${from} OR actor_id = ${from}`);
}

/** Whoever was a manager or worker once is it now; nobody manages themselves. */
function moveRoles(scope: Scope, { from, into, bothLead }: Merge): void {
  const { work } = scope;
  const managerOf = (person: string) => sql`(SELECT id FROM managers WHERE person_id = ${person})`;
  if (bothLead) {
    handOverLead(scope, { from, to: into });
    work.write(sql`UPDATE managers SET admin = admin OR (SELECT admin FROM managers WHERE person_id = ${from})
      WHERE person_id = ${into}`);
    work.write(sql`DELETE FROM managers WHERE person_id = ${from}`, { rows: 1 });
  } else {
    work.write(sql`UPDATE managers SET person_id = ${into} WHERE person_id = ${from}`);
    work.write(sql`UPDATE workers SET manager_id = NULL
      WHERE person_id = ${into} AND manager_id = ${managerOf(from)}`);
  }
  const isWorker = sql`EXISTS (SELECT 1 FROM workers w WHERE w.person_id = ${into})`;
  work.write(sql`UPDATE workers SET person_id = ${into},
      manager_id = CASE WHEN manager_id IN (${managerOf(into)}, ${managerOf(from)}) THEN NULL ELSE manager_id END
    WHERE person_id = ${from} AND NOT ${isWorker}`);
  work.write(sql`DELETE FROM workers WHERE person_id = ${from} AND ${isWorker}`);
}

/** What the one who stays left open is as the other had it. */
function moveSettings({ work, now }: Scope, { from, into }: Merge): void {
  const hasOwn = sql`EXISTS (SELECT 1 FROM person_settings s WHERE s.person_id = ${into})`;
  work.write(sql`UPDATE person_settings SET person_id = ${into} WHERE person_id = ${from} AND NOT ${hasOwn}`);
  const filled = ['language', 'work_days', 'away_until', 'digest', 'digest_at', 'digest_days']
    .map(rawSql)
    .map((column) => sql`${column} = coalesce(mine.${column}, theirs.${column})`)
    .reduce((all, column) => sql`${all}, ${column}`);
  work.write(sql`UPDATE person_settings mine SET ${filled}, updated_at = ${now}::timestamptz,
      quiet_from = CASE WHEN mine.quiet_from IS NULL THEN theirs.quiet_from ELSE mine.quiet_from END,
      quiet_to = CASE WHEN mine.quiet_from IS NULL THEN theirs.quiet_to ELSE mine.quiet_to END,
      events = coalesce(theirs.events, '{}') || coalesce(mine.events, '{}')
    FROM person_settings theirs WHERE mine.person_id = ${into} AND theirs.person_id = ${from}`);
  work.write(sql`DELETE FROM person_settings WHERE person_id = ${from} AND ${hasOwn}`);
}
