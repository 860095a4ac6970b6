/** For admins: what could not be delivered. A command stands between backticks. */
export const delivery = {
  title: 'Delivery',
  fine: 'Everything was delivered.',
  dead: (count: number) => (count === 1 ? '1 message was given up' : `${count} messages were given up`),
  waiting: (count: number) => (count === 1 ? '1 waits now' : `${count} wait now`),
  oldest: (when: string) => `the oldest since ${when}`,
  last: 'last',
  hint: 'They are kept until they are sent again. What is no longer true is left out then.',
  replay: 'Send again',
  replayAll: 'Send all again',
  replayed: (count: number) =>
    count === 1 ? '1 message is on its way again.' : `${count} messages are on their way again.`,
  nothingToReplay: 'There is nothing to send again: nothing was given up.',
  unknown: (typed: string) =>
    `I don’t know \`delivery ${typed}\`. There are \`delivery\` and \`delivery replay\`.`,
  causes: {
    refused: 'the person takes no messages',
    removed: 'the app was removed',
    noAccount: 'the person has no chat account yet',
    uncertain: 'may have been sent',
  },
  /** What admins can do about the reasons that come most often */
  advice: {
    refused: 'They have blocked or removed the app. It ends when they write to it.',
    removed: 'Install the app again, then send it again.',
    noAccount: 'It goes by itself when they first write to the app.',
    uncertain: 'It may have arrived. Ask before you send it again.',
  },
};
