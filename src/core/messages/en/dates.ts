/** Dates that can’t be read. They are typed in English everywhere. */
export const dates = {
  /** `date` as it was typed; `instead` is one of the two below */
  unreadable: (date: string, instead: string) => `I can’t read that as a date: “${date}”. ${instead}`,
  past: (date: string, instead: string) => `That is in the past: “${date}”. ${instead}`,
  ambiguous: (date: string, instead: string) => `That could be two different times: “${date}”. ${instead}`,
  'nonexistent-date': (date: string, instead: string) => `That day doesn’t exist: “${date}”. ${instead}`,
  suggestion: (date: string) => `Did you mean “${date}”?`,
  examples: 'Try “tomorrow 2pm”, “fri”, “in 2h” or “30 nov”.',
  unreadableSince: (words: string) =>
    `I can’t read “${words}” as a time. Try “since yesterday”, “since 3 days” or “since monday”.`,
};
