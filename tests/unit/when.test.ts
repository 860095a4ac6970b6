import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  formatWhen,
  isTimeZone,
  localDate,
  parseDuration,
  parseWhen,
  takeWhen,
  type WhenContext,
} from '../../src/core/when.ts';

const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'America/Sao_Paulo',
  'UTC',
  'Australia/Lord_Howe',
];

/** A Wednesday, 10:30 in Berlin. */
const NOW = new Date('2026-11-25T09:30:00Z');
const BERLIN: WhenContext = { now: NOW, timeZone: 'Europe/Berlin' };

/** What the person is told back, with the year, on a 24-hour clock. */
function read(text: string, context: WhenContext = BERLIN): string {
  const result = parseWhen(text, context);
  if (!result.ok) return result.suggestion ? `${result.reason}: ${result.suggestion}` : result.reason;
  const { at, hasTime } = result.when;
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone: context.timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at);
  return hasTime ? shown : `${shown} (day)`;
}

describe('a day', () => {
  it.each([
    ['today', '2026-11-25 17:00 (day)'],
    ['eod', '2026-11-25 17:00 (day)'],
    ['end of day', '2026-11-25 17:00 (day)'],
    ['tomorrow', '2026-11-26 17:00 (day)'],
    ['tmrw', '2026-11-26 17:00 (day)'],
    ['day after tomorrow', '2026-11-27 17:00 (day)'],
    ['yesterday', 'past'],
    ['wed', '2026-11-25 17:00 (day)'],
    ['fri', '2026-11-27 17:00 (day)'],
    ['Friday', '2026-11-27 17:00 (day)'],
    ['by friday', '2026-11-27 17:00 (day)'],
    ['thurs.', '2026-11-26 17:00 (day)'],
    ['mon', '2026-11-30 17:00 (day)'],
    ['this fri', '2026-11-27 17:00 (day)'],
    ['next fri', '2026-12-04 17:00 (day)'],
    ['fri next week', '2026-12-04 17:00 (day)'],
    ['next week fri', '2026-12-04 17:00 (day)'],
    ['this mon', 'past'],
    ['next week', '2026-11-30 17:00 (day)'],
    ['eow', '2026-11-27 17:00 (day)'],
    ['end of next week', '2026-12-04 17:00 (day)'],
    ['end of month', '2026-11-30 17:00 (day)'],
    ['eom', '2026-11-30 17:00 (day)'],
    ['end of next month', '2026-12-31 17:00 (day)'],
    ['next month', '2026-12-01 17:00 (day)'],
    ['end of year', '2026-12-31 17:00 (day)'],
    ['30.11.', '2026-11-30 17:00 (day)'],
    ['30.11', '2026-11-30 17:00 (day)'],
    ['30.11.2026', '2026-11-30 17:00 (day)'],
    ['30.11.26', '2026-11-30 17:00 (day)'],
    ['30/11', '2026-11-30 17:00 (day)'],
    ['11/30', '2026-11-30 17:00 (day)'],
    ['11/30/2026', '2026-11-30 17:00 (day)'],
    ['30-11-2026', '2026-11-30 17:00 (day)'],
    ['nov 30', '2026-11-30 17:00 (day)'],
    ['November 30th, 2026', '2026-11-30 17:00 (day)'],
    ['30 nov', '2026-11-30 17:00 (day)'],
    ['30nov', '2026-11-30 17:00 (day)'],
    ['30th of november', '2026-11-30 17:00 (day)'],
    ['the 30th', '2026-11-30 17:00 (day)'],
    ['the 24th', '2026-12-24 17:00 (day)'],
    ['2026-11-30', '2026-11-30 17:00 (day)'],
    ['2026/11/30', '2026-11-30 17:00 (day)'],
    ['24 nov', '2027-11-24 17:00 (day)'],
    ['24.11.2026', 'past'],
    ['29 feb', '2028-02-29 17:00 (day)'],
    ['mon 30 nov', '2026-11-30 17:00 (day)'],
    ['fri 30 nov', 'ambiguous: Mon 30 Nov'],
  ])('"%s" is %s', (text, expected) => expect(read(text)).toBe(expected));

  it('lasts until its last minute once the working day is over', () => {
    const evening = { ...BERLIN, now: new Date('2026-11-30T18:30:00Z') };
    for (const text of ['today', 'eod', '30.11.', 'eom']) {
      expect(read(text, evening)).toBe('2026-11-30 23:59 (day)');
    }
  });

  it('named by its weekday means next week once its time is past', () => {
    expect(read('wed 9am')).toBe('2026-12-02 09:00');
    expect(read('wed 11am')).toBe('2026-11-25 11:00');
    expect(read('wed', { ...BERLIN, now: new Date('2026-11-25T17:00:00Z') })).toBe('2026-12-02 17:00 (day)');
  });

  it('in slashes is read in the order of the person, and asked back where that is not known', () => {
    expect(read('3/4', { ...BERLIN, dayFirst: true })).toBe('2027-04-03 17:00 (day)');
    expect(read('3/4', { ...BERLIN, dayFirst: false })).toBe('2027-03-04 17:00 (day)');
    expect(read('3/4')).toBe('ambiguous: 3 Apr');
    expect(read('30/11', { ...BERLIN, dayFirst: false })).toBe('2026-11-30 17:00 (day)');
    expect(read('11/30', { ...BERLIN, dayFirst: true })).toBe('2026-11-30 17:00 (day)');
  });

  it.each([
    ['feb 30', 'nonexistent-date: 28 Feb'],
    ['30.2.2028', 'nonexistent-date: 29 Feb'],
    ['2027-02-29', 'nonexistent-date: 28 Feb'],
    ['2027-02-30T10:00Z', 'nonexistent-date'],
    ['31.4.', 'nonexistent-date: 30 Apr'],
    ['31/31', 'nonexistent-date'],
    ['0/5', 'nonexistent-date'],
    ['the 32nd', 'nonexistent-date'],
  ])('"%s", which no calendar has, is refused with the nearest one', (text, expected) =>
    expect(read(text)).toBe(expected),
  );
});

