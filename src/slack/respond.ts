import type { Place } from '../core/action.ts';
import type { Log, Messenger, OpenHomes, Workspaces } from '../core/ports.ts';
import { plain, type Reply, say } from '../core/view.ts';
import type { Clients } from './clients.ts';
import { codeOf } from './errors.ts';
import { showsPage } from './home.ts';
import { persistently } from './persistently.ts';
import { renderView } from './render.ts';
import { type HomeState, renderHome } from './render-home.ts';
import { postToResponseUrl, type UrlMessage } from './response-url.ts';

/** Whom one request's answers go to, and how. */
export interface Listener {
  teamId: string;
  userId: string;
  place: Place;
  responseUrl?: string | undefined;
  /** What App Home shows, where it was asked for there: the answer takes its place. */
  home?: HomeState | undefined;
}

export type ViewReply = Extract<Reply, { kind: 'view' }>;

/** Gives an answer that could not stand in the response. Throws when no way to the person is left. */
export type Respond = (listener: Listener, reply: Reply) => Promise<void>;

/** On App Home what was asked there; else by response_url while it lives, then by the Web API in the same place, then as a direct message. */
export function createRespond(options: {
  clients: Clients;
  messenger: Messenger;
  workspaces: Workspaces;
  homes?: Pick<OpenHomes, 'shown'> | undefined;
  log: Log;
  timeoutMs: number;
}): Respond {
  const { clients, log, timeoutMs } = options;

  async function respondAtHome(
    { teamId, userId }: Listener,
    { view }: ViewReply,
    state: HomeState,
  ): Promise<void> {
    const client = await clients.of(teamId, 'job');
    await client.views.publish({ user_id: userId, view: renderHome(view, state) });
    const choice = showsPage(view) ? state : undefined;
    await options.homes?.shown({ platform: 'slack', workspaceId: teamId, userId, choice });
  }

  async function respondByUrl(listener: Listener, reply: ViewReply): Promise<boolean> {
    if (!listener.responseUrl) return false;
    try {
      await postToResponseUrl(listener.responseUrl, urlMessage(listener, reply), timeoutMs);
      return true;
    } catch (error) {
      log.warn({ error: String(error), teamId: listener.teamId }, 'response_url did not take an answer');
      return false;
    }
  }

  async function respondInPlace(listener: Listener, reply: ViewReply): Promise<boolean> {
    const { teamId, userId: user, place } = listener;
    const { channelId: channel, threadId, messageId } = place;
    try {
      const client = await clients.of(teamId, 'job');
      const message = { channel, ...renderView(reply.view), ...(threadId ? { thread_ts: threadId } : {}) };
      await persistently(async () => {
        if (reply.replaceOriginal && messageId) await client.chat.update({ ...message, ts: messageId });
        else if (reply.to === 'channel' || place.kind === 'direct') {
          await client.chat.postMessage({ ...message, unfurl_links: false, unfurl_media: false });
        } else await client.chat.postEphemeral({ ...message, user });
      });
      return true;
    } catch (error) {
      // Only a refusal says that nothing was shown; after time-outs one more message could be the same one again.
      if (codeOf(error) === undefined) throw error;
      log.info({ error: codeOf(error), teamId }, 'Slack refused an answer in its place');
      return false;
    }
  }

  async function respondDirectly(listener: Listener, reply: ViewReply): Promise<void> {
    const workspace = await options.workspaces.find('slack', listener.teamId);
    if (!workspace) return;
    const { userId } = listener;
    const to = { workspace, userId, address: undefined, view: reply.view };
    await persistently(() => options.messenger.sendDirect(to));
  }

  return async (listener, reply) => {
    const shown = asView(reply);
    if (!shown) return;
    if (listener.home) return respondAtHome(listener, shown, listener.home);
    if (await respondByUrl(listener, shown)) return;
    if (await respondInPlace(listener, shown)) return;
    await respondDirectly(listener, shown);
  };
}

/** What can be said in a message: field errors without their form are said in words. */
export function asView(reply: Reply): ViewReply | undefined {
  if (reply.kind === 'view') return reply;
  if (reply.kind !== 'fieldErrors') return undefined;
  const said = say(plain(Object.values(reply.errors).join(' ')), { tone: 'attention' });
  return said.kind === 'view' ? said : undefined;
}

function urlMessage(listener: Listener, reply: ViewReply): UrlMessage {
  const { threadId } = listener.place;
  const message = renderView(reply.view);
  if (reply.replaceOriginal) return { ...message, replace_original: true };
  return {
    ...message,
    response_type: reply.to === 'channel' ? 'in_channel' : 'ephemeral',
    replace_original: false,
    ...(threadId ? { thread_ts: threadId } : {}),
  };
}
