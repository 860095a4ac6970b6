import { monotonicFactory } from 'ulid';
import { defaults } from '../../src/core/settings.ts';
import { createDatabase, type Database } from '../../src/lib/database.ts';
import { sql } from '../../src/lib/sql.ts';
import { dueDigests } from '../../src/services/due-digests.ts';
import { localJobs } from './local.ts';
import { type Finding, finding } from './measure.ts';
import { plantWorkspaces } from './plant.ts';

export interface DigestsPlan {
  people: number;
  /** First days of the spans that are lived through, each of two days, and the minutes of a step */
  spans: readonly string[];
  stepMinutes: number;
}

/** The days on which the clocks of North America and Europe change, and Lord Howe's, which change by half an hour. */
const CHANGES_2026 = ['2026-03-07', '2026-03-28', '2026-04-04', '2026-10-03', '2026-10-24', '2026-10-31'];
export const fullDigests: DigestsPlan = { people: 10_000, spans: CHANGES_2026, stepMinutes: 1 };
export const shortDigests: DigestsPlan = {
  people: 240,
  spans: ['2026-03-28', '2026-10-24'],
  stepMinutes: 15,
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SPAN_MINUTES = 2 * 24 * 60;
/** Looks after which a digest has been found, whoever was stopped meanwhile */
const LOOKS = 3;
/** Nothing runs for so long, once in each span. */
const DOWN_MINUTES = 120;

/** Forty, with each kind of change of clocks and none, and offsets of half and quarter hours. */
const ZONES = [
  ...[
    'Pacific/Auckland',
    'Pacific/Apia',
    'Pacific/Chatham',
    'Australia/Lord_Howe',
    'Australia/Sydney',
    'Australia/Adelaide',
  ],
  ...[
    'Australia/Darwin',
    'Asia/Tokyo',
    'Asia/Seoul',
    'Asia/Shanghai',
    'Asia/Singapore',
    'Asia/Kathmandu',
    'Asia/Kolkata',
  ],
  ...[
    'Asia/Karachi',
    'Asia/Kabul',
    'Asia/Dubai',
    'Asia/Tehran',
    'Asia/Beirut',
    'Africa/Cairo',
    'Africa/Johannesburg',
  ],
  ...[
    'Europe/Istanbul',
    'Europe/Athens',
    'Europe/Berlin',
    'Europe/Madrid',
    'Europe/London',
    'Europe/Dublin',
    'Atlantic/Azores',
  ],
  ...[
    'America/Sao_Paulo',
    'America/Nuuk',
    'America/St_Johns',
    'America/Halifax',
    'America/New_York',
    'America/Chicago',
  ],
  ...[
    'America/Denver',
    'America/Phoenix',
    'America/Los_Angeles',
    'America/Anchorage',
    'Pacific/Honolulu',
    'Pacific/Marquesas',
    'UTC',
  ],
];
/** Times that clocks skip or show twice among them. */
const TIMES = ['08:00', '02:30', '00:15', '01:30', '23:45', '06:00', '03:00'];

/** Everyone has one task that is due; whose number can be divided by ten has none, and no digest. */
async function plantDays(db: Database, people: number): Promise<void> {
  await plantWorkspaces(db, { slack: 1, teams: 0, peopleEach: people });
  await db.rows(sql`UPDATE persons p SET time_zone = (${ZONES}::text[])[1 + n % ${ZONES.length}::int]
    FROM (SELECT id, substr(id, 5)::int AS n FROM persons) numbered WHERE numbered.id = p.id`);
  await db.rows(sql`INSERT INTO person_settings (person_id, organization_id, digest_at, digest_days, quiet_from, quiet_to)
    SELECT id, 'proof', nullif((${TIMES}::text[])[1 + (substr(id, 5)::int / ${ZONES.length}::int) % ${TIMES.length}::int], ${defaults.digestAt}),
      '{1,2,3,4,5,6,7}', '00:00', '00:00' FROM persons`);
  await db.rows(
    sql`INSERT INTO statuses (id, organization_id, name, category, position) VALUES ('todo', 'proof', 'To do', 'todo', 1)`,
  );
  await db.rows(sql`INSERT INTO tasks (id, organization_id, number, title, due_at, status_id, status_changed_by_id, created_by_id)
    SELECT 't' || id, 'proof', substr(id, 5)::int, 'Look at it', '2026-01-01', 'todo', 's0-p1', 's0-p1' FROM persons`);
  await db.rows(sql`INSERT INTO task_assignees (task_id, person_id, assigned_by_id)
    SELECT 't' || id, id, 's0-p1' FROM persons WHERE substr(id, 5)::int % 10 <> 0`);
}

/** Days around the changes of clocks, lived through by three replicas that come and go, with two hours in which none runs. */
export async function proveDigests(
  databaseUrl: string,
  plan: DigestsPlan,
  say: (line: string) => void = () => undefined,
): Promise<Finding[]> {
  const db = createDatabase({ url: databaseUrl, poolSize: 6, statementTimeoutMs: 120_000 });
  let now = new Date(0);
  const clock = () => now;
  const newId = monotonicFactory();
  const sent: { userId: string; at: Date }[] = [];
  const jobs = localJobs(db, { clock, newId, sent: (userId) => sent.push({ userId, at: now }) });
  const findings: Finding[] = [];
  let mayStop = true;
  try {
    await plantDays(db, plan.people);
    for (const span of plan.spans) {
      say(span);
      sent.length = 0;
      await db.rows(sql`DELETE FROM notifications`);
      await db.rows(sql`DELETE FROM schedule_marks`);
      const start = new Date(`${span}T00:00:00Z`).getTime();
      const downFrom = Math.floor(SPAN_MINUTES / 3 + Math.random() * 600);
      let replicas = [replica(), replica(), replica()];
      for (let minute = 0; minute <= SPAN_MINUTES; minute += plan.stepMinutes) {
        now = new Date(start + minute * MINUTE_MS);
        mayStop = minute < SPAN_MINUTES - LOOKS * plan.stepMinutes;
        if (minute > downFrom && minute < downFrom + DOWN_MINUTES) continue;
        // A restart in the middle of its work: it stops after a page, and another goes on.
        if (Math.random() < 0.05) replicas = replicas.map((one) => (Math.random() < 0.5 ? replica() : one));
        await Promise.all(replicas.map((run) => run()));
        await jobs.drain();
      }
      findings.push(...verdict({ span, sent, people: await readPeople(db), start, downFrom, plan }));
    }
  } finally {
    await jobs.stop();
    await db.close();
  }
  return findings;

  function replica(): () => Promise<unknown> {
    const digests = dueDigests({ db, newId });
    return () => {
      const stopping = new AbortController();
      if (mayStop && Math.random() < 0.02) stopping.abort();
      return digests.run(now, stopping.signal);
    };
  }
}

interface PersonRow {
  id: string;
  zone: string;
  at: string;
}

const readPeople = (db: Database): Promise<PersonRow[]> =>
  db.rows(
    sql`SELECT p.id, p.time_zone AS zone, coalesce(s.digest_at, ${defaults.digestAt}) AS at FROM persons p JOIN person_settings s ON s.person_id = p.id`,
  );

function verdict(given: {
  span: string;
  sent: readonly { userId: string; at: Date }[];
  people: readonly PersonRow[];
  start: number;
  downFrom: number;
  plan: DigestsPlan;
}): Finding[] {
  const { span, sent, people, start, downFrom, plan } = given;
  const end = new Date(start + SPAN_MINUTES * MINUTE_MS);
  const down = {
    from: start + downFrom * MINUTE_MS,
    to: start + (downFrom + DOWN_MINUTES + plan.stepMinutes) * MINUTE_MS,
  };
  const byPerson = new Map<string, Date[]>();
  for (const { userId, at } of sent) {
    const id = userId.replace('-u', '-p');
    byPerson.set(id, [...(byPerson.get(id) ?? []), at]);
  }
  let wrong = 0;
  let late = 0;
  let days = 0;
  for (const person of people) {
    const hasWork = Number(person.id.slice(4)) % 10 !== 0;
    const expected = hasWork ? momentsOf(person, new Date(start), end) : [];
    const got = byPerson.get(person.id) ?? [];
    days += expected.length;
    if (got.length !== expected.length) wrong += 1;
    expected.forEach((moment, index) => {
      const at = got[index]?.getTime() ?? 0;
      // A replica that is stopped at its work leaves it to the next look.
      const looks = LOOKS * plan.stepMinutes * MINUTE_MS;
      const wasDown = moment.getTime() > down.from - looks && moment.getTime() < down.to;
      const latest = (wasDown ? down.to : moment.getTime()) + looks;
      if (at < moment.getTime() || at > latest) late += 1;
    });
  }
  return [
    finding(
      `${span}: one digest a person and local day on which they have one`,
      wrong === 0 && days > 0,
      `${days} days of ${people.length} people, ${wrong} people with more or fewer`,
    ),
    finding(
      `${span}: each at its hour, or after the ${DOWN_MINUTES} minutes in which nothing ran`,
      late === 0,
      `${late} at another time`,
    ),
  ];
}

/**
 * When a clock on the wall first shows that time on each day, found minute by minute without the product's help. Where clocks
 * skip it: when it would have been had they gone on.
 */
function momentsOf({ zone, at }: PersonRow, from: Date, to: Date): Date[] {
  const format = clocks.get(zone) ?? clockOf(zone);
  clocks.set(zone, format);
  const found: Date[] = [];
  let last = '';
  let before = wall(format, new Date(from.getTime() - MINUTE_MS));
  for (let time = from.getTime(); time <= to.getTime() + HOUR_MS; time += MINUTE_MS) {
    const shown = wall(format, new Date(time));
    for (const date of new Set([before.date, shown.date])) {
      const wanted = Date.parse(`${date}T${at}Z`);
      if (date === last || wanted <= before.ms || wanted > shown.ms) continue;
      found.push(new Date(time + wanted - before.ms - MINUTE_MS));
      last = date;
    }
    before = shown;
  }
  // The first look begins at `from`, and finds what comes after it.
  return found.filter((moment) => moment > from && moment <= to);
}

const clocks = new Map<string, Intl.DateTimeFormat>();
const clockOf = (timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });

/** What the clock shows; `ms` as if it were that of UTC. */
function wall(format: Intl.DateTimeFormat, at: Date): { date: string; ms: number } {
  const [date = '', time = ''] = format.format(at).split(' ');
  return { date, ms: Date.parse(`${date}T${time}Z`) };
}
