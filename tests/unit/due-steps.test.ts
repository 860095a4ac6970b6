import { describe, expect, test } from '@jest/globals';
import { type DueDate, dueSteps, stepAt } from '../../src/core/due-steps.ts';

const monday: DueDate = {
  dueAt: new Date('2026-11-23T14:00:00Z'),
  dueHasTime: true,
  setAt: new Date('2026-11-16T09:00:00Z'),
  priority: 'normal',
};

const timesOf = (due: DueDate, timeZone: string, as: 'assignee' | 'manager' = 'assignee') =>
  dueSteps(due, { timeZone, as }).map(({ name, at }) => `${name} ${at.toISOString().slice(0, 16)}`);

describe('what people are told of a due date', () => {
  test('comes a day before, at its time, then in the mornings of their own zone', () => {
    expect(timesOf(monday, 'Europe/Berlin')).toEqual([
      'soon 2026-11-22T14:00',
      'due 2026-11-23T14:00',
      'overdue-1 2026-11-24T08:00',
      'overdue-2 2026-11-27T08:00',
      'overdue-3 2026-11-30T08:00',
      'last 2026-12-03T08:00',
    ]);
    expect(timesOf(monday, 'America/Chicago').slice(2, 3)).toEqual(['overdue-1 2026-11-24T15:00']);
    expect(timesOf(monday, 'Europe/Berlin', 'manager')).toEqual(['escalated 2026-12-03T08:00']);
  });

  test.each([
    ['urgent', ['2026-11-24', '2026-11-25', '2026-11-26']],
    ['high', ['2026-11-24', '2026-11-26', '2026-11-28']],
    ['normal', ['2026-11-24', '2026-11-27', '2026-11-30', '2026-12-03']],
    ['low', ['2026-11-24', '2026-12-01', '2026-12-08', '2026-12-15']],
  ] as const)('is repeated by its priority: %s', (priority, days) => {
    const steps = dueSteps({ ...monday, priority }, { timeZone: 'UTC', as: 'assignee' });
    expect(steps.slice(2).map(({ at }) => at.toISOString().slice(0, 10))).toEqual(days);
  });

  test.each([
    ['a week', '2026-11-16T14:00:00Z', '2026-11-22T14:00'],
    ['two days', '2026-11-21T14:00:00Z', '2026-11-23T02:00'],
    ['four hours', '2026-11-23T10:00:00Z', '2026-11-23T13:00'],
    ['an hour', '2026-11-23T13:00:00Z', '2026-11-23T13:45'],
    ['half an hour', '2026-11-23T13:30:00Z', undefined],
  ])('comes when a quarter of the time is left, at most a day before: of %s', (_, setAt, soon) => {
    const found = timesOf({ ...monday, setAt: new Date(setAt) }, 'UTC').find((step) =>
      step.startsWith('soon'),
    );
    expect(found).toBe(soon && `soon ${soon}`);
  });

  test('is told in the morning of the day where only a day was said', () => {
    const day = { ...monday, dueAt: new Date('2026-11-23T16:00:00Z'), dueHasTime: false };
    expect(timesOf(day, 'Europe/Berlin').slice(0, 2)).toEqual([
      'soon 2026-11-22T16:00',
      'due 2026-11-23T08:00',
    ]);
    // Where it is the next day already, it is that day's morning that is told too late.
    expect(timesOf(day, 'Pacific/Auckland').slice(0, 2)).toEqual([
      'soon 2026-11-22T16:00',
      'due 2026-11-23T16:00',
    ]);
  });

  test('is told at the end of a day that was said later than its morning', () => {
    const day = {
      ...monday,
      dueAt: new Date('2026-11-23T17:00:00Z'),
      dueHasTime: false,
      setAt: new Date('2026-11-23T13:00:00Z'),
    };
    expect(timesOf(day, 'UTC').slice(0, 3)).toEqual([
      'soon 2026-11-23T16:00',
      'due 2026-11-23T17:00',
      'overdue-1 2026-11-24T09:00',
    ]);
  });

  test.each([
    ['Europe/Berlin', '2026-03-27T15:00:00Z', ['2026-03-28T08:00', '2026-03-29T07:00', '2026-03-30T07:00']],
    ['Europe/Berlin', '2026-10-23T15:00:00Z', ['2026-10-24T07:00', '2026-10-25T08:00', '2026-10-26T08:00']],
    ['America/Chicago', '2026-03-06T15:00:00Z', ['2026-03-07T15:00', '2026-03-08T14:00', '2026-03-09T14:00']],
    ['America/Chicago', '2026-10-30T15:00:00Z', ['2026-10-31T14:00', '2026-11-01T15:00', '2026-11-02T15:00']],
    [
      'Pacific/Auckland',
      '2026-04-02T15:00:00Z',
      ['2026-04-03T20:00', '2026-04-04T21:00', '2026-04-05T21:00'],
    ],
    [
      'Australia/Lord_Howe',
      '2026-04-02T15:00:00Z',
      ['2026-04-03T22:00', '2026-04-04T22:30', '2026-04-05T22:30'],
    ],
  ])('comes at nine also on the days on which clocks change: %s, due %s', (timeZone, dueAt, mornings) => {
    const due = {
      ...monday,
      dueAt: new Date(dueAt),
      setAt: new Date('2026-01-05T09:00:00Z'),
      priority: 'urgent' as const,
    };
    expect(
      timesOf(due, timeZone)
        .slice(2)
        .map((step) => step.split(' ')[1]),
    ).toEqual(mornings);
  });

  test('stops being news when the next step comes', () => {
    const steps = dueSteps(monday, { timeZone: 'UTC', as: 'assignee' });
    expect(steps.slice(1).map(({ at }) => at)).toEqual(steps.slice(0, -1).map(({ until }) => until));
    expect(steps.at(-1)?.until).toBeUndefined();
  });
});

describe('at one moment', () => {
  const steps = dueSteps(monday, { timeZone: 'UTC', as: 'assignee' });
  const at = (now: string, since = '2026-11-16T09:00:00Z') => {
    const { step, next } = stepAt(steps, { since: new Date(since), now: new Date(now) });
    return [step?.name, next?.toISOString().slice(0, 16)];
  };

  test('the last step that has come is told, and the next one is looked for', () => {
    expect(at('2026-11-22T13:59:59Z')).toEqual([undefined, '2026-11-22T14:00']);
    expect(at('2026-11-22T14:00:00Z')).toEqual(['soon', '2026-11-23T14:00']);
    expect(at('2026-12-20T14:00:00Z')).toEqual([undefined, undefined]);
  });

  test('what was missed gives way to what has come since', () => {
    expect(at('2026-11-24T09:30:00Z')).toEqual(['overdue-1', '2026-11-27T09:00']);
  });

  test('whoever got it later hears only of what comes after', () => {
    expect(at('2026-11-25T10:00:00Z', '2026-11-25T09:59:00Z')).toEqual([undefined, '2026-11-27T09:00']);
  });
});
