import type { OpenHomes, Platform, Roles } from '../core/ports.ts';
import { createLeaseQueue, type LeasedRow, type LeaseQueueDeps } from './lease-queue.ts';
import { rawSql, sql } from './sql.ts';

/** Who opened it longer ago has closed it, in ms; opened again, it is drawn anew. */
const OPEN_MS = 12 * 60 * 60 * 1_000;

/** Keeps what people see on their pages. */
export function createOpenHomes({ db, clock, newId }: LeaseQueueDeps): OpenHomes {
  return {
    async shown({ platform, workspaceId, userId, choice }) {
      // What is read there besides the page must not be taken from under somebody's eyes.
      const state = choice ? 'sent' : 'skipped';
      await db.rows(sql`INSERT INTO app_homes (id, workspace_id, person_id, user_id, choice, opened_at, state, next_attempt_at)
        SELECT ${newId()}, w.id, a.person_id, a.external_id, ${JSON.stringify(choice ?? {})}::jsonb, ${clock()}::timestamptz,
          ${state}::delivery_state, ${clock()}::timestamptz
        FROM workspaces w JOIN chat_accounts a ON a.workspace_id = w.id AND a.external_id = ${userId}
        WHERE w.platform = ${platform}::platform AND w.external_id = ${workspaceId}
        ON CONFLICT (workspace_id, user_id) DO UPDATE SET person_id = excluded.person_id, opened_at = excluded.opened_at,
          choice = excluded.choice, state = excluded.state, revision = app_homes.revision + 1`);
    },
    async touch({ taskIds = [], personIds = [] }) {
      const now = clock();
      // In one order, so that replicas that do this at once wait for each other and don't lock each other out.
      const touched = await db.rows(sql`UPDATE app_homes SET state = 'pending', revision = revision + 1,
          next_attempt_at = CASE WHEN state = 'sent' THEN ${now}::timestamptz ELSE next_attempt_at END
        WHERE id IN (SELECT id FROM app_homes
          WHERE opened_at > ${new Date(now.getTime() - OPEN_MS)} AND state IN ('sent', 'pending')
            AND (person_id = ANY(${[...personIds]}::text[]) OR person_id IN (
              SELECT person_id FROM task_assignees WHERE task_id = ANY(${[...taskIds]}::text[])
              UNION SELECT assigned_by_id FROM task_assignees WHERE task_id = ANY(${[...taskIds]}::text[])
              UNION SELECT created_by_id FROM tasks WHERE id = ANY(${[...taskIds]}::text[])
              UNION SELECT m.person_id FROM tasks t JOIN projects p ON p.id = t.project_id JOIN managers m ON m.id = p.owner_id
                OR m.person_id IN (SELECT pm.person_id FROM project_members pm WHERE pm.project_id = p.id)
                WHERE t.id = ANY(${[...taskIds]}::text[])))
          ORDER BY id FOR UPDATE) RETURNING 1`);
      return touched.length > 0;
    },
  };
}

interface RawHome extends LeasedRow {
  workspaceId: string;
  workspaceExternalId: string;
  uninstalledAt: Date | null;
  userId: string;
  choice: Record<string, string>;
  personId: string;
  organizationId: string;
  name: string;
  timeZone: string;
  locale: string;
  roles: Roles;
  active: boolean;
  revision: number;
}

/** The pages that are older than what they show. */
export function createHomeQueue(deps: LeaseQueueDeps) {
  return createLeaseQueue(deps, {
    name: 'app_homes',
    waiting: rawSql(`q.state = 'pending'`),
    columns:
      rawSql(`w.id AS "workspaceId", w.external_id AS "workspaceExternalId", w.uninstalled_at AS "uninstalledAt",
      q.user_id AS "userId", q.choice, q.revision, p.id AS "personId", p.organization_id AS "organizationId", p.name,
      p.time_zone AS "timeZone", coalesce(own.language, p.locale) AS locale, p.deactivated_at IS NULL AS active,
      json_build_object('manager', m.id IS NOT NULL, 'admin', coalesce(m.admin, false), 'worker', k.id IS NOT NULL) AS roles`),
    joins: rawSql(`JOIN workspaces w ON w.id = q.workspace_id JOIN persons p ON p.id = q.person_id
      LEFT JOIN person_settings own ON own.person_id = p.id
      LEFT JOIN managers m ON m.person_id = p.id LEFT JOIN workers k ON k.person_id = p.id`),
    read: ({ workspaceId, workspaceExternalId, uninstalledAt, active, ...raw }: RawHome) => ({
      ...raw,
      platform: 'slack' as Platform,
      workspace: { id: workspaceId, externalId: workspaceExternalId },
      reachable: active && uninstalledAt === null,
    }),
    // Somebody who has gone on to read something else meanwhile is left to it.
    set: rawSql(`, state = CASE WHEN q.state = 'skipped' THEN 'skipped'
      WHEN s.outcome = 'retry' OR (s.outcome = 'done' AND q.revision <> s.revision) THEN 'pending'
      WHEN s.outcome = 'done' THEN 'sent' ELSE s.outcome END::delivery_state`),
    again:
      rawSql(`next_attempt_at = CASE WHEN s.outcome = 'done' THEN s.now ELSE coalesce(s.at, q.next_attempt_at) END,
      attempts = CASE WHEN s.outcome = 'done' THEN 0 ELSE q.attempts + s.cost END`),
    deleted: ['forgotten'],
    echo: { columns: rawSql('revision int'), of: ({ row }) => ({ revision: row.revision }) },
  });
}
