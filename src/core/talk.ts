import { readCommandLine } from './command-line.ts';
import type { Registry } from './registry.ts';

/**
 * Words said under a card that begin like a command which has nothing to do with that card, under another than its own name:
 * "new grease is on the way", "open the valve first". `new "Grease the winch"` and `open 42` are commands there too.
 */
export function isTalk<Db, Work>(registry: Registry<Db, Work>, text: string): boolean {
  const line = readCommandLine(text);
  const word = line.verb();
  const action = word === undefined ? undefined : registry.find(word);
  if (!action || action.name === word) return false;
  if (action.effect !== 'query' && action.name !== 'add') return false;
  const [first, second] = line.words();
  return first?.type === 'word' && second !== undefined && !/^[#\d!]/.test(first.text);
}
