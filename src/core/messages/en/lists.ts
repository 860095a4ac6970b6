import { words } from './words.ts';

interface Filter {
  /** The name of a status, or one of the words below; none beside a span of time */
  state: string | undefined;
  due: 'overdue' | 'today' | 'week' | undefined;
}

/** "open tasks", "overdue tasks", "blocked tasks due today" */
function kind({ state, due }: Filter): string {
  const name = state?.toLowerCase() ?? '';
  const status = name.includes(' ') ? `tasks “${name}”` : [name, 'tasks'].filter(Boolean).join(' ');
  if (due === 'overdue') return `overdue ${status}`;
  if (due === undefined) return status;
  return `${status} ${due === 'today' ? 'due today' : 'due this week'}`;
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

interface Count {
  total: number;
  /** 0 where that goes without saying */
  overdue: number;
}

const late = ({ overdue }: Count): string => (overdue > 0 ? `, ${overdue} overdue` : '');

/** Lists of tasks. */
export const lists = {
  counted: (heading: string, count: Count) => `${heading} (${count.total}${late(count)})`,
  summary: (heading: string, count: Count) => `${heading}: ${words.tasks(count.total)}${late(count)}`,
  open: 'open',
  done: 'done',
  yourTeam: 'your team',
  heading: (filter: Filter) => capital(kind(filter)),
  headingYours: (filter: Filter) => `Your ${kind(filter)}`,
  headingOf: (filter: Filter, owner: string) => `${capital(kind(filter))} of ${owner}`,
  none: (filter: Filter) => `There are no ${kind(filter)}.`,
  noneOf: (filter: Filter, owner: string) => `There are no ${kind(filter)} of ${owner}.`,
  found: (words: string) => `Tasks with “${words}”`,
  notFound: (words: string) => `No task that you can see has “${words}” in it.`,
  nothing: 'Nothing waits for you. Add a task, or ask for one.',
  unknownWord: (word: string) =>
    `I don’t know “${word}”. Use mine, team, all, here, @name, and overdue, today, week, open, done or a status.`,
  unknownWordOrProject: (word: string, keys: string) =>
    `I don’t know “${word}”. Use mine, team, all, here, @name, a project (${keys}), and overdue, today, week, open, done or a status.`,
};
