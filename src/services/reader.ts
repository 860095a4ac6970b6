import { sql } from '../lib/sql.ts';
import type { Database } from './scope.ts';

/** Someone whom something is made for that they asked for earlier. */
export interface StoredReader {
  personId: string;
  organizationId: string;
  timeZone: string;
  locale: string;
}

/** As the database has them now; undefined for who has left. */
export async function readReader(db: Database, personId: string): Promise<StoredReader | undefined> {
  const [found] =
    await db.rows<StoredReader>(sql`SELECT p.id AS "personId", p.organization_id AS "organizationId",
      p.time_zone AS "timeZone", p.locale
    FROM persons p
    WHERE p.id = ${personId} AND p.deactivated_at IS NULL`);
  return found;
}
