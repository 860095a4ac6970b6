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
  moreRows: (count: number) => `and ${count} more`,
  before: { week: (done: string) => `week before ${done}`, month: (done: string) => `month before ${done}` },
  nothing: 'Nothing was done, and nothing is open.',
};
