/** What stands in a dialog, or in place of one. */
export const dialogs = {
  oneMoment: 'One moment',
  takesLonger: 'This takes longer than usual. It will be there in a moment.',
  openIt: 'Open it',
  stillWorking: 'Still working… The answer comes in our chat.',
  notOurs: 'This button is not one that I know. Ask me for the task again.',
  keptAsComment: (task: number) => `Kept as a comment on #${task}.`,
  searching: 'Still searching. Type on, or try again in a moment.',
};
