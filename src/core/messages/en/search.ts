/** Lists that one picks from while typing. */
export const search = {
  noTaskWith: (words: string) => `No task that you can see has “${words}” in it.`,
  noChannel:
    '`list here` is for channels that show a project. In our own chat `list` shows your tasks, and `list DOCK` those of DOCK.',
  noOpenTask: 'There is no open task that you can see.',
  overdueSince: 'overdue since',
  due: 'due',
};
