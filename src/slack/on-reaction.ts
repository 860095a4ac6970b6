import type { Invocation } from '../core/action.ts';
import { ANSWER_WITHIN_MS } from '../core/adapter.ts';
import { taskFromMessage } from '../core/from-message.ts';
import type { Workspaces } from '../core/ports.ts';
import { shorten } from '../core/shorten.ts';
import { timeLeft } from '../core/time-left.ts';
import { findWorkspace } from './find-workspace.ts';
import { eventBot, eventTeam, place } from './invocations.ts';
import { limits } from './limits.ts';
import type { Tools } from './on-command.ts';
import type { EventPayload } from './payloads.ts';
import type { FoundMessage, MessageReader } from './read-message.ts';
import type { Listener } from './respond.ts';
import { within } from './within.ts';

export interface ReactionTools extends Tools {
  workspaces: Workspaces;
  messages: MessageReader;
  /** Name of the emoji that asks for a task, without colons */
  taskEmoji: string;
}

/** The emoji for tasks on a message: whoever put it there is asked whether it is to be one. */
export async function onReaction(tools: ReactionTools, payload: EventPayload): Promise<void> {
  const { user: userId, reaction, item } = payload.event;
  // A hand may come with a skin tone: `+1::skin-tone-2`.
  if (reaction?.split('::')[0] !== tools.taskEmoji || !userId) return;
  if (item?.type !== 'message' || !item.channel || !item.ts) return;
  const { channel: channelId, ts } = item;
  const left = timeLeft(ANSWER_WITHIN_MS);
  const teamId = eventTeam(payload);
  const workspace = await findWorkspace(tools.workspaces, teamId);
  if (!workspace || userId === (workspace.botUserId ?? eventBot(payload))) return;

  const ask = async (): Promise<void> => {
    const message = await tools.messages.find({ teamId, channelId, ts });
    const invocation = offerInvocation(tools, { teamId, userId, channelId, ts, message });
    const listener: Listener = { teamId, userId, place: invocation.place };
    const { reply, repeated } = await tools.ask({
      ...invocation,
      request: {
        type: 'intent',
        action: 'offer-task',
        args: {
          message: `slack:${teamId}:${channelId}:${ts}`,
          ...forButton(
            taskFromMessage(await tools.messages.quoted({ teamId, channelId, ts, text: message?.text })),
          ),
        },
      },
    });
    if (!repeated) tools.background.run('Offering a task', tools.respond(listener, reply));
  };
  const asking = ask();
  tools.background.run('Asking about a message', asking);
  await within(left(), asking);
}

function offerInvocation(
  tools: ReactionTools,
  at: { teamId: string; userId: string; channelId: string; ts: string; message: FoundMessage | undefined },
): Omit<Invocation, 'request'> {
  const { teamId, userId, channelId, ts, message } = at;
  return {
    key: `slack:${teamId}:offer:${channelId}:${ts}`,
    platform: 'slack',
    workspaceId: teamId,
    userId,
    // Slack shows an ephemeral message in a thread only where the thread has begun.
    place: { ...place(channelId, undefined), ...(message?.threadId ? { threadId: message.threadId } : {}) },
    source: 'event',
    answeredSeparately: true,
    profile: (of = userId) => tools.askProfile({ teamId, userId: of, name: of }),
  };
}

/** What is around the texts in a button's value */
const AROUND = 100;

/** Cut to what a button carries: the message itself is one tap away. */
function forButton(task: { title?: string; description?: string }): { title?: string; description?: string } {
  let { description = '' } = task;
  const length = () => JSON.stringify({ ...task, description }).length;
  while (description && length() > limits.buttonValue - AROUND) {
    description = shorten(description, Math.floor(description.length * 0.9));
  }
  return { ...task, ...(description ? { description } : {}) };
}
