import { withClient } from '../lib/postgres-client.ts';
import { plantCrew } from './crew.ts';

const WORKSPACES = 5;
/** Messages that show one task, a fifth of them direct ones */
export const COPIES = 50;

/** The crew with accounts in several workspaces, each with the address of a direct message. */
export async function plantOutboxCrew(url: string): Promise<void> {
  await plantCrew(url);
  await withClient(url, async (client) => {
    await client.query(`INSERT INTO workspaces (id, organization_id, platform, external_id, name)
      SELECT 'ws' || n, 'harbor-works', 'slack', 'TBENCH' || n, 'Bench ' || n FROM generate_series(0, ${WORKSPACES - 1}) n`);
    await client.query(`INSERT INTO chat_accounts (id, person_id, workspace_id, external_id, direct_address)
      SELECT 'a' || n, 'u' || n, 'ws' || n % ${WORKSPACES}, 'U' || n, 'D' || n FROM generate_series(0, 199) n`);
  });
}

/** So many notifications that are due, of all open tasks, to all workers; what was there before is gone. */
export async function fillOutbox(url: string, count: number): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('TRUNCATE notifications, send_budgets');
    await client.query('DELETE FROM task_cards WHERE recipient_id IS NOT NULL');
    await client.query(
      `INSERT INTO notifications (id, organization_id, recipient_id, kind, task_id, actor_id, data, dedupe_key, next_attempt_at)
        SELECT 'n' || lpad(i::text, 6, '0'), 'harbor-works', 'u' || i % 192, 'assigned', 't' || i % 192 || '-' || i % 12,
          'u' || (192 + i % 8), '{}', 'bench:' || i, now() - interval '1 minute'
        FROM generate_series(1, $1::int) i`,
      [count],
    );
    await client.query('VACUUM ANALYZE notifications');
  });
}

/** So many cards that are older than their tasks, COPIES of each task; what was there before is gone. */
export async function fillCards(url: string, count: number): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('TRUNCATE notifications, card_replies, task_cards, send_budgets');
    await client.query(
      `INSERT INTO task_cards (id, task_id, workspace_id, channel_id, message_id, requested_by_id, recipient_id, news, next_attempt_at)
        SELECT 'k' || lpad(i::text, 6, '0'), 't' || i / ${COPIES} % 192 || '-0', 'ws' || i % ${WORKSPACES}, 'C' || i, i || '.1', 'u0',
          CASE WHEN i % 5 = 0 THEN 'u' || i % 192 END,
          CASE WHEN i % 5 = 0 THEN '{"news": [{"type": "text", "text": "Person 1 gave you a task"}], "summary": "A task"}'::jsonb END,
          now() - interval '1 minute'
        FROM generate_series(0, $1::int - 1) i`,
      [count],
    );
    await client.query('VACUUM ANALYZE task_cards');
  });
}
