import { distance } from 'fastest-levenshtein';

/** No command or name that could be meant is longer. */
const LONGEST_INPUT = 40;

/** The candidate that was probably meant: one that begins with the input, else one that is a slip of the finger away. */
export function suggest(input: string, candidates: readonly string[]): string | undefined {
  const typed = input.trim().toLowerCase();
  if (typed === '' || typed.length > LONGEST_INPUT) return undefined;
  return completion(typed, candidates) ?? nearest(typed, candidates);
}

/** A single letter begins too many words to mean one, unless there is only that one. */
function completion(typed: string, candidates: readonly string[]): string | undefined {
  const longer = candidates.filter((candidate) => candidate.toLowerCase().startsWith(typed));
  if (typed.length === 1 && longer.length > 1) return undefined;
  return longer.toSorted((one, other) => one.length - other.length)[0];
}

function nearest(typed: string, candidates: readonly string[]): string | undefined {
  const near = candidates
    .map((candidate) => ({ candidate, slips: slipsBetween(typed, candidate.toLowerCase()) }))
    .filter(({ slips }) => slips <= 2 && slips < typed.length / 2)
    .toSorted((one, other) => one.slips - other.slips);
  return near[0]?.candidate;
}

/** Edit distance in which two letters in the wrong order are one slip. */
function slipsBetween(typed: string, candidate: string): number {
  const plain = distance(typed, candidate);
  if (plain !== 2 && plain !== 3) return plain;
  const swapped = Array.from({ length: typed.length - 1 }, (_, index) => swapAt(typed, index));
  return Math.min(plain, ...swapped.map((variant) => distance(variant, candidate) + 1));
}

function swapAt(text: string, index: number): string {
  return text.slice(0, index) + text.charAt(index + 1) + text.charAt(index) + text.slice(index + 2);
}
