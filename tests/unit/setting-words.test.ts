import { describe, expect, test } from '@jest/globals';
import { findZone } from '../../src/core/settings/find-zone.ts';
import { readDays, readTimeOfDay, readTimeSpan } from '../../src/core/settings/time-words.ts';

describe('a time of day is read as people write it', () => {
  test.each([
    ['7', '07:00'],
    ['7:30', '07:30'],
    ['19.30', '19:30'],
    ['19h', '19:00'],
    ['0730', '07:30'],
    ['7 pm', '19:00'],
    ['12 a.m.', '00:00'],
    ['12pm', '12:00'],
    ['24:00', '00:00'],
    ['noon', '12:00'],
  ])('%s', (words, time) => expect(readTimeOfDay(words)).toBe(time));

  test.each(['', '25', '24:30', '7:60', '13 pm', '0 am', 'soon', '7:3', '1:2:3'])('not %j', (words) =>
    expect(readTimeOfDay(words)).toBeUndefined(),
  );
});

describe('a span of two times is read as people write it', () => {
  test.each([
    ['19:00-06:30', '19:00', '06:30'],
    ['19 – 6:30', '19:00', '06:30'],
    ['7pm to 6am', '19:00', '06:00'],
    ['from 19 until 6', '19:00', '06:00'],
    ['between 8 pm and 7 am', '20:00', '07:00'],
    ['desde las 20 hasta las 7', '20:00', '07:00'],
  ])('%s', (words, from, to) => expect(readTimeSpan(words)).toEqual({ from, to }));

  test.each(['', '8', '19-20-21', 'night', '19-late'])('not %j', (words) =>
    expect(readTimeSpan(words)).toBeUndefined(),
  );
});

describe('days are read as people write them', () => {
  test.each([
    ['mon-fri', [1, 2, 3, 4, 5]],
    ['Mon, Wed and Fri', [1, 3, 5]],
    ['tuesdays', [2]],
    ['sat-mon', [1, 6, 7]],
    ['weekdays', [1, 2, 3, 4, 5]],
    ['every day', [1, 2, 3, 4, 5, 6, 7]],
    ['lun-vie', [1, 2, 3, 4, 5]],
    ['miércoles y sábado', [3, 6]],
  ])('%s', (words, days) => expect(readDays(words)).toEqual(days));

  test.each(['', 'soon', 'mon-soon', 'mon-tue-wed', '-'])('not %j', (words) =>
    expect(readDays(words)).toBeUndefined(),
  );
});

describe('a time zone is found', () => {
  test.each([
    ['europe/madrid', 'Europe/Madrid'],
    ['Madrid', 'Europe/Madrid'],
    ['new york', 'America/New_York'],
    ['são paulo', 'America/Sao_Paulo'],
    ['UTC', 'UTC'],
  ])('by %j', (words, zone) => expect(findZone(words)).toEqual({ ok: true, zone }));

  test.each([
    ['Madird', 'Europe/Madrid'],
    ['Europ/Berlin', 'Europe/Berlin'],
    ['EST', 'America/New_York'],
    ['indiana', 'America/Indiana/Knox'],
  ])('or offered for %j', (words, first) =>
    expect(findZone(words)).toMatchObject({ ok: false, suggestions: expect.arrayContaining([first]) }),
  );

  test.each(['', 'xyzzy', '+02:00', '../etc', 'x'.repeat(500)])('or not for %j', (words) =>
    expect(findZone(words)).toEqual({ ok: false, suggestions: [] }),
  );
});
