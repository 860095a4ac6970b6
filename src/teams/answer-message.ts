import type { Invocation } from '../core/action.ts';
import type { Form, Reply } from '../core/view.ts';
import type { CardData } from './card-data.ts';
import type { Draw } from './draw.ts';
import { renderForm } from './forms.ts';
import type { Incoming } from './incoming.ts';
import type { Ask } from './safely.ts';
import { type Sender, sentence } from './sender.ts';
import type { MessagesOf } from './words.ts';

/** Someone who sees no sign of life for half a second types it again. In ms. */
const TYPING_AFTER_MS = 500;

interface Tools {
  dispatch: Ask;
  sender: Sender;
  draw: Draw;
  messagesOf: MessagesOf;
}

/** Answers a message: "typing" when it takes a while, then the answer as a message of its own. */
export async function answerMessage(
  tools: Tools,
  incoming: Incoming,
  invocation: Invocation,
  data?: CardData,
): Promise<void> {
  const typing = setTimeout(() => void tools.sender.typing(incoming), TYPING_AFTER_MS);
  const answer = await tools.dispatch(invocation).finally(() => clearTimeout(typing));
  // The first delivery has brought it, or is about to.
  if (answer.repeated) return;
  await sendReply(tools, incoming, answer.reply, data);
}

/** Brings a reply into the conversation; where it replaces a card, into that card's place. */
export async function sendReply(
  tools: Omit<Tools, 'dispatch'>,
  incoming: Incoming,
  reply: Reply,
  data?: CardData,
): Promise<void> {
  switch (reply.kind) {
    case 'none':
    case 'options':
      return;
    case 'form':
      return sendForm(tools, incoming, reply.form);
    case 'fieldErrors':
      return sendFieldErrors(tools, incoming, reply.errors, data);
    case 'view':
      return sendView(tools, incoming, reply, data);
    default:
      return reply satisfies never;
  }
}

export type ViewReply = Extract<Reply, { kind: 'view' }>;

/** Others read along here. */
export const isShared = (incoming: Incoming): boolean => incoming.conversation.type !== 'personal';

/** Nobody else may read it here, or nobody can. */
export const isForAskerAlone = (incoming: Incoming, reply: ViewReply): boolean =>
  (reply.to === 'user' || !incoming.conversation.hasBot) && isShared(incoming);

/** A sent form is spent: its answer takes its place. */
export const replacesCard = (reply: ViewReply, data: CardData | undefined): boolean =>
  data !== undefined && (reply.replaceOriginal === true || data.type === 'form');

async function sendForm(
  { sender, draw, messagesOf }: Omit<Tools, 'dispatch'>,
  incoming: Incoming,
  form: Form,
): Promise<void> {
  if (!isShared(incoming)) return sender.inPlace(incoming, renderForm(form));
  const { teams } = messagesOf(incoming);
  const sent = await sender.privately(incoming, renderForm(form));
  const words = sent ? teams.formInOurChat : teams.openOurChat;
  await sender.inPlace(incoming, draw.message(sentence(words)));
}

/** Where the response has said already that the form comes in the personal chat: a line only if it can't. */
export async function sendPromisedForm(
  { sender, draw, messagesOf }: Omit<Tools, 'dispatch'>,
  incoming: Incoming,
  form: Form,
): Promise<void> {
  if (await sender.privately(incoming, renderForm(form))) return;
  await sender.inPlace(incoming, draw.message(sentence(messagesOf(incoming).teams.openOurChat)));
}

async function sendView(
  tools: Omit<Tools, 'dispatch'>,
  incoming: Incoming,
  reply: ViewReply,
  data: CardData | undefined,
): Promise<void> {
  const { sender, draw } = tools;
  if (isForAskerAlone(incoming, reply)) {
    const words = await answerPrivately(tools, incoming, reply);
    return sender.inPlace(incoming, draw.message(sentence(words)));
  }
  const activity = draw.message(reply.view);
  if (incoming.replyToId && replacesCard(reply, data)) {
    return sender.replace(incoming, incoming.replyToId, activity);
  }
  return sender.inPlace(incoming, activity);
}

/** Gives the line that may stand in the shared place. */
async function answerPrivately(
  { sender, draw, messagesOf }: Omit<Tools, 'dispatch'>,
  incoming: Incoming,
  reply: ViewReply,
): Promise<string> {
  if (reply.ack !== undefined) return reply.ack;
  const activity = draw.message(reply.view);
  const { teams } = messagesOf(incoming);
  return (await sender.privately(incoming, activity)) ? teams.answeredInOurChat : teams.openOurChat;
}

async function sendFieldErrors(
  { sender, draw }: Omit<Tools, 'dispatch'>,
  incoming: Incoming,
  errors: Record<string, string>,
  data: CardData | undefined,
): Promise<void> {
  const form = data?.type === 'form' ? data.form : undefined;
  if (form && incoming.replyToId) {
    return sender.replace(incoming, incoming.replyToId, renderForm(form, errors));
  }
  return sender.inPlace(incoming, draw.message(sentence(fieldErrorWords(errors))));
}

/** Where the form itself can't be shown again. */
export const fieldErrorWords = (errors: Record<string, string>): string => Object.values(errors).join(' ');
