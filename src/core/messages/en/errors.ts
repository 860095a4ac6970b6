/** What went wrong, and what to do. A command stands between backticks. */
export const errors = {
  unknownAction: 'I don’t know that command. Type `help` to see what I can do.',
  invalidArguments: 'I can’t read that. Type `help` to see how it is written.',
  unknownTask: 'There is no task with that number that you can see. `list` shows yours.',
  noTaskInContext: 'Which task? Add its number: `list` shows yours.',
  unknownPerson: 'I don’t know that person. Use their @name or work e-mail.',
  ambiguousPerson: 'More than one person has that name: use their @name.',
  whichPerson: (typed: string) => `Which ${typed} do you mean?`,
  somebodyElse: 'For somebody else, use their @name or work e-mail.',
  unknownProject: 'I don’t know that project. `project list` shows yours.',
  notAllowed: 'You may not do that. Ask your manager.',
  notPossibleNow: 'That can’t be done in the task’s present state.',
  changedMeanwhile: 'Somebody else changed this at the same moment, so I left it as it is. Please try again.',
  databaseUnavailable:
    'I can’t reach my database right now, so nothing was changed. Please try again in a minute: doing it twice is safe.',
  auditUnavailable: 'The history can’t be read right now. Please try again in a minute.',
  platformUnavailable: 'The chat platform does not answer me right now. Please try again in a minute.',
  unexpected: (reference: string) =>
    `Something went wrong on my side, and nothing was changed. If it happens again, tell your admin this reference: \`${reference}\``,
  notInstalled: 'Crewline is not set up for this workspace. Ask whoever runs it to install it here.',
  projects: 'Projects',
  tryAgain: 'Try again',
};
