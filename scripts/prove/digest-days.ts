import { defaults } from '../../src/core/settings.ts';
import type { Database } from '../../src/lib/database.ts';
import { sql } from '../../src/lib/sql.ts';
import { plantWorkspaces } from './plant.ts';
import { MINUTE_MS, type Moment, momentsOf, SPAN_MS } from './zones.ts';

/** Who has digests, and when. */
export interface DigestPeople {
  people: number;
  zones: readonly string[];
  times: readonly string[];
}

/** Looks after which a digest has been found, whoever was killed meanwhile: a dead replica's turn lasts two minutes. */
export const LOOKS = 3;
/** Nothing runs for so long, once in each span. */
export const DOWN_MINUTES = 120;
const DOWN_MS = DOWN_MINUTES * MINUTE_MS;

/** Everyone has one task that is due; whose number can be divided by ten has none, and no digest. By three: on working days only. */
export async function plantDays(db: Database, { people, zones, times }: DigestPeople): Promise<void> {
  await plantWorkspaces(db, { slack: 1, teams: 0, peopleEach: people });
  await db.rows(sql`UPDATE persons p SET time_zone = (${zones}::text[])[1 + n % ${zones.length}::int]
    FROM (SELECT id, substr(id, 5)::int AS n FROM persons) numbered WHERE numbered.id = p.id`);
  await db.rows(sql`INSERT INTO person_settings (person_id, organization_id, digest_at, digest_days, quiet_from, quiet_to)
    SELECT id, 'proof', nullif((${times}::text[])[1 + (n / ${zones.length}::int) % ${times.length}::int], ${defaults.digestAt}),
      CASE WHEN n % 3 = 0 THEN '{}'::int[] ELSE '{1,2,3,4,5,6,7}' END, '00:00', '00:00'
    FROM (SELECT id, substr(id, 5)::int AS n FROM persons) numbered`);
  await db.rows(
    sql`INSERT INTO persons (id, organization_id, name) VALUES ('proof-maker', 'proof', 'Maker')`,
  );
  await db.rows(
    sql`INSERT INTO statuses (id, organization_id, name, category, position) VALUES ('todo', 'proof', 'To do', 'todo', 1)`,
  );
  await db.rows(sql`INSERT INTO tasks (id, organization_id, number, title, due_at, status_id, status_changed_by_id, created_by_id)
    SELECT 't' || n, 'proof', n, 'Look at it', '2026-01-01', 'todo', 'proof-maker', 'proof-maker' FROM generate_series(1, ${people}::int) n`);
  await db.rows(sql`INSERT INTO task_assignees (task_id, person_id, assigned_by_id)
    SELECT 't' || n, 's0-p' || n, 'proof-maker' FROM generate_series(1, ${people}::int) n WHERE n % 10 <> 0`);
  await db.rows(sql`ANALYZE`);
}

export interface PersonRow {
  number: number;
  zone: string;
  at: string;
}

export const readPeople = (db: Database): Promise<PersonRow[]> =>
  db.rows(sql`SELECT substr(p.id, 5)::int AS number, p.time_zone AS zone, coalesce(s.digest_at, ${defaults.digestAt}) AS at
    FROM persons p JOIN person_settings s ON s.person_id = p.id`);

/** When each person has a digest in a span, by the number of the person. */
export function expectedOf(people: readonly PersonRow[], start: number): Map<number, number[]> {
  const known = new Map<string, Moment[]>();
  return new Map(
    people.map(({ number, zone, at }) => {
      const key = `${zone} ${at}`;
      const moments = known.get(key) ?? momentsOf(zone, at, start);
      known.set(key, moments);
      const days: readonly number[] = number % 3 === 0 ? defaults.workDays : [1, 2, 3, 4, 5, 6, 7];
      const own = moments.filter(({ weekday }) => days.includes(weekday)).map((moment) => moment.at);
      return [number, number % 10 === 0 ? [] : own];
    }),
  );
}

export interface Span {
  from: number;
  to: number;
}

/** Two hours somewhere in the middle of the span, in which somebody's digest is due. */
export function downtimeOf(start: number, due: ReadonlySet<number>): Span {
  const inside = [...due].filter((at) => at > start + SPAN_MS / 3 && at < start + (SPAN_MS * 2) / 3);
  const missed = inside[Math.floor(Math.random() * inside.length)] ?? start + SPAN_MS / 2;
  const from = missed - (1 + Math.floor(Math.random() * (DOWN_MINUTES - 2))) * MINUTE_MS;
  return { from, to: from + DOWN_MS };
}

export interface Lived {
  start: number;
  down: Span;
  /** Minutes in which somebody's digest is due */
  due: ReadonlySet<number>;
}

/**
 * The minutes in which there is a look: from the one before each moment, which must find nothing of what lies between it and the look
 * before, to the ones in which others have found what a dead replica left. A look finds all since the last one, so no minute is left out.
 */
export function looksOf({ start, down, due }: Lived): number[] {
  const minutes = new Set([start, start + SPAN_MS]);
  const around = (moment: number): void => {
    for (let look = -1; look <= LOOKS; look += 1) minutes.add(moment + look * MINUTE_MS);
  };
  for (const moment of due) around(moment);
  around(down.to);
  return [...minutes]
    .filter((minute) => minute >= start && minute <= start + SPAN_MS)
    .filter((minute) => minute <= down.from || minute >= down.to)
    .sort((a, b) => a - b);
}
