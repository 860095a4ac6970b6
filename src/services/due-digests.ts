import { encodeTime } from 'ulid';
import { type Slot, slotsBetween } from '../core/digest-slots.ts';
import type { NewId } from '../core/ports.ts';
import type { Scheduled } from '../core/scheduled.ts';
import { defaults } from '../core/settings.ts';
import { rawSql, type Sql, sql } from '../lib/sql.ts';
import { createScheduleMark } from './schedule-mark.ts';
import type { Database } from './scope.ts';

/** People a statement: some hundred ms of work, and a few hundred kB in PostgreSQL. */
const PAGE = 500;
/** The longest downtime that is caught up with, in ms; older slots are of a day that is over. */
const LONGEST_MS = 24 * 60 * 60 * 1_000;

interface Page {
  /** The last one's id */
  last: string | null;
  seen: number;
  made: number;
}

/** Which people a pass goes over: those who have the time that holds for everyone, or those who set their own. */
type Pass = 'usual time' | 'own time';

/**
 * Makes the digests that are due: for each person whose hour has come on one of their days, and who has something in it.
 * It reads and writes a page at a time in one statement, so the process holds nothing of it.
 */
export function dueDigests({ db, newId }: { db: Database; newId: NewId }): Scheduled {
  const mark = createScheduleMark(db, { name: 'digests', holder: newId() });

  return {
    name: 'digests',
    async run(now, signal) {
      const from = await mark.take(now);
      if (!from) return 0;
      const after = new Date(Math.max(from.getTime(), now.getTime() - LONGEST_MS));
      const slots = slotsBetween({ ...(await readTimes(db)), after, until: now });
      let made = await channelDigests(db, { slots, now });
      for (const pass of ['usual time', 'own time'] as const) {
        made += await goOver(pass, { slots, now, signal });
        if (signal.aborted) {
          await mark.release();
          return made;
        }
      }
      await mark.moveTo(now);
      return made;
    },
  };

  async function goOver(
    pass: Pass,
    { slots, now, signal }: { slots: readonly Slot[]; now: Date; signal: AbortSignal },
  ): Promise<number> {
    const wanted = pass === 'usual time' ? slots.filter(({ at }) => at === defaults.digestAt) : slots;
    if (wanted.length === 0) return 0;
    let made = 0;
    let cursor: string | undefined = '';
    while (cursor !== undefined && !signal.aborted) {
      const page: Page | undefined = (await db.rows<Page>(pageOf({ pass, slots: wanted, cursor, now })))[0];
      made += page?.made ?? 0;
      cursor = page?.seen === PAGE ? (page.last ?? undefined) : undefined;
      if (cursor !== undefined) await mark.renew(now);
    }
    return made;
  }
}

async function readTimes(db: Database): Promise<{ zones: string[]; times: string[] }> {
  const rows = await db.rows<{ zone: string | null; at: string | null }>(sql`
    SELECT DISTINCT p.time_zone AS zone, NULL AS at FROM persons p WHERE p.deactivated_at IS NULL
    UNION SELECT d.time_zone, d.at FROM channel_digests d
    UNION SELECT NULL, s.digest_at FROM person_settings s WHERE s.digest_at IS NOT NULL`);
  return {
    zones: [...new Set(rows.flatMap(({ zone }) => zone ?? []))],
    times: [...new Set([defaults.digestAt, ...rows.flatMap(({ at }) => at ?? [])])],
  };
}

const slotTable = (slots: readonly Slot[]): Sql =>
  sql`slot AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${JSON.stringify(slots)}::jsonb)
    AS s(zone text, at text, date text, weekday int, instant timestamptz, "dayEnd" timestamptz))`;

/** A ULID of this moment: sorted by time, as the others are, and the rest of it from what makes it unique. */
const idOf = (now: Date, key: Sql): Sql =>
  sql`${encodeTime(now.getTime(), 10)} || upper(left(md5(${key}), 16))`;

