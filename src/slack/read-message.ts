import type { webApi } from '@slack/bolt';
import type { Mention } from '../core/action.ts';
import type { QuotedMessage } from '../core/from-message.ts';
import type { Log } from '../core/ports.ts';
import type { Clients } from './clients.ts';
import type { AskProfile } from './invocations.ts';
import { parseText } from './parse-text.ts';

export interface MessageSource {
  teamId: string;
  channelId: string;
  ts: string;
  /** As Slack writes it */
  text: string | undefined;
}

/** Makes what Slack writes readable without Slack; never rejects. */
export interface MessageReader {
  /** A text with names in place of mentions. */
  words(teamId: string, text: string | undefined): Promise<string>;
  /** The same with the message's address: both are asked for at once, since a trigger lives 3 s. */
  quoted(message: MessageSource): Promise<QuotedMessage>;
  /** What stands there; undefined where Crewline may not read. */
  find(at: Omit<MessageSource, 'text'>): Promise<FoundMessage | undefined>;
}

export interface FoundMessage {
  /** As Slack writes it */
  text: string;
  /** Of the thread that it is in, or has begun */
  threadId?: string;
}

/** Slack looks up people one by one; the others are “someone”. */
const MOST_NAMES = 5;
/** A token of command-line.ts */
const MENTION = /\uE000(\d+)\uE001/g;

export function createMessageReader(options: {
  clients: Clients;
  askProfile: AskProfile;
  log: Log;
}): MessageReader {
  const { clients, askProfile, log } = options;

  async function nameOf(teamId: string, { userId, name }: Mention): Promise<string> {
    if (name) return name;
    const profile = await askProfile({ teamId, userId, name: 'someone' }).catch(() => ({ name: 'someone' }));
    return profile.name;
  }

  async function permalink({ teamId, channelId: channel, ts }: MessageSource): Promise<string | undefined> {
    try {
      const client = await clients.of(teamId, 'interactive');
      return (await client.chat.getPermalink({ channel, message_ts: ts })).permalink;
    } catch (error) {
      // In a conversation that the bot is no member of there is none to be had.
      log.info({ error: String(error), teamId }, 'Slack gave no address of a message');
      return undefined;
    }
  }

  async function words(teamId: string, raw: string | undefined): Promise<string> {
    const { text, mentions } = parseText(raw ?? '');
    const named = mentions.slice(0, MOST_NAMES).map((mention) => nameOf(teamId, mention));
    const names = await Promise.all(named);
    return text.replace(MENTION, (_token, index) => `@${names[Number(index)] ?? 'someone'}`);
  }

  async function find({ teamId, channelId: channel, ts }: Omit<MessageSource, 'text'>) {
    try {
      const client = await clients.of(teamId, 'interactive');
      const one = { channel, latest: ts, oldest: ts, inclusive: true, limit: 1 };
      const { messages = [] } = await client.conversations.history(one);
      // The history of a channel has no replies.
      const found = messages.find((message) => message.ts === ts) ?? (await reply(client, { channel, ts }));
      if (!found) return undefined;
      return { text: found.text ?? '', ...(found.thread_ts ? { threadId: found.thread_ts } : {}) };
    } catch (error) {
      log.info({ error: String(error), teamId }, 'Slack did not show a message');
      return undefined;
    }
  }

  return {
    words,
    find,
    async quoted(message) {
      const [text, url] = await Promise.all([words(message.teamId, message.text), permalink(message)]);
      return { text, ...(url ? { url } : {}) };
    },
  };
}

async function reply(client: webApi.WebClient, { channel, ts }: { channel: string; ts: string }) {
  const { messages = [] } = await client.conversations.replies({ channel, ts });
  return messages.find((message) => message.ts === ts);
}
