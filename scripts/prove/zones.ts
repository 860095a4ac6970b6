/** Forty, with each kind of change of clocks and none, and offsets of half and quarter hours. */
export const ZONES =
  `Pacific/Auckland Pacific/Apia Pacific/Chatham Australia/Lord_Howe Australia/Sydney Australia/Adelaide
  Australia/Darwin Asia/Tokyo Asia/Seoul Asia/Shanghai Asia/Singapore Asia/Kathmandu Asia/Kolkata
  Asia/Karachi Asia/Kabul Asia/Dubai Asia/Tehran Asia/Beirut Africa/Cairo Africa/Johannesburg
  Europe/Istanbul Europe/Athens Europe/Berlin Europe/Madrid Europe/London Europe/Dublin Atlantic/Azores
  America/Sao_Paulo America/Nuuk America/St_Johns America/Halifax America/New_York America/Chicago
  America/Denver America/Phoenix America/Los_Angeles America/Anchorage Pacific/Honolulu Pacific/Marquesas UTC`.split(
    /\s+/,
  );

/** First days of the spans of two days in which all clocks of the zones change in 2026. */
export const CHANGES_2026 =
  '2026-03-07 2026-03-28 2026-04-04 2026-04-23 2026-09-26 2026-10-03 2026-10-24 2026-10-29 2026-10-31'.split(
    ' ',
  );

export const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
export const SPAN_MS = 2 * DAY_MS;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  clocks.set(timeZone, made);
  return made;
}

/** What the clock on the wall shows; `ms` as if it were that of UTC. */
function wall(timeZone: string, at: number): { date: string; ms: number } {
  const [date = '', time = ''] = clockOf(timeZone).format(at).split(' ');
  return { date, ms: Date.parse(`${date}T${time}Z`) };
}

/** A time of day on one day, at the moment at which it comes. */
export interface Moment {
  at: number;
  /** ISO: 1 is Monday */
  weekday: number;
}

/**
 * When a clock on the wall first shows that time on each day, found minute by minute and without the product's help. Where
 * clocks skip it: when it would have been had they gone on.
 */
export function momentsOf(zone: string, time: string, from: number): Moment[] {
  const found: Moment[] = [];
  let last = '';
  let before = wall(zone, from - MINUTE_MS);
  for (let at = from; at <= from + SPAN_MS + 60 * MINUTE_MS; at += MINUTE_MS) {
    const shown = wall(zone, at);
    for (const date of new Set([before.date, shown.date])) {
      const wanted = Date.parse(`${date}T${time}Z`);
      if (date === last || wanted <= before.ms || wanted > shown.ms) continue;
      last = date;
      const moment = wanted === shown.ms ? at : at + wanted - before.ms - MINUTE_MS;
      found.push({ at: moment, weekday: ((new Date(date).getUTCDay() + 6) % 7) + 1 });
    }
    before = shown;
  }
  // The first look begins at `from`, and finds what comes after it.
  return found.filter(({ at }) => at > from && at <= from + SPAN_MS);
}

/** Changes of these zones' clocks in 2026 that fall into none of the spans. */
export function changesOutside(zones: readonly string[], spans: readonly string[]): string[] {
  const starts = spans.map((span) => Date.parse(span));
  const hours = 24 * 365;
  return zones.flatMap((zone) => {
    const missed: string[] = [];
    let offset = offsetAt(zone, Date.UTC(2026, 0));
    for (let hour = 1; hour <= hours; hour += 1) {
      const at = Date.UTC(2026, 0) + hour * 60 * MINUTE_MS;
      const next = offsetAt(zone, at);
      const isMissed = next !== offset && !starts.some((start) => at > start && at <= start + SPAN_MS);
      if (isMissed) missed.push(`${zone} ${new Date(at).toISOString()}`);
      offset = next;
    }
    return missed;
  });
}

const offsetAt = (zone: string, at: number): number => wall(zone, at).ms - at;
