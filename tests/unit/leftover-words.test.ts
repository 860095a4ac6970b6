import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseSync } from '@swc/core';

/** Everything that people read stands in src/core/messages, in each language: found by reading the sources. */

const root = new URL('../../src/', import.meta.url);
const folders = ['actions', 'services', 'views', 'slack', 'teams', 'core'];

/** Where words are no messages: the catalogue itself, what people type, and what operators read. */
const elsewhere = [
  /^core\/messages/,
  /^core\/when\//,
  /^core\/command-line/,
  /^core\/audit-(?:verify|chain)\.ts$/,
  /^core\/ports\.ts$/,
  // Why nothing was sent, kept with the row.
  /^core\/send-decision\.ts$/,
  // Names of statistics, and SQL that is put together.
  /^services\/due-digests\.ts$/,
  // Why a request was refused, for the log.
  /^teams\/(?:auth|token-check|connector-http)\.ts$/,
  // Drawn as a picture from words of the catalogue.
  /^views\/report-picture\//,
];

/** Calls whose words only operators or the database read; `code` is what people type. */
const toOperators =
  /(?:^|\.)(?:debug|info|warn|error|super|sql|code|Symbol|run|readPayload|\w*Error|MalformedPayload)$/;

/** How a command is written stays English, as commands are. */
const grammar = new Set(['usage', 'aliases']);

/** Properties that a person reads, even when they hold a single word. */
const shown = new Set([
  'label',
  'submit',
  'hint',
  'placeholder',
  'confirm',
  'ack',
  'heading',
  'empty',
  'title',
  'summary',
]);

/** A file, and the words that may stand in it: keys of the log and of the program, and commands. */
const allowed: readonly [string, string][] = [
  ['actions/connect.ts', 'whether to connect'],
  ['actions/connect.ts', 'whether to separate'],
  ['actions/manage-projects.ts', 'whether to archive'],
  ['actions/team.ts', 'whether to remove'],
  ['core/dispatch.ts', 'unknown person'],
  ['core/notification-policy.ts', 'urgent tasks'],
  ['core/recurrence-words.ts', 'tomorrow …'],
  ['services/due-reminders.ts', 'due dates'],
  ['services/follow-task.ts', 'not …'],
  ['services/offer-task.ts', 'offer …'],
  ['services/recurring-tasks.ts', 'recurring tasks'],
  ['services/remove-from-team.ts', 'off the team'],
  ['slack/errors.ts', 'Retry header'],
  ['slack/http.ts', 'too large'],
  ['slack/stay-connected.ts', 'the connection ended at once'],
  // Never shown: clients ask by themselves.
  ['teams/render.ts', 'Refresh'],
  ['teams/within.ts', 'took too long'],
  ['views/digest.ts', 'digest now'],
  ['views/home.ts', 'page …'],
  ['views/notification.ts', 'may have been posted'],
  ['views/repeats.ts', '…repeat … every 2 weeks on tue 9am'],
  ['views/repeats.ts', 'every weekday 9am'],
  ['views/repeats.ts', 'every weekday'],
  ['views/task-card.ts', 'show …'],
  ['views/task-list.ts', ' page …'],
];

interface Found {
  path: string;
  text: string;
}

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Two words of a language, not names of things: `due today`, `… and more`. */
const WORDS = /(?:^|[^\p{L}\d_./:@-])\p{L}[\p{L}’']+[,.:;!?…—]*\s+(?:\p{L}[\p{L}’']+|…)(?![\p{L}\d_/=@-])/u;

