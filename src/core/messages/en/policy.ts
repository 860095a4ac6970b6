/** How a project is run: `project policy`, and a project by itself. */
export const policy = {
  which: 'Say which project and how, like `project policy DOCK approval on`.',
  approvalOn: (key: string, name: string) =>
    `In ${key} ${name}, what is finished now waits for a manager’s approval.`,
  approvalOff: (key: string, name: string) => `In ${key} ${name}, what is finished is done at once.`,
  askedAlready: (key: string) => `${key} asks for approval already.`,
  notAskedAnyway: (key: string) => `${key} does not ask for approval.`,
  ack: (key: string) => `The policy of ${key} is changed.`,
  approval: 'approval asked',
  archived: 'archived',
  noApproval: 'no approval asked',
  tasks: 'Tasks',
  members: 'Members',
  askForApproval: 'Ask for approval',
  dropApproval: 'No approval',
};
