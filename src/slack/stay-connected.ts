import type { SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../core/ports.ts';
import { within } from './within.ts';

/** Pauses between tries to connect, in ms: doubling from the first up to the longest. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** A start is complete with its connection, where Slack answers as it does. In ms. */
const FIRST_TRY_WITHIN_MS = 2_000;
/** One that ended sooner is no connection: another at once would be a loop. In ms. */
const SHORT_LIVED_MS = 10_000;

/** The longest that a stop waits for a connection that is being made, in ms. */
const HANDSHAKE_WITHIN_MS = 1_000;

/** Socket Mode's connection, which comes back by itself. */
export interface Connection {
  /** Resolves with the first try, or soon without it: Slack may be away for hours. Never rejects. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Connects, and connects again whenever the connection ends: Slack itself ends each within hours. The library's own
 * reconnecting is off, since it gives up at a network error, with a rejection that nobody can catch.
 */
export function stayConnected(receiver: SocketModeReceiver, log: Log): Connection {
  const { client } = receiver;
  let failures = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let trying: Promise<void> = Promise.resolve();

  function connect(): Promise<void> {
    trying = tryToConnect();
    return trying;
  }

  async function tryToConnect(): Promise<void> {
    try {
      await receiver.start();
    } catch (error) {
      return again(error);
    }
    if (stopped) return;
    if (failures > 0) log.info({ failures }, 'Slack’s Socket Mode is connected');
    const since = performance.now();
    client.once('disconnected', () => {
      if (stopped) return;
      if (performance.now() - since < SHORT_LIVED_MS) return again('the connection ended at once');
      failures = 0;
      void connect();
    });
  }

  function again(error: unknown): void {
    if (stopped) return;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
    failures += 1;
    log.warn({ error: String(error), failures }, 'Slack’s Socket Mode could not be connected: trying again');
    timer = setTimeout(() => void connect(), pause * (1 + Math.random() / 4));
  }

  return {
    start: () => within(FIRST_TRY_WITHIN_MS, connect()),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      // A connection that is cut in its handshake keeps the library, and the process with it, busy for 30 s.
      const settled = await within(
        HANDSHAKE_WITHIN_MS,
        trying.then(() => true),
      );
      await receiver.stop();
      // And one that is made after all is not kept.
      if (!settled) void trying.then(() => receiver.stop());
    },
  };
}
