import { sql } from '../lib/sql.ts';
import type { Database } from './scope.ts';

/** How one of a manager's projects went in a week. */
export interface WeekOfProject {
  key: string;
  name: string;
  added: number;
  done: number;
  /** The rest is as it is now */
  open: number;
  overdue: number;
  blocked: number;
}

export interface WeeklyReport {
  id: string;
  recipient: { id: string; timeZone: string; locale: string };
  projects: readonly WeekOfProject[];
}

interface WeekAsk {
  id: string;
  personId: string;
  now: Date;
  /** The week, from its beginning to its end */
  since: Date;
  until: Date;
}

/** The past week of the projects that these people own: one read for any number. */
export async function readWeeklyReports(db: Database, asks: readonly WeekAsk[]): Promise<WeeklyReport[]> {
  if (asks.length === 0) return [];
  const rows = await db.rows<
    WeekOfProject & { ask: string; personId: string; timeZone: string; locale: string }
  >(sql`
    SELECT ask.id AS ask, p.id AS "personId", p.time_zone AS "timeZone", p.locale, pr.key, pr.name,
      count(*) FILTER (WHERE t.created_at >= ask.since AND t.created_at < ask.until)::int AS added,
      count(*) FILTER (WHERE st.category = 'done' AND t.status_changed_at >= ask.since AND t.status_changed_at < ask.until)::int AS done,
      count(*) FILTER (WHERE st.category NOT IN ('done', 'cancelled'))::int AS open,
      count(*) FILTER (WHERE st.category NOT IN ('done', 'cancelled') AND t.due_at < ask.now)::int AS overdue,
      count(*) FILTER (WHERE st.category = 'blocked')::int AS blocked
    FROM jsonb_to_recordset(${JSON.stringify(asks)}::jsonb) AS ask(id text, "personId" text, now timestamptz, since timestamptz, until timestamptz)
    JOIN persons p ON p.id = ask."personId" AND p.deactivated_at IS NULL
    JOIN managers m ON m.person_id = p.id
    JOIN projects pr ON pr.owner_id = m.id AND pr.archived_at IS NULL
    JOIN tasks t ON t.project_id = pr.id JOIN statuses st ON st.id = t.status_id
    GROUP BY ask.id, p.id, pr.id ORDER BY ask.id, pr.key`);
  return asks.flatMap(({ id, personId }) => {
    const own = rows.filter(({ ask }) => ask === id);
    const [first] = own;
    const projects = own.map(({ key, name, added, done, open, overdue, blocked }) => ({
      ...{ key, name, added, done, open, overdue, blocked },
    }));
    return first
      ? [{ id, recipient: { id: personId, timeZone: first.timeZone, locale: first.locale }, projects }]
      : [];
  });
}
