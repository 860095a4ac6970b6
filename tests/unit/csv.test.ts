import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { csvLine } from '../../src/core/csv.ts';

describe('a line of CSV', () => {
  test.each([
    [['a', 'b'], 'a,b\r\n'],
    [['a,b', 'c'], '"a,b",c\r\n'],
    [['say "no"', ''], '"say ""no""",\r\n'],
    [['two\nlines'], '"two\nlines"\r\n'],
    [[' wide '], '" wide "\r\n'],
    [['a;b'], '"a;b"\r\n'],
  ])('%j', (cells, line) => {
    expect(csvLine(cells)).toBe(line);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+49 30 123', "'+49 30 123"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =cmd|x', `"  '=cmd|x"`],
    ['\t=1', `"\t'=1"`],
    ['＝1', "'＝1"],
    // Where a semicolon parts cells, a formula may begin behind one.
    ['note; =HYPERLINK("x")', `"note; '=HYPERLINK(""x"")"`],
    ['one\n=2', `"one\n'=2"`],
    ['a-b = c', 'a-b = c'],
  ])('%s is no formula', (cell, line) => {
    expect(csvLine([cell])).toBe(`${line}\r\n`);
  });

  test('gives back what went in, by RFC 4180, but for the apostrophes', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }), (cells) => {
        const harmless = cells.map((cell) => cell.replace(/\0/g, ''));
        const read = readLine(csvLine(cells));
        expect(read.map((cell) => cell.replaceAll("'", ''))).toEqual(
          harmless.map((cell) => cell.replaceAll("'", '')),
        );
        for (const cell of read) expect(cell).not.toMatch(/^\s*[=+\-@]/);
      }),
    );
  });
});

/** One record, as RFC 4180 has it. */
function readLine(line: string): string[] {
  const cells: string[] = [];
  let at = 0;
  while (at < line.length) {
    if (line[at] === '"') {
      let cell = '';
      at += 1;
      while (!(line[at] === '"' && line[at + 1] !== '"')) {
        cell += line[at];
        at += line[at] === '"' ? 2 : 1;
      }
      at += 1;
      cells.push(cell);
    } else {
      const end = /,|\r\n/.exec(line.slice(at))?.index ?? 0;
      cells.push(line.slice(at, at + end));
      at += end;
    }
    if (line.startsWith('\r\n', at)) break;
    at += 1;
  }
  return cells;
}
