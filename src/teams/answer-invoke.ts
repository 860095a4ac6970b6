import type { InvokeResponse } from 'botframework-schema';
import type { Invocation } from '../core/action.ts';
import { type Answer, answerInTime } from '../core/adapter.ts';
import type { Messages } from '../core/messages.ts';
import type { TimeLeft } from '../core/time-left.ts';
import type { Form } from '../core/view.ts';
import {
  fieldErrorWords,
  isForAskerAlone,
  isShared,
  replacesCard,
  sendPromisedForm,
  sendReply,
  type ViewReply,
} from './answer-message.ts';
import type { CardData } from './card-data.ts';
import { withChosen } from './chosen.ts';
import type { Draw } from './draw.ts';
import { renderForm, renderFormCard } from './forms.ts';
import type { Incoming } from './incoming.ts';
import { cardMessage } from './render.ts';
import type { Element } from './rich-text.ts';
import type { Ask } from './safely.ts';
import type { Sender } from './sender.ts';
import type { MessagesOf } from './words.ts';

interface Tools {
  dispatch: Ask;
  sender: Sender;
  draw: Draw;
  messagesOf: MessagesOf;
  /** Until the request must be answered, counted from its arrival */
  left: TimeLeft;
  /** Runs what the response must not wait for; its errors are logged. */
  background(work: Promise<void>): void;
}

/** Answers a press of Action.Execute: the response carries the new card, or a line in words. */
export async function answerInvoke(
  tools: Tools,
  incoming: Incoming,
  invocation: Invocation,
  { data, afterwards }: { data: CardData; afterwards?(answer: Answer): Promise<InvokeResponse | undefined> },
): Promise<InvokeResponse> {
  const answer = await answerInTime(
    tools.dispatch(invocation),
    async (late) => {
      if (!late.repeated) tools.background(sendReply(tools, incoming, late.reply, data));
    },
    tools.left(),
  );
  if (answer) {
    const shown = await afterwards?.(answer);
    return shown ?? respond(tools, incoming, answer, { data, invocation });
  }
  tools.background(tools.sender.typing(incoming));
  return messageResponse(tools.messagesOf(incoming).teams.stillWorking);
}

async function respond(
  tools: Tools,
  incoming: Incoming,
  { reply, repeated }: Answer,
  { data, invocation }: { data: CardData; invocation: Invocation },
): Promise<InvokeResponse> {
  switch (reply.kind) {
    case 'none':
    case 'options':
      return messageResponse(tools.messagesOf(incoming).teams.done);
    case 'form':
      return respondWithForm(tools, incoming, { form: reply.form, repeated });
    case 'fieldErrors':
      return data.type === 'form' && data.form
        ? cardResponse(renderFormCard(await withChosen(tools, data.form, invocation), reply.errors))
        : messageResponse(fieldErrorWords(reply.errors));
    case 'view':
      return respondWithView(tools, incoming, { reply, repeated }, data);
    default:
      return reply satisfies never;
  }
}

function respondWithForm(
  tools: Tools,
  incoming: Incoming,
  { form, repeated }: { form: Form; repeated: boolean },
): InvokeResponse {
  const { teams } = tools.messagesOf(incoming);
  if (isShared(incoming)) {
    if (!repeated) tools.background(sendPromisedForm(tools, incoming, form));
    return messageResponse(teams.formInOurChat);
  }
  if (!repeated) tools.background(tools.sender.inPlace(incoming, renderForm(form)));
  return messageResponse(teams.formBelow);
}

function respondWithView(
  tools: Tools,
  incoming: Incoming,
  { reply, repeated }: { reply: ViewReply; repeated: boolean },
  data: CardData,
): InvokeResponse {
  // The response changes the card for the one who pressed it; the message itself stays as it is for the others.
  if (reply.replaceForAsker && !reply.replaceOriginal && data.type === 'button')
    return cardResponse(tools.draw.card(reply.view));
  const { teams } = tools.messagesOf(incoming);
  if (isForAskerAlone(incoming, reply)) {
    if (reply.ack !== undefined) return messageResponse(reply.ack);
    if (!repeated) tools.background(sendReply(tools, incoming, reply));
    return messageResponse(teams.answerInOurChat);
  }
  if (replacesCard(reply, data)) {
    const card = tools.draw.card(reply.view);
    if (incoming.replyToId)
      tools.background(showAll(tools.sender, incoming, incoming.replyToId, card, reply));
    return cardResponse(card);
  }
  if (!repeated) tools.background(tools.sender.inPlace(incoming, tools.draw.message(reply.view)));
  return messageResponse(teams.answerBelow);
}

/** The response changes the card for the one who pressed; everybody else sees an update of the message. */
async function showAll(
  sender: Sender,
  incoming: Incoming,
  activityId: string,
  card: Element,
  reply: ViewReply,
): Promise<void> {
  await sender.replace(incoming, activityId, cardMessage(reply.view.summary, card));
}

export const cardResponse = (card: Element): InvokeResponse => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card },
});

const messageResponse = (words: string): InvokeResponse => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: words },
});

/** For a card that is none of ours, or has been tampered with. */
export const unknownCard = ({ teams }: Messages): InvokeResponse => ({
  status: 200,
  body: {
    statusCode: 400,
    type: 'application/vnd.microsoft.error',
    value: { code: 'BadRequest', message: teams.notOurs },
  },
});
