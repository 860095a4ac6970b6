import { DeliveryError, type Messenger } from '../core/ports.ts';
import type { View } from '../core/view.ts';
import type { Connector } from './connector.ts';
import type { Draw } from './draw.ts';
import { type Operation, toDeliveryError } from './errors.ts';
import type { Illustrate } from './illustrate.ts';
import type { People } from './people.ts';
import {
  fromAddress,
  inThread,
  type Reference,
  splitThread,
  toAddress,
  withoutThread,
} from './references.ts';

/** Speaks in Teams of its own accord. Every call ends within the connector's time-out; repeating is the outbox' work. */
export function createMessenger(options: {
  connector: Connector;
  people: People;
  draw: Draw;
  illustrate: Illustrate;
}): Messenger {
  const { connector, people, draw, illustrate } = options;
  const message = async (view: View) => draw.message(await illustrate(view));

  return {
    platform: 'teams',

    sendDirect({ workspace, userId, address, view }) {
      return asDelivery({ type: 'create', scope: 'person' }, async () => {
        const known = address === undefined ? undefined : fromAddress(address);
        const chat = known ?? (await people.personalChat(workspace.externalId, userId));
        const messageId = await connector.send(chat, await message(view));
        return { channelId: chat.conversation.id, messageId, address: toAddress(chat) };
      });
    },

    // Group and personal chats have no threads.
    hasThreads: (address) =>
      address !== undefined && fromAddress(address)?.conversation.conversationType === 'channel',

    post({ channelId, address, threadId, view }) {
      return asDelivery({ type: 'create', scope: 'channel' }, async () => {
        const place = inPlace(address, { channelId, threadId });
        return { channelId, messageId: await connector.send(place, await message(view)) };
      });
    },

    update({ channelId, threadId, messageId, address, view }) {
      return asDelivery({ type: 'update', scope: 'channel' }, async () =>
        connector.update(inPlace(address, { channelId, threadId }), messageId, await message(view)),
      );
    },
  };
}

/** Teams has no way into a conversation but a reference that came from there. */
function inPlace(
  address: string | undefined,
  { channelId, threadId }: { channelId: string; threadId: string | undefined },
): Reference {
  const stored = address === undefined ? undefined : fromAddress(address);
  if (!stored) throw new DeliveryError({ kind: 'failed' }, 'no conversation reference for this conversation');
  const place = withoutThread(stored);
  const id = splitThread(channelId).channelId;
  const channel = { ...place, conversation: { ...place.conversation, id } };
  return threadId === undefined ? channel : inThread(channel, threadId);
}

async function asDelivery<T>(operation: Operation, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toDeliveryError(error, operation);
  }
}
