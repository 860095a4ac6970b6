import { createHmac } from 'node:crypto';

/** Requests as Slack sends them, really signed. */

export const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';

export interface SignedRequest {
  body: string;
  headers: Record<string, string>;
}

/** Signs a body as Slack does. `at` in ms since 1970. */
export function sign(
  body: string,
  options: { at?: number; secret?: string; type?: string } = {},
): SignedRequest {
  const timestamp = String(Math.floor((options.at ?? Date.now()) / 1_000));
  const hmac = createHmac('sha256', options.secret ?? SIGNING_SECRET).update(`v0:${timestamp}:${body}`);
  return {
    body,
    headers: {
      'content-type': options.type ?? 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hmac.digest('hex')}`,
    },
  };
}

/** The body of a slash command. */
export function commandBody(fields: Record<string, string> = {}): string {
  const command = {
    command: '/task',
    text: 'help',
    team_id: 'T1',
    team_domain: 'harbor',
    channel_id: 'C1',
    channel_name: 'dock',
    user_id: 'U1',
    user_name: 'wes',
    api_app_id: 'A1',
    trigger_id: 'trigger-1',
    ...fields,
  };
  return new URLSearchParams(command).toString();
}

/** The body of an interaction: a pressed button, a submitted modal. */
export const interactionBody = (payload: object): string =>
  new URLSearchParams({ payload: JSON.stringify(payload) }).toString();

/** A pressed button in a message of #dock. */
export function buttonPayload(value: string | undefined, more: object = {}): object {
  return {
    type: 'block_actions',
    team: { id: 'T1', domain: 'harbor' },
    user: { id: 'U1', username: 'wes', name: 'wes', team_id: 'T1' },
    api_app_id: 'A1',
    trigger_id: 'trigger-2',
    channel: { id: 'C1', name: 'dock' },
    container: { type: 'message', message_ts: '1700000000.000001', channel_id: 'C1', is_ephemeral: false },
    message: { ts: '1700000000.000001', text: 'Task', thread_ts: '1700000000.000000' },
    actions: [
      {
        type: 'button',
        action_id: 'b1.0',
        block_id: 'b1',
        action_ts: '1',
        text: { type: 'plain_text', text: 'Done' },
        ...(value === undefined ? {} : { value }),
      },
    ],
    ...more,
  };
}

/** A submitted modal; `view` is what was opened, `values` what was filled in. */
export function submissionPayload(view: object, values: Record<string, unknown>): object {
  return {
    type: 'view_submission',
    team: { id: 'T1', domain: 'harbor' },
    user: { id: 'U1', username: 'wes', name: 'wes', team_id: 'T1' },
    api_app_id: 'A1',
    trigger_id: 'trigger-3',
    view: { id: 'V1', ...view, state: { values } },
    response_urls: [],
  };
}

/** The body of an event. */
export function eventBody(event: object, more: object = {}): string {
  return JSON.stringify({
    token: 'legacy',
    type: 'event_callback',
    team_id: 'T1',
    api_app_id: 'A1',
    event_id: 'Ev1',
    event_time: 1_700_000_000,
    authorizations: [{ enterprise_id: null, team_id: 'T1', user_id: 'UBOT', is_bot: true }],
    event,
    ...more,
  });
}
