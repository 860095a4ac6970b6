import type { AuditRecord, Clock, Conversations, Log, NewId, PlatformUser } from '../core/ports.ts';
import type { Database } from './database.ts';
import { type Sql, sql } from './sql.ts';

interface FoundWorkspace {
  id: string;
  organizationId: string;
}

interface FoundLink {
  projectKey: string;
  channelName: string;
}

/** What a platform tells of its conversations, kept in PostgreSQL. All of it throws AppError `database_unavailable` or the engine's own error. */
export function createConversations(options: {
  db: Database;
  clock: Clock;
  newId: NewId;
  log: Log;
  /** Ends all sessions of a person: whoever comes back is looked up anew. */
  endSessions(personId: string): Promise<void>;
}): Conversations {
  const { db, clock, newId, log } = options;

  async function workspaceOf({ platform, workspaceId }: PlatformUser): Promise<FoundWorkspace | undefined> {
    const [found] =
      await db.rows<FoundWorkspace>(sql`SELECT id, organization_id AS "organizationId" FROM workspaces
      WHERE platform = ${platform}::platform AND external_id = ${workspaceId}`);
    return found;
  }

  /** As the account that told it: whose it is, is not looked up. */
  function record(
    by: PlatformUser,
    { organizationId }: FoundWorkspace,
    told: Pick<AuditRecord, 'action' | 'details'>,
  ): AuditRecord {
    return {
      id: newId(),
      actor: `account:${by.platform}:${by.workspaceId}:${by.userId}`,
      actorName: by.name ?? 'unknown',
      at: clock().toISOString(),
      organizationId,
      outcome: 'ok',
      platform: by.platform,
      source: 'event',
      ...told,
    };
  }

  return {
    async renamed(by, { channelId, name }) {
      const workspace = await workspaceOf(by);
      if (!workspace) return;
      const here = sql`workspace_id = ${workspace.id} AND channel_id = ${channelId}`;
      const [link] = await db.rows<FoundLink>(sql`SELECT channel_name AS "channelName" FROM channel_links
        WHERE ${here} AND channel_name <> ${name} LIMIT 1`);
      if (!link) return;
      const work = db.begin();
      work.write(sql`UPDATE channel_links SET channel_name = ${name} WHERE ${here}`);
      const details = { from: link.channelName, to: name };
      await work.commit({
        reply: { kind: 'none' },
        audit: record(by, workspace, { action: 'channel-renamed', details }),
        at: clock(),
      });
    },

    async ended(by, { channelId, teamId }) {
      const workspace = await workspaceOf(by);
      if (!workspace) return;
      const there = (row: Sql) => sql`${row}.workspace_id = ${workspace.id}
        AND (${row}.channel_id = ${channelId} OR ${row}.address::jsonb ->> 'team' = ${teamId ?? null})`;
      const link = sql`l`;
      const card = sql`c`;
      const digest = sql`d`;
      const links = await db.rows<FoundLink>(sql`SELECT p.key AS "projectKey", l.channel_name AS "channelName"
        FROM channel_links l JOIN projects p ON p.id = l.project_id WHERE ${there(link)} ORDER BY l.id`);
      const [cards] = await db.rows<{ count: number; digests: number }>(sql`SELECT count(*)::int AS count,
          (SELECT count(*)::int FROM channel_digests d WHERE ${there(digest)}) AS digests
        FROM task_cards c WHERE c.state <> 'dead' AND ${there(card)}`);
      if (links.length === 0 && !cards?.count && !cards?.digests) return;
      const work = db.begin();
      work.write(sql`DELETE FROM channel_links l WHERE ${there(link)}`);
      work.write(sql`DELETE FROM channel_digests d WHERE ${there(digest)}`);
      work.write(sql`UPDATE task_cards c SET state = 'dead', error = 'the app is not there any more'
        WHERE c.state <> 'dead' AND ${there(card)}`);
      const details = {
        channel: [...new Set(links.map(({ channelName }) => channelName))].join(', ') || channelId,
        ...(links.length > 0 ? { projects: links.map(({ projectKey }) => projectKey).join(', ') } : {}),
      };
      await work.commit({
        reply: { kind: 'none' },
        audit: record(by, workspace, { action: 'channel-ended', details }),
        at: clock(),
      });
      log.info({ workspace: workspace.id, links: links.length, cards: cards?.count }, 'a conversation ended');
    },

    async left(by) {
      const people = await db.rows<{ personId: string }>(sql`UPDATE chat_accounts a
        SET refused_at = ${clock()}, refused_reason = 'the person removed the app', direct_address = NULL
        FROM workspaces w WHERE w.id = a.workspace_id AND w.platform = ${by.platform}::platform
          AND w.external_id = ${by.workspaceId} AND a.external_id = ${by.userId} AND a.refused_at IS NULL
        RETURNING a.person_id AS "personId"`);
      for (const { personId } of people) await options.endSessions(personId);
    },
  };
}
