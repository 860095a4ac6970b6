import type { Action, Mention, Request } from './action.ts';
import { type CommandLine, readCommandLine } from './command-line.ts';
import { AppError } from './errors.ts';
import { type Messages, messagesFor } from './messages.ts';
import type { Registry } from './registry.ts';
import { shorten } from './shorten.ts';
import type { Button, Intent } from './view.ts';

/** A request as an action with its arguments as strings, whichever way it came. */
export interface Resolved<A> {
  action: A;
  args: Record<string, string>;
  /** A command whose answer replaces the message that carried the button. */
  after?: string;
}

/** What a bare `/task` is. */
const BARE = 'list';
const TASK_NUMBER_FIRST = /^\s*(#?\d{1,9})(?:\s+(\p{L}+)(\s[\s\S]*)?)?\s*$/u;
/** A token of command-line.ts */
const MENTION = /\uE000(\d+)\uE001/g;

/** Finds the action and reads its arguments. Throws AppError `unknown_action` with a suggestion. */
export function readRequest<Db, Work>(
  registry: Registry<Db, Work>,
  request: Request,
  context: { now: Date; timeZone: string; locale: string },
): Resolved<Action<Db, Work>> {
  if (request.type !== 'text') {
    const action = registry.find(request.action);
    if (!action)
      throw new AppError('unknown_action', {
        userMessage: ({ input }) => input.buttonOutOfDate,
        buttons: helpButton,
      });
    const { after, ...args } = storable(request.args);
    return after ? { action, args, after } : { action, args };
  }
  const { action, line } = readVerb(registry, request.text, (text) => {
    const meant = readRequest(registry, { ...request, text }, context);
    return { action: meant.action.name, args: meant.args };
  });
  const args = action.read(line, { mentions: request.mentions, ...context });
  return { action, args: withNames(args, { mentions: request.mentions, locale: context.locale }) };
}

/**
 * Whether the answer will be a form. Read without knowing who asks, so without their zone: what decides is which
 * arguments there are, not what they say.
 */
export function opensForm<Db, Work>(
  registry: Registry<Db, Work>,
  request: Request,
  context: { now: Date },
): boolean {
  try {
    const action =
      request.type === 'text' ? readVerb(registry, request.text).action : registry.find(request.action);
    // Most never do: no need to read their arguments.
    if (!action?.opensForm) return false;
    const { args } = readRequest(registry, request, { ...context, timeZone: 'UTC', locale: 'en' });
    return action.opensForm(args);
  } catch {
    return false;
  }
}

/** The action that the first words name, and the rest of the line. `project create` is `project-create`. */
function readVerb<Db, Work>(
  registry: Registry<Db, Work>,
  text: string,
  intentOf?: (text: string) => Intent,
): { action: Action<Db, Work>; line: CommandLine } {
  const line = readCommandLine(verbFirst(text));
  const word = line.verb() ?? BARE;
  const noun = registry.find(word);
  if (!noun) throw unknownAction(registry, { word, text, intentOf });
  const verbs = registry.verbsOf(noun.name);
  const verb = verbs.length > 0 ? line.keyword(...verbs) : undefined;
  return { action: (verb && registry.find(`${noun.name}-${verb}`)) || noun, line };
}

/** `42 done` means `done 42`, and `42` alone means `show 42`. */
function verbFirst(text: string): string {
  const said = text.replace(/^\s*\/task\b/i, '');
  const found = TASK_NUMBER_FIRST.exec(said);
  if (!found) return said;
  const [, number = '', verb = 'show', rest = ''] = found;
  return `${verb} ${number}${rest}`;
}

/** In texts that are kept, a mention is the person's name. */
function withNames(
  args: Record<string, string>,
  { mentions, locale }: { mentions: readonly Mention[]; locale: string },
): Record<string, string> {
  const { someone } = messagesFor(locale).words;
  const named = (value: string) =>
    value.replace(MENTION, (_token, index: string) => `@${mentions[Number(index)]?.name ?? someone}`);
  return storable(Object.fromEntries(Object.entries(args).map(([name, value]) => [name, named(value)])));
}

/** PostgreSQL stores no NUL, and no half of a surrogate pair in JSON. */
function storable(args: Record<string, string>): Record<string, string> {
  const clean = (value: string) => value.replaceAll('\0', '').toWellFormed();
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, clean(value)]));
}

const helpButton = ({ buttons }: Messages): Button[] => [
  { label: buttons.help, intent: { action: 'help', args: {} } },
];

interface Mistyped {
  word: string;
  text: string;
  intentOf: ((text: string) => Intent) | undefined;
}

function unknownAction<Db, Work>(registry: Registry<Db, Work>, mistyped: Mistyped): AppError {
  const { word } = mistyped;
  const near = registry.suggest(word);
  const shown = shorten(word, 40);
  return new AppError('unknown_action', {
    userMessage: ({ input }) => (near ? input.commandNear(shown, near) : input.command(shown)),
    buttons: (messages) => [...(near ? meantButton(near, mistyped) : []), ...helpButton(messages)],
  });
}

const LONGEST_LABEL = 30;

/** What was typed with the word that was meant, to be sent by a press. */
function meantButton(near: string, { word, text, intentOf }: Mistyped): Button[] {
  const at = text.toLowerCase().indexOf(word.toLowerCase());
  if (!intentOf || at < 0) return [];
  const meant = text.slice(at).replace(/^\S+/u, near).trim();
  const label = shorten(meant.replace(MENTION, '@…'), LONGEST_LABEL);
  return [{ label, intent: intentOf(meant), tone: 'primary' }];
}
