/** The organisation's days off. A command stands between backticks. */
export const holidays = {
  title: 'Days off for everyone',
  empty: 'No day off is set. An admin types `holiday add 25.12. <name>`.',
  added: (name: string, day: string) =>
    `${name}, ${day}, is a day off for everyone now: what is not urgent waits, and there is no digest.`,
  removed: (name: string, day: string) => `${name}, ${day}, is a working day again.`,
  none: (day: string) => `${day} is no day off. \`holiday\` shows which are.`,
  which: 'Say which day, and its name, like `holiday add 25.12. <name>`.',
  unknown: (typed: string) =>
    `I don’t know \`holiday ${typed}\`. There are \`holiday\`, \`holiday add 25.12. <name>\` and \`holiday remove 25.12.\``,
  remove: 'Remove',
};
