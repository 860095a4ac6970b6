import type { Database } from '../../src/lib/database.ts';
import { createSecretBox } from '../../src/lib/secrets.ts';
import { sql } from '../../src/lib/sql.ts';

export const encryptionKey = Buffer.alloc(32, 7);

export interface Planted {
  workspaces: string[];
}

/** An organisation with workspaces of either platform, and people in each who can be written to. */
export async function plantWorkspaces(
  db: Database,
  { slack, teams, peopleEach }: { slack: number; teams: number; peopleEach: number },
): Promise<Planted> {
  const box = createSecretBox(encryptionKey);
  await db.rows(sql`INSERT INTO organizations (id, name) VALUES ('proof', 'Proof')`);
  const all = [
    ...Array.from({ length: slack }, (_, index) => ({ id: `s${index}`, platform: 'slack' })),
    ...Array.from({ length: teams }, (_, index) => ({ id: `t${index}`, platform: 'teams' })),
  ];
  for (const { id, platform } of all) {
    const cipher = platform === 'slack' ? box.seal(`xoxb-${id}`) : null;
    await db.rows(sql`INSERT INTO workspaces (id, organization_id, platform, external_id, name, bot_token_cipher)
      VALUES (${id}, 'proof', ${platform}::platform, ${id}, ${id}, ${cipher})`);
    await db.rows(sql`INSERT INTO persons (id, organization_id, name)
      SELECT ${`${id}-p`} || n, 'proof', 'Person ' || n FROM generate_series(1, ${peopleEach}::int) n`);
    await db.rows(sql`INSERT INTO chat_accounts (id, person_id, workspace_id, external_id)
      SELECT ${`${id}-a`} || n, ${`${id}-p`} || n, ${id}, ${`${id}-u`} || n FROM generate_series(1, ${peopleEach}::int) n`);
  }
  return { workspaces: all.map(({ id }) => id) };
}

/** News to so many people of a workspace; gives back the marks that arrive with them. */
export async function plantNews(
  db: Database,
  { workspace, from = 1, count, batch }: { workspace: string; from?: number; count: number; batch: string },
): Promise<string[]> {
  await db.rows(sql`INSERT INTO notifications (id, organization_id, recipient_id, kind, data, dedupe_key, next_attempt_at, created_at)
    SELECT ${`${batch}-${workspace}-`} || n, 'proof', ${`${workspace}-p`} || n, 'joined',
      jsonb_build_object('by', ${`mark-${batch}-${workspace}-`} || n), ${`${batch}-${workspace}-`} || n, now(), now()
    FROM generate_series(${from}::int, ${from + count - 1}::int) n`);
  return Array.from({ length: count }, (_, index) => `mark-${batch}-${workspace}-${from + index}`);
}
