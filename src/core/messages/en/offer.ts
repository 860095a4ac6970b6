/** A message that may become a task, or a comment on one. */
export const offer = {
  whether: 'Make this a task?',
  whetherNamed: (title: string) => `Make “${title}” a task?`,
  create: 'Create',
  no: 'No',
  notMade: 'No task was made of it.',
  noOpenTask: 'There is no open task that you can see. Add one first.',
};
