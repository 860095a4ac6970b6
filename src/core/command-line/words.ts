export type Word =
  | { type: 'word'; text: string }
  | { type: 'quoted'; text: string }
  | { type: 'mention'; index: number };

/** A word with its place in the text. */
export type SourceWord = Word & {
  /** As the person typed it. */
  source: string;
  /** The same without its quotes. */
  unquoted: string;
  /** True when a space stands before it. */
  spaced: boolean;
  start: number;
};

const OPEN = '\ue000';
const CLOSE = '\ue001';
const RESERVED = /[\ue000\ue001]/g;
const STRAY_RESERVED = /\ue000(?!\d{1,4}\ue001)|(?<!\ue000\d{1,4})\ue001/g;
const MENTION = /\ue000(\d{1,4})\ue001/y;

const CONTROL = /[^\P{Cc}\t\n]/gu;
const ZERO_WIDTH_SPACE = /[\u200b\u2060\ufeff]/g;
/** Unicode's stream-safe format allows 30; normalising a long run takes time that grows with its square. */
const LONG_RUN_OF_MARKS = /\p{M}{64}/u;
const DIRECTION_MARKS_AROUND =
  /^[\u200e\u200f\u202a-\u202e\u2066-\u2069]+|[\u200e\u200f\u202a-\u202e\u2066-\u2069]+$/g;

const CLOSERS: Readonly<Record<string, string>> = {
  '"': '"“”',
  '“': '"“”',
  '”': '"“”',
  '„': '"“”',
  '«': '»',
  '»': '«',
};
const WORD = /(?:(?!,[@＠])[^\s\ue000])+|,/y;
const SPACES = /\s*/y;

/** What an adapter writes in place of a platform's mention; the index is into its list of mentions. */
export function mentionToken(index: number): string {
  return `${OPEN}${index}${CLOSE}`;
}

/** Takes the characters of mention tokens out of text that a person typed, so that nobody can forge a mention. */
export function stripReserved(text: string): string {
  return text.replace(RESERVED, '');
}

/** One form for what looks the same: composed letters, plain spaces, `\n` for every line break, nothing invisible that PostgreSQL refuses. */
export function normalise(text: string): string {
  const wellFormed = text.toWellFormed();
  return (LONG_RUN_OF_MARKS.test(wellFormed) ? wellFormed : wellFormed.normalize('NFC'))
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(CONTROL, '')
    .replace(ZERO_WIDTH_SPACE, '')
    .replace(STRAY_RESERVED, '')
    .replace(/[^\S\n]/g, ' ')
    .trim();
}

/** Splits a text into words, quoted passages and mentions. A quote that is never closed reaches to the end. */
export function readWords(text: string): Word[] {
  return scan(normalise(text)).map(withoutSource);
}

/** As `readWords`, of a normalised text, with each word's place. */
export function scan(text: string): SourceWord[] {
  const words: SourceWord[] = [];
  const singleCloser = closerFinder(text);
  let end = 0;
  for (let start = skipSpaces(text, 0); start < text.length; start = skipSpaces(text, end)) {
    const found = mentionAt(text, start) ?? quotedAt(text, start, singleCloser) ?? wordAt(text, start);
    const source = text.slice(start, found.end);
    const spaced = start > end || start === 0;
    end = found.end;
    if (isBlank(found.word)) continue;
    words.push({ ...found.word, source, unquoted: found.unquoted ?? source, spaced, start });
  }
  return words;
}

type Scanned = { word: Word; end: number; unquoted?: string };

function mentionAt(text: string, start: number): Scanned | undefined {
  MENTION.lastIndex = start;
  const index = MENTION.exec(text)?.[1];
  return index === undefined
    ? undefined
    : { word: { type: 'mention', index: Number(index) }, end: MENTION.lastIndex };
}

function quotedAt(text: string, start: number, singleCloser: (from: number) => number): Scanned | undefined {
  const opener = text.charAt(start);
  const closers = CLOSERS[opener];
  if (closers) {
    const close = indexOfAny(text, closers, start + 1);
    return quoted(text, start, close === -1 ? text.length : close);
  }
  if (opener !== "'" && opener !== '‘') return undefined;
  const close = singleCloser(start + 1);
  return close === -1 ? undefined : quoted(text, start, close);
}

function quoted(text: string, start: number, close: number): Scanned {
  const unquoted = text.slice(start + 1, close).trim();
  const word: Word = { type: 'quoted', text: unquoted.replace(/\s+/g, ' ') };
  return { word, end: Math.min(close + 1, text.length), unquoted };
}

function wordAt(text: string, start: number): Scanned {
  // `@"Wes Miller"` is a name of two words.
  const isQuotedName = /[@＠]/.test(text.charAt(start)) && text.charAt(start + 1) in CLOSERS;
  WORD.lastIndex = start;
  WORD.test(text);
  const end = isQuotedName ? start + 1 : Math.max(WORD.lastIndex, start + 1);
  const plain = text.slice(start, end).replace(DIRECTION_MARKS_AROUND, '').replace(/[‘’]/g, "'");
  return { word: { type: 'word', text: plain }, end };
}

/**
 * Finds the single quote that ends a passage: one with a space or the end behind it. Asked for rising
 * positions, it looks at each character once.
 */
function closerFinder(text: string): (from: number) => number {
  const closer = /['’](?=\s|$)/g;
  let last = -2;
  return (from) => {
    if (last === -1 || last >= from) return last;
    closer.lastIndex = from;
    last = closer.exec(text)?.index ?? -1;
    return last;
  };
}

/** Phones leave direction marks behind that nobody sees. */
function isBlank(word: Word): boolean {
  return word.type === 'word' && word.text === '';
}

function indexOfAny(text: string, characters: string, from: number): number {
  for (let index = from; index < text.length; index += 1) {
    if (characters.includes(text.charAt(index))) return index;
  }
  return -1;
}

function skipSpaces(text: string, from: number): number {
  SPACES.lastIndex = from;
  SPACES.test(text);
  return SPACES.lastIndex;
}

function withoutSource(word: SourceWord): Word {
  return word.type === 'mention'
    ? { type: 'mention', index: word.index }
    : { type: word.type, text: word.text };
}
