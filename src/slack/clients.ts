import { webApi } from '@slack/bolt';
import type { Log, Workspaces } from '../core/ports.ts';
import { DeliveryError } from '../core/ports.ts';
import { slackLogger } from './log.ts';

/** While a person waits: what Slack leaves of its 3 s after our own work. */
export const INTERACTIVE_TIMEOUT_MS = 1_200;

/** job: has time; interactive: somebody looks at a spinner. */
export type Purpose = 'job' | 'interactive';

/** Slack's Web API, one client a token and purpose. */
export interface Clients {
  /** Throws DeliveryError, refused, when the workspace has no token: never installed, or removed. */
  of(externalId: string, purpose: Purpose): Promise<webApi.WebClient>;
}

export function createClients(options: {
  workspaces: Workspaces;
  log: Log;
  apiUrl: string | undefined;
  apiTimeoutMs: number;
}): Clients {
  const known = new Map<string, { token: string; client: webApi.WebClient }>();
  const timeouts: Record<Purpose, number> = {
    job: options.apiTimeoutMs,
    interactive: Math.min(options.apiTimeoutMs, INTERACTIVE_TIMEOUT_MS),
  };
  const create = (token: string, purpose: Purpose) =>
    new webApi.WebClient(token, {
      // By default @slack/web-api retries for half an hour, has no time-out, and lets one 429 hold up every channel.
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: timeouts[purpose],
      logger: slackLogger(options.log),
      ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
    });
  return {
    async of(externalId, purpose) {
      const workspace = await options.workspaces.find('slack', externalId);
      if (!workspace?.botToken) {
        throw new DeliveryError({ kind: 'refused', scope: 'workspace' }, 'not_installed');
      }
      const key = `${externalId} ${purpose}`;
      const found = known.get(key);
      if (found?.token === workspace.botToken) return found.client;
      const client = create(workspace.botToken, purpose);
      known.set(key, { token: workspace.botToken, client });
      return client;
    },
  };
}
