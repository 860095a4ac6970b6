/** Lists that one picks from while typing. */
export const search = {
  noTaskWith: (words: string) => `No task that you can see has “${words}” in it.`,
  noOpenTask: 'There is no open task that you can see.',
  overdueSince: 'overdue since',
  due: 'due',
};
