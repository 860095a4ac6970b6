/**
 * The neutral model of everything that Crewline says. Actions and views build it, each platform's
 * renderer draws it. All of it is plain JSON, so a reply can be kept and given again.
 */
import type { FileContent } from './files.ts';
import { isolate } from './isolate.ts';
import type { Language } from './messages.ts';
import type { Drawing } from './pictures.ts';

/** One run of text. Plain strings are escaped by the renderers: a title never becomes a mention or a link. */
export type Span =
  | { type: 'text'; text: string; style?: 'bold' | 'italic' | 'strike' | 'code' }
  | { type: 'link'; text: string; url: string }
  /** A moment, shown in the reader's own time zone where the platform can. `at` in ms since 1970; `fallback` is in the actor's zone. */
  | { type: 'time'; at: number; format: 'date' | 'datetime'; fallback: string };

/** Rich text. Made by `text` and its helpers, never by hand from strings with markup. */
export type RichText = readonly Span[];

/** What may stand in a `text` template: plain text, a number, or rich text. */
export type TextPart = string | number | Span | RichText;

/** Rich text from a template: `` text`${bold(title)} is done` ``. Interpolated strings stay plain text. */
export function text(strings: TemplateStringsArray, ...parts: TextPart[]): RichText {
  return strings.flatMap((literal, index) => {
    const part = parts[index];
    return [...plain(literal), ...(part === undefined ? [] : spans(part))];
  });
}

/** A string as rich text, unstyled. */
export const plain = (value: string): RichText => (value === '' ? [] : [{ type: 'text', text: value }]);
export const bold = (value: string): Span => ({ type: 'text', text: value, style: 'bold' });
export const italic = (value: string): Span => ({ type: 'text', text: value, style: 'italic' });
export const strike = (value: string): Span => ({ type: 'text', text: value, style: 'strike' });
/** For what people type: `/task done 42`. */
export const code = (value: string): Span => ({ type: 'text', text: value, style: 'code' });
export const link = (label: string, url: string): Span => ({ type: 'link', text: label, url });

/** Rich texts with a separator between them; empty ones are left out. */
export function join(parts: readonly TextPart[], separator: string): RichText {
  const filled = parts.map(spans).filter((part) => part.length > 0);
  return filled.flatMap((part, index) => (index === 0 ? part : [...plain(separator), ...part]));
}

/** The words alone: for summaries, logs and lock screens. */
export function toPlain(rich: RichText): string {
  return rich.map((span) => (span.type === 'time' ? span.fallback : span.text)).join('');
}

/** What is filled in may be somebody's words, in their own direction of writing. */
function spans(part: TextPart): RichText {
  if (typeof part === 'string') return plain(isolate(part));
  if (typeof part === 'number') return plain(String(part));
  return isSpan(part) ? [isolated(part)] : part;
}

const isolated = (span: Span): Span => (span.type === 'time' ? span : { ...span, text: isolate(span.text) });

function isSpan(part: Span | RichText): part is Span {
  return !Array.isArray(part);
}

/** What a button asks for: an action and its arguments as people would type them. It is parsed and authorised again. */
export interface Intent {
  action: string;
  args: Record<string, string>;
}

export interface Button {
  label: string;
  intent: Intent;
  tone?: 'primary' | 'danger';
  /** Asked before the intent is sent. */
  confirm?: string;
}

export interface ListRow {
  title: RichText;
  detail?: RichText;
  buttons?: readonly Button[];
}

export type ViewNode =
  | { type: 'text'; text: RichText; muted?: boolean }
  | { type: 'fields'; items: readonly { label: string; value: RichText }[] }
  | { type: 'list'; rows: readonly ListRow[]; empty: RichText }
  | { type: 'actions'; buttons: readonly Button[] }
  | ImageNode
  | { type: 'divider' };

/** A picture. What it shows is said in words beside it too. */
export interface ImageNode {
  type: 'image';
  /** What is drawn when it is shown: an answer that is kept stays small */
  drawing: Drawing;
  /** The picture in words, for those who don't see it */
  alt: string;
  /** Name of the file, where it is sent as one: report.png */
  fileName: string;
  /** Stands in its place where the picture comes after the message, as a file */
  follows: RichText;
  /** Said when it can't be drawn or sent */
  missing: RichText;
  /** PNG in base64, put in by an adapter that shows pictures inside the message. Never kept. */
  png?: string;
}