/** Milliseconds, as JavaScript writes them. */
const iso = (column: string): Sql =>
  rawSql(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/**
 * One page of people: whose digest is due, what they have in it as numbers, and the rows. Most overdue goes first, since a row
 * waits as if it had been due a second earlier for each overdue task. People who can't be reached get none.
 */
function pageOf({
  pass,
  slots,
  cursor,
  now,
}: {
  pass: Pass;
  slots: readonly Slot[];
  cursor: string;
  now: Date;
}): Sql {
  const ofPass =
    pass === 'usual time'
      ? sql`s.digest_at IS NULL AND slot.at = ${defaults.digestAt} AND p.time_zone = ANY (${slots.map(({ zone }) => zone)}::text[])`
      : sql`s.digest_at = ANY (${slots.map(({ at }) => at)}::text[])`;
  return sql`WITH ${slotTable(slots)},
  page AS MATERIALIZED (
    SELECT p.id, p.organization_id, m.id AS manager, slot.date, slot.instant, slot."dayEnd", way.lane,
      slot.weekday = d.days[1] AS begins_week, coalesce(s.events->>'weekly_report', 'dm') <> 'off' AS weekly,
      coalesce(s.digest, true) AND coalesce(s.events->>'digest', 'dm') <> 'off' AS daily,
      slot.instant - interval '1 day' * (SELECT min(k) FROM generate_series(1, 7) k WHERE (slot.weekday - k + 6) % 7 + 1 = ANY (d.days)) AS since
    FROM persons p LEFT JOIN person_settings s ON s.person_id = p.id
    JOIN slot ON slot.zone = p.time_zone AND slot.at = coalesce(s.digest_at, ${defaults.digestAt})
    LEFT JOIN managers m ON m.person_id = p.id
    CROSS JOIN LATERAL (SELECT ARRAY(SELECT unnest(CASE WHEN cardinality(s.digest_days) > 0 THEN s.digest_days
      WHEN cardinality(s.work_days) > 0 THEN s.work_days ELSE ${[...defaults.workDays]}::int[] END) ORDER BY 1) AS days) d
    CROSS JOIN LATERAL (SELECT w.id AS lane FROM chat_accounts a JOIN workspaces w ON w.id = a.workspace_id
      WHERE a.person_id = p.id AND a.refused_at IS NULL AND w.uninstalled_at IS NULL ORDER BY a.last_seen_at DESC LIMIT 1) way
    WHERE p.id > ${cursor} AND ${ofPass} AND p.deactivated_at IS NULL AND slot.weekday = ANY (d.days)
      AND (s.away_until IS NULL OR s.away_until <= slot.instant)
      AND NOT EXISTS (SELECT 1 FROM holidays h WHERE h.organization_id = p.organization_id AND h.day = slot.date::date)
    ORDER BY p.id LIMIT ${PAGE}::int),
  own AS (
    SELECT page.id, count(*) FILTER (WHERE t.due_at < page.instant) AS overdue,
      count(*) FILTER (WHERE t.due_at < page."dayEnd" OR a.assigned_at > page.since AND a.assigned_by_id <> page.id) AS pressing
    FROM page JOIN task_assignees a ON a.person_id = page.id AND a.state IN ('assigned', 'accepted')
    JOIN tasks t ON t.id = a.task_id JOIN statuses st ON st.id = t.status_id
    WHERE page.daily AND st.category IN ('todo', 'active', 'blocked') GROUP BY page.id),
  led AS (
    SELECT about.id, count(*) AS pressing FROM (
      SELECT page.id, page.instant, t.id AS task FROM page JOIN projects pr ON pr.owner_id = page.manager AND pr.archived_at IS NULL
        JOIN tasks t ON t.project_id = pr.id WHERE page.daily
      UNION SELECT page.id, page.instant, a.task_id FROM page JOIN workers w ON w.manager_id = page.manager
        JOIN task_assignees a ON a.person_id = w.person_id AND a.state IN ('assigned', 'accepted') WHERE page.daily
      UNION SELECT page.id, page.instant, t.id FROM page JOIN tasks t ON t.created_by_id = page.id WHERE page.daily) about
    JOIN tasks t ON t.id = about.task JOIN statuses st ON st.id = t.status_id
    WHERE st.category IN ('blocked', 'review') OR st.category IN ('todo', 'active') AND t.due_at < about.instant
    GROUP BY about.id),
  moved AS (
    SELECT page.id FROM page JOIN task_followers f ON f.person_id = page.id AND f.mode = 'watching' JOIN tasks t ON t.id = f.task_id
      WHERE page.daily AND t.status_changed_at > page.since AND t.status_changed_by_id <> page.id
    UNION SELECT page.id FROM page JOIN notifications n ON n.recipient_id = page.id AND n.held_for = 'digest' WHERE page.daily),
  due AS (
    SELECT page.*, 'digest' AS kind, 'digest:' || page.id || ':' || page.date AS key, coalesce(own.overdue, 0) AS overdue
      FROM page LEFT JOIN own ON own.id = page.id
      WHERE own.pressing > 0 OR EXISTS (SELECT 1 FROM led WHERE led.id = page.id) OR EXISTS (SELECT 1 FROM moved WHERE moved.id = page.id)
    UNION ALL SELECT page.*, 'weekly_report', 'weekly_report:' || page.id || ':' || page.date, -1
      FROM page WHERE page.begins_week AND page.weekly AND EXISTS (
        SELECT 1 FROM projects pr WHERE pr.owner_id = page.manager AND pr.archived_at IS NULL)),
  made AS (INSERT INTO notifications (id, organization_id, recipient_id, kind, data, dedupe_key, lane, next_attempt_at, created_at)
    SELECT ${idOf(now, rawSql('due.key'))}, due.organization_id, due.id, due.kind, jsonb_build_object('date', due.date,
        'instant', ${iso('due.instant')}, 'since', ${iso('due.since')}, 'dayEnd', ${iso('due."dayEnd"')}),
      due.key, due.lane, due.instant - interval '1 second' * least(due.overdue, 1000), ${now}::timestamptz
    FROM due ON CONFLICT (dedupe_key) DO NOTHING RETURNING 1)
  SELECT (SELECT max(id) FROM page) AS last, (SELECT count(*)::int FROM page) AS seen, (SELECT count(*)::int FROM made) AS made`;
}

/** The digests of channels, which nobody's settings move. */
async function channelDigests(
  db: Database,
  { slots, now }: { slots: readonly Slot[]; now: Date },
): Promise<number> {
  if (slots.length === 0) return 0;
  const made = await db.rows(sql`WITH ${slotTable(slots)}
    INSERT INTO notifications (id, organization_id, recipient_id, kind, data, dedupe_key, lane, next_attempt_at, created_at)
    SELECT ${idOf(now, sql`d.id || slot.date`)}, d.organization_id, d.set_by_id, 'channel_digest',
      jsonb_build_object('digest', d.id, 'date', slot.date, 'instant', ${iso('slot.instant')}, 'dayEnd', ${iso('slot."dayEnd"')}),
      'channel_digest:' || d.id || ':' || slot.date, d.workspace_id, slot.instant, ${now}::timestamptz
    FROM channel_digests d JOIN slot ON slot.zone = d.time_zone AND slot.at = d.at
    WHERE slot.weekday = ANY (${[...defaults.workDays]}::int[])
      AND NOT EXISTS (SELECT 1 FROM holidays h WHERE h.organization_id = d.organization_id AND h.day = slot.date::date)
    ON CONFLICT (dedupe_key) DO NOTHING RETURNING 1`);
  return made.length;
}
