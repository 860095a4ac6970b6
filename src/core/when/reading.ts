import type { WallTime } from '../time-zone.ts';
import type { Duration } from './duration.ts';

export interface WhenContext {
  now: Date;
  /** IANA name, such as `Europe/Berlin`. */
  timeZone: string;
  /** How the person's clock counts: with `h12`, a bare `5:30` could be morning or evening and is asked back. */
  hourCycle?: 'h12' | 'h23';
  /** Whether `3/4` is the third of April. Left out, a date that could be both is ambiguous. */
  dayFirst?: boolean;
}

export type When = {
  at: Date;
  /** False when only a day was said: `at` is then 17:00 local, or 23:59 when that is already past today. */
  hasTime: boolean;
};

export type WhenFailure = {
  ok: false;
  reason: 'unreadable' | 'past' | 'ambiguous' | 'nonexistent-date';
  /** Something to type instead. */
  suggestion?: string;
};

export type WhenResult = { ok: true; when: When } | WhenFailure;

/** Whether a time said which half of the day it is in: `guessed` is read as on a 24-hour clock, `unknown` is asked back. */
export type Half = 'known' | 'guessed' | 'unknown';

/** What one part of a date says. Times are milliseconds since midnight. */
export type Piece =
  | { type: 'instant'; at: Date }
  | { type: 'duration'; duration: Duration }
  | { type: 'day'; day: WallTime }
  | { type: 'week'; monday: WallTime }
  | { type: 'weekday'; weekday: number; which: 'coming' | 'this' | 'next' }
  | { type: 'clock'; time: number; half: Half }
  | { type: 'partOfDay'; time: number; half: 'am' | 'pm'; today: boolean; lastsAllDay: boolean }
  | { type: 'endOfDay' }
  | { type: 'failure'; failure: WhenFailure };

/** What the forms need to know of the person's present. */
export interface Present {
  context: WhenContext;
  wall: WallTime;
  today: WallTime;
}

export function failure(reason: WhenFailure['reason'], suggestion?: string): WhenFailure {
  return suggestion === undefined ? { ok: false, reason } : { ok: false, reason, suggestion };
}
