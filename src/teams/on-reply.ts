import type { Invocation } from '../core/action.ts';
import type { CardThreads, Log, NewId, Workspaces } from '../core/ports.ts';
import type { Intent } from '../core/view.ts';
import type { Connector } from './connector.ts';
import type { Incoming } from './incoming.ts';
import { spokenWords } from './message-text.ts';
import { replyInvocation } from './parse.ts';
import { type AskProfile, profileOf } from './profile.ts';
import { splitThread } from './references.ts';

/** Who is mentioned after these is told as one who has the task is */
const MOST_MENTIONED = 10;

export interface ReplyTools {
  workspaces: Workspaces;
  cardThreads: CardThreads;
  connector: Connector;
  newId: NewId;
  log: Log;
}

/**
 * A message under a task's card, as an invocation that keeps it as a comment; undefined for all others. The bot hears what
 * mentions it, and everything in the channels of a team that granted ChannelMessage.Read.Group. Throws when it can't be
 * found out whether the thread is a card's, so that Teams may deliver it again.
 */
export async function replyUnderCard(tools: ReplyTools, incoming: Incoming): Promise<Invocation | undefined> {
  const intent = intentOf(incoming);
  if (!intent || !(await isUnderCard(tools, incoming))) return undefined;
  const profile: AskProfile = profileOf(tools.connector, tools.log, incoming);
  return replyInvocation(incoming, profile, { intent, newId: tools.newId });
}

/** Bots write too, this one as well where it is told of all messages. */
const isPerson = ({ user, botId }: Incoming): boolean => user.id !== botId && !user.id.startsWith('28:');

async function isUnderCard({ workspaces, cardThreads }: ReplyTools, incoming: Incoming): Promise<boolean> {
  const { channelId, threadId } = splitThread(incoming.conversation.id);
  if (!threadId || threadId === incoming.id || !isPerson(incoming)) return false;
  const workspace = await workspaces.find('teams', incoming.tenantId);
  if (!workspace) return false;
  return cardThreads.isCard({ workspaceId: workspace.id, channelId, messageId: threadId });
}

/** Source: learn.microsoft.com, "Update and delete messages sent from bot": `editMessage`, `undeleteMessage`, `softDeleteMessage`. */
function intentOf(incoming: Incoming): Intent | undefined {
  if (incoming.conversation.type !== 'channel' || !incoming.id) return undefined;
  const message = `teams:${incoming.tenantId}:${splitThread(incoming.conversation.id).channelId}:${incoming.id}`;
  if (incoming.type === 'messageDelete') return { action: 'delete-reply', args: { message } };
  const { text: body, mentions, addressed } = spokenWords(incoming);
  if (body.trim() === '') return undefined;
  const changed = incoming.type === 'messageUpdate';
  const people = mentions
    .filter(({ group }) => !group)
    .slice(0, MOST_MENTIONED)
    .map(({ userId }) => userId)
    .join(',');
  return {
    action: 'reply',
    args: {
      message,
      body,
      ...(changed ? { changed: 'yes' } : {}),
      ...(addressed && !changed ? { spoken: 'yes' } : {}),
      ...(people ? { mentions: people } : {}),
    },
  };
}
