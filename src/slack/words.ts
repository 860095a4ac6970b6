import { code, plain, type Reply, say, text } from '../core/view.ts';

/** What the adapter itself says, where no action's answer can be had. */
export const words = {
  stillWorking: 'Still working on it — the answer will come here.',
  oneMoment: 'One moment…',
  nothingToFillIn: 'There is nothing to fill in.',
  done: 'Done.',
  formByButton: 'There are a few things to fill in:',
  notInstalled: sentence(
    'Crewline is not set up for this workspace. Ask whoever runs it here to install it again.',
  ),
  outOfDate: sentence('This button is out of date. Type what you want to do instead; “help” lists it.'),
  formTooLate: say(
    text`The form could not be opened: Slack did not take it in time. Please try again, or put all on one line; ${code('help add')} shows how.`,
  ),
  outdatedForm: sentence('This form is out of date. Open it again, please; nothing was changed.'),
} as const;

function sentence(words: string): Reply {
  return say(plain(words), { tone: 'warning' });
}

/** For a failure that dispatch itself could not put into words; `reference` stands in the log too. */
export function unreachable(reference: string): Reply {
  return sentence(`Crewline can't answer right now. Please try again in a minute. (Reference ${reference})`);
}
