import type { Invocation } from '../core/action.ts';
import { ANSWER_WITHIN_MS, answerInTime } from '../core/adapter.ts';
import type { CardThreads, Workspaces } from '../core/ports.ts';
import { timeLeft } from '../core/time-left.ts';
import type { Intent } from '../core/view.ts';
import { findWorkspace } from './find-workspace.ts';
import { eventBot, eventTeam, place } from './invocations.ts';
import type { Tools } from './on-command.ts';
import { parseText } from './parse-text.ts';
import type { EventPayload } from './payloads.ts';
import type { MessageReader } from './read-message.ts';
import { within } from './within.ts';

export interface ReplyTools extends Tools {
  workspaces: Workspaces;
  cardThreads: CardThreads;
  messages: MessageReader;
}

/** What was said in a thread of a channel; without text it was deleted. */
interface ThreadReply {
  userId: string;
  channelId: string;
  threadId: string;
  ts: string;
  text?: string;
  changed?: true;
}

const LOOK_UP_WITHIN_MS = 800;
/** Who is mentioned after these is told as one who has the task is */
const MOST_MENTIONED = 10;

/**
 * A reply in the thread of a task's card becomes a comment; changes of it and its end follow. Nobody is answered.
 * Throws when it can't be found out whether the thread is a card's, so that Slack delivers the event again.
 */
export async function onReply(tools: ReplyTools, payload: EventPayload): Promise<void> {
  const reply = threadReply(payload);
  // Most of what is said in channels is none: it ends here, before anything is looked up.
  if (!reply) return;
  const left = timeLeft(ANSWER_WITHIN_MS);
  const teamId = eventTeam(payload);
  const workspace = await findWorkspace(tools.workspaces, teamId);
  if (!workspace || isSpokenTo(reply, workspace.botUserId ?? eventBot(payload))) return;
  const { channelId, threadId, userId } = reply;
  const looking = tools.cardThreads.isCard({ workspaceId: workspace.id, channelId, messageId: threadId });
  const isCard = await within(LOOK_UP_WITHIN_MS, looking);
  if (isCard === undefined) throw new Error('Looking up a thread took too long');
  if (!isCard) return;
  const invocation: Omit<Invocation, 'request'> = {
    key: `slack:${teamId}:${payload.event_id}`,
    platform: 'slack',
    workspaceId: teamId,
    userId,
    place: { ...place(channelId, undefined), threadId },
    source: 'event',
    answeredSeparately: false,
    profile: (of = userId) => tools.askProfile({ teamId, userId: of, name: of }),
  };
  const answer = intentOf(tools, teamId, reply).then((intent) =>
    tools.ask({ ...invocation, request: { type: 'intent', ...intent } }),
  );
  await answerInTime(answer, async () => undefined, left());
}

async function intentOf({ messages }: ReplyTools, teamId: string, reply: ThreadReply): Promise<Intent> {
  const message = `slack:${teamId}:${reply.channelId}:${reply.ts}`;
  if (reply.text === undefined) return { action: 'delete-reply', args: { message } };
  const body = await messages.words(teamId, reply.text);
  const mentions = mentionedIn(reply.text);
  return {
    action: 'reply',
    args: {
      message,
      body,
      ...(reply.changed ? { changed: 'yes' } : {}),
      ...(mentions ? { mentions } : {}),
    },
  };
}

const mentionedIn = (text: string): string =>
  parseText(text)
    .mentions.filter(({ group }) => !group)
    .slice(0, MOST_MENTIONED)
    .map(({ userId }) => userId)
    .join(',');

/** Words to the bot are a command, which comes as an event of its own. */
const isSpokenTo = ({ userId, text }: ThreadReply, bot: string | undefined): boolean =>
  bot !== undefined && (userId === bot || (text?.includes(`<@${bot}`) ?? false));

/** The reply that an event tells of. Source: docs.slack.dev/reference/events/message. */
function threadReply({ event }: EventPayload): ThreadReply | undefined {
  const { channel: channelId, channel_type: kind, subtype } = event;
  if (!channelId || !isShared(channelId, kind)) return undefined;
  switch (subtype) {
    case undefined:
    case 'file_share':
    case 'thread_broadcast':
      return replyIn(channelId, event, event.text);
    case 'message_changed':
      // Also sent when Slack adds a preview, or counts a thread's replies.
      if (event.message?.text === event.previous_message?.text) return undefined;
      return changedTo(replyIn(channelId, event.message, event.message?.text));
    case 'message_deleted':
      return replyIn(channelId, event.previous_message);
    default:
      return undefined;
  }
}

/** Slack's own examples of changes leave the kind of channel out. */
const isShared = (channelId: string, kind: string | undefined): boolean =>
  kind === undefined ? !channelId.startsWith('D') : kind === 'channel' || kind === 'group';

const changedTo = (reply: ThreadReply | undefined): ThreadReply | undefined =>
  reply && { ...reply, changed: true };

type Message = EventPayload['event']['message'] | EventPayload['event'];

function replyIn(channelId: string, message: Message, text?: string): ThreadReply | undefined {
  const { user: userId, ts, thread_ts: threadId, bot_id: bot } = message ?? {};
  if (!userId || !ts || !threadId || threadId === ts || bot) return undefined;
  if (text?.trim() === '') return undefined;
  return { userId, channelId, threadId, ts, ...(text === undefined ? {} : { text }) };
}
