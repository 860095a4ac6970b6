import { ActivityTypes, type TurnContext } from 'botbuilder';
import type { Dispatch } from '../core/adapter.ts';
import type { CardThreads, Conversations, Log, NewId, OwnCards, Workspaces } from '../core/ports.ts';
import type { TimeLeft } from '../core/time-left.ts';
import { answerMessage } from './answer-message.ts';
import { readCardData } from './card-data.ts';
import type { Connector } from './connector.ts';
import type { Draw } from './draw.ts';
import type { FileOffers } from './files.ts';
import type { Incoming } from './incoming.ts';
import { onConversationUpdate, onInstallation } from './on-conversation.ts';
import { onInvoke } from './on-invoke.ts';
import { replyUnderCard } from './on-reply.ts';
import { cardInvocation, installedInvocation, messageInvocation } from './parse.ts';
import type { People } from './people.ts';
import { placeName } from './place-name.ts';
import { profileOf } from './profile.ts';
import type { Ask } from './safely.ts';
import type { Sender } from './sender.ts';
import { waitFor } from './within.ts';
import type { MessagesOf } from './words.ts';

export interface TurnTools {
  dispatch: Ask;
  sender: Sender;
  connector: Connector;
  people: People;
  draw: Draw;
  messagesOf: MessagesOf;
  /** Without it, everybody sees the same card. */
  ownCards?: OwnCards | undefined;
  newId: NewId;
  log: Log;
  workspaces: Workspaces;
  cardThreads: CardThreads;
  conversations: Conversations;
  understands: Dispatch['understands'];
  files: FileOffers;
  /** Until the request must be answered, counted from its arrival */
  left: TimeLeft;
  /** Runs what the HTTP response must not wait for; its errors are logged, and a stop waits for it. */
  background(work: Promise<void>): Promise<void>;
}

/** One activity of a verified request: to the pipeline, and back inside the deadline. */
export async function runTurn(given: TurnTools, incoming: Incoming, context: TurnContext): Promise<void> {
  const dispatch = offeringFiles(given, incoming);
  const named = { placeName: () => placeName(given, incoming) };
  const tools = { ...given, dispatch: (asked) => dispatch({ ...asked, ...named }) } satisfies TurnTools;
  switch (incoming.type) {
    case ActivityTypes.Message:
      return inTime(tools, onMessage(tools, incoming));
    case ActivityTypes.MessageUpdate:
    case ActivityTypes.MessageDelete:
      return onChangedMessage(tools, incoming);
    case ActivityTypes.InstallationUpdate:
      return inTime(tools, onInstallation({ ...tools, greet: (added) => greet(tools, added) }, incoming));
    case ActivityTypes.ConversationUpdate:
      return inTime(
        tools,
        onConversationUpdate({ ...tools, greet: (added) => greet(tools, added) }, incoming),
      );
    case ActivityTypes.Invoke:
      await context.sendActivity({
        type: ActivityTypes.InvokeResponse,
        value: await onInvoke(tools, incoming),
      });
      return;
    default:
      // Typing, reactions: nothing that is asked of us.
      return;
  }
}

/** Teams retries a message that is not answered within 15 s; people are told by "typing" that it runs. */
async function inTime({ background, left }: TurnTools, work: Promise<void>): Promise<void> {
  await waitFor(background(work), left());
}

/** The pipeline; the file of an answer is offered after it. */
function offeringFiles({ dispatch, files, background }: TurnTools, incoming: Incoming): Ask {
  return async (invocation) => {
    const answer = await dispatch(invocation);
    const { reply, repeated } = answer;
    if (reply.kind === 'view' && reply.file && !repeated) void background(files.offer(incoming, reply.file));
    return answer;
  };
}

async function onMessage(tools: TurnTools, incoming: Incoming): Promise<void> {
  const profile = profileOf(tools.connector, tools.log, incoming);
  const data = readCardData(incoming.value);
  if (data) {
    const invocation = cardInvocation(incoming, profile, data, { answeredSeparately: true });
    return answerMessage(tools, incoming, invocation, data);
  }
  const invocation = messageInvocation(incoming, profile, tools.newId);
  if (!invocation) return onOverheard(tools, incoming);
  const reply = tools.understands(invocation) ? undefined : await replyUnderCard(tools, incoming);
  await answerMessage(tools, incoming, reply ?? invocation);
}

/** People among themselves: nobody is answered. */
async function onOverheard(tools: TurnTools, incoming: Incoming): Promise<void> {
  const reply = await replyUnderCard(tools, incoming);
  if (reply) await tools.dispatch(reply);
}

/** A command that is changed afterwards was carried out as it stood. */
async function onChangedMessage(tools: TurnTools, incoming: Incoming): Promise<void> {
  const profile = profileOf(tools.connector, tools.log, incoming);
  const asCommand =
    incoming.type === ActivityTypes.MessageUpdate && messageInvocation(incoming, profile, tools.newId);
  if (asCommand && tools.understands(asCommand)) return;
  const reply = await replyUnderCard(tools, incoming);
  if (reply)
    await inTime(
      tools,
      tools.dispatch(reply).then(() => undefined),
    );
}

async function greet(tools: TurnTools, incoming: Incoming): Promise<void> {
  // Added to a team, the app is in all of its channels: which those are, nobody tells.
  if (incoming.conversation.type !== 'personal') {
    const place = { platform: 'teams' as const, workspaceId: incoming.tenantId };
    void tools.background(tools.cardThreads.revive(place));
  }
  const { conversation, selectedChannelId: id } = incoming;
  const there = id === undefined ? incoming : { ...incoming, conversation: { ...conversation, id } };
  const profile = profileOf(tools.connector, tools.log, there);
  await answerMessage(tools, { ...there, id: undefined }, installedInvocation(there, profile));
}
