import type { CardCopy } from '../core/view.ts';
import type { Database } from '../lib/database.ts';
import { sql } from '../lib/sql.ts';
import { isAfterwards } from './afterwards.ts';
import type { Scope } from './scope.ts';
import type { Standing } from './task-record.ts';

/** Who reads a direct message that shows a task, and what they are to the task now. */
export interface CopyReader {
  id: string;
  timeZone: string;
  locale: string;
  standing: Standing;
}

interface Row {
  cardId: string;
  id: string;
  timeZone: string;
  locale: string;
  manager: boolean;
  admin: boolean;
  member: boolean;
}

/** The readers of these copies, by the card's id: one read for any number. */
export async function readCopyReaders(
  db: Database,
  cardIds: readonly string[],
): Promise<Map<string, CopyReader>> {
  if (cardIds.length === 0) return new Map();
  const rows =
    await db.rows<Row>(sql`SELECT c.id AS "cardId", r.id, r.time_zone AS "timeZone", coalesce(own.language, r.locale) AS locale,
      m.id IS NOT NULL AS manager, coalesce(m.admin, false) AS admin,
      pm.person_id IS NOT NULL OR coalesce(p.owner_id = m.id, false) AS member
    FROM task_cards c JOIN persons r ON r.id = c.recipient_id
    JOIN tasks t ON t.id = c.task_id
    LEFT JOIN person_settings own ON own.person_id = r.id
    LEFT JOIN managers m ON m.person_id = r.id
    LEFT JOIN projects p ON p.id = t.project_id
    LEFT JOIN project_members pm ON pm.project_id = t.project_id AND pm.person_id = r.id
    WHERE c.id = ANY(${[...cardIds]}::text[]) AND r.deactivated_at IS NULL`);
  return new Map(
    rows.map(({ cardId, manager, admin, member, ...reader }) => [
      cardId,
      { ...reader, standing: { manager, admin, member } },
    ]),
  );
}

export type CopyNews = Pick<CardCopy, 'news' | 'summary' | 'buttons'>;

/** The news of the direct message that the asker is brought back to once they have pressed its button; undefined anywhere else. */
export async function newsHere(scope: Scope, taskId: string): Promise<CopyNews | undefined> {
  return isAfterwards(scope.invocation) ? newsAt(scope, taskId) : undefined;
}

/** What stands above the card in the direct message whose button was pressed. */
export async function newsAt(scope: Scope, taskId: string): Promise<CopyNews | undefined> {
  const { place } = scope.invocation;
  if (place.kind !== 'direct' || !place.messageId) return undefined;
  const [row] = await scope.db.rows<{ news: CopyNews }>(sql`SELECT news FROM task_cards
    WHERE workspace_id = ${scope.actor.workspaceId} AND channel_id = ${place.channelId}
      AND message_id = ${place.messageId} AND recipient_id = ${scope.actor.personId} AND task_id = ${taskId}`);
  return row?.news;
}
