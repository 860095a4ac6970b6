/** The audit log as a file. */
export const auditFile = {
  follows: 'The file comes to our chat.',
  comment: (heading: string) => `${heading}, newest first. Times in both UTC and yours.`,
  cut: (most: string) => `It holds the newest ${most} entries: narrow it with \`since\` for the rest.`,
  missing: 'The file could not be made or sent. Please try again in a minute.',
  declined: 'The file was not sent.',
  columns: {
    at: 'Time (UTC)',
    local: (zone: string) => `Time (${zone})`,
    who: 'Who',
    action: 'Action',
    outcome: 'Outcome',
    task: 'Task',
    details: 'Details',
    platform: 'Platform',
    source: 'Asked by',
    target: 'Target id',
    actor: 'Actor id',
    id: 'Entry id',
  },
};
