import type { InvokeResponse } from 'botframework-schema';
import type { Invocation } from '../core/action.ts';
import { type Answer, answerInTime } from '../core/adapter.ts';
import type { TimeLeft } from '../core/time-left.ts';
import type { Form, Intent, ViewNode } from '../core/view.ts';
import { fieldErrorWords, isShared, type ViewReply } from './answer-message.ts';
import type { CardData } from './card-data.ts';
import { withChosen } from './chosen.ts';
import { dialogCard, dialogClosed, dialogForm, dialogWords, noticeView } from './dialog.ts';
import type { Draw } from './draw.ts';
import { renderForm } from './forms.ts';
import type { Incoming } from './incoming.ts';
import type { Ask } from './safely.ts';
import { type Sender, sentence } from './sender.ts';
import type { MessagesOf } from './words.ts';

export interface DialogTools {
  dispatch: Ask;
  sender: Sender;
  draw: Draw;
  messagesOf: MessagesOf;
  /** Until the request must be answered, counted from its arrival */
  left: TimeLeft;
  /** Runs what the response must not wait for; its errors are logged. */
  background(work: Promise<void>): void;
}

/** What a dialog was opened from, or sends. */
export interface DialogRequest {
  invocation: Invocation;
  intent: Intent;
  /** What a form sent, to show it again. */
  data?: CardData;
  /** The message whose button opened it, where its place is the asker's own chat. */
  opener?: string | undefined;
}

/**
 * Opens a dialog. What takes longer than Teams' patience opens as a dialog that says so and has a button to go on: a
 * form changes nothing, so asking for it again is safe. Nothing can be filled into an open dialog from here.
 */
export async function openDialog(
  tools: DialogTools,
  incoming: Incoming,
  request: DialogRequest,
): Promise<InvokeResponse> {
  const answer = await answerInTime(tools.dispatch(request.invocation), async () => undefined, tools.left());
  if (answer) return shown(tools, incoming, request, answer);
  const { dialogs } = tools.messagesOf(incoming);
  const view = noticeView(dialogs.takesLonger, { label: dialogs.openIt, ...request.intent });
  return dialogCard(dialogs.oneMoment, tools.draw.inDialog(view));
}

/** What a dialog sent: its errors stand at their fields, and what came of it is said in the dialog. */
export async function submitDialog(
  tools: DialogTools,
  incoming: Incoming,
  request: DialogRequest,
): Promise<InvokeResponse> {
  const answer = await answerInTime(
    tools.dispatch(request.invocation),
    async (late) => {
      if (!late.repeated) tools.background(sayPrivately(tools, incoming, late));
    },
    tools.left(),
  );
  if (answer) return shown(tools, incoming, request, answer);
  return dialogWords(tools.messagesOf(incoming).dialogs.stillWorking);
}

async function shown(
  tools: DialogTools,
  incoming: Incoming,
  request: DialogRequest,
  { reply, repeated }: Answer,
): Promise<InvokeResponse> {
  switch (reply.kind) {
    case 'none':
    case 'options':
      return dialogClosed();
    case 'form':
      return dialogForm(leadingBack(reply.form, request), {}, { opener: request.opener });
    case 'fieldErrors': {
      const form = request.data?.type === 'form' ? request.data.form : undefined;
      if (!form) return dialogWords(fieldErrorWords(reply.errors));
      const again = await withChosen(tools, form, request.invocation);
      return dialogForm(again, reply.errors, { opener: request.opener });
    }
    case 'view':
      if (!repeated) pass(tools, incoming, request, reply);
      return said(tools, reply);
    default:
      return reply satisfies never;
  }
}

/** A button that says what its message shows afterwards says so for the form that it opens as well. */
function leadingBack(form: Form, { intent, opener }: DialogRequest): Form {
  const { after } = intent.args;
  if (!after || !opener) return form;
  return { ...form, intent: { ...form.intent, args: { ...form.intent.args, after } } };
}

/** What others are to see, and the message that the dialog was opened from. */
function pass(
  { sender, draw, background }: DialogTools,
  incoming: Incoming,
  { opener }: DialogRequest,
  reply: ViewReply,
): void {
  if (reply.replaceOriginal && opener) background(sender.replace(incoming, opener, draw.message(reply.view)));
  else if (reply.to === 'channel' && isShared(incoming) && incoming.conversation.hasBot)
    background(sender.inPlace(incoming, draw.message(reply.view)));
}

/** In words, unless there is more to read or something to choose. */
function said({ draw }: DialogTools, { view, replaceOriginal }: ViewReply): InvokeResponse {
  const [first, ...rest] = view.nodes.filter((node) => !isWayToCard(node));
  const isSentence = first?.type === 'text' && rest.length === 0;
  if (replaceOriginal || isSentence) return dialogWords(view.summary);
  return dialogCard(view.title ?? 'Crewline', draw.inDialog(view));
}

const isWayToCard = (node: ViewNode): boolean =>
  node.type === 'actions' && node.buttons.every(({ intent }) => intent.action === 'show');

/** Into the chat with the bot: where the dialog was opened it may be no member. */
async function sayPrivately(
  { sender, draw }: DialogTools,
  incoming: Incoming,
  { reply }: Answer,
): Promise<void> {
  switch (reply.kind) {
    case 'none':
    case 'options':
      return;
    case 'form':
      return void (await sender.privately(incoming, renderForm(reply.form)));
    case 'fieldErrors':
      return void (await sender.privately(incoming, draw.message(sentence(fieldErrorWords(reply.errors)))));
    case 'view':
      return void (await sender.privately(incoming, draw.message(reply.view)));
    default:
      return reply satisfies never;
  }
}
