import { AppError } from '../core/errors.ts';
import type { TimeOfDay } from '../core/settings.ts';
import { sql } from '../lib/sql.ts';
import { linksHere } from './channel-links.ts';
import type { TaskRow } from './list-tasks.ts';
import { placeName } from './place-name.ts';
import type { Database, Scope } from './scope.ts';

export const channelSections = ['overdue', 'today', 'blocked', 'waiting', 'done'] as const;
export type ChannelSection = (typeof channelSections)[number];

/** Tasks that a section shows; the rest is counted. */
const SHOWN = 5;

export interface ChannelDigestContent {
  id: string;
  reader: { timeZone: string; locale: string };
  projects: readonly string[];
  sections: readonly { section: ChannelSection; total: number; tasks: readonly TaskRow[] }[];
}

/**
 * Sets up the digest of this channel, or moves it. Throws AppError `not_possible_now` in a direct message, and where no
 * project that is the actor's is linked.
 */
export async function setChannelDigest(scope: Scope, at: TimeOfDay): Promise<void> {
  const { place } = scope.invocation;
  requireChannel(scope);
  if ((await linksHere(scope)).length === 0) {
    throw new AppError('not_possible_now', { userMessage: ({ digest }) => digest.channel.notLinked });
  }
  const { actor } = scope;
  scope.work.write(sql`INSERT INTO channel_digests (id, organization_id, workspace_id, channel_id, address, at, time_zone, set_by_id, created_at)
    VALUES (${scope.newId()}, ${actor.organizationId}, ${actor.workspaceId}, ${place.channelId}, ${place.address ?? null}, ${at},
      ${actor.timeZone}, ${actor.personId}, ${scope.now}::timestamptz)
    ON CONFLICT (workspace_id, channel_id) DO UPDATE SET at = excluded.at, time_zone = excluded.time_zone,
      address = excluded.address, set_by_id = excluded.set_by_id`);
  const name = await placeName(scope);
  scope.audit({ details: { digest: at, ...(name ? { channel: name } : {}) } });
}

/** Throws AppError `not_possible_now` in a direct message, and where there is none. */
export async function endChannelDigest(scope: Scope): Promise<void> {
  requireChannel(scope);
  const { channelId } = scope.invocation.place;
  const [found] = await scope.db.rows<{ id: string }>(sql`SELECT id FROM channel_digests
    WHERE workspace_id = ${scope.actor.workspaceId} AND channel_id = ${channelId}`);
  if (!found) throw new AppError('not_possible_now', { userMessage: ({ digest }) => digest.channel.none });
  scope.work.write(sql`DELETE FROM channel_digests WHERE id = ${found.id}`, { rows: 1 });
  const name = await placeName(scope);
  scope.audit({ details: { digest: 'off', ...(name ? { channel: name } : {}) } });
}

function requireChannel({ invocation }: Scope): void {
  if (invocation.place.kind !== 'direct') return;
  throw new AppError('not_possible_now', { userMessage: ({ digest }) => digest.channel.onlyInChannels });
}

/** Where a channel's digest goes. */
export interface ChannelPlace {
  id: string;
  platform: 'slack' | 'teams';
  workspace: { id: string; externalId: string };
  channelId: string;
  address: string | undefined;
  installed: boolean;
}

interface Row extends Omit<TaskRow, 'assignees' | 'workable'> {
  digest: string;
  section: number;
  total: number;
  assignees: string[] | null;
}

/** What these channels' digests say, as it is now. `since`: what was done after that is news. */
export async function readChannelDigests(
  db: Database,
  asks: readonly { id: string; now: Date; dayEnd: Date; since: Date }[],
): Promise<ChannelDigestContent[]> {
  if (asks.length === 0) return [];
  const ask = sql`jsonb_to_recordset(${JSON.stringify(asks)}::jsonb) AS ask(id text, now timestamptz, "dayEnd" timestamptz, since timestamptz)`;
  const digests = await db.rows<{
    id: string;
    timeZone: string;
    locale: string;
    projects: string[] | null;
  }>(sql`
    SELECT d.id, d.time_zone AS "timeZone", p.locale, array_agg(pr.key ORDER BY pr.key) AS projects
    FROM channel_digests d JOIN persons p ON p.id = d.set_by_id
    JOIN channel_links l ON l.workspace_id = d.workspace_id AND l.channel_id = d.channel_id
    JOIN projects pr ON pr.id = l.project_id AND pr.archived_at IS NULL
    WHERE d.id = ANY (${asks.map(({ id }) => id)}::text[]) GROUP BY d.id, p.locale`);
  const rows = await db.rows<Row>(sql`WITH found AS (
      SELECT ask.id AS digest, t.id, t.number, t.title, t.priority, t.due_at, t.due_has_time, t.status_note, st.name, st.category, pr.key,
        CASE WHEN st.category = 'done' THEN 4 WHEN st.category = 'blocked' THEN 2 WHEN st.category = 'review' THEN 3
          WHEN t.due_at < ask.now THEN 0 ELSE 1 END AS section
      FROM ${ask} JOIN channel_digests d ON d.id = ask.id
      JOIN channel_links l ON l.workspace_id = d.workspace_id AND l.channel_id = d.channel_id
      JOIN projects pr ON pr.id = l.project_id AND pr.archived_at IS NULL JOIN tasks t ON t.project_id = pr.id
      JOIN statuses st ON st.id = t.status_id
      WHERE (l.filters->>'leastPriority' IS NULL OR t.priority >= (l.filters->>'leastPriority')::priority)
        AND (st.category IN ('blocked', 'review') OR st.category IN ('todo', 'active') AND t.due_at < ask."dayEnd"
          OR st.category = 'done' AND t.status_changed_at > ask.since)),
    placed AS (SELECT found.*, count(*) OVER (PARTITION BY digest, section)::int AS total,
      row_number() OVER (PARTITION BY digest, section ORDER BY due_at NULLS LAST, priority DESC, number) AS place FROM found)
    SELECT digest, section, total, number, title, priority, due_at AS "dueAt", due_has_time AS "dueHasTime", name AS status, category,
      status_note AS "statusNote", key AS "projectKey",
      (SELECT array_agg(p.name ORDER BY a.assigned_at, p.name) FROM task_assignees a JOIN persons p ON p.id = a.person_id
        WHERE a.task_id = placed.id AND a.state <> 'declined') AS assignees
    FROM placed WHERE place <= ${SHOWN}::int ORDER BY digest, section, place`);
  return digests.map(({ id, timeZone, locale, projects }) => ({
    id,
    reader: { timeZone, locale },
    projects: projects ?? [],
    sections: channelSections.flatMap((section, index) => {
      const own = rows.filter((row) => row.digest === id && row.section === index);
      const tasks = own.map(({ assignees, ...row }) => ({
        ...row,
        assignees: assignees ?? [],
        workable: false,
      }));
      return own[0] ? [{ section, total: own[0].total, tasks }] : [];
    }),
  }));
}
