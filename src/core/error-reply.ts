import type { AppError, ErrorCode, Standing } from './errors.ts';
import type { Messages } from './messages.ts';
import {
  type Button,
  type Intent,
  plain,
  type Reply,
  type RichText,
  say,
  toPlain,
  code as typed,
  type ViewNode,
} from './view.ts';

interface ErrorContext {
  /** What was asked for, to ask it again with another argument. */
  intent?: Intent;
  /** Stands in the log too. */
  reference: string;
  /** How a command begins where this is read: "/task " */
  root: string;
  messages: Messages;
}

/** Buttons that one row of a phone's screen holds */
const MOST_CHOICES = 5;

type Words = (error: AppError, context: ErrorContext) => Reply;

/** What leads on from an error that brings no buttons of its own. */
type WayOn = (context: ErrorContext) => readonly Button[];

const nowhere: WayOn = () => [];

const to =
  (action: string, label: (messages: Messages) => string): WayOn =>
  ({ messages }) => [{ label: label(messages), intent: { action, args: {} } }];

const help = to('help', ({ buttons }) => buttons.help);
const myTasks = to('list', ({ buttons }) => buttons.myTasks);
const projects = to('project', ({ errors }) => errors.projects);

/** Slack's buttons carry 2,000 characters. */
const LONGEST_INTENT = 1_500;

/** The same once more, where a button can carry it. */
const again: WayOn = ({ intent, messages }) =>
  intent && JSON.stringify(intent).length <= LONGEST_INTENT
    ? [{ label: messages.errors.tryAgain, intent, tone: 'primary' }]
    : [];

const show =
  (fallback: (errors: Messages['errors']) => string, wayOn: WayOn = nowhere): Words =>
  (error, context) => {
    const { root, messages } = context;
    const own = error.userMessage(messages);
    const words = withCommands(own ?? fallback(messages.errors), root);
    if (error.stands) return withStanding(words, error.stands);
    const buttons = error.buttons(messages);
    return say(words, {
      buttons: buttons.length > 0 ? buttons : wayOn(context),
      tone: 'attention',
      to: own && isTelling.has(error.code) ? 'user' : 'asker',
    });
  };

/** The words above what they are about, as it is now: the buttons of the old one are spent. */
function withStanding(words: RichText, { view, isOwn }: Standing): Reply {
  const nodes: ViewNode[] = [{ type: 'text', text: words }, ...view.nodes];
  return {
    kind: 'view',
    to: 'user',
    view: { summary: toPlain(words), tone: 'attention', nodes },
    ...(isOwn ? { replaceOriginal: true } : {}),
    replaceForAsker: true,
  };
}

/** Whose sentences may name tasks, projects and people that others where it was asked do not see. */
const isTelling: ReadonlySet<ErrorCode> = new Set([
  'unknown_person',
  'ambiguous_person',
  'unknown_project',
  'not_allowed',
  'not_possible_now',
]);

/** In sentences, a command stands between backticks; it is shown as one types it here. */
export function withCommands(sentence: string, root: string): RichText {
  return sentence
    .split('`')
    .flatMap((part, index) => (index % 2 === 1 ? [typed(`${root}${part}`)] : plain(part)));
}

/** Words for every way to fail; a code without an entry does not compile. */
const replies: Record<ErrorCode, Words> = {
  unknown_action: show((errors) => errors.unknownAction, help),
  invalid_arguments: show((errors) => errors.invalidArguments, help),
  unknown_task: show((errors) => errors.unknownTask, myTasks),
  no_task_in_context: show((errors) => errors.noTaskInContext, myTasks),
  unknown_person: show((errors) => errors.unknownPerson),
  ambiguous_person: (error, context) => {
    const { intent } = context;
    const { errors } = context.messages;
    const choices = error.choices;
    if (!choices || !intent) return show(({ ambiguousPerson }) => ambiguousPerson)(error, context);
    const buttons = choices.candidates.map(
      (candidate): Button => ({
        label: candidate.label,
        intent: {
          ...intent,
          args: { ...intent.args, [choices.argument]: replaced(intent, choices, candidate.id) },
        },
      }),
    );
    const others = buttons.length > MOST_CHOICES ? ` ${errors.somebodyElse}` : '';
    return say(plain(`${errors.whichPerson(choices.typed)}${others}`), {
      buttons: buttons.slice(0, MOST_CHOICES),
    });
  },
  unknown_project: show((errors) => errors.unknownProject, projects),
  not_allowed: show((errors) => errors.notAllowed),
  not_possible_now: show((errors) => errors.notPossibleNow),
  changed_meanwhile: show((errors) => errors.changedMeanwhile, again),
  database_unavailable: show((errors) => errors.databaseUnavailable, again),
  audit_unavailable: show((errors) => errors.auditUnavailable, again),
  platform_unavailable: show((errors) => errors.platformUnavailable, again),
  unexpected: (_error, { reference, messages }) =>
    say(withCommands(messages.errors.unexpected(reference), ''), { tone: 'warning' }),
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
export const notInstalled = ({ errors }: Messages): Reply => say(plain(errors.notInstalled));
