import type { TimeOfDay, Weekday } from '../settings.ts';

const CLOCK = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(?:h|uhr)?\s*(?:([ap])\.?\s*m\.?)?$/i;
const COMPACT = /^(\d{2})(\d{2})$/;

/** `7`, `7:30`, `19.30`, `19h30`, `0730`, `7 pm` as 'HH:MM'; undefined for what is no time of day. */
export function readTimeOfDay(words: string): TimeOfDay | undefined {
  const said = words.trim().toLowerCase();
  if (/^(noon|midday|mediodía|mediodia)$/.test(said)) return '12:00';
  if (/^(midnight|medianoche)$/.test(said)) return '00:00';
  const [, hour = '', minute = '0', half] = COMPACT.exec(said) ?? CLOCK.exec(said) ?? [];
  if (hour === '') return undefined;
  const hours = half ? twelveHours(Number(hour), half) : Number(hour);
  if (hours === undefined || hours > 24 || Number(minute) > 59 || (hours === 24 && Number(minute) > 0)) {
    return undefined;
  }
  return `${String(hours % 24).padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

function twelveHours(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}

const BETWEEN = /\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b|\ba\b|\bhasta\b)\s*(?:las\s+)?/i;

/** `19:00-06:30`, `7pm to 6am`, `from 19 until 6`; undefined for what is no span of two times. */
export function readTimeSpan(words: string): { from: TimeOfDay; to: TimeOfDay } | undefined {
  const said = words.trim().replace(/^(?:from|between|de|desde)\s+(?:las\s+)?/i, '');
  const [first, second, more] = said.replace(/\band\b/i, '-').split(BETWEEN);
  if (first === undefined || second === undefined || more !== undefined) return undefined;
  const from = readTimeOfDay(first);
  const to = readTimeOfDay(second);
  return from && to ? { from, to } : undefined;
}

/** By their beginnings, in English and Spanish: what two languages share means the same day in both. */
const DAY_WORDS: readonly (readonly [Weekday, RegExp])[] = [
  [1, /^(mo|mon|monday|mondays|l|lu|lun|lunes)$/],
  [2, /^(tu|tue|tues|tuesday|tuesdays|ma|mar|martes)$/],
  [3, /^(we|wed|wednesday|wednesdays|mi|mie|mier|miercoles|x)$/],
  [4, /^(th|thu|thur|thurs|thursday|thursdays|j|ju|jue|jueves)$/],
  [5, /^(fr|fri|friday|fridays|v|vi|vie|viernes)$/],
  [6, /^(sa|sat|saturday|saturdays|sab|sabado|sabados)$/],
  [7, /^(su|sun|sunday|sundays|d|do|dom|domingo|domingos)$/],
];
const ALL: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const WORKING: readonly Weekday[] = [1, 2, 3, 4, 5];

/** `mon-fri`, `mo, we and fr`, `weekdays`, `every day`, `lun-vie`, in order; undefined for what names no days. */
export function readDays(words: string): Weekday[] | undefined {
  const said = words
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]+/g, '')
    .toLowerCase()
    .trim();
  if (/^(every ?day|daily|all|all days|all week|todos|todos los dias|cada dia|diario)$/.test(said))
    return [...ALL];
  if (/^(weekdays?|working days|workdays?|laborables|dias laborables|entre semana)$/.test(said)) {
    return [...WORKING];
  }
  const parts = said
    .replace(/\b(?:to|until|till|through|a|hasta)\b|–|—/g, '-')
    .replace(/\s*-\s*/g, '-')
    .split(/[\s,;&+/]+|\band\b|\by\b/)
    .filter(Boolean);
  const found = parts.map(daysOfPart);
  if (found.length === 0 || found.includes(undefined)) return undefined;
  return [...new Set(found.flatMap((days) => days ?? []))].sort();
}

function daysOfPart(part: string): Weekday[] | undefined {
  const ends = part.split('-').map(dayOf);
  const [first, last] = ends;
  if (ends.length > 2 || !first || ends.includes(undefined)) return undefined;
  if (!last) return [first];
  const from = ALL.indexOf(first);
  const length = (ALL.indexOf(last) - from + 7) % 7;
  return Array.from({ length: length + 1 }, (_, step) => ALL[(from + step) % 7] ?? first);
}

const dayOf = (word: string): Weekday | undefined =>
  DAY_WORDS.find(([, pattern]) => pattern.test(word.replace(/\.$/, '')))?.[0];
