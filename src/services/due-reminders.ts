import {
  type DueStep,
  type DueStepName,
  dueSteps,
  type ReminderPriority,
  stepAt,
} from '../core/due-steps.ts';
import type { NewNotification, NotificationKind } from '../core/notification.ts';
import type { NewId } from '../core/ports.ts';
import type { Scheduled } from '../core/scheduled.ts';
import { isTimeZone } from '../core/when.ts';
import { sql } from '../lib/sql.ts';
import type { Database } from './scope.ts';
import type { StatusCategory } from './task-record.ts';

interface Deps {
  db: Pick<Database, 'rows'>;
  newId: NewId;
  /** Tasks a page */
  page?: number;
}

interface Listener {
  id: string;
  name: string;
  timeZone: string;
}

interface DueTask {
  id: string;
  organizationId: string;
  priority: ReminderPriority;
  dueAt: Date;
  dueHasTime: boolean;
  dueSetAt: Date;
  remindAt: Date;
  category: StatusCategory;
  creator: Listener;
  /** Of the project */
  owner: Listener | null;
  /** Who has it and is not done with it; the times as ISO */
  assignees: (Listener & { since: string })[] | null;
  /** Until when people had put it off, by person, as ISO */
  snoozes: Record<string, string> | null;
}

/** Somebody, what they are told as, and since when it is theirs. */
interface Hearer extends Listener {
  as: 'assignee' | 'manager';
  since: Date;
}

interface Look {
  id: string;
  was: Date;
  next: Date | null;
  told: NewNotification[];
}

/**
 * Reminds of due dates: when they are near, when they have come, when they are over, and in the end their manager. It only
 * finds out who is to be told of what by now; whether that is still true is asked once more when it is sent.
 */
export function dueReminders({ db, newId, page = 200 }: Deps): Scheduled {
  return {
    name: 'due dates',
    async run(now, signal) {
      let told = 0;
      let after = { at: new Date(0), id: '' };
      while (!signal.aborted) {
        const tasks = await readPage(db, { now, after, page });
        const looks = tasks.map((task) => lookAt(task, { now, newId }));
        if (looks.length > 0) told += await writeLooks(db, looks);
        const last = tasks.at(-1);
        if (!last || tasks.length < page) break;
        after = { at: last.remindAt, id: last.id };
      }
      return told;
    },
  };
}

function readPage(
  db: Deps['db'],
  { now, after, page }: { now: Date; after: { at: Date; id: string }; page: number },
): Promise<DueTask[]> {
  return db.rows<DueTask>(sql`SELECT t.id, t.organization_id AS "organizationId", t.priority, t.due_at AS "dueAt",
      t.due_has_time AS "dueHasTime", coalesce(t.due_set_at, t.created_at) AS "dueSetAt", t.remind_at AS "remindAt", s.category,
      json_build_object('id', c.id, 'name', c.name, 'timeZone', c.time_zone) AS creator,
      CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name, 'timeZone', o.time_zone) END AS owner,
      (SELECT json_agg(json_build_object('id', p.id, 'name', p.name, 'timeZone', p.time_zone, 'since', a.assigned_at) ORDER BY a.assigned_at, p.name)
        FROM task_assignees a JOIN persons p ON p.id = a.person_id
        WHERE a.task_id = t.id AND a.state IN ('assigned', 'accepted') AND p.deactivated_at IS NULL) AS assignees,
      (SELECT json_object_agg(r.person_id, r.until)
        FROM (SELECT person_id, max(at) AS until FROM reminders WHERE task_id = t.id AND snoozes GROUP BY person_id) r) AS snoozes
    FROM tasks t
    JOIN statuses s ON s.id = t.status_id
    JOIN persons c ON c.id = t.created_by_id
    LEFT JOIN projects pr ON pr.id = t.project_id
    LEFT JOIN managers om ON om.id = pr.owner_id
    LEFT JOIN persons o ON o.id = om.person_id
    WHERE t.remind_at <= ${now}::timestamptz AND (t.remind_at, t.id) > (${after.at}::timestamptz, ${after.id})
      AND t.due_at IS NOT NULL
    ORDER BY t.remind_at, t.id LIMIT ${page}::int`);
}

