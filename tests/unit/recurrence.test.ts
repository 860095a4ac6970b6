import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { latestOccurrence, nextOccurrence, type Rule, ruleSchema } from '../../src/core/recurrence.ts';
import { readRule } from '../../src/core/recurrence-words.ts';

/** A Tuesday, ten in the morning in New York */
const now = new Date('2026-11-24T15:00:00Z');
const zone = 'America/New_York';
const context = { now, timeZone: zone, dayFirst: false, hourCycle: 'h12' as const };
const none: ReadonlySet<string> = new Set();

function ruleOf(words: string): Rule {
  const result = readRule(words, context);
  if (!result.ok) throw new Error(`${words}: ${JSON.stringify(result)}`);
  return ruleSchema.parse(result.rule);
}

/** The next moments, in the zone's own time. */
function times(
  words: string | Rule,
  count = 3,
  options: { timeZone?: string; holidays?: ReadonlySet<string>; after?: Date } = {},
): string[] {
  const rule = typeof words === 'string' ? ruleOf(words) : words;
  const { timeZone = zone, holidays = none } = options;
  const found: string[] = [];
  let after = options.after ?? now;
  for (let index = 0; index < count; index += 1) {
    const next = nextOccurrence(rule, { after, timeZone, holidays });
    if (!next) break;
    found.push(next.toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }));
    after = next;
  }
  return found;
}

