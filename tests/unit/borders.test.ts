import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

/** The borders of docs/ARCHITECTURE.md, kept by reading the sources. */

const root = new URL('../../src/', import.meta.url);

interface Source {
  /** Inside src */
  path: string;
  text: string;
}

interface Import {
  from: string;
  /** Nothing of it is left when the program runs */
  typeOnly: boolean;
}

type Area =
  | 'core'
  | 'views'
  | 'services'
  | 'actions'
  | 'slack'
  | 'teams'
  | 'lib'
  | 'jobs'
  | 'generated'
  | 'app';
const areas: readonly Area[] = [
  'core',
  'views',
  'services',
  'actions',
  'slack',
  'teams',
  'lib',
  'jobs',
  'generated',
];

/** What lies outside all folders wires them together. */
const areaOf = (path: string): Area => areas.find((area) => path.startsWith(`${area}/`)) ?? 'app';

/** From which areas each may import, besides itself and `core`. */
const mayImport: Record<Area, (target: string, typeOnly: boolean) => boolean> = {
  core: () => false,
  views: (target, typeOnly) => areaOf(target) === 'services' && typeOnly,
  services: (target, typeOnly) => target === 'lib/sql.ts' || (areaOf(target) === 'lib' && typeOnly),
  actions: (target) => areaOf(target) === 'services' || areaOf(target) === 'views',
  slack: () => false,
  teams: () => false,
  lib: (target, typeOnly) => areaOf(target) === 'generated' || (target === 'config.ts' && typeOnly),
  jobs: () => false,
  generated: () => false,
  app: () => true,
};

