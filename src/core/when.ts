import { startOfDay, wallTime } from './time-zone.ts';
import { beginsWithPiece, findPieces } from './when/pieces.ts';
import { failure, type Present, type WhenContext, type WhenResult } from './when/reading.ts';
import { resolve } from './when/resolve.ts';
import { corrected } from './when/spelling.ts';
import { tidy } from './when/text.ts';

export { isTimeZone, localDate } from './time-zone.ts';
export { addDuration, type Duration, parseDuration } from './when/duration.ts';
export { type FormatContext, formatWhen, plainTime } from './when/format.ts';
export type { When, WhenContext, WhenFailure, WhenResult } from './when/reading.ts';

/** "on monday the 30th of november 2026 at 5 pm" has ten words. */
const MOST_WORDS = 12;

/**
 * Reads a date as people say it: `fri 5pm`, `in 2h`, `30.11.`, `eod`. The whole text must be one.
 * A suggestion, where there is one, can be typed in its place.
 * @throws RangeError when the time zone is unknown.
 */
export function parseWhen(text: string, context: WhenContext): WhenResult {
  const plain = tidy(text);
  if (!plain) return failure('unreadable');
  const present = presentOf(context);
  const result = read(plain, present);
  if (result) return result;
  const better = corrected(plain);
  return better && read(better, present)?.ok ? failure('unreadable', better) : failure('unreadable');
}

/**
 * The longest run of words, from the first on, that reads as a date, also as one that is past or doesn't
 * exist; undefined when there is none.
 * @throws RangeError when the time zone is unknown.
 */
export function takeWhen(
  words: readonly string[],
  context: WhenContext,
): { result: WhenResult; used: number } | undefined {
  const candidates = prefixes(words);
  const [longest] = candidates;
  const present = presentOf(context);
  if (!longest || !beginsWithPiece(longest.plain, present)) return undefined;
  for (const { plain, used } of candidates) {
    const result = read(plain, present);
    if (result) return { result, used };
  }
  return undefined;
}

/** The first words, tidied, the longest run first. */
function prefixes(words: readonly string[]): { plain: string; used: number }[] {
  const found: { plain: string; used: number }[] = [];
  for (let used = Math.min(words.length, MOST_WORDS); used > 0; used -= 1) {
    const plain = tidy(words.slice(0, used).join(' '));
    if (plain) found.push({ plain, used });
  }
  return found;
}

function presentOf(context: WhenContext): Present {
  const wall = wallTime(context.now, context.timeZone);
  return { context, wall, today: startOfDay(wall) };
}

function read(plain: string, present: Present): WhenResult | undefined {
  const pieces = findPieces(plain, present);
  return pieces && resolve(pieces, present);
}