describe('a time', () => {
  it.each([
    ['5pm', '2026-11-25 17:00'],
    ['5 PM', '2026-11-25 17:00'],
    ['5 p.m.', '2026-11-25 17:00'],
    ['5:30pm', '2026-11-25 17:30'],
    ['5.30pm', '2026-11-25 17:30'],
    ['17:00', '2026-11-25 17:00'],
    ['17.30', '2026-11-25 17:30'],
    ['17h', '2026-11-25 17:00'],
    ['17h30', '2026-11-25 17:30'],
    ['at 5pm', '2026-11-25 17:00'],
    ['at 17', '2026-11-25 17:00'],
    ['at 8h', '2026-11-26 08:00'],
    ['9:00', '2026-11-26 09:00'],
    ['noon', '2026-11-25 12:00'],
    ['12pm', '2026-11-25 12:00'],
    ['12am', '2026-11-26 00:00'],
    ['midnight', '2026-11-26 00:00'],
    ['tonight', '2026-11-25 20:00'],
    ['tonight at 8', '2026-11-25 20:00'],
    ['tonight 9:30pm', '2026-11-25 21:30'],
    ['this evening', '2026-11-25 18:00'],
    ['fri 5pm', '2026-11-27 17:00'],
    ['5pm fri', '2026-11-27 17:00'],
    ['fri 8h', '2026-11-27 08:00'],
    ['fri midnight', '2026-11-28 00:00'],
    ['tomorrow at 2 pm', '2026-11-26 14:00'],
    ['2pm tomorrow', '2026-11-26 14:00'],
    ['tomorrow noon', '2026-11-26 12:00'],
    ['monday morning', '2026-11-30 09:00'],
    ['monday afternoon', '2026-11-30 14:00'],
    ['monday evening', '2026-11-30 18:00'],
    ['on 30 nov at 17:00', '2026-11-30 17:00'],
    ['mon, nov 30, 2:00 PM', '2026-11-30 14:00'],
    ['2026-11-30 14:00', '2026-11-30 14:00'],
    ['2026-11-30T14:00', '2026-11-30 14:00'],
    ['2026-11-30T14:00:00Z', '2026-11-30 15:00'],
    ['2026-11-30T14:00:00.000+05:30', '2026-11-30 09:30'],
    ['today 9am', 'past: tomorrow 09:00'],
    ['this morning', 'past: tomorrow 09:00'],
  ])('"%s" is %s', (text, expected) => expect(read(text)).toBe(expected));

  it('without its half of the day is asked back only where people count to twelve', () => {
    expect(read('fri 5:30', { ...BERLIN, hourCycle: 'h23' })).toBe('2026-11-27 05:30');
    expect(read('fri 5:30', { ...BERLIN, hourCycle: 'h12' })).toBe('ambiguous: Fri Nov 27, 5:30 PM');
    expect(read('fri at 9', { ...BERLIN, hourCycle: 'h23' })).toBe('2026-11-27 09:00');
    expect(read('fri at 9', { ...BERLIN, hourCycle: 'h12' })).toBe('ambiguous: Fri Nov 27, 9:00 AM');
    expect(read('fri 17:30', { ...BERLIN, hourCycle: 'h12' })).toBe('2026-11-27 17:30');
    expect(read('tomorrow morning at 8', { ...BERLIN, hourCycle: 'h12' })).toBe('2026-11-26 08:00');
  });
});

