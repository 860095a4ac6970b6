import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { variableNames } from '../../src/config.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const scripts = Object.keys(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).scripts);
/** Not those that came with dependencies or are made by running the product. */
const papers = globSync('**/*.md', {
  cwd: root,
  exclude: (name) => name === 'node_modules' || name.startsWith('.'),
}).sort();

const read = (paper: string): string => readFileSync(path.join(root, paper), 'utf8');

/** Fenced blocks hold commands and examples, no links. */
const prose = (paper: string): string => read(paper).replace(/^ *```[\s\S]*?^ *```/gm, '');

function linksOf(paper: string): { file: string; anchor: string | undefined }[] {
  const targets = [...prose(paper).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets
    .filter((target) => !/^(https?|mailto):/.test(target))
    .map((target) => {
      const [file = '', anchor] = target.split('#');
      return { file: file === '' ? paper : path.join(path.dirname(paper), file), anchor };
    });
}

/** As GitHub makes it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .replaceAll(' ', '-');

function anchorsOf(paper: string): string[] {
  return [...prose(paper).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

describe.each(papers)('%s', (paper) => {
  test('links to files that are there', () => {
    const missing = linksOf(paper).filter(({ file }) => !existsSync(path.join(root, file)));
    expect(missing).toEqual([]);
  });

  test('links to headings that are there', () => {
    const missing = linksOf(paper).filter(
      ({ file, anchor }) => anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).includes(anchor),
    );
    expect(missing).toEqual([]);
  });

  test('names npm scripts that are there', () => {
    const named = [...read(paper).matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map(
      ([, script]) => script,
    );
    expect(named.filter((script) => script !== undefined && !scripts.includes(script))).toEqual([]);
  });
});

describe('README.md', () => {
  const words = new Set([...read('README.md').matchAll(/`([\w:-]+)/g)].map(([, word]) => word));

  test('explains every variable of the configuration', () => {
    expect(variableNames.filter((name) => !words.has(name))).toEqual([]);
  });

  test('lists every npm script', () => {
    const own = scripts.filter((name) => !['prestart', 'start', 'pretest', 'test'].includes(name));
    expect(own.filter((name) => !words.has(name))).toEqual([]);
  });
});

test('every decision is in the list of decisions', () => {
  const decisions = readdirSync(path.join(root, 'docs', 'adr')).filter((name) => /^\d{4}-/.test(name));
  const listed = linksOf('docs/adr/README.md').map(({ file }) => path.basename(file));
  expect(decisions.filter((name) => !listed.includes(name))).toEqual([]);
});
