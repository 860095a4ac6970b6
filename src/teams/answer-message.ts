import type { Invocation } from '../core/action.ts';
import type { Form, Reply } from '../core/view.ts';
import type { CardData } from './card-data.ts';
import type { Draw } from './draw.ts';
import { renderForm } from './forms.ts';
import type { Incoming } from './incoming.ts';
import type { Ask } from './safely.ts';
import { type Sender, sentence } from './sender.ts';

/** Someone who sees no sign of life for half a second types it again. In ms. */
const TYPING_AFTER_MS = 500;

const IN_OUR_CHAT = 'I answered you in our chat.';
/** A form shows projects and people of the asker's, and whoever sends it acts in their own name. */
export const FORM_IN_OUR_CHAT = 'I have sent you the form in our chat.';
const OPEN_OUR_CHAT =
  'This answer is for you alone, and I can’t write to you yet: open Apps in Teams, add Crewline, then ask me again.';

interface Tools {
  dispatch: Ask;
  sender: Sender;
  draw: Draw;
}

/** Answers a message: "typing" when it takes a while, then the answer as a message of its own. */
export async function answerMessage(
  { dispatch, sender, draw }: Tools,
  incoming: Incoming,
  invocation: Invocation,
  data?: CardData,
): Promise<void> {
  const typing = setTimeout(() => void sender.typing(incoming), TYPING_AFTER_MS);
  const answer = await dispatch(invocation).finally(() => clearTimeout(typing));
  // The first delivery has brought it, or is about to.
  if (answer.repeated) return;
  await sendReply({ sender, draw }, incoming, answer.reply, data);
}

/** Brings a reply into the conversation; where it replaces a card, into that card's place. */
export async function sendReply(
  { sender, draw }: Omit<Tools, 'dispatch'>,
  incoming: Incoming,
  reply: Reply,
  data?: CardData,
): Promise<void> {
  switch (reply.kind) {
    case 'none':
    case 'options':
      return;
    case 'form':
      return sendForm({ sender, draw }, incoming, reply.form);
    case 'fieldErrors':
      return sendFieldErrors({ sender, draw }, incoming, reply.errors, data);
    case 'view':
      return sendView({ sender, draw }, incoming, reply, data);
    default:
      return reply satisfies never;
  }
}

export type ViewReply = Extract<Reply, { kind: 'view' }>;

/** Others read along here. */
export const isShared = (incoming: Incoming): boolean => incoming.conversation.type !== 'personal';

/** Nobody else may read it here. */
export const isForAskerAlone = (incoming: Incoming, reply: ViewReply): boolean =>
  reply.to === 'user' && isShared(incoming);

/** A sent form is spent: its answer takes its place. */
export const replacesCard = (reply: ViewReply, data: CardData | undefined): boolean =>
  data !== undefined && (reply.replaceOriginal === true || data.type === 'form');

async function sendForm(
  { sender, draw }: Omit<Tools, 'dispatch'>,
  incoming: Incoming,
  form: Form,
): Promise<void> {
  if (!isShared(incoming)) return sender.inPlace(incoming, renderForm(form));
  const words = (await sender.privately(incoming, renderForm(form))) ? FORM_IN_OUR_CHAT : OPEN_OUR_CHAT;
  await sender.inPlace(incoming, draw.message(sentence(words)));
}

/** Where the response has said already that the form comes in the personal chat: a line only if it can't. */
export async function sendPromisedForm(
  { sender, draw }: Omit<Tools, 'dispatch'>,
  incoming: Incoming,
  form: Form,
): Promise<void> {
  if (await sender.privately(incoming, renderForm(form))) return;
  await sender.inPlace(incoming, draw.message(sentence(OPEN_OUR_CHAT)));
}

async function sendView(
  { sender, draw }: Omit<Tools, 'dispatch'>,
  incoming: Incoming,
  reply: ViewReply,
  data: CardData | undefined,
): Promise<void> {
  if (isForAskerAlone(incoming, reply)) {
    const words = await answerPrivately({ sender, draw }, incoming, reply);
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
  { sender, draw }: Omit<Tools, 'dispatch'>,
  incoming: Incoming,
  reply: ViewReply,
): Promise<string> {
  if (reply.ack !== undefined) return reply.ack;
  const activity = draw.message(reply.view);
  return (await sender.privately(incoming, activity)) ? IN_OUR_CHAT : OPEN_OUR_CHAT;
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
