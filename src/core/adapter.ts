import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Invocation, Platform } from './action.ts';
import type { Language } from './messages.ts';
import type { HomePublisher, Messenger } from './ports.ts';
import type { Reply } from './view.ts';

/** What came of an invocation. */
export interface Answer {
  reply: Reply;
  /** The request had been answered before: an adapter that posts its answers does not post this one again. */
  repeated: boolean;
}

/** The pipeline, as adapters see it. Never throws: a failure is a reply in words too. */
export interface Dispatch {
  (invocation: Invocation): Promise<Answer>;
  /** True when the answer will be a form: it must open at once, whatever the database does. */
  opensForm(asked: Pick<Invocation, 'request'>): boolean;
  /** False for words that begin with no command, and in a thread for those that rather go on with what is said there. */
  understands(asked: Pick<Invocation, 'request'> & Partial<Pick<Invocation, 'place'>>): boolean;
  /** In which language somebody is spoken to, for what an adapter says before it has the answer. */
  languageOf(asker: Pick<Invocation, 'platform' | 'workspaceId' | 'userId' | 'locale'>): Language;
}

/** One chat platform: takes its requests, and speaks to it. */
export interface ChatAdapter {
  readonly platform: Platform;
  readonly messenger: Messenger;
  /** Where the platform has pages for people */
  readonly home?: HomePublisher;
  /** Handles one HTTP request of the platform: authenticates it, dispatches it, answers inside the deadline. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Opens connections of its own (Slack's Socket Mode). */
  start(): Promise<void>;
  /** Takes nothing new, finishes what runs. */
  stop(): Promise<void>;
}

/** The longest that a person waits for the first answer, in ms: inside Slack's 3 s and Teams' 2 s rule with typing. */
export const ANSWER_WITHIN_MS = 2_000;

/**
 * Gives the answer if it is there in time; else undefined, and `late` gets it when it comes (and handles its own errors).
 * Slack closes a command after 3 s, Teams' store asks for a sign of life in 2 s.
 */
export async function answerInTime(
  answer: Promise<Answer>,
  late: (answer: Answer) => Promise<void>,
  withinMs: number = ANSWER_WITHIN_MS,
): Promise<Answer | undefined> {
  const tooLate = Symbol('too late');
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<typeof tooLate>((resolve) => {
    timer = setTimeout(() => resolve(tooLate), withinMs);
  });
  const first = await Promise.race([answer, deadline]).finally(() => clearTimeout(timer));
  if (first !== tooLate) return first;
  void answer.then(late);
  return undefined;
}