describe('a duration', () => {
  it.each([
    ['in 2h', '2026-11-25 12:30'],
    ['2h', '2026-11-25 12:30'],
    ['in 30 min', '2026-11-25 11:00'],
    ['90m', '2026-11-25 12:00'],
    ['1h30', '2026-11-25 12:00'],
    ['1h 30m', '2026-11-25 12:00'],
    ['in 1,5 hours', '2026-11-25 12:00'],
    ['in an hour', '2026-11-25 11:30'],
    ['in half an hour', '2026-11-25 11:00'],
    ['2 hours from now', '2026-11-25 12:30'],
    ['in 17h', '2026-11-26 03:30'],
    ['in 3 days', '2026-11-28 10:30'],
    ['in 3 days at 5pm', '2026-11-28 17:00'],
    ['in 2 weeks', '2026-12-09 10:30'],
    ['in 1 month', '2026-12-25 10:30'],
    ['in 1 day 2 hours', '2026-11-26 12:30'],
    ['in 9999 days', 'unreadable'],
    ['in 0 min', 'unreadable'],
    ['1.5 days', 'unreadable'],
    ['2h fri', 'unreadable'],
  ])('"%s" is %s', (text, expected) => expect(read(text)).toBe(expected));

  it('of months ends on the last day of a shorter month', () => {
    expect(read('in 1 month', { ...BERLIN, now: new Date('2027-01-31T09:30:00Z') })).toBe('2027-02-28 10:30');
  });

  it('can be read alone', () => {
    expect(parseDuration('1h30')).toEqual({ months: 0, days: 0, milliseconds: 90 * 60_000 });
    expect(parseDuration('2 weeks and 1 day')).toEqual({ months: 0, days: 15, milliseconds: 0 });
    expect(parseDuration('friday')).toBeUndefined();
  });
});

describe('daylight saving', () => {
  const springs = [
    { timeZone: 'America/New_York', now: '2026-03-07T12:00:00-05:00', said: '2:30am', shown: '03:30' },
    { timeZone: 'Europe/Berlin', now: '2027-03-27T12:00:00+01:00', said: '2:30am', shown: '03:30' },
    { timeZone: 'Pacific/Auckland', now: '2026-09-26T12:00:00+12:00', said: '2:30am', shown: '03:30' },
    { timeZone: 'Australia/Lord_Howe', now: '2026-10-03T12:00:00+10:30', said: '2:15am', shown: '02:45' },
  ];
  it.each(springs)(
    'moves a time that $timeZone skips forward by the gap',
    ({ timeZone, now, said, shown }) => {
      const context = { now: new Date(now), timeZone };
      expect(read(`tomorrow ${said}`, context)).toMatch(` ${shown}`);
    },
  );

  const autumns = [
    {
      timeZone: 'America/New_York',
      now: '2026-10-31T12:00:00-04:00',
      said: '1:30am',
      at: '2026-11-01T05:30:00.000Z',
    },
    {
      timeZone: 'Europe/Berlin',
      now: '2026-10-24T12:00:00+02:00',
      said: '2:30am',
      at: '2026-10-25T00:30:00.000Z',
    },
    {
      timeZone: 'Pacific/Auckland',
      now: '2027-04-03T12:00:00+13:00',
      said: '2:30am',
      at: '2027-04-03T13:30:00.000Z',
    },
  ];
  it.each(autumns)('takes the first of two equal times in $timeZone', ({ timeZone, now, said, at }) => {
    const result = parseWhen(`tomorrow ${said}`, { now: new Date(now), timeZone });
    expect(result).toEqual({ ok: true, when: { at: new Date(at), hasTime: true } });
  });

  it('makes "in 24h" 24 hours that really pass and "in 1 day" the same time on the clock', () => {
    const context = { now: new Date('2026-10-24T12:00:00+02:00'), timeZone: 'Europe/Berlin' };
    expect(read('in 24h', context)).toBe('2026-10-25 11:00');
    expect(read('in 1 day', context)).toBe('2026-10-25 12:00');
    const spring = { now: new Date('2027-03-27T12:00:00+01:00'), timeZone: 'Europe/Berlin' };
    expect(read('in 24h', spring)).toBe('2027-03-28 13:00');
    expect(read('in 1 day', spring)).toBe('2027-03-28 12:00');
  });
});

