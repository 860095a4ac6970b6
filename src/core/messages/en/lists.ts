interface Filter {
  /** The name of a status, or one of the words below; none beside a span of time */
  state: string | undefined;
  due: 'overdue' | 'today' | 'week' | undefined;
}

/** "open tasks", "overdue tasks", "blocked tasks due today" */
function kind({ state, due }: Filter): string {
  const words = state?.toLowerCase() ?? '';
  const status = words.includes(' ') ? `tasks “${words}”` : [words, 'tasks'].filter(Boolean).join(' ');
  if (due === 'overdue') return `overdue ${status}`;
  if (due === undefined) return status;
  return `${status} ${due === 'today' ? 'due today' : 'due this week'}`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Lists of tasks. */
export const lists = {
  open: 'open',
  done: 'done',
  yourTeam: 'your team',
  heading: (filter: Filter) => capital(kind(filter)),
  headingYours: (filter: Filter) => `Your ${kind(filter)}`,
  headingOf: (filter: Filter, owner: string) => `${capital(kind(filter))} of ${owner}`,
  none: (filter: Filter) => `There are no ${kind(filter)}.`,
  noneOf: (filter: Filter, owner: string) => `There are no ${kind(filter)} of ${owner}.`,
  nothing: 'Nothing waits for you. Add a task, or ask for one.',
  unknownWord: (word: string) =>
    `I don’t know “${word}”. Use mine, team, all, here, @name, and overdue, today, week, open, done or a status.`,
  unknownWordOrProject: (word: string, keys: string) =>
    `I don’t know “${word}”. Use mine, team, all, here, @name, a project (${keys}), and overdue, today, week, open, done or a status.`,
};
