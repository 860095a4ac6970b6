import { takeWhen, type WhenContext } from '../when.ts';
import {
  type PersonWord,
  type PriorityWord,
  readPerson,
  readPriority,
  withoutClosingMarks,
} from './parts.ts';
import type { SourceWord } from './words.ts';

/** What stands at one place of an `add` command. */
export type Part =
  | { type: 'text'; word: SourceWord }
  | { type: 'person'; person: PersonWord }
  | { type: 'priority'; priority: PriorityWord; source: string }
  | { type: 'due'; due: string; source: string }
  | { type: 'project'; project: string; source: string }
  | { type: 'everyone' };

export interface PartRules {
  knownProjects?: readonly string[];
  when: WhenContext;
  /** Every other word can then only be a part. */
  titleIsQuoted: boolean;
  /** All in capitals: a word in capitals is then no sign of a project. */
  isShouting: boolean;
}

interface FoundPart {
  part: Part;
  used: number;
}

/** A title may hold such a word as well: it is a part only beside another part, or at the end. */
interface EdgePart {
  part: Part;
  after: 'any part' | 'a person';
  beforePartOrEnd: boolean;
  atStart: boolean;
}

const MOST_DATE_WORDS = 12;

/** Splits the words into parts; what is none stays text. */
export function findParts(words: readonly SourceWord[], rules: PartRules): Part[] {
  const parts: Part[] = [];
  for (let index = 0; index < words.length; ) {
    const found = partAt(words, index, rules);
    parts.push(...(found ? [found.part] : textAt(words, index)));
    index += found?.used ?? 1;
  }
  return partsAfterParts(partsBeforeParts(parts));
}

function textAt(words: readonly SourceWord[], index: number): Part[] {
  const word = words[index];
  return word ? [{ type: 'text', word }] : [];
}

function partAt(words: readonly SourceWord[], index: number, rules: PartRules): FoundPart | undefined {
  return (
    personAt(words, index, rules) ??
    dueAt(words, index, rules) ??
    projectAt(words, index, rules) ??
    priorityAt(words, index, rules) ??
    (rules.titleIsQuoted ? edgePartAlone(words[index]) : undefined)
  );
}

function personAt(words: readonly SourceWord[], index: number, rules: PartRules): FoundPart | undefined {
  const found = readPerson(words, index);
  if (!found || (found.person.type === 'email' && !rules.titleIsQuoted)) return undefined;
  return { part: { type: 'person', person: found.person }, used: found.used };
}

function dueAt(words: readonly SourceWord[], index: number, rules: PartRules): FoundPart | undefined {
  if (!isWord(words[index], 'due')) return undefined;
  const dateWords = bareWords(words.slice(index + 1, index + 1 + MOST_DATE_WORDS));
  const used = takeWhen(dateWords, rules.when)?.used;
  if (used === undefined) return undefined;
  const due = dateWords
    .slice(0, used)
    .join(' ')
    .replace(/[,;:!?]{1,9}$/, '');
  return { part: { type: 'due', due, source: `due ${due}` }, used: used + 1 };
}

function projectAt(words: readonly SourceWord[], index: number, rules: PartRules): FoundPart | undefined {
  const next = words[index + 1];
  if (!isWord(words[index], 'in') || next?.type !== 'word') return undefined;
  const project = projectKey(next.text.replace(/(?<![,.;:!?])[,.;:!?]+$/, ''), rules);
  return project === undefined
    ? undefined
    : { part: { type: 'project', project, source: `in ${project}` }, used: 2 };
}

function projectKey(typed: string, rules: PartRules): string | undefined {
  const known = rules.knownProjects?.find((key) => key.toLowerCase() === typed.toLowerCase());
  if (known !== undefined) return known;
  if (!/^[a-z][a-z0-9]{1,9}$/i.test(typed)) return undefined;
  if (rules.titleIsQuoted) return typed.toUpperCase();
  const saysNothing = rules.isShouting && rules.knownProjects !== undefined;
  return typed === typed.toUpperCase() && !saysNothing ? typed : undefined;
}

/** `!high` and `!!` are no words of a title; `!` and `p3` may be. */
function priorityAt(words: readonly SourceWord[], index: number, rules: PartRules): FoundPart | undefined {
  const word = words[index];
  const priority = readPriority(word);
  if (!word || !priority || !(rules.titleIsQuoted || /^!./.test(word.source))) return undefined;
  return { part: { type: 'priority', priority, source: word.source }, used: 1 };
}

function edgePartAlone(word: SourceWord | undefined): FoundPart | undefined {
  const edge = word && edgePart(word);
  return edge && { part: edge.part, used: 1 };
}

function edgePart(word: SourceWord): EdgePart | undefined {
  if (isWord(word, 'everyone')) {
    return { part: { type: 'everyone' }, after: 'a person', beforePartOrEnd: true, atStart: false };
  }
  const priority = readPriority(word);
  if (priority) {
    // "Reseal pump P3 @wes" is about a pump.
    const beforePartOrEnd = word.source.startsWith('!');
    return {
      part: { type: 'priority', priority, source: word.source },
      after: 'any part',
      beforePartOrEnd,
      atStart: false,
    };
  }
  const email = readPerson([word], 0)?.person;
  return (
    email && {
      part: { type: 'person', person: email },
      after: 'any part',
      beforePartOrEnd: true,
      atStart: true,
    }
  );
}

function partsBeforeParts(parts: readonly Part[]): Part[] {
  let next: Part | undefined;
  return parts
    .toReversed()
    .map((part) => {
      const edge = part.type === 'text' ? edgePart(part.word) : undefined;
      next = edge?.beforePartOrEnd && next?.type !== 'text' ? edge.part : part;
      return next;
    })
    .toReversed();
}

function partsAfterParts(parts: readonly Part[]): Part[] {
  let last: Part | undefined;
  return parts.map((part) => {
    const edge = part.type === 'text' ? edgePart(part.word) : undefined;
    last = edge && mayFollow(edge, last) ? edge.part : part;
    return last;
  });
}

function mayFollow(edge: EdgePart, last: Part | undefined): boolean {
  if (!last) return edge.atStart;
  return edge.after === 'a person' ? last.type === 'person' : last.type !== 'text';
}

/** The words up to the first one that can't belong to a date. */
function bareWords(words: readonly SourceWord[]): string[] {
  const end = words.findIndex((word) => word.type !== 'word' || /^[@＠!]/.test(word.text));
  return (end === -1 ? words : words.slice(0, end)).flatMap((word) =>
    word.type === 'word' ? [word.text] : [],
  );
}

function isWord(word: SourceWord | undefined, text: string): boolean {
  return word?.type === 'word' && withoutClosingMarks(word.text).toLowerCase() === text;
}