/** Where a package may be used. */
const homes: readonly [RegExp, RegExp][] = [
  [/^@slack\//, /^slack\//],
  [/^bot(builder|framework)/, /^teams\//],
  [/^(@aws-sdk|@smithy)\//, /^lib\/dynamodb/],
  [/^(@prisma\/|pg$|pg-)/, /^(services|lib|generated)\//],
  [/^@(resvg|fontsource)/, /^lib\/painter\//],
  [/^node:(?!crypto$)/, /^(?!core\/|views\/|actions\/|services\/)/],
];

const IMPORT = /^(?:import|export)\s+(?<type>type\s)?(?<what>[^;'"]*?)\s*\bfrom\s+['"](?<from>[^'"]+)['"]/gm;
const BARE_OR_LATER = /^import\s+['"](?<bare>[^'"]+)['"]|\bimport\(\s*['"](?<later>[^'"]+)['"]/gm;

function importsOf(text: string): Import[] {
  const named = [...text.matchAll(IMPORT)].map(({ groups }) => ({
    from: groups?.from ?? '',
    typeOnly: Boolean(groups?.type) || onlyTypes(groups?.what ?? ''),
  }));
  const others = [...text.matchAll(BARE_OR_LATER)].map(({ groups }) => ({
    from: groups?.bare ?? groups?.later ?? '',
    typeOnly: false,
  }));
  return [...named, ...others];
}

/** `{ type A, type B }` */
function onlyTypes(what: string): boolean {
  const names = /^\{([^}]*)\}$/.exec(what.trim())?.[1]?.split(',') ?? [];
  const said = names.map((name) => name.trim()).filter(Boolean);
  return said.length > 0 && said.every((name) => name.startsWith('type '));
}

/** Every rule that a file breaks, as a sentence. */
function violations({ path, text }: Source): string[] {
  const area = areaOf(path);
  const broken: string[] = [];
  for (const { from, typeOnly } of importsOf(text)) {
    if (!from.startsWith('.')) {
      const ofNode = typeOnly && from.startsWith('node:');
      const away = !ofNode && homes.some(([name, home]) => name.test(from) && !home.test(path));
      if (away) broken.push(`${path} imports ${from}`);
      continue;
    }
    const target = new URL(from, new URL(path, root)).href.slice(root.href.length);
    const near = areaOf(target) === area || (areaOf(target) === 'core' && area !== 'generated');
    if (!near && !mayImport[area](target, typeOnly)) {
      broken.push(`${path} imports ${typeOnly ? 'types of ' : ''}${target}`);
    }
  }
  if (area === 'generated') return broken;
  if (/process\.env/.test(text) && path !== 'config.ts' && path !== 'main.ts')
    broken.push(`${path} reads the environment`);
  if (/NODE_ENV/.test(text)) broken.push(`${path} asks for NODE_ENV`);
  if (STATE.test(text)) broken.push(`${path} keeps state in the module`);
  return broken;
}

/** At the beginning of a line: what can be changed later, and what is made by a factory. */
const STATE =
  /^(?:export\s+)?(?:let|var)\s|^(?:export\s+)?const\s+\w+(?:\s*:[^=]+)?\s*=\s*(?:new\s+(?:Map|Set|WeakMap|WeakSet|Array)(?:<[^>]*>)?\(\s*\)|\[\];|\{\};|create[A-Z]\w*\(|new\s+(?:PrismaClient|Pool|pg\.Pool|DynamoDBClient|App|CloudAdapter)\b)/m;

const sources: Source[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && areaOf(path) !== 'generated')
  .map((path) => ({ path, text: readFileSync(new URL(path, root), 'utf8') }));

test('the sources keep to their borders', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap(violations)).toEqual([]);
});

test('each area is there, and what it imports is seen', () => {
  expect([...new Set(sources.map(({ path }) => areaOf(path)))].sort()).toEqual(
    ['app', ...areas.filter((area) => area !== 'generated')].sort(),
  );
  const wiring = sources.find(({ path }) => path === 'app.ts');
  expect(importsOf(wiring?.text ?? '').length).toBeGreaterThan(15);
});

describe('a planted violation is found', () => {
  test.each([
    ['core/view.ts', `import { sql } from '../lib/sql.ts';`, 'core/view.ts imports lib/sql.ts'],
    [
      'core/view.ts',
      `import type { Db } from '../lib/database.ts';`,
      'core/view.ts imports types of lib/database.ts',
    ],
    ['core/when/a.ts', `import x from 'node:fs';`, 'core/when/a.ts imports node:fs'],
    [
      'views/help.ts',
      `import { readTask } from '../services/task-record.ts';`,
      'views/help.ts imports services/task-record.ts',
    ],
    [
      'views/help.ts',
      `import { type A, readTask } from '../services/a.ts';`,
      'views/help.ts imports services/a.ts',
    ],
    [
      'services/a.ts',
      `import { createDatabase } from '../lib/database.ts';`,
      'services/a.ts imports lib/database.ts',
    ],
    [
      'services/a.ts',
      `import { taskCard } from '../views/task-card.ts';`,
      'services/a.ts imports views/task-card.ts',
    ],
    ['actions/a.ts', `import { sql } from '../lib/sql.ts';`, 'actions/a.ts imports lib/sql.ts'],
    ['slack/app.ts', `import { parse } from '../teams/parse.ts';`, 'slack/app.ts imports teams/parse.ts'],
    ['teams/bot.ts', `export { parse } from '../slack/parse.ts';`, 'teams/bot.ts imports slack/parse.ts'],
    ['teams/bot.ts', `const x = await import('../services/a.ts');`, 'teams/bot.ts imports services/a.ts'],
    ['lib/a.ts', `import { readConfig } from '../config.ts';`, 'lib/a.ts imports config.ts'],
    ['jobs/a.ts', `import {\n  one,\n  two,\n} from '../lib/a.ts';`, 'jobs/a.ts imports lib/a.ts'],
    ['jobs/a.ts', `import { WebClient } from '@slack/web-api';`, 'jobs/a.ts imports @slack/web-api'],
    ['app.ts', `import { App } from '@slack/bolt';`, 'app.ts imports @slack/bolt'],
    ['slack/a.ts', `import { x } from 'botbuilder';`, 'slack/a.ts imports botbuilder'],
    [
      'teams/a.ts',
      `import type { x } from '@aws-sdk/lib-dynamodb';`,
      'teams/a.ts imports @aws-sdk/lib-dynamodb',
    ],
    ['lib/logger.ts', `import 'pg';`, ''],
    ['jobs/a.ts', `import 'pg';`, 'jobs/a.ts imports pg'],
    ['actions/a.ts', `import type { Task } from '@prisma/client';`, 'actions/a.ts imports @prisma/client'],
    ['lib/a.ts', `const x = process.env.PORT;`, 'lib/a.ts reads the environment'],
    ['lib/a.ts', `if (mode === NODE_ENV) {}`, 'lib/a.ts asks for NODE_ENV'],
    ['lib/a.ts', `let client: Client | undefined;`, 'lib/a.ts keeps state in the module'],
    ['lib/a.ts', `const cache = new Map<string, string>();`, 'lib/a.ts keeps state in the module'],
    ['lib/a.ts', `export const log = createLogger({});`, 'lib/a.ts keeps state in the module'],
    ['lib/a.ts', `const seen: string[] = [];`, 'lib/a.ts keeps state in the module'],
    ['lib/a.ts', `export const prisma = new PrismaClient();`, 'lib/a.ts keeps state in the module'],
    ['lib/a.ts', `function f() {\n  const cache = new Map();\n}`, ''],
    ['core/a.ts', `const words: ReadonlyMap<string, string> = new Map([\n  ['a', 'b'],\n]);`, ''],
    ['views/help.ts', `import type { A } from '../services/a.ts';`, ''],
    ['views/help.ts', `import { type A, type B } from '../services/a.ts';`, ''],
    ['services/a.ts', `import { sql } from '../lib/sql.ts';`, ''],
  ])('%s: %s', (path, text, found) => {
    expect(violations({ path, text })).toEqual(found ? [found] : []);
  });
});
