import { plain, type View } from '../core/view.ts';
import type { Connector, Outgoing } from './connector.ts';
import { ConnectorError } from './errors.ts';
import { type Incoming, referenceOf } from './incoming.ts';
import type { People } from './people.ts';
import { sleep } from './within.ts';

/** Tries for one answer to someone who waits. */
const TRIES = 3;
/** Nobody waits longer for an answer, in ms. */
const LONGEST_WAIT_MS = 5_000;

/** Sends answers into the conversation that asked. */
export interface Sender {
  /** Where the bot is no member, into the personal chat. */
  inPlace(incoming: Incoming, activity: Outgoing): Promise<void>;
  /** Replaces a message that stands in the conversation. */
  replace(incoming: Incoming, activityId: string, activity: Outgoing): Promise<void>;
  /** For the asker's eyes: into the personal chat. False where it can't be opened. */
  privately(incoming: Incoming, activity: Outgoing): Promise<boolean>;
  /** "… is typing"; where that fails nothing is lost. */
  typing(incoming: Incoming): Promise<void>;
}

export function createSender(options: { connector: Connector; people: People }): Sender {
  const { connector, people } = options;

  async function privately(incoming: Incoming, activity: Outgoing): Promise<boolean> {
    try {
      const chat = await people.personalChat(incoming.tenantId, incoming.user.id);
      await persistently(() => connector.send(chat, activity));
      return true;
    } catch (error) {
      // Not installed for the person, or blocked by them: they have to open the chat themselves.
      if (error instanceof ConnectorError && error.status >= 400 && error.status < 500) return false;
      throw error;
    }
  }

  return {
    async inPlace(incoming, activity) {
      if (!incoming.conversation.hasBot) return void (await privately(incoming, activity));
      await persistently(() => connector.send(referenceOf(incoming), activity, incoming.id));
    },
    async replace(incoming, activityId, activity) {
      await persistently(() => connector.update(referenceOf(incoming), activityId, activity));
    },
    privately,
    async typing(incoming) {
      if (!incoming.conversation.hasBot) return;
      await connector.send(referenceOf(incoming), { type: 'typing' }, incoming.id).catch(() => undefined);
    },
  };
}

export const sentence = (words: string): View => ({
  summary: words,
  nodes: [{ type: 'text', text: plain(words) }],
});

/**
 * Throttled, or a status that says to come again (412, 502, 503, 504): the answer is tried again after a short pause
 * with jitter. Nothing else is, since it may have been sent.
 */
async function persistently<T>(send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (attempt === TRIES || !(error instanceof ConnectorError)) throw error;
      if (![412, 429, 502, 503, 504].includes(error.status)) throw error;
      const pause = error.retryAfterMs ?? 500 * 2 ** attempt;
      if (pause > LONGEST_WAIT_MS) throw error;
      await sleep(pause * (1 + Math.random() / 4));
    }
  }
}