function wordsIn(path: string, source: string): Found[] {
  const found: Found[] = [];
  const { body } = parseSync(source, { syntax: 'typescript', target: 'es2022' });
  visit(body, { isShown: false });
  return found;

  function visit(value: unknown, context: { isShown: boolean }): void {
    if (Array.isArray(value)) {
      for (const each of value) visit(each, context);
      return;
    }
    if (!isNode(value)) return;
    const { type } = value;
    if (
      typeof type === 'string' &&
      (type.startsWith('Ts') ? !/^Ts(?:As|Satisfies|NonNull|Const)/.test(type) : false)
    )
      return;
    if (type === 'ImportDeclaration' || type === 'ExportNamedDeclaration') return;
    if (type === 'StringLiteral') note(String(value.value), context);
    else if (type === 'TemplateLiteral') {
      note(quasis(value), context);
      visit(value.expressions, context);
    } else if (type === 'TaggedTemplateExpression') {
      if (nameOf(value.tag) === 'sql') return;
      visit(value.template, context);
    } else if (type === 'CallExpression' || type === 'NewExpression') {
      if (toOperators.test(nameOf(value.callee))) return;
      visit(value.callee, context);
      visit(value.arguments, context);
    } else if (type === 'KeyValueProperty') {
      const key = nameOf(value.key);
      if (!grammar.has(key)) visit(value.value, { isShown: shown.has(key) });
    } else for (const child of Object.values(value)) visit(child, context);
  }

  function note(text: string, { isShown }: { isShown: boolean }): void {
    const isWord = isShown && /^\p{Lu}\p{Ll}+$/u.test(text);
    if (WORDS.test(text) || isWord) found.push({ path, text });
  }
}

const quasis = (template: Node): string =>
  Array.isArray(template.quasis)
    ? template.quasis.map((part: { cooked?: string; raw: string }) => part.cooked ?? part.raw).join('…')
    : '';

function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  if (node.type === 'Super') return 'super';
  if (node.type === 'MemberExpression') return `${nameOf(node.object)}.${nameOf(node.property)}`;
  return typeof node.value === 'string' ? node.value : '';
}

const isAllowed = ({ path, text }: Found): boolean =>
  allowed.some(([file, words]) => file === path && words === text);

const sources = folders
  .flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' }).map(
      (file) => `${folder}/${file.replaceAll('\\', '/')}`,
    ),
  )
  .filter((path) => path.endsWith('.ts') && !elsewhere.some((place) => place.test(path)))
  .map((path) => ({ path, text: readFileSync(new URL(path, root), 'utf8') }));

test('people read only words of the catalogue', () => {
  expect(sources.length).toBeGreaterThan(150);
  const found = sources.flatMap(({ path, text }) => wordsIn(path, text));
  expect(found.filter((words) => !isAllowed(words))).toEqual([]);
});

test('every exception is needed', () => {
  const found = sources.flatMap(({ path, text }) => wordsIn(path, text));
  const unneeded = allowed.filter(
    ([file, words]) => !found.some(({ path, text }) => path === file && text === words),
  );
  expect(unneeded).toEqual([]);
});

describe('words outside the catalogue are found', () => {
  test.each([
    [`say(plain('There is no task.'))`, ['There is no task.']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source that is read
    ['const x = text`${who} finished it`;', ['… finished it']],
    [`button({ label: 'Show' })`, ['Show']],
    [`fail({ userMessage: () => 'Ask your manager' })`, ['Ask your manager']],
    [`const words = { many: 'several words' } as const;`, ['several words']],
    [`log.warn({ text: 'not this' }, 'an answer did not come');`, []],
    [`throw new Error('The organisation is gone');`, []],
    [`throw new AppError('unknown_task', { cause: 'some cause here' });`, []],
    ['const rows = sql`SELECT name FROM persons WHERE id = 1`;', []],
    [`action({ usage: ['add <title> in <PROJECT>'] });`, []],
    [`type A = 'two words';`, []],
    [`const type = 'application/json; charset=utf-8';`, []],
    [`import x from 'some module here';`, []],
    [`// Some words in a comment\nconst a = 1;`, []],
  ])('%s', (source, expected) => {
    expect(wordsIn('views/x.ts', source).map(({ text }) => text)).toEqual(expected);
  });
});
