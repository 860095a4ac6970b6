import { AppError } from '../core/errors.ts';
import type { AuditSubject } from '../core/files.ts';
import type { AuditLog, SealedAuditRecord } from '../core/ports.ts';
import { sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';
import { readTask } from './task-record.ts';

/** Entries on one screen. */
export const AUDIT_PAGE = 10;
/** Pages read from DynamoDB to fill a screen with what the asker may see. */
const MOST_READS = 5;
/** Bare `audit` looks back so far: seven days. */
export const DEFAULT_MS = 7 * 24 * 60 * 60 * 1_000;

export interface AuditEntries {
  records: SealedAuditRecord[];
  cursor?: string;
}

/** Who reads the log */
export interface AuditReader extends Pick<Scope, 'db'> {
  actor: Pick<Scope['actor'], 'personId' | 'organizationId'>;
}

/**
 * A page of the log, newest first, of what was done (looking is left out of the organisation's review) and the asker may see: admins all, managers what was done to
 * their projects' tasks and by the people they manage. Throws AppError `unknown_task`, `not_allowed`,
 * or `audit_unavailable` while DynamoDB is away.
 */
export async function reviewAudit(
  scope: Scope,
  log: AuditLog,
  {
    subject,
    isQuery,
    since,
    cursor,
  }: { subject: AuditSubject; isQuery(action: string): boolean; since?: Date; cursor?: string },
): Promise<AuditEntries> {
  const from = since ?? new Date(scope.now.getTime() - DEFAULT_MS);
  const query = { from, limit: AUDIT_PAGE, ...(cursor ? { cursor } : {}) };
  switch (subject.type) {
    case 'task': {
      const { task } = await readTask(scope.db, { actor: scope.actor, number: subject.number });
      return read(() =>
        log.byTarget(`task:${task.id}`, {
          limit: AUDIT_PAGE,
          ...(cursor ? { cursor } : {}),
          ...(since ? { from: since } : {}),
        }),
      );
    }
    case 'person':
      await requireReport(scope, subject.id);
      return read(() => log.byActor(`person:${subject.id}`, query));
    case 'organization':
      return reviewOrganization(scope, log, { ...query, isQuery });
    default:
      return subject satisfies never;
  }
}

/** Everything that was done to a task, newest first. Throws AppError `unknown_task`, `audit_unavailable`. */
export async function readTimeline(
  scope: Scope,
  log: AuditLog,
  { number, isQuery, cursor: from }: { number: number; isQuery(action: string): boolean; cursor?: string },
): Promise<AuditEntries & { taskTitle: string }> {
  const { task } = await readTask(scope.db, { actor: scope.actor, number });
  const records: SealedAuditRecord[] = [];
  let cursor = from;
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const limit = AUDIT_PAGE - records.length;
    const page = await read(() => log.byTarget(`task:${task.id}`, { limit, ...(cursor ? { cursor } : {}) }));
    // Who has looked stands in the audit; here is what was done.
    records.push(
      ...page.records.filter(({ action, details }) => !isQuery(action) && details.form !== 'opened'),
    );
    cursor = page.cursor;
    if (!cursor || records.length >= AUDIT_PAGE) break;
  }
  return { records, taskTitle: task.title, ...(cursor ? { cursor } : {}) };
}

async function reviewOrganization(
  scope: Scope,
  log: AuditLog,
  { isQuery, ...query }: { from: Date; limit: number; cursor?: string; isQuery(action: string): boolean },
): Promise<AuditEntries> {
  const records: SealedAuditRecord[] = [];
  let cursor = query.cursor;
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const page = await read(() =>
      log.byOrganization(scope.actor.organizationId, {
        ...query,
        limit: query.limit - records.length,
        ...(cursor ? { cursor } : {}),
      }),
    );
    const deeds = page.records.filter(({ action, outcome }) => outcome !== 'ok' || !isQuery(action));
    records.push(...(await visible(scope, deeds)));
    cursor = page.cursor;
    if (!cursor || records.length >= query.limit) break;
  }
  return cursor ? { records, cursor } : { records };
}

/** Of these records, what the asker may see. */
export async function visible(
  scope: AuditReader,
  records: readonly SealedAuditRecord[],
): Promise<SealedAuditRecord[]> {
  const tasks = records.flatMap(({ target }) =>
    target?.startsWith('task:') ? [target.slice('task:'.length)] : [],
  );
  const actors = records.map(({ actor }) => actor.replace(/^person:/, ''));
  const [seen] = await scope.db.rows<{
    admin: boolean;
    tasks: string[];
    people: string[];
  }>(sql`SELECT m.admin,
      ARRAY(SELECT t.id FROM tasks t JOIN projects p ON p.id = t.project_id
        WHERE t.id = ANY(${tasks}::text[]) AND (p.owner_id = m.id
          OR EXISTS (SELECT 1 FROM project_members pm WHERE pm.project_id = p.id AND pm.person_id = m.person_id))) AS tasks,
      ARRAY(SELECT w.person_id FROM workers w WHERE w.manager_id = m.id AND w.person_id = ANY(${actors}::text[])) AS people
    FROM managers m JOIN persons me ON me.id = m.person_id AND me.deactivated_at IS NULL
    WHERE m.person_id = ${scope.actor.personId}`);
  if (!seen) return [];
  if (seen.admin) return [...records];
  const people = new Set([scope.actor.personId, ...seen.people]);
  const own = new Set(seen.tasks);
  return records.filter(({ actor, target }) =>
    target?.startsWith('task:')
      ? own.has(target.slice('task:'.length))
      : people.has(actor.replace(/^person:/, '')),
  );
}

/** Throws AppError `not_allowed` unless the person is the asker, or somebody whom they manage. */
export async function requireReport(scope: AuditReader, personId: string): Promise<void> {
  if (personId === scope.actor.personId) return;
  const [standing] = await scope.db.rows<{ allowed: boolean; manager: string | null }>(sql`SELECT
      EXISTS (SELECT 1 FROM managers m JOIN persons me ON me.id = m.person_id AND me.deactivated_at IS NULL
        LEFT JOIN workers w ON w.manager_id = m.id AND w.person_id = ${personId}
        WHERE m.person_id = ${scope.actor.personId} AND (m.admin OR w.id IS NOT NULL)) AS allowed,
      (SELECT mp.name FROM workers w JOIN managers m ON m.id = w.manager_id JOIN persons mp ON mp.id = m.person_id
        WHERE w.person_id = ${personId}) AS manager`);
  if (standing?.allowed) return;
  const manager = standing?.manager;
  throw new AppError('not_allowed', {
    userMessage: ({ crew }) => (manager ? crew.notYourReport(manager) : crew.notYourReportNorAnyones),
  });
}

/** Throws AppError `audit_unavailable` for what the log throws. */
export async function read<Page>(page: () => Promise<Page>): Promise<Page> {
  try {
    return await page();
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('audit_unavailable', { cause });
  }
}
