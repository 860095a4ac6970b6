/** Watching and muting a task. A command stands between backticks. */
export const follow = {
  watching: (task: string) => `You hear of ${task} from now on, and your digest shows when it moves.`,
  unwatched: (task: string) => `You no longer watch ${task}.`,
  muted: (task: string) =>
    `${task} is muted: you hear of it only when somebody gives it to you, mentions you or asks you about it.`,
  unmuted: (task: string) => `You hear of ${task} again.`,
  unwatch: 'Stop watching',
  unmute: 'Unmute',
  already: {
    watching: (number: number) => `You watch #${number} already.`,
    muted: (number: number) => `You have muted #${number} already.`,
  },
  not: {
    watching: (number: number) => `You don’t watch #${number}. \`watch ${number}\` does.`,
    muted: (number: number) => `You have not muted #${number}. \`mute ${number}\` does.`,
  },
};
