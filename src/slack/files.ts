import type { Invocation } from '../core/action.ts';
import type { Files } from '../core/files.ts';
import type { Pictures } from '../core/pictures.ts';
import type { Log } from '../core/ports.ts';
import { type ImageNode, join, type Reply, type RichText, toPlain, type View } from '../core/view.ts';
import type { Clients } from './clients.ts';
import { codeOf } from './errors.ts';
import { clip, limits } from './limits.ts';
import { persistently } from './persistently.ts';
import { renderView } from './render.ts';
import { escapeText } from './render-text.ts';

/** Where files go: a conversation, and the thread in it. */
interface Conversation {
  teamId: string;
  channelId: string;
  threadId?: string | undefined;
}

/** Sends the pictures and files of what was said, after it was said. */
export interface FileSender {
  hasWork(reply: Reply): boolean;
  /** To the asker alone: their own conversation with the bot, in its thread if that is where they asked. */
  afterAnswer(invocation: Invocation, reply: Reply): Promise<void>;
  /** The pictures of a message that the bot has sent of its own accord. Never rejects: the message stands. */
  afterMessage(to: Conversation, view: View): Promise<void>;
}

interface Upload {
  name: string;
  /** Stands above it */
  title: string;
  bytes: Uint8Array;
  alt?: string;
  comment?: RichText;
}

/** A file to come: how it is made, and what is said when it can't be. */
interface Promised {
  make(): Promise<Upload>;
  missing: RichText;
}

export function createFileSender(options: {
  clients: Clients;
  pictures: Pictures;
  files: Files;
  log: Log;
  /** For the bytes themselves, in ms */
  timeoutMs: number;
}): FileSender {
  const { clients, pictures, files, log } = options;

  const picturesOf = (view: View): Promised[] =>
    imagesOf(view).map(({ drawing, alt, fileName, missing }) => ({
      make: async () => ({
        name: fileName,
        title: view.title ?? view.summary,
        bytes: await pictures.draw(drawing),
        alt,
      }),
      missing,
    }));

  function promisedBy(reply: Reply): Promised[] {
    if (reply.kind !== 'view') return [];
    const { file } = reply;
    const drawn = picturesOf(reply.view);
    if (!file) return drawn;
    const { name, comment, cut, missing, content } = file;
    const make = async () => {
      const { bytes, complete } = await files.make(content);
      return { name, title: name, bytes, comment: complete ? comment : join([comment, cut], ' ') };
    };
    return [...drawn, { make, missing }];
  }

  /** Slack's way since 2025: a place to put the bytes, the bytes, then a word that they are there. */
  async function upload({ teamId, channelId, threadId }: Conversation, file: Upload): Promise<void> {
    const client = await clients.of(teamId, 'job');
    const { upload_url: url, file_id: id } = await persistently(() =>
      client.files.getUploadURLExternal({
        filename: file.name,
        length: file.bytes.length,
        ...(file.alt ? { alt_txt: clip(file.alt, limits.altText) } : {}),
      }),
    );
    if (!url || !id) throw new Error('Slack gave no place for a file');
    await putBytes(url, file.bytes, options.timeoutMs);
    const comment = file.comment ? { initial_comment: escapeText(toPlain(file.comment)) } : {};
    const shared = {
      files: [{ id, title: file.title }] as [{ id: string; title: string }],
      channel_id: channelId,
    };
    await client.files.completeUploadExternal(
      threadId ? { ...shared, ...comment, thread_ts: threadId } : { ...shared, ...comment },
    );
  }

  async function send(to: Conversation, { make, missing }: Promised): Promise<void> {
    try {
      await upload(to, await make());
    } catch (error) {
      log.warn({ error: codeOf(error) ?? String(error), teamId: to.teamId }, 'a file was not sent');
      const client = await clients.of(to.teamId, 'job');
      const said = renderView({ summary: toPlain(missing), nodes: [{ type: 'text', text: missing }] });
      const thread = to.threadId ? { thread_ts: to.threadId } : {};
      await persistently(() => client.chat.postMessage({ channel: to.channelId, ...said, ...thread }));
    }
  }

  async function ownConversation({ workspaceId: teamId, userId, place }: Invocation): Promise<Conversation> {
    const client = await clients.of(teamId, 'job');
    // Also where it was asked in a direct conversation: that may be one between two people, with the bot in neither.
    const { channel } = await persistently(() => client.conversations.open({ users: userId }));
    if (!channel?.id) throw new Error('conversations.open gave no channel');
    return {
      teamId,
      channelId: channel.id,
      ...(channel.id === place.channelId ? { threadId: place.threadId } : {}),
    };
  }

  return {
    hasWork: (reply) =>
      reply.kind === 'view' && (reply.file !== undefined || imagesOf(reply.view).length > 0),
    async afterAnswer(invocation, reply) {
      const to = await ownConversation(invocation);
      for (const promised of promisedBy(reply)) await send(to, promised);
    },
    async afterMessage(to, view) {
      for (const picture of picturesOf(view)) {
        await send(to, picture).catch((error: unknown) =>
          log.warn({ error: codeOf(error) ?? String(error), teamId: to.teamId }, 'a picture is missing'),
        );
      }
    },
  };
}

const imagesOf = ({ nodes }: View): ImageNode[] => nodes.filter((node) => node.type === 'image');

/** Its address is Slack's own and open for this one file: it takes no token. */
async function putBytes(url: string, bytes: Uint8Array, timeoutMs: number): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Uint8Array.from(bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new Error(`the upload was answered with ${response.status}`);
}
