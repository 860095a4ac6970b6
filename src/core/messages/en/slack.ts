import { type TextPart, text } from '../../view.ts';

/** What the Slack adapter says itself: where no action’s answer can be had, or Slack has room for no more. */
export const slack = {
  stillWorking: 'Still working on it — the answer will come here.',
  oneMoment: 'One moment…',
  nothingToFillIn: 'There is nothing to fill in.',
  done: 'Done.',
  formByButton: 'There are a few things to fill in:',
  notInstalled: 'Crewline is not set up for this workspace. Ask whoever runs it here to install it again.',
  outOfDate: 'This button is out of date. Type what you want to do instead; “help” lists it.',
  formTooLate: (command: TextPart) =>
    text`The form could not be opened: Slack did not take it in time. Please try again, or put all on one line; ${command} shows how.`,
  outdatedForm: 'This form is out of date. Open it again, please; nothing was changed.',
  unreachable: (reference: string) =>
    `Crewline can't answer right now. Please try again in a minute. (Reference ${reference})`,
  back: 'Back',
  cancel: 'Cancel',
  close: 'Close',
  sure: 'Are you sure?',
  nothingToChoose: (label: string) => `${label}: nothing to choose from yet`,
  cut: (longest: number) => `Your text was cut to ${longest} characters.`,
  hidden: (count: number) => `${count} more are not shown; type the command to choose one of them.`,
  noButton: (labels: string) =>
    `No button for ${labels}: what it would send is too long. Type the command with fewer words.`,
  moreParts: (count: number) => `… and ${count} more parts, too long to show here`,
};