/** A file that comes after an answer, to the asker alone. Its bytes are made when it is sent. */
export interface FileAnswer {
  name: string;
  content: FileContent;
  /** Brings this answer again: what comes back from a platform's question is trusted no more than a button */
  intent: Intent;
  /** Stands above it */
  comment: RichText;
  /** Stands there too, where not all went into it */
  cut: RichText;
  /** Said when it can't be made or sent */
  missing: RichText;
  /** Said where somebody is asked whether they want it, and does not */
  declined: RichText;
}

/** The colour that goes with the words; never the only carrier of a meaning. */
export type Tone = 'neutral' | 'good' | 'attention' | 'warning';

export interface View {
  /** A heading; left out where one sentence is all there is. */
  title?: string;
  /** The whole message in one line: what a phone's lock screen shows. */
  summary: string;
  tone?: Tone;
  nodes: readonly ViewNode[];
  /** For what a renderer adds of its own; English when left out. Set where the view leaves for its platform. */
  language?: Language;
  /** Set where a direct message shows a task: it is brought up to date with the task's other cards. */
  copy?: CardCopy;
  /** The platform's ids of people who see it otherwise, where it can be drawn anew for one who looks at it (Teams); 60 at most. */
  readers?: readonly string[];
}

/** What of a direct message stays as it was said, when the card below it is drawn anew. */
export interface CardCopy {
  taskId: string;
  /** Of the task, as it was drawn */
  version: number;
  news: RichText;
  summary: string;
  /** Instead of the card's own */
  buttons?: readonly Button[];
}

export interface Option {
  value: string;
  label: string;
  /** Small print below it, where the platform has room for some */
  detail?: string;
}

export type Field = {
  name: string;
  label: string;
  hint?: string;
  optional?: boolean;
} & (
  | { type: 'text'; value?: string; placeholder?: string; multiline?: boolean; maxLength?: number }
  | ({ type: 'select'; value?: string } & Choice)
  /** `value` and what comes back: option values, separated by commas. */
  | ({ type: 'multiselect'; value?: string } & Choice)
);

interface Choice {
  /** All that there is to choose from; where it is searched, the first of it, with the chosen ones. */
  options: readonly Option[];
  /** More than fits: this intent, with the typed `words` added to its arguments, is answered with options that match. */
  searched?: Intent;
}

/** Inputs live only in a form: a modal on Slack, a dialog or a card on Teams. */
export interface Form {
  title: string;
  submit: string;
  /** Sent with the fields' values added to its arguments. */
  intent: Intent;
  /** Makes the submission's invocation key, so that a form sent twice has one effect. */
  nonce: string;
  fields: readonly Field[];
  /** As a view's */
  language?: Language;
}

export type Reply =
  | {
      kind: 'view';
      view: View;
      /**
       * user: only the asker may see it. asker: meant for the asker and harmless to others, so private where
       * that costs nothing (Slack's ephemeral) and in place elsewhere. channel: everyone where it was asked.
       */
      to: 'user' | 'asker' | 'channel';
      /** The message whose button was pressed is replaced by this one. */
      replaceOriginal?: boolean;
      /** For the asker alone, whoever sees the view */
      file?: FileAnswer;
      /** Holds what may be kept nowhere: a repeated request gets other words. */
      secret?: boolean;
      /** In a shared place it takes that message's place for the asker alone, where the platform can do that (Teams). */
      replaceForAsker?: boolean;
      /** Harmless short form of a `user` reply: stands in a shared place that has no private answers (Teams). */
      ack?: string;
    }
  | { kind: 'form'; form: Form }
  | { kind: 'fieldErrors'; errors: Record<string, string> }
  /** What a searched field may offer for the words that were typed; `empty` says why there is nothing. */
  | { kind: 'options'; options: readonly Option[]; empty?: string }
  | { kind: 'none' };

/** A message of one paragraph to the asker, harmless to others unless `to` says more. */
export function say(
  sentence: RichText,
  options: { to?: 'user' | 'asker'; tone?: Tone; buttons?: readonly Button[]; ack?: string } = {},
): Reply {
  const nodes: ViewNode[] = [{ type: 'text', text: sentence }];
  if (options.buttons?.length) nodes.push({ type: 'actions', buttons: options.buttons });
  return {
    kind: 'view',
    to: options.to ?? 'asker',
    view: { summary: toPlain(sentence), nodes, ...(options.tone ? { tone: options.tone } : {}) },
    ...(options.ack ? { ack: options.ack } : {}),
  };
}