describe('a rule in words', () => {
  test.each([
    ['every day 9am', ['2026-11-25 09:00', '2026-11-26 09:00', '2026-11-27 09:00']],
    ['daily at 5pm', ['2026-11-24 17:00', '2026-11-25 17:00', '2026-11-26 17:00']],
    ['every weekday 9am', ['2026-11-25 09:00', '2026-11-26 09:00', '2026-11-27 09:00', '2026-11-30 09:00']],
    ['9am every weekday', ['2026-11-25 09:00', '2026-11-26 09:00']],
    ['weekdays', ['2026-11-25 07:00', '2026-11-26 07:00']],
    ['every monday', ['2026-11-30 07:00', '2026-12-07 07:00']],
    ['Mondays at noon', ['2026-11-30 12:00', '2026-12-07 12:00']],
    ['every tue', ['2026-12-01 07:00', '2026-12-08 07:00']],
    ['every tuesday 17:30', ['2026-11-24 17:30', '2026-12-01 17:30']],
    ['every mon, wed and fri at 6am', ['2026-11-25 06:00', '2026-11-27 06:00', '2026-11-30 06:00']],
    ['every mon-thu', ['2026-11-25 07:00', '2026-11-26 07:00', '2026-11-30 07:00']],
    ['every weekend', ['2026-11-28 07:00', '2026-11-29 07:00', '2026-12-05 07:00']],
    ['every 2 weeks on tue', ['2026-12-01 07:00', '2026-12-15 07:00']],
    ['every other friday', ['2026-11-27 07:00', '2026-12-11 07:00']],
    ['fortnightly on mon', ['2026-11-30 07:00', '2026-12-14 07:00']],
    ['weekly', ['2026-12-01 07:00', '2026-12-08 07:00']],
    ['every 3 days', ['2026-11-27 07:00', '2026-11-30 07:00']],
    ['monthly on the 1st', ['2026-12-01 07:00', '2027-01-01 07:00']],
    ['monthly on the 1st and 15th', ['2026-12-01 07:00', '2026-12-15 07:00', '2027-01-01 07:00']],
    ['monthly on the 31st', ['2026-11-30 07:00', '2026-12-31 07:00', '2027-01-31 07:00', '2027-02-28 07:00']],
    ['monthly on the last day', ['2026-11-30 07:00', '2026-12-31 07:00']],
    ['every month on the first monday 8am', ['2026-12-07 08:00', '2027-01-04 08:00']],
    ['last friday of the month', ['2026-11-27 07:00', '2026-12-25 07:00']],
    ['every 2nd tuesday of the month', ['2026-12-08 07:00', '2027-01-12 07:00']],
    ['every 2nd tuesday', ['2026-12-01 07:00', '2026-12-15 07:00']],
    ['quarterly on the 1st', ['2026-12-01 07:00', '2027-03-01 07:00']],
    ['every 6 months on the 15th', ['2026-12-15 07:00', '2027-06-15 07:00']],
    ['every year on nov 30', ['2026-11-30 07:00', '2027-11-30 07:00']],
    ['yearly on 29 feb', ['2027-02-28 07:00', '2028-02-29 07:00']],
  ])('%s', (words, expected) => {
    expect(times(words, expected.length)).toEqual(expected);
  });

  test('ends with the day that was said', () => {
    expect(times('every monday 9am until 14 dec', 9)).toEqual([
      '2026-11-30 09:00',
      '2026-12-07 09:00',
      '2026-12-14 09:00',
    ]);
    expect(times('daily until thu 8am', 9)).toHaveLength(2);
  });

  test('moves to the next working day where that was asked for', () => {
    const holidays = new Set(['2027-01-01']);
    expect(times('monthly on the 1st or next working day 9am', 4, { holidays })).toEqual([
      '2026-12-01 09:00',
      '2027-01-04 09:00',
      '2027-02-01 09:00',
      '2027-03-01 09:00',
    ]);
    expect(times('monthly on the 15th, or the next business day, until 20 feb', 4)).toEqual([
      '2026-12-15 07:00',
      '2027-01-15 07:00',
      '2027-02-15 07:00',
    ]);
  });

  test('of working days leaves out holidays', () => {
    expect(times('every weekday', 2, { holidays: new Set(['2026-11-26', '2026-11-27']) })).toEqual([
      '2026-11-25 07:00',
      '2026-11-30 07:00',
    ]);
  });

  test.each([
    ['now and then', { reason: 'unreadable' }],
    ['every', { reason: 'unreadable' }],
    ['', { reason: 'unreadable' }],
    ['every 0 days', { reason: 'unreadable' }],
    ['every 40th', { reason: 'unreadable' }],
    ['monthly on the 40th', { reason: 'unreadable' }],
    ['every monday 25:00', { reason: 'time', words: '25:00' }],
    ['every monday 5:30', { reason: 'time', words: '5:30' }],
    ['every monday until whenever', { reason: 'until', words: 'whenever' }],
    ['every monday until yesterday', { reason: 'until', words: 'yesterday' }],
    ['every friday until wed', { reason: 'ended' }],
  ])('%s is refused', (words, expected) => {
    expect(readRule(words, context)).toMatchObject({ ok: false, ...expected });
  });

  test('of any letters never throws, and what it reads can be kept', () => {
    const word = fc.constantFrom(
      'every',
      'day',
      'mon',
      '2',
      'weeks',
      'on',
      'the',
      '1st',
      'last',
      'until',
      'at',
      '9am',
      'month',
      'or',
      'next',
      'working',
      '-',
      ',',
      '99',
      'feb',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 9 }), (words) => {
        const result = readRule(words.join(' '), context);
        if (result.ok) expect(ruleSchema.parse(result.rule)).toEqual(result.rule);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('when clocks change', () => {
  const daily: Rule = {
    pattern: { unit: 'day', every: 1 },
    time: 2.5 * 3_600_000,
    shift: false,
    from: '2026-01-01',
  };
  const instants = (rule: Rule, timeZone: string, after: string, count: number) => {
    const found: string[] = [];
    let at = new Date(after);
    for (let index = 0; index < count; index += 1) {
      at = nextOccurrence(rule, { after: at, timeZone, holidays: none }) ?? at;
      found.push(at.toISOString().slice(0, 16));
    }
    return found;
  };

  test.each([
    ['Europe/Berlin', '2026-03-28T00:00Z', ['2026-03-28T01:30', '2026-03-29T01:30', '2026-03-30T00:30']],
    ['Europe/Berlin', '2026-10-24T00:00Z', ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30']],
    ['America/New_York', '2026-03-07T00:00Z', ['2026-03-07T07:30', '2026-03-08T07:30', '2026-03-09T06:30']],
    ['America/New_York', '2026-10-31T00:00Z', ['2026-10-31T06:30', '2026-11-01T07:30', '2026-11-02T07:30']],
    [
      'Australia/Lord_Howe',
      '2026-04-03T00:00Z',
      ['2026-04-03T15:30', '2026-04-04T16:00', '2026-04-05T16:00'],
    ],
    ['Pacific/Auckland', '2026-09-25T00:00Z', ['2026-09-25T14:30', '2026-09-26T14:30', '2026-09-27T13:30']],
  ])('each day in %s from %s has it once', (timeZone, after, expected) => {
    expect(instants(daily, timeZone, after, 3)).toEqual(expected);
  });

  test('a year of days has each of its days once, in any zone', () => {
    for (const timeZone of [
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Pacific/Auckland',
      'Australia/Lord_Howe',
      'America/Santiago',
      'Africa/Cairo',
    ]) {
      const days = instants(daily, timeZone, '2026-01-01T12:00Z', 365).map((at) =>
        new Date(`${at}Z`).toLocaleDateString('sv-SE', { timeZone }),
      );
      expect(new Set(days).size).toBe(365);
    }
  });
});

test('after downtime only the latest is worth having', () => {
  const rule = ruleOf('every weekday 9am');
  const first = nextOccurrence(rule, { after: now, timeZone: zone, holidays: none });
  if (!first) throw new Error('It never comes');
  const late = latestOccurrence(rule, {
    first,
    now: new Date('2026-12-03T12:00:00Z'),
    timeZone: zone,
    holidays: none,
  });
  expect(late.toISOString()).toBe('2026-12-02T14:00:00.000Z');
});
