import type { CommandLine } from '../command-line.ts';
import type { WhenContext } from '../when.ts';
import { findParts, type Part, type PartRules } from './add-parts.ts';
import { isBetweenPeople, type PersonWord, type PriorityWord } from './parts.ts';
import type { SourceWord } from './words.ts';

export interface AddOptions {
  /** Keys of projects that the person can mean; they count in any case. */
  knownProjects?: readonly string[];
  when: WhenContext;
}

/** What `add` was given. */
export interface Add {
  /** Empty when only other parts were typed. */
  title: string;
  assignees: PersonWord[];
  /** The words of the date, for `parseWhen`. */
  due?: string;
  priority?: PriorityWord;
  /** A known project's key, else what was typed, in upper case. */
  project?: string;
  /** Each assignee has to do it, instead of any one of them. */
  everyone: boolean;
  /** Words that could not be understood, or that contradict earlier ones, as they were typed. */
  problems: string[];
}

type Settings = Pick<Add, 'due' | 'priority' | 'project'>;

/**
 * Reads all that is left of `add <title> [@who…] [due <when>] [!low…!urgent] [in <PROJECT>] [everyone]`, its
 * parts in any order. A title in quotes is taken as it is, and then every other word must be a part; a title
 * without quotes keeps the words that merely look like one.
 */
export function readAdd(line: CommandLine, options: AddOptions): Add {
  const words = line.words();
  const rules = { ...options, isShouting: !words.some(({ source }) => /\p{Ll}/u.test(source)) };
  const quotedTitle = titleInQuotes(words, { ...rules, titleIsQuoted: true });
  const parts = findParts(words, { ...rules, titleIsQuoted: quotedTitle !== undefined });
  const leftOver = quotedTitle === undefined ? [] : unreadable(parts, quotedTitle);
  const { settings, contradictions } = findSettings(parts);
  return {
    title: quotedTitle === undefined ? looseTitle(parts) : quotedTitle.text,
    assignees: findAssignees(parts),
    ...settings,
    everyone: parts.some(({ type }) => type === 'everyone'),
    problems: [...leftOver, ...contradictions],
  };
}

type QuotedWord = SourceWord & { type: 'quoted' };

/** The first passage in quotes is the title if nothing but parts stands before it. */
function titleInQuotes(words: readonly SourceWord[], rules: PartRules): QuotedWord | undefined {
  if (!words.some(({ type }) => type === 'quoted')) return undefined;
  const first = findParts(words, rules).find((part) => part.type === 'text')?.word;
  return first?.type === 'quoted' ? first : undefined;
}

/** Runs of words beside a quoted title that are no part. */
function unreadable(parts: readonly Part[], title: SourceWord): string[] {
  const runs: SourceWord[][] = [[]];
  for (const part of parts) {
    if (part.type !== 'text' || part.word === title) runs.push([]);
    else if (!isJoint(part.word)) runs.at(-1)?.push(part.word);
  }
  return runs.filter((run) => run.length > 0).map(joined);
}

function looseTitle(parts: readonly Part[]): string {
  const words = parts.flatMap((part, index) => {
    if (part.type !== 'text') return [];
    const isLink = linksPeople(part.word, parts, index) || leadsToPerson(part.word, parts, index);
    return isLink ? [] : [part.word];
  });
  return joined(words)
    .replace(/(?<![\s,;:–—-])[\s,;:–—-]+$/u, '')
    .replace(/^[,;:]+\s*/, '');
}

/** The "and" of "@wes and @ana", the comma of "@wes, seal it". */
function linksPeople(word: SourceWord, parts: readonly Part[], index: number): boolean {
  if (parts[index - 1]?.type !== 'person') return false;
  return isBetweenPeople(word) && (parts[index + 1]?.type === 'person' || !word.spaced);
}

/** The "for" of "Reseal pump 3 for @wes". */
function leadsToPerson(word: SourceWord, parts: readonly Part[], index: number): boolean {
  if (word.type !== 'word' || !/^(?:for|to)$/i.test(word.text)) return false;
  return parts[index + 1]?.type === 'person' && parts.at(index - 1)?.type === 'text' && index > 0;
}

function joined(words: readonly SourceWord[]): string {
  return words
    .map(({ source, spaced }) => (spaced ? ` ${source}` : source))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

function isJoint(word: SourceWord): boolean {
  return isBetweenPeople(word) || /^[,.;:–—-]$/.test(word.source);
}

function findAssignees(parts: readonly Part[]): PersonWord[] {
  const people = parts.flatMap((part) => (part.type === 'person' ? [part.person] : []));
  return [...new Map(people.map((person) => [JSON.stringify(person), person])).values()];
}

/** What is said twice counts as it was said first. */
function findSettings(parts: readonly Part[]): { settings: Settings; contradictions: string[] } {
  const settings: Settings = {};
  const contradictions: string[] = [];
  for (const part of parts) {
    const said = settingOf(part);
    if (!said) continue;
    const [name, value] = said;
    if (settings[name] === undefined) Object.assign(settings, { [name]: value });
    else if (settings[name] !== value && 'source' in part) contradictions.push(part.source);
  }
  return { settings, contradictions };
}

function settingOf(part: Part): [keyof Settings, string] | undefined {
  if (part.type === 'due') return ['due', part.due];
  if (part.type === 'priority') return ['priority', part.priority];
  if (part.type === 'project') return ['project', part.project];
  return undefined;
}
