import type { AppError, ErrorCode } from './errors.ts';
import {
  type Button,
  type Intent,
  plain,
  type Reply,
  type RichText,
  say,
  text,
  code as typed,
} from './view.ts';

interface ErrorContext {
  /** What was asked for, to ask it again with another argument. */
  intent?: Intent;
  /** Stands in the log too. */
  reference: string;
  /** How a command begins where this is read: "/task " */
  root: string;
}

/** Buttons that one row of a phone's screen holds */
const MOST_CHOICES = 5;

type Words = (error: AppError, context: ErrorContext) => Reply;

const show =
  (fallback: string): Words =>
  (error, { root }) =>
    say(withCommands(error.userMessage ?? fallback, root), {
      buttons: error.buttons,
      tone: 'attention',
      to: error.userMessage && isTelling.has(error.code) ? 'user' : 'asker',
    });

/** Whose sentences may name tasks, projects and people that others where it was asked do not see. */
const isTelling: ReadonlySet<ErrorCode> = new Set([
  'unknown_person',
  'ambiguous_person',
  'unknown_project',
  'not_allowed',
  'not_possible_now',
]);

/** In sentences, a command stands between backticks; it is shown as one types it here. */
function withCommands(sentence: string, root: string): RichText {
  return sentence
    .split('`')
    .flatMap((part, index) => (index % 2 === 1 ? [typed(`${root}${part}`)] : plain(part)));
}

/** Words for every way to fail; a code without an entry does not compile. */
const replies: Record<ErrorCode, Words> = {
  unknown_action: show('I don’t know that command. Type `help` to see what I can do.'),
  invalid_arguments: show('I can’t read that. Type `help` to see how it is written.'),
  unknown_task: show('There is no task with that number that you can see. `list` shows yours.'),
  no_task_in_context: show('Which task? Add its number, like `done 42`.'),
  unknown_person: show('I don’t know that person. Use their @name or work e-mail.'),
  ambiguous_person: (error, context) => {
    const { intent } = context;
    const choices = error.choices;
    if (!choices || !intent)
      return show('More than one person has that name: use their @name.')(error, context);
    const buttons = choices.candidates.map(
      (candidate): Button => ({
        label: candidate.label,
        intent: {
          ...intent,
          args: { ...intent.args, [choices.argument]: replaced(intent, choices, candidate.id) },
        },
      }),
    );
    const others = buttons.length > MOST_CHOICES ? ' For somebody else, use their @name or work e-mail.' : '';
    return say(text`Which ${choices.typed} do you mean?${others}`, {
      buttons: buttons.slice(0, MOST_CHOICES),
    });
  },
  unknown_project: show('I don’t know that project. `project list` shows yours.'),
  not_allowed: show('You may not do that. Ask your manager.'),
  not_possible_now: show('That can’t be done in the task’s present state.'),
  changed_meanwhile: show(
    'Somebody else changed this at the same moment, so I left it as it is. Please try again.',
  ),
  database_unavailable: show(
    'I can’t reach my database right now, so nothing was changed. Please try again in a minute: doing it twice is safe.',
  ),
  audit_unavailable: show('The history can’t be read right now. Please try again in a minute.'),
  platform_unavailable: show('The chat platform does not answer me right now. Please try again in a minute.'),
  unexpected: (_error, { reference }) =>
    say(
      text`Something went wrong on my side, and nothing was changed. If it happens again, tell your admin this reference: ${typed(reference)}`,
      { tone: 'warning' },
    ),
};

/** An answer in words for every error: total over the codes. */
export const errorReply = (error: AppError, context: ErrorContext): Reply =>
  replies[error.code](error, context);

/** The argument with the ambiguous words replaced by the person that was chosen. */
function replaced(intent: Intent, choices: { argument: string; typed: string }, personId: string): string {
  const value = intent.args[choices.argument] ?? '';
  const typed = `(?:(?:name|email):)?${choices.typed.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`;
  // Between commas, or after the @ of a query: "wes" is no part of "wesley", nor of "wes carter".
  const reference = new RegExp(`(?<=^|,|")${typed}(?=,|"|$)|(?<=@)${typed}(?=\\s|$)`);
  return reference.test(value) ? value.replace(reference, () => `person:${personId}`) : `person:${personId}`;
}

/** For a workspace that nobody installed Crewline in, or where it was removed. */
export const notInstalled = (): Reply =>
  say(plain('Crewline is not set up for this workspace. Ask whoever runs it to install it here.'));
