import { webApi } from '@slack/bolt';
import type { Log } from '../core/ports.ts';
import { slackLogger } from './log.ts';

/** What Slack says of a bot token. */
export interface BotIdentity {
  teamId: string;
  teamName: string;
  botUserId: string;
}

const TIMEOUT_MS = 5_000;

/** Asks Slack whose token this is (`auth.test`). Throws what the Web API throws. */
export async function identifyBot(options: {
  token: string;
  apiUrl: string | undefined;
  log: Log;
}): Promise<BotIdentity> {
  const client = new webApi.WebClient(options.token, {
    retryConfig: { retries: 0 },
    timeout: TIMEOUT_MS,
    logger: slackLogger(options.log),
    ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
  });
  const { team_id: teamId, team, user_id: botUserId } = await client.auth.test();
  if (!teamId || !botUserId) throw new Error('Slack did not say which workspace the bot token belongs to');
  return { teamId, teamName: team ?? teamId, botUserId };
}
