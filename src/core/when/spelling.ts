import { distance } from 'fastest-levenshtein';
import { CALENDAR_NAMES } from './calendar.ts';

const VOCABULARY: readonly string[] = [
  ...CALENDAR_NAMES,
  ...['today', 'tonight', 'tomorrow', 'noon', 'midnight', 'morning', 'afternoon', 'evening'],
  ...['next', 'week', 'month', 'hours', 'minutes', 'days', 'weeks', 'months'],
];

/** The text with each misspelt word of a date put right; undefined when there is none. */
export function corrected(text: string): string | undefined {
  const better = text.replace(/[a-z]{4,}/g, (word) => nearest(word) ?? word);
  return better === text ? undefined : better;
}

/** Few people miss the first letter, and "soon" is no "noon". */
function nearest(word: string): string | undefined {
  const near = VOCABULARY.filter((candidate) => candidate[0] === word[0])
    .map((candidate) => ({ candidate, edits: distance(word, candidate) }))
    .filter(({ candidate, edits }) => edits <= 2 && edits * 3 <= candidate.length)
    .sort((one, other) => one.edits - other.edits);
  return near[0]?.candidate;
}
