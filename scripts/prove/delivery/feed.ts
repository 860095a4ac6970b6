import type { Database } from '../../../src/lib/database.ts';
import { sql } from '../../../src/lib/sql.ts';
import { plantNews } from '../plant.ts';

/** Keeps news waiting for each workspace, so that there is load for as long as it takes. */
export interface Feeder {
  /** All that was planted */
  marks: readonly string[];
  feed(): Promise<void>;
}

export function createFeeder(
  db: Database,
  { workspaces, people }: { workspaces: readonly string[]; people: number },
): Feeder {
  const marks: string[] = [];
  let batches = 0;
  return {
    marks,
    async feed() {
      const waiting = await db.rows<{ workspace: string; count: number }>(
        sql`SELECT split_part(recipient_id, '-', 1) AS workspace, count(*)::int AS count FROM notifications WHERE state = 'pending' GROUP BY 1`,
      );
      const counts = new Map(waiting.map(({ workspace, count }) => [workspace, count]));
      for (const workspace of workspaces) {
        if ((counts.get(workspace) ?? 0) >= people / 2) continue;
        batches += 1;
        marks.push(...(await plantNews(db, { workspace, count: people, batch: `feed${batches}` })));
      }
    },
  };
}
