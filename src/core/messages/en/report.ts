/** How work went over a week or a month, in words and in the picture. */
export const report = {
  everything: 'All your projects',
  done: 'Done',
  open: 'Open',
  overdue: 'Overdue',
  doneByDay: 'Done each day',
  openByDay: 'Open at the end of each day',
  ofThemOverdue: 'overdue',
  byPerson: 'By person',
  byProject: 'By project',
  nobody: 'nobody’s yet',
  noProject: 'No project',
  moreRows: (count: number) => `… and ${count} more`,
  before: { week: (done: string) => `week before ${done}`, month: (done: string) => `month before ${done}` },
  nothing: 'Nothing was done, and nothing is open.',
  title: (of: string, span: string) => `${of} · ${span}`,
  summary: (of: string, { done, open, overdue }: Record<'done' | 'open' | 'overdue', string>) =>
    `${of}: ${done} done, ${open} open, ${overdue} of them overdue`,
  rowCounts: ({ done, open, overdue }: Record<'done' | 'open' | 'overdue', string>) =>
    `${done} done · ${open} open · ${overdue} overdue`,
  altDay: (day: string, { done, open, overdue }: Record<'done' | 'open' | 'overdue', string>) =>
    `${day} ${done} done, ${open} open, ${overdue} overdue`,
  alt: (summary: string, days: string) => `A chart of ${summary}. Day by day: ${days}.`,
  picture: 'report.png',
  follows: 'The picture comes in our chat, as a file.',
  missing: 'The picture could not be drawn or sent. The numbers are all of it.',
  earlier: { week: 'Week before', month: 'Month before' },
  later: { week: 'Next week', month: 'Next month' },
  other: { week: 'This month', month: 'This week' },
  unreadable: (word: string) =>
    `I don’t know “${word}”. Type a project or @name, then week or month, like \`report DOCK month\`.`,
};
