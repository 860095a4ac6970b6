import { createServer } from 'node:http';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { listen } from '../../../tests/support/teams-auth.ts';
import { serveChild } from '../child.ts';

/** The yardstick on Slack: Bolt as it is, checks the signature and acknowledges the command. */
await serveChild(async ({ signingSecret }: { signingSecret: string }) => {
  const receiver = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({ receiver, authorize: async () => ({}), logLevel: LogLevel.ERROR });
  app.command('/task', ({ ack }) => ack());
  const server = createServer(receiver.requestListener);
  return { ready: { url: await listen(server) } };
});
