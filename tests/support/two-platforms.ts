import { type DemoUser, demoPeople } from '../../prisma/seed/people.ts';
import { createTestData, type RunningApp, startApp, type TestData } from './app.ts';
import { buttonsOf, textOf } from './local-slack-blocks.ts';
import { type SlackApi, type SlackCall, startSlackApi } from './slack-api.ts';
import {
  buttonPayload,
  commandBody,
  eventBody,
  interactionBody,
  SIGNING_SECRET,
  type SignedRequest,
  sign,
} from './slack-requests.ts';
import { BOT, message } from './teams-activities.ts';
import { APP_ID, type Identity, ISSUER, startIdentity } from './teams-auth.ts';
import { type ConnectorServer, startConnector } from './teams-connector.ts';

export const TENANT = '0f0e0d0c-0b0a-4908-8706-050403020100';

/** What came back at once. */
export interface Response {
  status: number;
  /** ms */
  tookMs: number;
  /** Of a command: what the asker reads. */
  words: string;
}

/** Slack and Teams in one, at their outer edge: signed requests in, stand-ins for their APIs out. */
export interface TwoPlatforms {
  data: TestData;
  api: SlackApi;
  connector: ConnectorServer;
  identity: Identity;
  start(data?: TestData): Promise<RunningApp>;
  close(): Promise<void>;
}

export async function openTwoPlatforms(): Promise<TwoPlatforms> {
  const [data, api, identity, connector] = await Promise.all([
    createTestData(),
    startSlackApi(),
    startIdentity(),
    startConnector(),
  ]);
  await data.linkChannels({ platform: 'slack', teamExternalId: 'T1', channels: { dock: 'C1', line: 'C2' } });
  const env = {
    SLACK_BOT_TOKEN: 'xoxb-T1',
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: api.url,
    MicrosoftAppId: APP_ID,
    MicrosoftAppPassword: 'a client secret',
    MicrosoftAppTenantId: TENANT,
  };
  const openId = { metadataUrl: identity.metadataUrl, issuer: ISSUER, accessToken: async () => 'bot-token' };
  const teams = { openId, serviceUrls: [new URL(connector.serviceUrl).origin] };
  return {
    data,
    api,
    connector,
    identity,
    start: (other = data) => startApp({ data: other, env, deps: { teams } }),
    async close() {
      await Promise.all([api.close(), identity.close(), connector.close()]);
      await data.drop();
    },
  };
}

export const slackId = (user: DemoUser): string => `U-${user.toUpperCase()}`;

/** What people do, signed as the platforms sign it, to one process of the product. */
export function voicesTo(running: Pick<RunningApp, 'url'>, { api, connector, identity }: TwoPlatforms) {
  let count = 0;
  const next = () => `${Date.now()}-${++count}`;

  async function post(path: string, { body, headers }: SignedRequest): Promise<Response> {
    const started = performance.now();
    const response = await fetch(`${running.url}${path}`, { method: 'POST', body, headers });
    const text = await response.text();
    const answer = text.startsWith('{') ? JSON.parse(text) : { text };
    return { status: response.status, tookMs: performance.now() - started, words: textOf(answer) };
  }

  return {
    command: (user: DemoUser, text: string, trigger = next()) => {
      const who = { user_id: slackId(user), user_name: user };
      const more = { text, trigger_id: trigger, response_url: api.responseUrl };
      return post('/slack/events', sign(commandBody({ ...who, ...more })));
    },
    direct: (user: DemoUser, text: string, event = next()) => {
      const message = {
        type: 'message',
        channel_type: 'im',
        channel: `D-${slackId(user)}`,
        user: slackId(user),
      };
      const body = eventBody({ ...message, text, ts: '1.1' }, { event_id: event });
      return post('/slack/events', sign(body, { type: 'application/json' }));
    },
    press: (user: DemoUser, shown: SlackCall, label: string, trigger = next()) => {
      const blocks = (shown.args as Parameters<typeof textOf>[0]).blocks ?? [];
      const button = buttonsOf(blocks).find(({ text }) => text.text === label);
      const who = { user: { id: slackId(user), name: user, team_id: 'T1' } };
      const more = { trigger_id: trigger, response_url: api.responseUrl };
      return post('/slack/events', sign(interactionBody(buttonPayload(button?.value, { ...who, ...more }))));
    },
    teams: async (user: DemoUser, text: string, id = next()) => {
      const serviceUrl = connector.serviceUrl;
      const activity = message(serviceUrl, text, {
        id,
        from: { id: `29:${user}`, name: demoPeople.find((person) => person.user === user)?.name },
        recipient: BOT,
        conversation: { id: `a:${user}`, conversationType: 'personal', tenantId: TENANT },
        channelData: { tenant: { id: TENANT } },
      });
      const authorization = await identity.bearer({ iss: ISSUER, aud: APP_ID, serviceurl: serviceUrl });
      const headers = { 'content-type': 'application/json', authorization };
      return post('/api/messages', { body: JSON.stringify(activity), headers });
    },
  };
}

/** What people read of these calls: of each message, its words. */
export const wordsIn = (calls: readonly SlackCall[]): string[] =>
  calls.flatMap(({ args }) => {
    const message = args as unknown as Parameters<typeof textOf>[0];
    return typeof message.text === 'string' ? [textOf(message)] : [];
  });
