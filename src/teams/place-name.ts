import type { Log } from '../core/ports.ts';
import type { Connector } from './connector.ts';
import type { Incoming } from './incoming.ts';
import { splitThread } from './references.ts';
import { within } from './within.ts';

/** Whoever links a channel waits meanwhile. In ms. */
const NAME_WITHIN_MS = 1_000;
/** Teams calls a team's first channel so in every language, and has no name for it. */
const FIRST_CHANNEL = 'General';

/** What the channel is called where something was said: messages bear its id alone. Group chats tell no name at all. */
export async function placeName(
  { connector, log }: { connector: Connector; log: Log },
  { conversation, teamId, serviceUrl, tenantId }: Incoming,
): Promise<string | undefined> {
  if (conversation.type !== 'channel' || !teamId) return undefined;
  const { channelId } = splitThread(conversation.id);
  try {
    const channels = await within(NAME_WITHIN_MS, connector.channels(serviceUrl, teamId));
    return channels.get(channelId) ?? (channelId === teamId ? FIRST_CHANNEL : undefined);
  } catch (error) {
    log.warn({ err: error, tenant: tenantId }, 'Teams did not tell what a channel is called');
    return undefined;
  }
}
