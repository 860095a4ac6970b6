import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Report, ReportRow } from '../../src/core/report.ts';
import { createPainter } from '../../src/lib/painter.ts';
import { drawReport } from '../../src/pictures.ts';
import { drawableName } from '../../src/views/report-picture/names.ts';
import { label, picture } from '../../src/views/report-picture/svg.ts';
import { reportPicture } from '../../src/views/report-picture.ts';
import { readPng } from '../support/png.ts';

const painter = createPainter();
afterAll(() => painter.close());

const dayAt = (index: number, first = '2026-11-16'): string =>
  new Date(Date.parse(first) + index * 86_400_000).toISOString().slice(0, 10);

const row = (name: string | null, done = 3, open = 5, overdue = 2): ReportRow => ({
  name,
  done,
  open,
  overdue,
});

/** Dock's week on its Friday. */
const week: Report = {
  of: 'DOCK',
  period: 'week',
  length: 7,
  days: [3, 5, 0, 2, 4].map((done, index) => ({ day: dayAt(index), done, open: 20 + index, overdue: index })),
  weekStarts: [0],
  doneBefore: 9,
  by: 'person',
  rows: [row('Wes Carter'), row('Priya Raman'), row(null)],
  moreRows: 0,
};

const month: Report = {
  ...week,
  period: 'month',
  length: 30,
  days: Array.from({ length: 22 }, (_, index) => ({
    day: dayAt(index, '2026-11-01'),
    done: index % 5,
    open: 30 + (index % 7),
    overdue: index % 4,
  })),
  weekStarts: [1, 8, 15, 22, 29],
};

const wordsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words]) => words ?? '');

describe('the picture of a report', () => {
  test('says of what and when it is, and the three numbers', () => {
    const words = wordsOf(reportPicture(week, { locale: 'en-GB' }));
    expect(words).toEqual(
      expect.arrayContaining(['DOCK', '16 – 22 Nov 2026', '14', '24', '4', 'week before 9']),
    );
  });

  test('has a place for each day of the week, and numbers on those that have been', () => {
    const words = wordsOf(reportPicture(week, { locale: 'en-GB' }));
    expect(words.filter((word) => word === 'Sat')).toHaveLength(2);
    expect(words).toEqual(expect.arrayContaining(['20', '21', '22', '23', '24']));
  });

  test('names the beginning of each week of a month', () => {
    const words = wordsOf(reportPicture(month, { locale: 'en-GB' }));
    expect(words).toEqual(expect.arrayContaining(['2', '9', '16', '23', '30']));
    expect(words).not.toContain('Sat');
  });

  test('is in Spanish for whoever reads Spanish', () => {
    const words = wordsOf(reportPicture(week, { locale: 'es-MX' }));
    expect(words).toEqual(
      expect.arrayContaining(['Hechas', 'Abiertas', 'Vencidas', 'Por persona', 'aún de nadie']),
    );
    expect(words.join(' ')).not.toMatch(/Done|Open|Overdue/);
  });

  test('tells the numbers apart by full, empty and striped boxes', () => {
    const svg = reportPicture(week, { locale: 'en' });
    expect(svg).toContain('fill="url(#stripes)"');
    expect(svg).toContain('fill="#FFFFFF" stroke="#111111"');
  });

  test('says so when there was nothing', () => {
    const nothing = {
      ...week,
      rows: [],
      days: week.days.map(({ day }) => ({ day, done: 0, open: 0, overdue: 0 })),
    };
    const words = wordsOf(reportPicture(nothing, { locale: 'en' }));
    expect(words).toContain('Nothing was done, and nothing is open.');
  });

  test('writes huge numbers short', () => {
    const rows = [row('Wes', 12_345_678, 2_345_678_901)];
    const words = wordsOf(reportPicture({ ...week, rows }, { locale: 'en' }));
    expect(words).toEqual(expect.arrayContaining(['12.3M', '2.35B']));
  });

  test('has a locale that does not exist for English', () => {
    expect(wordsOf(reportPicture(week, { locale: 'x!' }))).toContain('Done');
  });

  test('takes no name for markup', () => {
    const svg = reportPicture(
      { ...week, of: '<script>&"', rows: [row('</text><image href="x"/>')] },
      { locale: 'en' },
    );
    expect(svg).not.toMatch(/<script|<image/);
  });

  test('is one whatever the numbers and names are', async () => {
    const count = fc.nat({ max: 2_000_000_000 });
    const rows = fc.array(
      fc.record({ name: fc.string({ unit: 'grapheme' }), done: count, open: count, overdue: count }),
      {
        maxLength: 8,
      },
    );
    await fc.assert(
      fc.asyncProperty(rows, fc.string({ unit: 'binary' }), async (rows, of) => {
        const png = await drawReport(painter, { ...week, of, rows }, { locale: 'en', width: 90 });
        expect(readPng(png).width).toBe(90);
      }),
      { numRuns: 25 },
    );
  });
});

