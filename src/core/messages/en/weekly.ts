/** What managers read at the beginning of a week. */
export const weekly = {
  title: 'Last week in your projects',
  summary: ({ done, open, overdue }: { done: number; open: number; overdue: number }) =>
    `${done} done, ${open} open${overdue > 0 ? `, ${overdue} of them overdue` : ''}`,
  done: (count: number) => `${count} done`,
  added: (count: number) => `${count} added`,
  open: (count: number) => `${count} open`,
  overdue: (count: number) => `${count} overdue`,
  blocked: (count: number) => `${count} blocked`,
  tasks: 'What is overdue',
};
