import { describe, expect, test } from '@jest/globals';
import { isOffToday, quietUntil, type Rest } from '../../src/core/quiet-time.ts';
import { settingsOf } from '../../src/core/settings.ts';

const nothingSet = settingsOf(null);
const rest = (
  more: Partial<Rest['settings']> = {},
  timeZone = 'Europe/Berlin',
  holidays: string[] = [],
): Rest => ({
  timeZone,
  holidays,
  settings: { ...nothingSet, ...more },
});
const at = (text: string) => new Date(text);

describe('the end of what keeps somebody from being disturbed', () => {
  test.each([
    ['a working day: nothing', '2026-11-24T10:00:00+01:00', undefined],
    ['19:59 is not yet quiet', '2026-11-24T19:59:59+01:00', undefined],
    ['the evening: until next morning', '2026-11-24T20:00:00+01:00', '2026-11-25T07:00:00+01:00'],
    ['after midnight: the same morning', '2026-11-25T03:00:00+01:00', '2026-11-25T07:00:00+01:00'],
    ['07:00 is not quiet any more', '2026-11-25T07:00:00+01:00', undefined],
    ['Friday evening: until Monday', '2026-11-27T21:00:00+01:00', '2026-11-30T07:00:00+01:00'],
    ['Sunday noon: until Monday', '2026-11-22T12:00:00+01:00', '2026-11-23T07:00:00+01:00'],
    ['the night in which clocks go forward', '2026-03-28T23:00:00+01:00', '2026-03-30T07:00:00+02:00'],
  ])('%s', (_, now, until) => {
    expect(quietUntil(rest(), at(now))).toEqual(until && at(until));
  });

  test('quiet hours that end in the hour that clocks skip end where they go on', () => {
    const nights = { quiet: { from: '22:00', to: '02:30' }, workDays: [1, 2, 3, 4, 5, 6, 7] as const };
    expect(quietUntil(rest(nights), at('2026-03-29T00:30:00+01:00'))).toEqual(
      at('2026-03-29T03:30:00+02:00'),
    );
    // And at the first 02:30 in the night that shows it twice.
    expect(quietUntil(rest(nights), at('2026-10-25T00:30:00+02:00'))).toEqual(
      at('2026-10-25T02:30:00+02:00'),
    );
  });

  test('quiet hours within one day, for those who work at night', () => {
    const night = { quiet: { from: '07:00', to: '16:00' } };
    expect(quietUntil(rest(night), at('2026-11-24T08:00:00+01:00'))).toEqual(at('2026-11-24T16:00:00+01:00'));
    expect(quietUntil(rest(night), at('2026-11-24T23:00:00+01:00'))).toBeUndefined();
  });

  test('holidays are passed like days off, by the date where the person is', () => {
    const off = rest({}, 'Pacific/Auckland', ['2026-11-24', '2026-11-25']);
    expect(quietUntil(off, at('2026-11-24T10:00:00+13:00'))).toEqual(at('2026-11-26T07:00:00+13:00'));
    expect(isOffToday(off, at('2026-11-23T12:00:00Z'))).toBe(true);
    expect(isOffToday(off, at('2026-11-23T10:59:00Z'))).toBe(false);
  });

  test('being away ends when it says, or with the rest that it ends in', () => {
    const until = at('2026-12-01T12:00:00+01:00');
    expect(quietUntil(rest({ awayUntil: until }), at('2026-11-24T10:00:00+01:00'))).toEqual(until);
    const night = at('2026-12-01T00:00:00+01:00');
    expect(quietUntil(rest({ awayUntil: night }), at('2026-11-24T10:00:00+01:00'))).toEqual(
      at('2026-12-01T07:00:00+01:00'),
    );
    expect(
      quietUntil(rest({ awayUntil: at('2026-11-20T00:00:00Z') }), at('2026-11-24T10:00:00+01:00')),
    ).toBeUndefined();
  });

  test('somebody without quiet hours and days off is never at rest', () => {
    const always = rest({ quiet: null, workDays: [1, 2, 3, 4, 5, 6, 7] });
    expect(quietUntil(always, at('2026-11-22T03:00:00+01:00'))).toBeUndefined();
  });
});
