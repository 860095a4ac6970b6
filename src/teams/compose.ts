import type { InvokeResponse } from 'botframework-schema';
import { type Answer, answerInTime } from '../core/adapter.ts';
import type { Intent, Option, Reply, View } from '../core/view.ts';
import type { DialogTools } from './answer-dialog.ts';
import { cardResponse, unknownCard } from './answer-invoke.ts';
import { fieldErrorWords } from './answer-message.ts';
import { buttonData, type CardData, readCardData } from './card-data.ts';
import type { Incoming } from './incoming.ts';
import { json, textOf } from './json.ts';
import type { Element } from './rich-text.ts';
import type { Ask } from './safely.ts';

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
/** The action that draws a task for others. */
const SHARE = 'share';

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
      content: shared(tools, reply.view, task),
      preview: thumbnail({ title: reply.view.summary }),
    },
  ]);
}

/** "Refresh card" in the menu of a card that somebody has posted from the search: as it is now, for whoever asks. */
export async function answerShared(
  tools: Tools,
  incoming: Incoming,
  { data, ask }: { data: CardData; ask: AskFor },
): Promise<InvokeResponse | undefined> {
  const { task } = data.intent.args;
  if (data.intent.action !== SHARE || task === undefined) return undefined;
  const answer = await inTime(tools, ask({ action: SHARE, args: { task } }));
  if (answer?.reply.kind !== 'view' || answer.reply.to !== 'channel')
    return unknownCard(tools.messagesOf(incoming));
  return cardResponse(shared(tools, answer.reply.view, task));
}

/**
 * A person posts this card, not the bot, so the bot can't bring it up to date: whoever wants to asks for it. Nobody's client
 * does so unasked, for each of them would stand in the audit log.
 */
function shared({ draw }: Tools, view: View, task: string): Element {
  const data = buttonData({ action: SHARE, args: { task } }, `${SHARE}-${task}`);
  return {
    ...draw.card(view),
    refresh: { action: { type: 'Action.Execute', title: view.summary, verb: SHARE, data }, userIds: [] },
  };
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
