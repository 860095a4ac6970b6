import type { InvokeResponse } from 'botframework-schema';
import { type Answer, answerInTime } from '../core/adapter.ts';
import type { Intent, Option, Reply } from '../core/view.ts';
import type { DialogTools } from './answer-dialog.ts';
import { fieldErrorWords } from './answer-message.ts';
import { buttonData, readCardData } from './card-data.ts';
import type { Incoming } from './incoming.ts';
import { json, textOf } from './json.ts';
import type { Ask } from './safely.ts';
import { drawShared, SHARE } from './shared-card.ts';

type Tools = Pick<DialogTools, 'dispatch' | 'draw' | 'messagesOf' | 'left'>;
type AskFor = (intent: Intent) => ReturnType<Ask>;

/** What a search of a message extension is answered with. Source: learn.microsoft.com, "Respond to search command". */
const composeExtension = (content: object): InvokeResponse => ({
  status: 200,
  body: { composeExtension: content },
});

const words = (text: string): InvokeResponse => composeExtension({ type: 'message', text });

const results = (attachments: readonly object[]): InvokeResponse =>
  composeExtension({ type: 'result', attachmentLayout: 'list', attachments });

/** Teams asks for 25 at a time. */
const PAGE = 25;

/** A search among tasks: a line each; the card comes when one is chosen. */
export async function answerSearch(tools: Tools, incoming: Incoming, ask: AskFor): Promise<InvokeResponse> {
  const { parameters, queryOptions } = json(incoming.value);
  const { skip, count } = json(queryOptions);
  const query = typed(parameters);
  const args = {
    ...(query ? { words: query } : {}),
    skip: String(whole(skip, 0)),
    most: String(whole(count, PAGE)),
  };
  const answer = await inTime(tools, ask({ action: 'find-tasks', args }));
  const { dialogs } = tools.messagesOf(incoming);
  if (!answer) return words(dialogs.searching);
  const { reply } = answer;
  if (reply.kind !== 'options') return words(inWords(reply));
  return reply.options.length === 0 ? words(reply.empty ?? '') : results(reply.options.map(preview));
}

/** One of them was chosen: its card goes into the message that is being written. */
export async function answerSelection(
  tools: Tools,
  incoming: Incoming,
  ask: AskFor,
): Promise<InvokeResponse> {
  const { dialogs } = tools.messagesOf(incoming);
  const task = readCardData(incoming.value)?.intent.args.task;
  if (task === undefined) return words(dialogs.notOurs);
  const answer = await inTime(tools, ask({ action: SHARE, args: { task } }));
  if (!answer) return words(dialogs.searching);
  const { reply } = answer;
  if (reply.kind !== 'view' || reply.to !== 'channel') return words(inWords(reply));
  return results([
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: drawShared(tools, reply.view, task),
      preview: thumbnail({ title: reply.view.summary }),
    },
  ]);
}

const inTime = ({ left }: Tools, answer: Promise<Answer>): Promise<Answer | undefined> =>
  answerInTime(answer, async () => undefined, left());

/** Teams sends `initialRun` when the search opens, before anything is typed. */
function typed(parameters: unknown): string | undefined {
  const given = Array.isArray(parameters) ? parameters.map(json) : [];
  return textOf(given.find(({ name }) => name === 'query')?.value)?.trim();
}

const whole = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : otherwise;

/** A result must come with content of its own; what is tapped is asked for anew, as the one who taps. */
function preview({ value, label, detail }: Option): object {
  const content = { title: label, ...(detail ? { text: escaped(detail) } : {}) };
  const tap = { type: 'invoke', value: buttonData({ action: SHARE, args: { task: value } }, value) };
  return { ...thumbnail(content), preview: thumbnail({ ...content, tap }) };
}

const thumbnail = (content: object) => ({ contentType: 'application/vnd.microsoft.card.thumbnail', content });

/** Thumbnail cards read their text, not their title, as HTML. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Where only a line of text can stand. */
function inWords(reply: Reply): string {
  switch (reply.kind) {
    case 'view':
      return reply.ack ?? reply.view.summary;
    case 'fieldErrors':
      return fieldErrorWords(reply.errors);
    case 'form':
      return reply.form.title;
    case 'options':
      return reply.empty ?? '';
    case 'none':
      return '';
    default:
      return reply satisfies never;
  }
}
