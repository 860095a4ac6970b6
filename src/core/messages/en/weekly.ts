import { counting } from '../counting.ts';

const of = (words: string) => counting('en-GB', { one: words, other: words });
const done = of('done');
const open = of('open');
const overdue = of('overdue');
const ofThem = of('of them overdue');

/** What managers read at the beginning of a week. What is open is so by now. */
export const weekly = {
  title: 'Last week in your projects',
  summary: (week: { done: number; open: number; overdue: number }) =>
    `${done(week.done)}, now ${open(week.open)}${week.overdue > 0 ? `, ${ofThem(week.overdue)}` : ''}`,
  done,
  added: of('added'),
  open: (count: number) => `now ${open(count)}`,
  overdue,
  blocked: of('blocked'),
  picture: 'The picture follows.',
  tasks: 'What is overdue',
};
