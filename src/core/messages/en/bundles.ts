/** Several pieces of news in one message. */
export const bundles = {
  gaveTasks: (who: string, count: number) => `${who} gave you ${count} tasks`,
  newsOn: (count: number) => `News on ${count} tasks`,
  whileOff: (count: number) => `While you were off: news on ${count} tasks`,
  more: (count: number) => `… and ${count} more`,
  myTasks: 'My tasks',
  show: 'Show',
  /** Said to whoever gives them work */
  away: (who: string, when: string) => `${who} is away until ${when}.`,
};
