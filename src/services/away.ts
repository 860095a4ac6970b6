import { isOffToday, quietUntil } from '../core/quiet-time.ts';
import { type StoredSettings, settingsOf } from '../core/settings.ts';
import { sql } from '../lib/sql.ts';
import type { Scope } from './scope.ts';
import { settingsColumns } from './settings.ts';
import type { PersonName } from './task-record.ts';

/** Somebody who was just given work, and will not see it today. */
export interface Away {
  name: string;
  /** When they hear of it, unless it is urgent */
  until: Date;
}

interface Row extends StoredSettings {
  id: string;
  timeZone: string;
  holidays: string[];
}

/** Which of these people are away, or have a day off today: one read, and none when there is only the actor. */
export async function readAway(scope: Scope, people: readonly PersonName[]): Promise<Away[]> {
  const { actor, db, now } = scope;
  const others = people.filter(({ id }) => id !== actor.personId);
  if (others.length === 0) return [];
  const rows = await db.rows<Row>(sql`SELECT p.id, p.time_zone AS "timeZone", ${settingsColumns},
      ARRAY(SELECT h.day::text FROM holidays h WHERE h.organization_id = p.organization_id
        AND h.day BETWEEN ${now}::date - 2 AND ${now}::date + 45) AS holidays
    FROM persons p LEFT JOIN person_settings s ON s.person_id = p.id
    WHERE p.id = ANY (${others.map(({ id }) => id)}::text[]) AND p.organization_id = ${actor.organizationId}`);
  return others.flatMap(({ id, name }) => {
    const row = rows.find((one) => one.id === id);
    if (!row) return [];
    const rest = { timeZone: row.timeZone, holidays: row.holidays, settings: settingsOf(row) };
    const until = isOffToday(rest, now) ? quietUntil(rest, now) : undefined;
    return until ? [{ name, until }] : [];
  });
}
