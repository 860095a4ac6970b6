import { type Messages, messagesFor, type Sentence } from './messages.ts';
import type { Button, View } from './view.ts';

/** Every way in which a request can fail, as people need to hear it. `error-reply.ts` has words for each. */
export const errorCodes = [
  'unknown_action',
  'invalid_arguments',
  'unknown_task',
  'no_task_in_context',
  'unknown_person',
  'ambiguous_person',
  'unknown_project',
  'not_allowed',
  'not_possible_now',
  'changed_meanwhile',
  'database_unavailable',
  'audit_unavailable',
  'platform_unavailable',
  'unexpected',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** How the audit log calls the outcome of an action. */
export type Outcome = 'ok' | 'denied' | 'invalid' | 'failed';

export interface Candidate {
  id: string;
  label: string;
}

export interface AppErrorOptions {
  /** A whole sentence for the person in the chat: what is wrong and what to type instead. */
  userMessage?: Sentence;
  /** Errors at the fields of a form, by field name. */
  fields?: Record<string, Sentence>;
  /** What would help, pressed instead of typed. */
  buttons?: (messages: Messages) => readonly Button[];
  /** ambiguous_person: who may be meant, and by which argument and words they were named. */
  choices?: { argument: string; typed: string; candidates: readonly Candidate[] };
  /** What a stale button was about, as it stands now */
  stands?: Standing;
  cause?: unknown;
}

/** Shown with the words of a refusal. */
export interface Standing {
  view: View;
  /** The button stood in a message that only the asker sees: this takes its place. */
  isOwn: boolean;
}

/** A failure with a code; what the user hears stands apart from what the log gets. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly choices: AppErrorOptions['choices'];
  readonly #options: AppErrorOptions;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    const english = options.userMessage?.(messagesFor('en'));
    super(`${code}${english ? `: ${english}` : ''}`, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.#options = options;
    this.choices = options.choices;
  }

  get stands(): Standing | undefined {
    return this.#options.stands;
  }

  /** The same, with the fresh state of what it is about, and in other words where there are better ones. */
  showing(stands: Standing, userMessage = this.#options.userMessage): AppError {
    return new AppError(this.code, {
      ...this.#options,
      ...(userMessage ? { userMessage } : {}),
      stands,
      cause: this.#options.cause ?? this,
    });
  }

  /** What the person is told, in their language; undefined where the code says it all. */
  userMessage(messages: Messages): string | undefined {
    return this.#options.userMessage?.(messages);
  }

  /** Errors at the fields of a form, in the person's language; undefined where no field is to blame. */
  fields(messages: Messages): Record<string, string> | undefined {
    const { fields } = this.#options;
    return (
      fields &&
      Object.fromEntries(Object.entries(fields).map(([name, sentence]) => [name, sentence(messages)]))
    );
  }

  buttons(messages: Messages): readonly Button[] {
    return this.#options.buttons?.(messages) ?? [];
  }
}

const outcomes: Record<ErrorCode, Outcome> = {
  unknown_action: 'invalid',
  invalid_arguments: 'invalid',
  unknown_task: 'invalid',
  no_task_in_context: 'invalid',
  unknown_person: 'invalid',
  ambiguous_person: 'invalid',
  unknown_project: 'invalid',
  not_allowed: 'denied',
  not_possible_now: 'invalid',
  changed_meanwhile: 'failed',
  database_unavailable: 'failed',
  audit_unavailable: 'failed',
  platform_unavailable: 'failed',
  unexpected: 'failed',
};

export const outcomeOf = (code: ErrorCode): Outcome => outcomes[code];