function lookAt(task: DueTask, { now, newId }: { now: Date; newId: NewId }): Look {
  const { id, remindAt: was } = task;
  if (task.category === 'done' || task.category === 'cancelled') return { id, was, next: null, told: [] };
  const due = { ...task, setAt: task.dueSetAt };
  const told: NewNotification[] = [];
  const times: Date[] = [];
  for (const hearer of hearersOf(task)) {
    const steps = dueSteps(due, { timeZone: known(hearer.timeZone), as: hearer.as });
    const { step, next } = stepAt(steps, { since: hearer.since, now });
    if (next) times.push(next);
    // In review it waits for somebody else; given back, what falls due then is told.
    if (step && task.category !== 'review') told.push(rowOf({ task, hearer, step, id: newId(), now }));
  }
  const next = times.reduce<Date | null>((first, time) => (first && first <= time ? first : time), null);
  return { id, was, next, told };
}

/** Those who have it; of what nobody has, who made it. In the end its manager: the project's, or who made it. */
function hearersOf(task: DueTask): Hearer[] {
  const { creator, assignees, dueSetAt } = task;
  const own = assignees?.length ? assignees : [{ ...creator, since: dueSetAt.toISOString() }];
  const hearers: Hearer[] = own.map((person) => ({
    ...person,
    as: 'assignee',
    since: latest([dueSetAt, new Date(person.since), ...snoozeOf(task, person.id)]),
  }));
  const manager = managerOf(task, own);
  if (!manager) return hearers;
  return [
    ...hearers,
    { ...manager, as: 'manager', since: latest([dueSetAt, ...snoozeOf(task, manager.id)]) },
  ];
}

const managerOf = ({ creator, owner }: DueTask, own: readonly Pick<Listener, 'id'>[]): Listener | undefined =>
  [owner ?? creator, creator].find(({ id }) => !own.some((person) => person.id === id));

const snoozeOf = ({ snoozes }: DueTask, personId: string): Date[] => {
  const until = snoozes?.[personId];
  return until ? [new Date(until)] : [];
};

const latest = (dates: readonly Date[]): Date => new Date(Math.max(...dates.map((date) => date.getTime())));

/** One whose zone is misspelt is reminded all the same. */
const known = (timeZone: string): string => (isTimeZone(timeZone) ? timeZone : 'UTC');

function rowOf({
  task,
  hearer,
  step,
  id,
  now,
}: {
  task: DueTask;
  hearer: Hearer;
  step: DueStep;
  id: string;
  now: Date;
}): NewNotification {
  const manager = step.name === 'last' ? managerOf(task, task.assignees ?? [task.creator]) : undefined;
  return {
    id,
    organizationId: task.organizationId,
    recipientId: hearer.id,
    kind: kindOf(step.name),
    taskId: task.id,
    actorId: null,
    data: {
      due: task.dueAt.toISOString(),
      step: step.name,
      ...(step.until ? { until: step.until.toISOString() } : {}),
      ...(manager ? { manager: manager.name } : {}),
      ...(task.assignees?.length ? {} : { nobodys: 'yes' }),
    },
    dedupeKey: `due:${task.id}:${task.dueAt.getTime()}:${step.name}:${hearer.id}`,
    nextAttemptAt: now,
    createdAt: now,
  };
}

function kindOf(step: DueStepName): NotificationKind {
  if (step === 'soon') return 'due_soon';
  if (step === 'due' || step === 'escalated') return step;
  return 'overdue';
}

/**
 * The messages and when to look again, in one statement. A task that somebody changes or another replica looks at in this
 * moment is passed over: it comes up again in a minute, and its keys are there once.
 */
async function writeLooks(db: Deps['db'], looks: readonly Look[]): Promise<number> {
  const times = looks.map(({ id, was, next }) => ({ id, was, next }));
  const told = await db.rows(sql`WITH look AS (
      SELECT t.id, l.next FROM tasks t
      JOIN jsonb_to_recordset(${JSON.stringify(times)}::jsonb) AS l(id text, was timestamptz, next timestamptz) ON l.id = t.id
      WHERE t.remind_at = l.was ORDER BY t.id FOR UPDATE OF t SKIP LOCKED
    ), looked AS (
      UPDATE tasks SET remind_at = look.next FROM look WHERE tasks.id = look.id RETURNING tasks.id
    )
    INSERT INTO notifications (id, organization_id, recipient_id, kind, task_id, data, dedupe_key, next_attempt_at, created_at)
    SELECT n.* FROM jsonb_to_recordset(${JSON.stringify(looks.flatMap(({ told }) => told))}::jsonb) AS n(
      "id" text, "organizationId" text, "recipientId" text, "kind" text, "taskId" text, "data" jsonb,
      "dedupeKey" text, "nextAttemptAt" timestamptz, "createdAt" timestamptz)
    WHERE n."taskId" IN (SELECT id FROM looked)
    ON CONFLICT (dedupe_key) DO NOTHING RETURNING 1`);
  return told.length;
}
