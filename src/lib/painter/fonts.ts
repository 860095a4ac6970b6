import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

interface Family {
  package: string;
  /** Of its files' names */
  prefix: string;
  parts: RegExp;
  weights: readonly string[];
}

/**
 * Open fonts (SIL OFL) from npm, cut into files by what their characters are: only those that a text needs are read. The
 * drawing library takes the first that has a letter, whatever its weight: so Latin comes first, and where a part
 * of the world's letters is only seen in names, which are bold, it has no other weight.
 */
const families: readonly Family[] = [
  { package: '@fontsource/noto-sans', prefix: 'noto-sans', parts: /^latin$/, weights: ['400', '700'] },
  {
    package: '@fontsource/noto-sans',
    prefix: 'noto-sans',
    parts: /^(?!latin$|devanagari$)/,
    weights: ['700'],
  },
  {
    package: '@fontsource/noto-sans-arabic',
    prefix: 'noto-sans-arabic',
    parts: /^arabic$/,
    weights: ['700'],
  },
  {
    package: '@fontsource/noto-sans-hebrew',
    prefix: 'noto-sans-hebrew',
    parts: /^hebrew$/,
    weights: ['700'],
  },
  { package: '@fontsource/noto-sans-thai', prefix: 'noto-sans-thai', parts: /^thai$/, weights: ['700'] },
  // Numbered parts alone: Latin letters come from the first. Their one file holds all weights, the thinnest is drawn.
  { package: '@fontsource-variable/noto-sans-sc', prefix: 'noto-sans-sc', parts: /^\[/, weights: ['wght'] },
  { package: '@fontsource-variable/noto-sans-kr', prefix: 'noto-sans-kr', parts: /^\[/, weights: ['wght'] },
];

interface FontFile {
  file: string;
  /** First and last code points */
  ranges: readonly (readonly [number, number])[];
}

/** Gives the bytes (WOFF2) of the fonts for these words. Reads files as they are needed, and keeps them. */
export function createFonts(): (words: string) => Uint8Array[] {
  const files = families.flatMap(filesOf);
  const read = new Map<string, Uint8Array>();
  return (words) => {
    const points = new Set([...words].map((character) => character.codePointAt(0) ?? 0));
    const wanted = files.filter(({ ranges }) =>
      [...points].some((point) => ranges.some(([from, to]) => point >= from && point <= to)),
    );
    return wanted.map(({ file }) => {
      const bytes = read.get(file) ?? readFileSync(file);
      read.set(file, bytes);
      return bytes;
    });
  };
}

function filesOf(family: Family): FontFile[] {
  const require = createRequire(import.meta.url);
  const root = path.dirname(require.resolve(`${family.package}/package.json`));
  const parts: Record<string, string> = JSON.parse(readFileSync(path.join(root, 'unicode.json'), 'utf8'));
  return Object.entries(parts)
    .filter(([part]) => family.parts.test(part))
    .flatMap(([part, ranges]) =>
      family.weights.map((weight) => ({
        file: path.join(
          root,
          'files',
          `${family.prefix}-${part.replace(/[[\]]/g, '')}-${weight}-normal.woff2`,
        ),
        ranges: readRanges(ranges),
      })),
    );
}

/** `U+0000-00FF,U+0131` */
function readRanges(text: string): [number, number][] {
  return text.split(',').flatMap((range): [number, number][] => {
    const [, from, to = from] = /^U\+([0-9a-f]+)(?:-([0-9a-f]+))?$/i.exec(range.trim()) ?? [];
    return from && to ? [[Number.parseInt(from, 16), Number.parseInt(to, 16)]] : [];
  });
}
