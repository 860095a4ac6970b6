/** Letters that are written from right to left: Hebrew, Arabic and their kin. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Signs that turn or set apart the writing direction */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const FIRST_STRONG = '\u2068';
const POP = '\u2069';

/**
 * Somebody's words, to stand in a sentence of ours: without this a name or a title that is written from right to left
 * would carry the numbers and dots around it away. Words of the other direction stay as they are.
 */
export function isolate(words: string): string {
  if (!RIGHT_TO_LEFT.test(words) || words.includes(FIRST_STRONG)) return words;
  return `${FIRST_STRONG}${words.replace(TURNING, '')}${POP}`;
}
