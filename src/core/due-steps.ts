import { DAY, HOUR, instantOf, MINUTE, startOfDay, wallTime } from './time-zone.ts';

export type ReminderPriority = 'low' | 'normal' | 'high' | 'urgent';

/** What people are told of a due date, in this order. `last`: to those who have it, that nobody will remind them again. */
export type DueStepName = 'soon' | 'due' | `overdue-${number}` | 'last' | 'escalated';

export interface DueStep {
  name: DueStepName;
  at: Date;
  /** When the next one comes, and this one is no longer news; absent for the last */
  until?: Date;
}

export interface DueDate {
  dueAt: Date;
  /** false: only a day was said */
  dueHasTime: boolean;
  /** When that date was set */
  setAt: Date;
  priority: ReminderPriority;
}

/** Due soon: when a quarter of the time is left, at most a day before; of what is short, there is nothing to tell. In ms. */
const SHARE_LEFT = 1 / 4;
const LONGEST_LEAD = DAY;
const SHORTEST_LEAD = 15 * MINUTE;

/** What has no hour of its own is told in the morning, after the digest of 8:00. */
const MORNING = 9 * HOUR;

/** Once it is overdue: every so many days so many times, then it is the manager's, and no more is said. */
export const overduePace: Readonly<Record<ReminderPriority, { everyDays: number; times: number }>> = {
  urgent: { everyDays: 1, times: 2 },
  high: { everyDays: 2, times: 2 },
  normal: { everyDays: 3, times: 3 },
  low: { everyDays: 7, times: 3 },
};

/**
 * When somebody in this zone is told of a due date, in order. Days are days of their calendar, so an hour that clocks
 * skip or show twice moves nothing. `as` the assignee, or the manager to whom it goes in the end.
 * @throws RangeError when the time zone is unknown.
 */
export function dueSteps(
  due: DueDate,
  { timeZone, as }: { timeZone: string; as: 'assignee' | 'manager' },
): DueStep[] {
  const morning = (daysLater: number): Date =>
    instantOf(startOfDay(wallTime(due.dueAt, timeZone)) + daysLater * DAY + MORNING, timeZone);
  const { everyDays, times } = overduePace[due.priority];
  const end = morning(1 + times * everyDays);
  if (as === 'manager') return [{ name: 'escalated', at: end }];
  const dueMoment = momentOfDue(due, morning(0));
  const soon = dueSoon(due);
  const steps: DueStep[] = [];
  if (soon && soon < dueMoment) steps.push({ name: 'soon', at: soon });
  steps.push({ name: 'due', at: dueMoment });
  for (let time = 1; time <= times; time += 1) {
    steps.push({ name: `overdue-${time}`, at: morning(1 + (time - 1) * everyDays) });
  }
  steps.push({ name: 'last', at: end });
  return steps.map((step, index) => {
    const next = steps[index + 1];
    return next ? { ...step, until: next.at } : step;
  });
}

/** A day is told in its morning; one that was set later than that, at its end. */
function momentOfDue({ dueAt, dueHasTime, setAt }: DueDate, morning: Date): Date {
  return !dueHasTime && morning > setAt && morning < dueAt ? morning : dueAt;
}

function dueSoon({ dueAt, setAt }: DueDate): Date | undefined {
  const lead = Math.min(LONGEST_LEAD, (dueAt.getTime() - setAt.getTime()) * SHARE_LEFT);
  return lead < SHORTEST_LEAD ? undefined : new Date(dueAt.getTime() - lead);
}

/** What is older was missed for too long to be news. In ms. */
const CATCH_UP = 7 * DAY;

/**
 * The step that is to be told now: the last one that has come, and only if it came after `since` (they were given the
 * task, or had put it off until then). `next` is when to look again.
 */
export function stepAt(
  steps: readonly DueStep[],
  { since, now }: { since: Date; now: Date },
): { step: DueStep | undefined; next: Date | undefined } {
  const last = steps.findLast(({ at }) => at <= now);
  const next = steps.find(({ at }) => at > now)?.at;
  const isNews = last && last.at > since && now.getTime() - last.at.getTime() < CATCH_UP;
  return { step: isNews ? last : undefined, next };
}
