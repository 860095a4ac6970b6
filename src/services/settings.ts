import type { Language } from '../core/messages.ts';
import type { NotificationChannel, NotificationEvent } from '../core/notification-policy.ts';
import { type Settings, type StoredSettings, settingsOf, type TimeOfDay } from '../core/settings.ts';
import { type Sql, sql } from '../lib/sql.ts';
import type { Database, Scope } from './scope.ts';

/** What changes; what is left out stays, and null goes back to what holds for everyone. */
export interface SettingsChange {
  language?: Language | null;
  /** From and to alike: no quiet hours */
  quiet?: { from: TimeOfDay; to: TimeOfDay } | null;
  workDays?: readonly number[] | null;
  awayUntil?: Date | null;
  digest?: boolean | null;
  digestAt?: TimeOfDay | null;
  digestDays?: readonly number[] | null;
  /** Of the events that are named */
  events?: Readonly<Partial<Record<NotificationEvent, NotificationChannel>>>;
}

interface Row extends StoredSettings {
  personId: string;
}

/** Columns of `person_settings s` as StoredSettings has them, for reads that join it. */
export const settingsColumns: Sql = sql`s.language, s.quiet_from AS "quietFrom", s.quiet_to AS "quietTo",
  s.work_days AS "workDays", s.away_until AS "awayUntil", s.digest, s.digest_at AS "digestAt",
  s.digest_days AS "digestDays", s.events`;

/** The settings of these people, each with what they left open filled in: one read for any number. */
export async function readSettings(
  db: Database,
  personIds: readonly string[],
): Promise<Map<string, Settings>> {
  const rows = await db.rows<Row>(sql`SELECT s.person_id AS "personId", ${settingsColumns}
    FROM person_settings s WHERE s.person_id = ANY(${[...personIds]}::text[])`);
  const stored = new Map(rows.map((row) => [row.personId, row]));
  return new Map(personIds.map((id) => [id, settingsOf(stored.get(id))]));
}

/** The actor's own. */
export async function readOwnSettings({ db, actor }: Scope): Promise<Settings> {
  const found = await readSettings(db, [actor.personId]);
  return found.get(actor.personId) ?? settingsOf(null);
}

/** Changes the actor's own settings, once in an invocation. */
export function writeSettings(scope: Scope, change: SettingsChange): void {
  const columns = columnsOf(change);
  if (columns.length === 0) return;
  const names = listed(columns.map(({ name }) => name));
  const values = listed(columns.map(({ value }) => value));
  const updates = listed(
    columns.map(({ name, update }) => sql`${name} = ${update ?? sql`EXCLUDED.${name}`}`),
  );
  scope.work.write(sql`INSERT INTO person_settings AS s (person_id, organization_id, updated_at, ${names})
    VALUES (${scope.actor.personId}, ${scope.actor.organizationId}, ${scope.now}::timestamptz, ${values})
    ON CONFLICT (person_id) DO UPDATE SET updated_at = EXCLUDED.updated_at, ${updates}`);
}

interface Column {
  name: Sql;
  value: Sql;
  /** Where it is not simply the new value */
  update?: Sql;
}

function columnsOf(change: SettingsChange): Column[] {
  const { language, quiet, workDays, awayUntil, digest, digestAt, digestDays, events } = change;
  const columns: (Column | undefined)[] = [
    language === undefined ? undefined : { name: sql`language`, value: sql`${language}::text` },
    quiet === undefined ? undefined : { name: sql`quiet_from`, value: sql`${quiet?.from ?? null}::text` },
    quiet === undefined ? undefined : { name: sql`quiet_to`, value: sql`${quiet?.to ?? null}::text` },
    workDays === undefined ? undefined : { name: sql`work_days`, value: daysAs(workDays) },
    awayUntil === undefined ? undefined : { name: sql`away_until`, value: sql`${awayUntil}::timestamptz` },
    digest === undefined ? undefined : { name: sql`digest`, value: sql`${digest}::boolean` },
    digestAt === undefined ? undefined : { name: sql`digest_at`, value: sql`${digestAt}::text` },
    digestDays === undefined ? undefined : { name: sql`digest_days`, value: daysAs(digestDays) },
    events === undefined
      ? undefined
      : {
          name: sql`events`,
          value: sql`${JSON.stringify(events)}::jsonb`,
          update: sql`coalesce(s.events, '{}') || EXCLUDED.events`,
        },
  ];
  return columns.filter((column) => column !== undefined);
}

const daysAs = (days: readonly number[] | null): Sql => sql`${days ? [...days] : null}::int[]`;

const listed = (parts: readonly Sql[]): Sql => parts.reduce((all, part) => sql`${all}, ${part}`);
