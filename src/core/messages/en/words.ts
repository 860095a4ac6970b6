import { isolate } from '../../isolate.ts';
import { counting, listing } from '../counting.ts';

/** What stands in the sentences of several parts. */
export const words = {
  and: listing('en-GB', 'conjunction'),
  or: listing('en-GB', 'disjunction'),
  /** "Wes, Priya and 3 more" */
  andMore: (shown: readonly string[], more: number) => `${shown.join(', ')} and ${more} more`,
  /** Where a list or a text ends that had more */
  more: (count: number) => `… and ${count} more`,
  quoted: (words: string) => `“${isolate(words)}”`,
  you: 'You',
  somebody: 'Somebody',
  /** In a text that is kept, for a mention whose name nobody tells */
  someone: 'someone',
  anAdmin: 'an admin',
  aManager: 'a manager',
  nobodys: 'nobody’s yet',
  tasks: counting('en-GB', { one: 'task', other: 'tasks' }),
  openTasks: counting('en-GB', { one: 'open task', other: 'open tasks' }),
  comments: counting('en-GB', { one: 'comment', other: 'comments' }),
  /** Of an organisation that has not named its own */
  statuses: {
    todo: 'To do',
    active: 'In progress',
    blocked: 'Blocked',
    review: 'In review',
    done: 'Done',
    cancelled: 'Cancelled',
  },
  priorities: { low: 'Low', normal: 'Normal', high: 'High', urgent: 'Urgent' },
};
