import type { Clock, NewId } from './core/ports.ts';
import type { View } from './core/view.ts';
import type { ClaimedCard, RenderCards, RenderNotifications } from './jobs/index.ts';
import type { Database } from './lib/database.ts';
import { sql } from './lib/sql.ts';
import { readNotificationContent } from './services/outbox-content.ts';
import { readTasks } from './services/task-record.ts';
import { notificationView } from './views/notification.ts';
import { taskCard } from './views/task-card.ts';

/** What the delivery jobs send: made at the time of sending, from the state at that time. */
export function outboxRenderers({ db, clock, newId }: { db: Database; clock: Clock; newId: NewId }) {
  const render: RenderNotifications = async (rows) => {
    const contents = await readNotificationContent(
      db,
      rows.map(({ id }) => id),
    );
    return new Map(contents.map((content) => [content.id, notificationView(content, clock())]));
  };

  const renderCards: RenderCards = async (taskIds) => {
    const tasks = await readTasks(db, taskIds);
    return new Map<string, View>(
      tasks.map((task) => [task.id, taskCard(task, { reader: task.createdBy, now: clock() })]),
    );
  };

  /** Tells who asked for a card that it can't be posted. */
  async function notPosted(card: ClaimedCard, reason: string): Promise<void> {
    const { platform, channelName } = card;
    const data = { reason, platform, ...(channelName ? { channelName } : {}) };
    await db.rows(sql`INSERT INTO notifications
        (id, organization_id, recipient_id, kind, task_id, data, dedupe_key, next_attempt_at, created_at)
      SELECT ${newId()}, t.organization_id, ${card.requestedById}, 'card_not_posted', t.id,
        ${JSON.stringify(data)}::jsonb, ${`card_not_posted:${card.id}`}, ${clock()}, ${clock()}
      FROM tasks t WHERE t.id = ${card.taskId}
      ON CONFLICT (dedupe_key) DO NOTHING`);
  }

  return { render, renderCards, notPosted };
}
