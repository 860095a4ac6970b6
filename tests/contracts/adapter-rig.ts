import type { Invocation, Platform } from '../../src/core/action.ts';
import type { Answer, ChatAdapter } from '../../src/core/adapter.ts';
import type { Form } from '../../src/core/view.ts';

/** What somebody in the chat sees. */
export interface Seen {
  /** asker: they alone. everyone: all who are in the place. */
  by: 'asker' | 'everyone';
  words: string;
  /** Signs in it that the platform would act upon: a mention, a call to all, a link. */
  live: readonly string[];
  buttons: readonly string[];
}

export interface Delivered {
  status: number;
  /** From the request to its response, in ms */
  tookMs: number;
}

export interface Where {
  place?: 'channel' | 'direct';
  /** The platform's id of what was said: the same for each delivery of one message. */
  delivery?: string;
}

export interface OpenForm {
  /** Fills in the fields by name. A delivery is one sending of it. */
  submit(values: Record<string, string>): Promise<Delivered & { errors: Record<string, string> }>;
}

/** One platform's adapter behind real HTTP, with its real authentication, before a stand-in for the platform's API. */
export interface AdapterRig {
  platform: Platform;
  adapter: ChatAdapter;
  workspaceId: string;
  /** Who speaks: Wes; and whom they mention with `@omar`. */
  userId: string;
  mentionedId: string;
  channelId: string;
  /** What reached the pipeline. */
  invocations: readonly Invocation[];
  /** What the pipeline answers from now on. */
  answer(next: (invocation: Invocation) => Promise<Answer> | Answer): void;
  says(text: string, where?: Where): Promise<Delivered>;
  /** Says something where the app was never installed. */
  saysElsewhere(text: string): Promise<Delivered>;
  /** Presses a button of the newest message. */
  presses(label: string, options?: { delivery?: string }): Promise<Delivered>;
  /** Has the form shown, as the answer to something. */
  opens(form: Form): Promise<OpenForm>;
  /** Says something with a signature or token that is not the platform's. */
  saysUnsigned(text: string): Promise<Delivered>;
  /** The platform refuses the next message with 429, to come back in a second. */
  throttleOnce(): void;
  /** Everything that was shown so far, oldest first. */
  seen(): Seen[];
  close(): Promise<void>;
}
