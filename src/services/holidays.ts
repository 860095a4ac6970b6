import { AppError } from '../core/errors.ts';
import { localDate } from '../core/time-zone.ts';
import { takeWhen } from '../core/when.ts';
import { sql } from '../lib/sql.ts';
import { whenContext } from './due.ts';
import type { Scope } from './scope.ts';

export interface Holiday {
  /** YYYY-MM-DD */
  day: string;
  name: string;
}

const LONGEST_NAME = 100;
/** Of one screen */
const SHOWN = 20;

/** The organisation's days off from today on. */
export async function readHolidays({ db, actor, now }: Scope): Promise<Holiday[]> {
  return db.rows<Holiday>(sql`SELECT day::text, name FROM holidays
    WHERE organization_id = ${actor.organizationId} AND day >= ${localDate(now, actor.timeZone)}::date ORDER BY day LIMIT ${SHOWN}::int`);
}

/** `25.12. Christmas`: the date, and then its name. Throws AppError `invalid_arguments`. */
export async function addHoliday(scope: Scope, words: string): Promise<Holiday> {
  const { day, rest } = readDay(scope, words);
  const name = rest.slice(0, LONGEST_NAME);
  if (!name) throw new AppError('invalid_arguments', { userMessage: ({ holidays }) => holidays.which });
  scope.work.write(sql`INSERT INTO holidays (organization_id, day, name, created_at)
    VALUES (${scope.actor.organizationId}, ${day}::date, ${name}, ${scope.now}::timestamptz)
    ON CONFLICT (organization_id, day) DO UPDATE SET name = excluded.name`);
  scope.audit({ details: { holiday: day, name } });
  return { day, name };
}

/** Throws AppError `invalid_arguments`, or `not_possible_now` for a day that is none. */
export async function removeHoliday(scope: Scope, words: string): Promise<Holiday> {
  const { day } = readDay(scope, words);
  const [found] = await scope.db.rows<Holiday>(sql`SELECT day::text, name FROM holidays
    WHERE organization_id = ${scope.actor.organizationId} AND day = ${day}::date`);
  if (!found) throw new AppError('not_possible_now', { userMessage: ({ holidays }) => holidays.none(day) });
  scope.work.write(
    sql`DELETE FROM holidays WHERE organization_id = ${scope.actor.organizationId} AND day = ${day}::date`,
    {
      rows: 1,
    },
  );
  scope.audit({ details: { holiday: day, removed: found.name } });
  return found;
}

function readDay({ actor, now }: Scope, words: string): { day: string; rest: string } {
  const parts = words.trim().split(/\s+/);
  const taken = takeWhen(parts, whenContext(actor, now));
  if (!taken?.result.ok)
    throw new AppError('invalid_arguments', { userMessage: ({ holidays }) => holidays.which });
  return { day: localDate(taken.result.when.at, actor.timeZone), rest: parts.slice(taken.used).join(' ') };
}
