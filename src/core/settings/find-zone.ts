import { suggest } from '../command-line.ts';
import { isTimeZone } from '../time-zone.ts';

export type ZoneFound =
  | { ok: true; zone: string }
  /** What may be meant, the likeliest first; none when nothing is near */
  | { ok: false; suggestions: readonly string[] };

/** Abbreviations that mean a fixed offset, or several zones: one that knows daylight saving is offered instead. */
const ABBREVIATIONS: Readonly<Record<string, readonly string[]>> = {
  est: ['America/New_York'],
  edt: ['America/New_York'],
  cst: ['America/Chicago', 'Asia/Shanghai'],
  cdt: ['America/Chicago'],
  mst: ['America/Denver', 'America/Phoenix'],
  mdt: ['America/Denver'],
  hst: ['Pacific/Honolulu'],
  pst: ['America/Los_Angeles'],
  pdt: ['America/Los_Angeles'],
  gmt: ['Europe/London', 'Africa/Accra'],
  bst: ['Europe/London'],
  ist: ['Asia/Kolkata', 'Europe/Dublin'],
  wet: ['Europe/Lisbon'],
  cet: ['Europe/Berlin', 'Europe/Madrid'],
  cest: ['Europe/Berlin', 'Europe/Madrid'],
  eet: ['Europe/Athens', 'Europe/Helsinki'],
  eest: ['Europe/Athens', 'Europe/Helsinki'],
};

const MOST_SUGGESTIONS = 4;

/** The time zone that somebody means: its name in any case, or a city's that only one zone has. */
export function findZone(words: string): ZoneFound {
  const said = words.trim().replace(/\s+/g, '_');
  const abbreviated = ABBREVIATIONS[said.toLowerCase()];
  if (abbreviated) return { ok: false, suggestions: abbreviated };
  if (isTimeZone(said)) return { ok: true, zone: canonical(said) };
  const zones = Intl.supportedValuesOf('timeZone');
  const wanted = plain(said);
  const cities = zones.filter((zone) => plain(cityOf(zone)) === wanted);
  const [city] = cities;
  if (city && cities.length === 1) return { ok: true, zone: city };
  const containing = cities.length > 0 ? cities : zones.filter((zone) => plain(zone).includes(wanted));
  if (wanted.length >= 3 && containing.length > 0) {
    return { ok: false, suggestions: containing.slice(0, MOST_SUGGESTIONS) };
  }
  const near =
    suggest(said, zones) ?? zones.find((zone) => cityOf(zone) === suggest(said, zones.map(cityOf)));
  return { ok: false, suggestions: near ? [near] : [] };
}

const cityOf = (zone: string): string => zone.split('/').at(-1) ?? zone;

const plain = (words: string): string =>
  words
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]+/g, '')
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

/** In the case that the name is written in. */
const canonical = (zone: string): string =>
  Intl.supportedValuesOf('timeZone').find((known) => known.toLowerCase() === zone.toLowerCase()) ??
  new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
