import type { SourceWord } from './words.ts';

export type PersonWord =
  | { type: 'mention'; index: number }
  | { type: 'name'; text: string }
  | { type: 'email'; text: string };

export type PriorityWord = 'low' | 'normal' | 'high' | 'urgent';

const PRIORITIES: ReadonlyMap<string, PriorityWord> = new Map([
  ['!low', 'low'],
  ['!normal', 'normal'],
  ['!medium', 'normal'],
  ['!high', 'high'],
  ['!urgent', 'urgent'],
  ['!', 'high'],
  ['!!', 'urgent'],
  ['!!!', 'urgent'],
  ['p1', 'urgent'],
  ['p2', 'high'],
  ['p3', 'normal'],
  ['p4', 'low'],
]);

/** RFC 5321 allows no longer address. */
const LONGEST_EMAIL = 254;
const LONGEST_NAME = 80;
const EMAIL = /^(?:mailto:)?([^\s@<>()[\],;:"]+@[^\s@<>()[\],;:"]+\.[^\s@<>()[\],;:".]{2,})$/i;

/** Nine digits: more would not fit PostgreSQL's integer. */
const TASK_NUMBER = /^#?0*([1-9]\d{0,8})[:,.;)]?$/;

/** The digits of `42`, `#42`, `42:`. */
export function readTaskNumber(word: SourceWord | undefined): string | undefined {
  if (word?.type !== 'word' || word.text.length > 20) return undefined;
  return TASK_NUMBER.exec(word.text)?.[1];
}

export function readPriority(word: SourceWord | undefined): PriorityWord | undefined {
  return word?.type === 'word' ? PRIORITIES.get(withoutClosingMarks(word.text).toLowerCase()) : undefined;
}

/** The person that the words at the index name, and how many words that takes. */
export function readPerson(
  words: readonly SourceWord[],
  index: number,
): { person: PersonWord; used: number } | undefined {
  const word = words[index];
  if (word?.type === 'mention') return { person: { type: 'mention', index: word.index }, used: 1 };
  if (word?.type !== 'word') return undefined;
  const next = words[index + 1];
  if (/^[@＠]$/.test(word.text) && next?.type === 'quoted' && !next.spaced) return quotedName(next.text);
  const person = readName(word.text) ?? readEmail(word.text);
  return person && { person, used: 1 };
}

/** True for what may stand between two people. */
export function isBetweenPeople(word: SourceWord | undefined): boolean {
  return word?.type === 'word' && /^(?:,|;|&|\+|and)$/i.test(word.text);
}

/** The word without the punctuation that ends a phrase. */
export function withoutClosingMarks(text: string): string {
  return text.replace(/(?<![,.;:?])[,.;:?]+$/, '');
}

function quotedName(text: string): { person: PersonWord; used: number } | undefined {
  if (text === '' || text.length > LONGEST_NAME) return undefined;
  return { person: { type: 'name', text }, used: 2 };
}

function readName(text: string): PersonWord | undefined {
  if (!/^[@＠]/.test(text) || text.length > LONGEST_NAME) return undefined;
  const name = text.slice(1).replace(/[,.;:!?)]+$/, '');
  return /[\p{L}\p{N}]/u.test(name) ? { type: 'name', text: name } : undefined;
}

function readEmail(text: string): PersonWord | undefined {
  if (text.length > LONGEST_EMAIL) return undefined;
  const bare = text.replace(/^[<(]/, '').replace(/[>),.;:!?]+$/, '');
  const address = EMAIL.exec(bare)?.[1];
  return address === undefined ? undefined : { type: 'email', text: address.toLowerCase() };
}
