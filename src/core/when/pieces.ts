import { dayOf } from './calendar.ts';
import { CLOCK_FORMS } from './clock-forms.ts';
import { DAY_FORMS } from './day-forms.ts';
import { findDuration } from './duration.ts';
import { failure, type Piece, type Present } from './reading.ts';
import { type Form, type Found, findForm, wholeWords } from './text.ts';

/** A weekday, a date, a time and a part of the day. */
const MOST_PIECES = 4;

const SEPARATOR = /[ .,;:!?]*(?:(?:on|at|by|before|until|till) )?/uy;

const INSTANT_FORMS: readonly Form<Piece, Present>[] = [
  {
    pattern: wholeWords(
      String.raw`(20\d{2})-(\d{2})-(\d{2}) (\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})? ?(z|utc|[+-]\d{2}:?\d{2})`,
    ),
    read: ([, year, month, day, time, zone]) => {
      if (dayOf(Number(year), Number(month), Number(day)) === undefined) {
        return { type: 'failure', failure: failure('nonexistent-date') };
      }
      const offset = zone === 'z' || zone === 'utc' ? 'Z' : zone?.replace(/^(...):?/, '$1:');
      const at = new Date(`${year}-${month}-${day}T${time}${offset}`);
      return Number.isNaN(at.getTime()) ? undefined : { type: 'instant', at };
    },
  },
];

/** `17h` is a time where it is written without "in"; `2h` and `48h` are not. */
const FRENCH_TIME = /(?:1[3-9]|2[0-3])h(?:\d{2})?(?=$|[ ,;])/uy;
const IN = /(?:in |within )/uy;

/** True when a date could begin where the text begins; cheap, for telling what is none. */
export function beginsWithPiece(text: string, present: Present): boolean {
  SEPARATOR.lastIndex = 0;
  SEPARATOR.test(text);
  return findPiece({ text, position: SEPARATOR.lastIndex }, present) !== undefined;
}

/** Splits a tidied text into the parts of a date; undefined when a part of it is none. */
export function findPieces(text: string, present: Present): Piece[] | undefined {
  const pieces: Piece[] = [];
  let position = 0;
  while (position < text.length) {
    if (pieces.length === MOST_PIECES) return undefined;
    SEPARATOR.lastIndex = position;
    SEPARATOR.test(text);
    const found = findPiece({ text, position: SEPARATOR.lastIndex }, present);
    if (!found) return undefined;
    pieces.push(found.value);
    position = found.end;
  }
  return pieces;
}

function findPiece(place: { text: string; position: number }, present: Present): Found<Piece> | undefined {
  return (
    // A duration stands first: the `8h` of "fri 8h" and "at 8h" is a time.
    (place.position === 0 ? durationAtStart(place.text) : undefined) ??
    findForm(INSTANT_FORMS, place, present) ??
    findForm(DAY_FORMS, place, present) ??
    findForm(CLOCK_FORMS, place, present)
  );
}

function durationAtStart(text: string): Found<Piece> | undefined {
  FRENCH_TIME.lastIndex = 0;
  if (FRENCH_TIME.test(text)) return undefined;
  IN.lastIndex = 0;
  const found = findDuration(text, IN.test(text) ? IN.lastIndex : 0);
  if (!found) return undefined;
  return { value: { type: 'duration', duration: found.duration }, end: found.end };
}
