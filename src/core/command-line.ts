import {
  isBetweenPeople,
  type PersonWord,
  type PriorityWord,
  readPerson,
  readPriority,
  readTaskNumber,
  withoutClosingMarks,
} from './command-line/parts.ts';
import { normalise, type SourceWord, scan } from './command-line/words.ts';

export { type Add, type AddOptions, readAdd } from './command-line/add.ts';
export type { PersonWord, PriorityWord } from './command-line/parts.ts';
export { suggest } from './command-line/suggest.ts';
export { mentionToken, readWords, type SourceWord, stripReserved, type Word } from './command-line/words.ts';

/** Reads a typed command from left to right. A method that takes something takes it only if it comes next. */
export interface CommandLine {
  /** True when nothing is left. */
  readonly done: boolean;
  /** The whole text, normalised. */
  readonly raw: string;
  /** Takes the first word, in lower case and without the punctuation around it. */
  verb(): string | undefined;
  /** Takes `42`, `#42`, `42:`; the digits without leading zeros. */
  taskNumber(): string | undefined;
  /** Takes `@name`, `@"First Last"`, a mention or an e-mail address. */
  person(): PersonWord | undefined;
  /** Takes people as long as they follow each other, also with commas or "and" between them. */
  people(): PersonWord[];
  /** Takes `!low` … `!urgent`, `!` (high), `!!` and `!!!` (urgent), `p1` (urgent) … `p4` (low). */
  priority(): PriorityWord | undefined;
  /** Takes the next word if it is one of the names, in any case, and not quoted; the name as it was given. */
  keyword(...names: string[]): string | undefined;
  /** The next word as it was typed, which is not taken. */
  peek(): string | undefined;
  /** Takes the next word or quoted passage; a mention is none. */
  word(): string | undefined;
  /** Takes everything left as it was typed, with line breaks and mention tokens, without quotes around the whole. */
  rest(): string;
  /** Takes everything left as single words. */
  words(): SourceWord[];
}

/** The text must have gone through `stripReserved` before mention tokens were put in. */
export function readCommandLine(text: string): CommandLine {
  return new Cursor(normalise(text));
}

class Cursor implements CommandLine {
  readonly raw: string;
  readonly #words: readonly SourceWord[];
  #position = 0;

  constructor(raw: string) {
    this.raw = raw;
    this.#words = scan(raw);
  }

  peek(): string | undefined {
    return this.#words[this.#position]?.source;
  }

  get done(): boolean {
    return this.#position >= this.#words.length;
  }

  verb(): string | undefined {
    const next = this.#next();
    if (next?.type !== 'word') return undefined;
    this.#position += 1;
    const verb = next.text.toLowerCase();
    return verb.replace(/^[¡¿]+|(?<![,.;:!?])[,.;:!?]+$/g, '') || verb;
  }

  taskNumber(): string | undefined {
    return this.#take(readTaskNumber(this.#next()));
  }

  person(): PersonWord | undefined {
    const found = readPerson(this.#words, this.#position);
    this.#position += found?.used ?? 0;
    return found?.person;
  }

  people(): PersonWord[] {
    const people: PersonWord[] = [];
    let end = this.#position;
    for (let person = this.person(); person; person = this.person()) {
      people.push(person);
      end = this.#position;
      while (isBetweenPeople(this.#next())) this.#position += 1;
    }
    this.#position = end;
    this.#skipLeftComma(people.length);
    return people;
  }

  priority(): PriorityWord | undefined {
    return this.#take(readPriority(this.#next()));
  }

  keyword(...names: string[]): string | undefined {
    const next = this.#next();
    if (next?.type !== 'word') return undefined;
    const typed = withoutClosingMarks(next.text).toLowerCase();
    return this.#take(names.find((name) => name.toLowerCase() === typed));
  }

  word(): string | undefined {
    const next = this.#next();
    return this.#take(next?.type === 'mention' ? undefined : next?.text);
  }

  rest(): string {
    const left = this.words();
    const [first] = left;
    if (!first) return '';
    return left.length === 1 ? first.unquoted : this.raw.slice(first.start);
  }

  words(): SourceWord[] {
    const left = this.#words.slice(this.#position);
    this.#position = this.#words.length;
    return left;
  }

  #next(): SourceWord | undefined {
    return this.#words[this.#position];
  }

  #take<Value>(value: Value | undefined): Value | undefined {
    if (value !== undefined) this.#position += 1;
    return value;
  }

  /** The comma of "@wes, seal it" belongs to the people, not to what follows. */
  #skipLeftComma(peopleTaken: number): void {
    const next = this.#next();
    if (peopleTaken > 0 && next?.type === 'word' && /^[,;:]$/.test(next.text)) this.#position += 1;
  }
}
