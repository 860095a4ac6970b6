import type { Platform } from '../core/action.ts';
import type { MessageRef } from '../core/ports.ts';
import type { Database } from '../lib/database.ts';
import { type Sql, sql } from '../lib/sql.ts';
import type { Standing } from './task-record.ts';

/** Somebody who reads a card in a channel, and what they are to its task. */
export interface CardReader {
  personId: string;
  /** The platform's id of them */
  userId: string;
  standing: Standing;
}

interface Row {
  personId: string;
  userId: string;
  manager: boolean;
  admin: boolean;
  member: boolean;
}

/** People that are looked at for a card: enough to find those who count among them. */
const MOST = 200;

const standing: Sql = sql`m.id IS NOT NULL AS manager, coalesce(m.admin, false) AS admin,
  coalesce(pr.owner_id = m.id, false) OR EXISTS (SELECT 1 FROM project_members pm
    WHERE pm.project_id = t.project_id AND pm.person_id = p.id) AS member`;

/** Who has to do with the tasks of these cards, in the cards' workspaces: assignees first, then who was seen last. One read. */
export async function readCardReaders(
  db: Database,
  cards: readonly { id: string; taskId: string; workspace: { id: string } }[],
): Promise<Map<string, CardReader[]>> {
  if (cards.length === 0) return new Map();
  const given = cards.map(({ id, taskId, workspace }) => ({ id, taskId, workspaceId: workspace.id }));
  const rows = await db.rows<Row & { cardId: string }>(sql`SELECT c.id AS "cardId", r.*
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS c(id text, "taskId" text, "workspaceId" text)
    CROSS JOIN LATERAL (
      SELECT p.id AS "personId", a.external_id AS "userId", ${standing}
      FROM tasks t LEFT JOIN projects pr ON pr.id = t.project_id
      JOIN persons p ON p.deactivated_at IS NULL AND p.id IN (
        SELECT person_id FROM project_members WHERE project_id = t.project_id
        UNION SELECT person_id FROM task_assignees WHERE task_id = t.id UNION SELECT t.created_by_id)
      JOIN chat_accounts a ON a.person_id = p.id AND a.workspace_id = c."workspaceId"
      LEFT JOIN managers m ON m.person_id = p.id
      WHERE t.id = c."taskId"
      ORDER BY EXISTS (SELECT 1 FROM task_assignees ta WHERE ta.task_id = t.id AND ta.person_id = p.id) DESC, a.last_seen_at DESC
      LIMIT ${MOST}::int) AS r`);
  const readers = new Map<string, CardReader[]>();
  for (const { cardId, personId, userId, ...is } of rows) {
    readers.set(cardId, [...(readers.get(cardId) ?? []), { personId, userId, standing: is }]);
  }
  return readers;
}

export interface Viewer extends CardReader {
  taskId: string;
  timeZone: string;
  locale: string;
}

/** Who looks at this card, by the platform's ids; undefined for a message that is none, and for people nobody knows. */
export async function readViewer(
  db: Database,
  looks: { platform: Platform; workspaceId: string; userId: string } & MessageRef,
): Promise<Viewer | undefined> {
  const [row] = await db.rows<
    Row & Omit<Viewer, 'standing'>
  >(sql`SELECT c.task_id AS "taskId", p.id AS "personId",
      a.external_id AS "userId", p.time_zone AS "timeZone", coalesce(own.language, p.locale) AS locale, ${standing}
    FROM workspaces w
    JOIN task_cards c ON c.workspace_id = w.id AND c.channel_id = ${looks.channelId} AND c.message_id = ${looks.messageId}
    JOIN tasks t ON t.id = c.task_id LEFT JOIN projects pr ON pr.id = t.project_id
    JOIN chat_accounts a ON a.workspace_id = w.id AND a.external_id = ${looks.userId}
    JOIN persons p ON p.id = a.person_id AND p.organization_id = t.organization_id AND p.deactivated_at IS NULL
    LEFT JOIN person_settings own ON own.person_id = p.id
    LEFT JOIN managers m ON m.person_id = p.id
    WHERE w.platform = ${looks.platform}::platform AND w.external_id = ${looks.workspaceId} AND c.recipient_id IS NULL`);
  if (!row) return undefined;
  const { manager, admin, member, ...viewer } = row;
  return { ...viewer, standing: { manager, admin, member } };
}