describe('a name in the picture', () => {
  test.each([
    ['Wes Carter', 'Wes Carter'],
    ['Nguyễn Thị Hạnh', 'Nguyễn Thị Hạnh'],
    ['김민준 🙂', '김민준'],
    ['Zoë 👩🏽‍🔧🇨🇱', 'Zoë'],
    ['Bartholomew Featherstonehaugh-Cholmondeley', 'Bartholomew Feat…'],
    ['محمد عبد الله الأنصاري من المدينة المنورة', 'محمد عبد الله'],
  ])('%s is shown as %s', (name, shown) => {
    expect(drawableName(name, { size: 14, width: 150 })).toBe(shown);
  });

  test.each(['தமிழ்', 'नरेंद्र', '🙂', '', 'محمد (Night)', '\u{10FFFD}'])(
    '%s, which it has no letters for, goes by its place in the list',
    (name) => {
      expect(drawableName(name, { size: 14, width: 150 })).toBeUndefined();
      expect(wordsOf(reportPicture({ ...week, rows: [row('Wes'), row(name)] }, { locale: 'en' }))).toContain(
        '2.',
      );
    },
  );

  test.each([
    'Wes Carter',
    'Ольга',
    'Γιώργος',
    'محمد عبد الله',
    'דוד כהן',
    'สมชาย',
    '王小明',
    '佐藤さくら',
    '김민준',
    'Őrsi Żółć',
  ])('%s is drawn in its own letters, not in boxes', async (name) => {
    const paint = (words: string) =>
      painter.paint(
        picture({ width: 200, height: 30 }, [label(words, { x: 4, y: 20, size: 14, bold: true })]),
        200,
      );
    const [drawn, boxes] = await Promise.all([paint(name), paint(name.replace(/\S/gu, '\u{10FFFD}'))]);
    expect(readPng(drawn).ink()).toBeGreaterThan(60);
    expect(Buffer.from(drawn).equals(Buffer.from(boxes))).toBe(false);
  });
});

describe('the painter', () => {
  test('draws twice as wide as a phone, within what a Teams card may carry', async () => {
    const png = await drawReport(painter, week, { locale: 'en' });
    expect(readPng(png).width).toBe(720);
    expect(png.length).toBeLessThan(20_000);
    const eight = Array.from({ length: 8 }, (_, index) => row(`Person number ${index}`, index, 9, index % 3));
    const small = await drawReport(painter, { ...month, rows: eight }, { locale: 'en', width: 540 });
    expect(small.length).toBeLessThan(18_000);
  });

  test('keeps the colours that are used most', async () => {
    const drawn = readPng(
      await painter.paint(
        picture({ width: 10, height: 10 }, ['<rect width="5" height="10" fill="#0B5D3B"/>']),
        10,
      ),
    );
    expect(drawn.colour(2, 5)).toEqual([0x0b, 0x5d, 0x3b]);
    expect(drawn.colour(8, 5)).toEqual([255, 255, 255]);
  });

  test('says what it cannot draw, and draws the next', async () => {
    await expect(painter.paint('<svg', 100)).rejects.toThrow('could not be drawn');
    expect(readPng(await painter.paint(picture({ width: 10, height: 10 }, []), 20)).width).toBe(20);
  });

  test('draws those that wait behind one that takes too long', async () => {
    const patient = createPainter({ longestMs: 4_000 });
    const noise = '<filter id="f"><feTurbulence baseFrequency="0.7" numOctaves="500"/></filter>';
    const endless = `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="4000">${noise}<rect width="4000" height="4000" filter="url(#f)"/></svg>`;
    const small = picture({ width: 10, height: 10 }, []);
    const [first, second] = await Promise.allSettled([
      patient.paint(endless, 4_000),
      patient.paint(small, 20),
    ]);
    expect(first).toMatchObject({ status: 'rejected', reason: { message: 'Drawing took too long' } });
    expect(second.status).toBe('fulfilled');
    await patient.close();
  }, 30_000);

  test('gives up on a picture that takes too long, and draws the next in a new thread', async () => {
    const hasty = createPainter({ longestMs: 1 });
    await expect(hasty.paint(reportPicture(week, { locale: 'en' }), 720)).rejects.toThrow('too long');
    await hasty.close();
    await expect(drawReport(painter, week, { locale: 'en', width: 50 })).resolves.toBeDefined();
  });
});
