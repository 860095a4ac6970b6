import { type TextPart, text } from '../../view.ts';

/** A person’s own page. */
export const home = {
  headings: {
    mine: 'Your open tasks',
    assigned: 'Open tasks from you',
    waiting: 'Waiting for your approval',
  },
  empty: {
    mine: 'Nothing waits for you. Add a task, or ask for one.',
    assigned: 'Nobody has an open task from you. Add one and say whose it is.',
    waiting: 'No task waits for your approval.',
  },
  spans: { overdue: 'overdue', today: 'due today', week: 'due this week' },
  headingOf: (heading: string, span: string) => `${heading}, ${span}`,
  emptySpan: (span: string) => `There is nothing ${span} here.`,
  tabs: { mine: 'Mine', assigned: 'From me', waiting: 'For approval' },
  filters: { all: 'All open', overdue: 'Overdue', today: 'Today', week: 'This week' },
  howToLink: (command: TextPart) =>
    text`No channel shows one of your projects yet. In a channel, type ${command}.`,
};
