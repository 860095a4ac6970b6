/** The daily digest, and its command. A command stands between backticks. */
export const digest = {
  title: (day: string) => `Your day, ${day}`,
  channelTitle: (projects: string, day: string) => `${projects}, ${day}`,
  sections: {
    overdue: 'Overdue',
    today: 'Due today',
    waiting: 'Waits for you to approve',
    blocked: 'Blocked in your projects',
    late: 'Overdue in your projects',
    fresh: 'New for you',
    moved: 'What has moved',
    told: 'What was said and done',
  },
  /** What is about no task */
  also: 'Also',
  channelSections: {
    overdue: 'Overdue',
    today: 'Due today',
    blocked: 'Blocked',
    waiting: 'In review',
    done: 'Done since the last digest',
  },
  summary: {
    overdue: (count: number) => `${count} overdue`,
    today: (count: number) => `${count} due today`,
    waiting: (count: number) => `${count} to approve`,
    blocked: (count: number) => `${count} blocked`,
    late: (count: number) => `${count} late in your projects`,
    fresh: (count: number) => `${count} new`,
    moved: (count: number) => `${count} moved`,
    told: (count: number) => `news on ${count}`,
  },
  more: (count: number) => `… and ${count} more`,
  done: 'Done',
  start: 'Start',
  unblock: 'Unblock',
  snooze: 'Snooze',
  approve: 'Approve',
  nudge: 'Nudge',
  show: 'Show',
  myTasks: 'My tasks',
  change: 'Other time',
  nothingNow:
    'There is nothing in it now: nothing of yours is overdue or due today, nothing waits for you and nothing is new.',
  whichTime: 'Say when, like `digest at 08:30`.',
  whichDays: 'Say on which days, like `digest days mon-fri` or `digest days every day`.',
  unknown: (typed: string) =>
    `I don’t know \`digest ${typed}\`. There are \`digest now\`, \`digest on\`, \`digest off\`, \`digest at 08:30\`, \`digest days mon-fri\` and, in a channel, \`digest here at 09:00\`.`,
  channel: {
    set: (who: string, time: string, zone: string) =>
      `${who} has set up a digest here: at ${time} (${zone} time) on working days, what is overdue, due and blocked in the projects that are linked here. \`digest here off\` ends it.`,
    off: (who: string) => `${who} has ended the digest here. \`digest here at 09:00\` sets one up again.`,
    none: 'This channel has no digest. `digest here at 09:00` sets one up.',
    onlyInChannels: 'A channel’s digest is set up in that channel: type `digest here at 09:00` there.',
    notLinked:
      'No project is linked to this channel yet, so its digest would be empty. A manager types `link <PROJECT>` first.',
    whichTime: 'Say when, like `digest here at 09:00`, or `digest here off`.',
  },
};