describe('the time zone of the person', () => {
  it.each([
    ['America/New_York', '2026-12-31T22:00:00.000Z'],
    ['Europe/Berlin', '2027-01-01T16:00:00.000Z'],
    ['Asia/Kolkata', '2027-01-01T11:30:00.000Z'],
    ['Pacific/Auckland', '2027-01-01T04:00:00.000Z'],
    ['America/Sao_Paulo', '2026-12-31T20:00:00.000Z'],
    ['UTC', '2026-12-31T17:00:00.000Z'],
  ])('decides which day is today in %s', (timeZone, at) => {
    const now = new Date('2026-12-31T23:30:00Z');
    const earlier = new Date(Date.parse(at) - 3_600_000);
    const result = parseWhen('today', { now: earlier < now ? earlier : now, timeZone });
    expect(result).toEqual({ ok: true, when: { at: new Date(at), hasTime: false } });
  });

  it('gives the local date', () => {
    const at = new Date('2026-12-31T23:30:00Z');
    expect(localDate(at, 'America/New_York')).toBe('2026-12-31');
    expect(localDate(at, 'Pacific/Auckland')).toBe('2027-01-01');
  });

  it('is a name that the calendar data knows', () => {
    expect(ZONES.every(isTimeZone)).toBe(true);
    for (const text of ['', 'Europe/Atlantis', '+02:00', 'Europe/Berlin ', 'x'.repeat(10_000)]) {
      expect(isTimeZone(text)).toBe(false);
    }
  });

  it('is refused when it is unknown', () => {
    expect(() => parseWhen('fri', { now: NOW, timeZone: 'Europe/Atlantis' })).toThrow(RangeError);
  });
});

describe('what is typed', () => {
  it.each(['  TOMORROW\u00a0 2PM ', 'tomorrow, 2pm.', 'tomorrow\u200b 2\u202fpm!', 'tomorrow ２pm'])(
    'may be untidy: "%s"',
    (text) => expect(read(text)).toBe('2026-11-26 14:00'),
  );

  it.each([
    ['tommorow', 'unreadable: tomorrow'],
    ['frday 5pm', 'unreadable: friday 5pm'],
    ['next wekk', 'unreadable: next week'],
    ['soon', 'unreadable'],
    ['', 'unreadable'],
    ['5', 'unreadable'],
    ['at', 'unreadable'],
    ['tomorrow at', 'unreadable'],
    ['mon tue', 'unreadable'],
    ['25:00', 'unreadable'],
    ['13pm', 'unreadable'],
    ['2099-01-01', 'unreadable'],
  ])('and is no date is refused, with what was probably meant: "%s"', (text, expected) =>
    expect(read(text)).toBe(expected),
  );

  it('is no date when it is longer than any date', () => {
    expect(read('tomorrow '.repeat(5_000))).toBe('unreadable');
    expect(takeWhen(['tomorrow', 'x'.repeat(40_000)], BERLIN)?.used).toBe(1);
  });

  it('is taken from the front of other words as far as it is a date', () => {
    const taken = (text: string) => takeWhen(text.split(' '), BERLIN)?.used;
    expect(taken('tomorrow 2pm !high')).toBe(2);
    expect(taken('tomorrow at the dock')).toBe(1);
    expect(taken('fri, then call Bob')).toBe(1);
    expect(taken('in 2h in DOCK')).toBe(2);
    expect(taken('on monday the 30th of november 2026 at 5 pm sharp')).toBe(10);
    expect(taken('feb 30 @wes')).toBe(2);
    expect(taken('to landlord')).toBeUndefined();
    expect(takeWhen([], BERLIN)).toBeUndefined();
  });

  it('never makes it throw or stall', () => {
    const word = fc.constantFrom(
      ...'in at on fri 5 5pm 17:00 30.11. 11/30 nov the 30th 2h , . next week - 1 2026-11-30'.split(' '),
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...ZONES), (typed, timeZone) => {
        const result = parseWhen(typed, { now: NOW, timeZone });
        if (result.ok) expect(result.when.at.getTime()).toBeGreaterThan(NOW.getTime());
        takeWhen(typed.split(' '), { now: NOW, timeZone });
      }),
    );
  });
});

