import { HTTPReceiver, type Receiver, SocketModeReceiver, UnknownError } from '@slack/bolt';
import type { Log } from '../core/ports.ts';
import { slackLogger } from './log.ts';
import { MalformedPayload } from './payloads.ts';

export const EVENTS_PATH = '/slack/events';

/** What a listener threw: Bolt wraps what is not its own. */
function thrown(error: unknown): unknown {
  return error instanceof UnknownError ? error.original : error;
}

/** Bolt's receiver for HTTP. It sees only requests that `http.ts` has read and verified. */
export function createHttpReceiver(log: Log): HTTPReceiver {
  return new HTTPReceiver({
    signingSecret: '',
    // Already done, in both directions of time: Bolt accepts a timestamp from the future.
    signatureVerification: false,
    endpoints: [EVENTS_PATH],
    logger: slackLogger(log),
    processEventErrorHandler: async ({ error, response }) => {
      const cause = thrown(error);
      const status = cause instanceof MalformedPayload ? 400 : 500;
      log.warn({ error: String(cause), status }, 'A Slack request failed');
      if (!response.headersSent) response.writeHead(status).end();
      return true;
    },
  });
}

/** What Slack may take to name a WebSocket, in ms. */
const CONNECT_WITHIN_MS = 10_000;

/** Bolt's receiver for Socket Mode, where Slack's requests come through a WebSocket of ours. */
export function createSocketReceiver(options: {
  appToken: string;
  apiUrl: string | undefined;
  log: Log;
}): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken: options.appToken,
    logger: slackLogger(options.log),
    // stay-connected.ts does both.
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: {
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: CONNECT_WITHIN_MS,
        ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
      },
    },
    processEventErrorHandler: async ({ error }) => {
      const cause = thrown(error);
      options.log.warn({ error: String(cause) }, 'A Slack request failed');
      // Not acknowledged means delivered again, which helps only where the payload was good.
      return cause instanceof MalformedPayload;
    },
  });
}

/** Several receivers for one App, which takes a single one. */
export function together(receivers: readonly Receiver[]): Receiver {
  return {
    init: (app) => {
      for (const receiver of receivers) receiver.init(app);
    },
    start: () => Promise.all(receivers.map((receiver) => receiver.start())),
    stop: () => Promise.all(receivers.map((receiver) => receiver.stop())),
  };
}
