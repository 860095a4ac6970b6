import type { InvokeResponse } from 'botframework-schema';
import type { Log, OwnCards } from '../core/ports.ts';
import type { TimeLeft } from '../core/time-left.ts';
import { cardResponse, unknownCard } from './answer-invoke.ts';
import type { Draw } from './draw.ts';
import type { Incoming } from './incoming.ts';
import { splitThread } from './references.ts';
import { within } from './within.ts';
import type { MessagesOf } from './words.ts';

interface Tools {
  ownCards?: OwnCards | undefined;
  draw: Draw;
  messagesOf: MessagesOf;
  log: Log;
  left: TimeLeft;
}

/**
 * A client asks for somebody's own view of a card, unasked by them: nothing is done, so there is no invocation and no
 * row in the audit log. With any other answer than a card, the one that all share stays in place.
 */
export async function answerRefresh(tools: Tools, incoming: Incoming): Promise<InvokeResponse> {
  const { tenantId: workspaceId, user, conversation, replyToId: messageId } = incoming;
  if (!tools.ownCards || messageId === undefined) return unknownCard(tools.messagesOf(incoming));
  const { channelId } = splitThread(conversation.id);
  const looks = { platform: 'teams' as const, workspaceId, userId: user.id, channelId, messageId };
  try {
    const view = await within(tools.left(), tools.ownCards.draw(looks));
    return view ? cardResponse(tools.draw.card(view)) : unknownCard(tools.messagesOf(incoming));
  } catch (error) {
    tools.log.warn({ err: error }, 'a card could not be drawn for one of its readers');
    return unknownCard(tools.messagesOf(incoming));
  }
}