describe('what is told back', () => {
  const context = { now: NOW, timeZone: 'Europe/Berlin' };
  it.each([
    ['2026-11-25T13:00:00Z', 'today 14:00'],
    ['2026-11-26T13:00:00Z', 'tomorrow 14:00'],
    ['2026-11-24T13:00:00Z', 'yesterday 14:00'],
    ['2026-12-01T13:00:00Z', 'Tue 1 Dec, 14:00'],
    ['2027-12-01T13:00:00Z', 'Wed 1 Dec 2027, 14:00'],
  ])('%s is "%s"', (at, expected) => expect(formatWhen(new Date(at), context)).toBe(expected));

  it('leaves out a time that was not said', () => {
    expect(formatWhen(new Date('2026-12-01T16:00:00Z'), { ...context, hasTime: false })).toBe('Tue 1 Dec');
    expect(formatWhen(new Date('2026-11-26T16:00:00Z'), { ...context, hasTime: false })).toBe('tomorrow');
  });

  it('follows the locale and the clock of the person', () => {
    const at = new Date('2026-12-01T13:00:00Z');
    expect(formatWhen(at, { ...context, locale: 'en-US' })).toBe('Tue Dec 1, 2:00 PM');
    // A sentence may end with it.
    expect(formatWhen(at, { ...context, locale: 'es-MX' })).toMatch(/, 2:00 pm$/);
    expect(formatWhen(at, { ...context, locale: 'en-US', hourCycle: 'h23' })).toBe('Tue Dec 1, 14:00');
    expect(formatWhen(at, { ...context, locale: 'not a locale' })).toBe('Tue 1 Dec, 14:00');
    expect(formatWhen(at, { ...context, locale: 'es-ES' })).toBe('mar 1 dic, 14:00');
    expect(formatWhen(at, { ...context, locale: 'es-MX', hourCycle: 'h23' })).toBe('mar 1 de dic, 14:00');
  });

  it('speaks Spanish to those who do, and English to those whose language has no texts', () => {
    const inDays = (days: number) => new Date(NOW.getTime() + days * 24 * 60 * 60 * 1_000);
    const spoken = (locale: string, days: number) =>
      formatWhen(inDays(days), { ...context, locale, hasTime: false });
    expect([-1, 0, 1].map((days) => spoken('es-ES', days))).toEqual(['ayer', 'hoy', 'mañana']);
    expect(spoken('de-DE', 1)).toBe('tomorrow');
    expect(formatWhen(new Date('2026-12-01T13:00:00Z'), { ...context, locale: 'nb-NO' })).toBe(
      'Tue 1 Dec, 14:00',
    );
  });

  it('can be typed again and means the same minute, in every time zone', () => {
    const minutes = fc.integer({ min: 1, max: 4 * 365 * 24 * 60 });
    const locale = fc.constantFrom('en-GB', 'en-US');
    fc.assert(
      fc.property(minutes, fc.constantFrom(...ZONES), locale, (ahead, timeZone, spoken) => {
        const at = new Date(NOW.getTime() + ahead * 60_000);
        const text = formatWhen(at, { now: NOW, timeZone, locale: spoken });
        const result = parseWhen(text, { now: NOW, timeZone });
        if (!result.ok) throw new Error(`${text} is ${result.reason}`);
        // Where clocks are turned back a time stands twice, and the first is read.
        expect(formatWhen(result.when.at, { now: NOW, timeZone, locale: spoken })).toBe(text);
        expect(at.getTime() - result.when.at.getTime()).toBeGreaterThanOrEqual(0);
        expect(at.getTime() - result.when.at.getTime()).toBeLessThanOrEqual(3_600_000);
      }),
      { numRuns: 500 },
    );
  });
});
