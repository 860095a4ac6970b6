import { isolate } from '../../isolate.ts';
import { counting, listing } from '../counting.ts';

/** What stands in the sentences of several parts. */
export const words = {
  and: listing('en-GB', 'conjunction'),
  or: listing('en-GB', 'disjunction'),
  quoted: (words: string) => `“${isolate(words)}”`,
  you: 'You',
  somebody: 'Somebody',
  /** In a text that is kept, for a mention whose name nobody tells */
  someone: 'someone',
  anAdmin: 'an admin',
  tasks: counting('en-GB', { one: 'task', other: 'tasks' }),
  openTasks: counting('en-GB', { one: 'open task', other: 'open tasks' }),
  priorities: { low: 'Low', normal: 'Normal', high: 'High', urgent: 'Urgent' },
};
