import { type Clock, DeliveryError, type MessageRef, type Messenger } from '../core/ports.ts';
import type { View } from '../core/view.ts';
import type { Clients } from './clients.ts';
import { createDoNotDisturb } from './do-not-disturb.ts';
import { type Attempt, toDeliveryError } from './errors.ts';
import type { FileSender } from './files.ts';
import { type RenderedMessage, renderView } from './render.ts';

/** Posts a message. Links in it are not unfolded: a preview would be larger than the message. */
interface Post {
  team: string;
  channelId: string;
  threadId?: string | undefined;
  view: View;
}

/** Sends, posts and updates through Slack's Web API. Every call throws DeliveryError. */
export function createSlackMessenger({
  clients,
  files,
  clock,
}: {
  clients: Clients;
  files: FileSender;
  clock: Clock;
}): Messenger {
  const doNotDisturb = createDoNotDisturb({ clients, clock });
  const call = async <T>(attempt: Attempt, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw toDeliveryError(error, attempt);
    }
  };

  const postMessage = ({
    team,
    channelId,
    threadId,
    message,
  }: Omit<Post, 'view'> & { message: RenderedMessage }): Promise<MessageRef> =>
    call('post', async () => {
      const client = await clients.of(team, 'job');
      const sent = await client.chat.postMessage({
        channel: channelId,
        ...message,
        ...(threadId ? { thread_ts: threadId } : {}),
        unfurl_links: false,
        unfurl_media: false,
      });
      return { channelId: sent.channel ?? channelId, messageId: sent.ts ?? '' };
    });

  const post = async ({ team, channelId, threadId, view }: Post): Promise<MessageRef> => {
    const sent = await postMessage({ team, channelId, threadId, message: renderView(view) });
    await files.afterMessage({ teamId: team, channelId: sent.channelId, threadId }, view);
    return sent;
  };

  /** To a conversation, or to a person: Slack opens theirs, and tells its id. conversations.open would do so for 50 people a minute alone. */
  const direct = async (team: string, channelId: string, view: View) => {
    const sent = await post({ team, channelId, view });
    return { ...sent, address: sent.channelId };
  };

  return {
    platform: 'slack',
    async sendDirect({ workspace, userId, address, view }) {
      const team = workspace.externalId;
      try {
        return await direct(team, address ?? userId, view);
      } catch (error) {
        if (!isChannelRefusal(error)) throw error;
        if (address === undefined) throw refusedByPerson(error);
      }
      // The address is of a conversation that is gone (the workspace moved, say): it goes to the person anew, once.
      try {
        return await direct(team, userId, view);
      } catch (error) {
        throw isChannelRefusal(error) ? refusedByPerson(error) : error;
      }
    },
    hasThreads: () => true,
    post: ({ workspace, channelId, threadId, view }) =>
      post({ team: workspace.externalId, channelId, threadId, view }),
    update: ({ workspace, channelId, messageId, view }) =>
      call('other', async () => {
        const client = await clients.of(workspace.externalId, 'job');
        await client.chat.update({ channel: channelId, ts: messageId, ...renderView(view) });
      }),
    isLast: ({ workspace, channelId, messageId }) =>
      call('other', async () => {
        const client = await clients.of(workspace.externalId, 'job');
        const { messages } = await client.conversations.history({ channel: channelId, limit: 1 });
        return messages?.[0]?.ts === messageId;
      }),
    busyUntil: ({ workspace, userId }) => doNotDisturb.busyUntil(workspace.externalId, userId),
  };
}

function isChannelRefusal(error: unknown): error is DeliveryError {
  return (
    error instanceof DeliveryError && error.failure.kind === 'refused' && error.failure.scope === 'channel'
  );
}

/** A direct message has no channel but the person. */
function refusedByPerson(error: DeliveryError): DeliveryError {
  return new DeliveryError({ kind: 'refused', scope: 'person' }, error.message, error);
}
