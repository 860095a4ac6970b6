import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import nock from 'nock';
import { createTestData, type RunningApp, startApp, type TestData } from '../support/app.ts';
import { commandBody, SIGNING_SECRET, sign } from '../support/slack-requests.ts';
import { message } from '../support/teams-activities.ts';
import { until } from '../support/until.ts';

const REGION = 'eu-central-1';
const TENANT = '0f0e0d0c-0b0a-4908-8706-050403020100';
const APP_ID = '11111111-2222-4333-8444-555555555555';
const SERVICE_URL = 'https://smba.trafficmanager.net/emea/';

const env = {
  SLACK_BOT_TOKEN: 'xoxb-harbor',
  SLACK_SIGNING_SECRET: SIGNING_SECRET,
  MicrosoftAppId: APP_ID,
  MicrosoftAppPassword: 'a client secret',
  MicrosoftAppTenantId: TENANT,
  ENCRYPTION_KEY: '8CzGVOhhqTtF4Fbp1PAk4RcbPhxTYJw6Jmrf1qTdhXQ=',
  AWS_REGION: REGION,
  AWS_ACCESS_KEY_ID: 'AKIAHARBOR',
  AWS_SECRET_ACCESS_KEY: 'secret',
  DYNAMODB_ENDPOINT: '',
};

let data: TestData;
let running: RunningApp;
const elsewhere: string[] = [];

beforeAll(async () => {
  data = await createTestData();
  nock.disableNetConnect();
  // The databases and the product itself; every other host fails the test.
  nock.enableNetConnect(/^(127\.0\.0\.1|localhost):/);
  nock.emitter.on('no match', ({ url }) => {
    if (!/^http:\/\/(127\.0\.0\.1|localhost):/.test(url)) elsewhere.push(url);
  });
  standInForAws();
  slack('auth.test', { team_id: 'T1', team: 'Harbor', user_id: 'UBOT' });
  running = await startApp({ data, env });
});
afterAll(async () => {
  await running?.stop();
  nock.cleanAll();
  nock.enableNetConnect();
  nock.restore();
  await data?.drop();
});
afterEach(() => {
  expect(elsewhere).toEqual([]);
  expect(running.logged.filter(({ level }) => level === 'error')).toEqual([]);
});

/** AWS's address, and a real engine behind it. */
function standInForAws(): void {
  // Asked before what is not urgent is sent, and remembered for a while: how often does not matter here.
  nock('https://slack.com').persist().post('/api/dnd.info').optionally().reply(200, { ok: true });
  nock(`https://dynamodb.${REGION}.amazonaws.com`)
    .persist()
    .post('/')
    .reply(async (asked: Request) => {
      expect(asked.headers.get('authorization')).toContain('Credential=AKIAHARBOR/');
      const headers = [...asked.headers].filter(([name]) => /^(x-amz|content-type|authorization)/.test(name));
      const answer = await fetch(data.dynamodb.endpoint, {
        method: 'POST',
        headers,
        body: await asked.text(),
      });
      return [answer.status, await answer.text(), { 'content-type': 'application/x-amz-json-1.0' }];
    });
}

/** One call of a method of Slack's, which must come. `asked`: what its form fields must have. */
function slack(method: string, answer: object, asked: Record<string, RegExp> = {}): void {
  nock('https://slack.com', { reqheaders: { authorization: 'Bearer xoxb-harbor' } })
    .post(`/api/${method}`, (body: Record<string, string>) =>
      Object.entries(asked).every(([name, pattern]) => pattern.test(body[name] ?? '')),
    )
    .reply(200, { ok: true, ...answer });
}

const user = (name: string, email: string) => ({
  user: { real_name: name, tz: 'America/New_York', profile: { real_name: name, email } },
});

async function command(userId: string, text: string, triggerId: string): Promise<string> {
  const { body, headers } = sign(commandBody({ user_id: userId, text, trigger_id: triggerId }));
  const response = await fetch(`${running.url}/slack/events`, { method: 'POST', body, headers });
  return response.text();
}

/** Waits until every call that must come has come. */
const allCalled = () =>
  until(
    'every call',
    () => (nock.isDone() ? true : undefined),
    () => nock.pendingMocks(),
  );

describe('at the outer edge, and nowhere else', () => {
  test('Slack: a task is added, its worker told, done, its card changed and its manager told', async () => {
    slack('users.info', user('Maya Okafor', 'maya@harbor.example'), { user: /^U-MAYA$/ });
    slack('users.info', user('Wes Carter', 'wes@harbor.example'), { user: /^U-WES$/ });
    slack(
      'chat.postMessage',
      { channel: 'C1', ts: '1.1' },
      { channel: /^C1$/, text: /Reseal pump 3: To do/ },
    );
    slack(
      'chat.postMessage',
      { channel: 'D-WES', ts: '2.1' },
      { channel: /^U-WES$/, text: /Maya Okafor gave you/ },
    );
    expect(await command('U-MAYA', 'add "Reseal pump 3" <@U-WES|wes> in DOCK', 'trigger-1')).toContain(
      'Wes Carter',
    );
    await allCalled();

    slack('chat.update', { channel: 'C1', ts: '1.1' }, { ts: /^1\.1$/, text: /Reseal pump 3: Done/ });
    slack('chat.update', { channel: 'D-WES', ts: '2.1' }, { ts: /^2\.1$/, text: /Maya Okafor gave you/ });
    slack(
      'chat.postMessage',
      { channel: 'C1', ts: '1.2' },
      { channel: /^C1$/, thread_ts: /^1\.1$/, text: /Wes Carter finished it/ },
    );
    slack(
      'chat.postMessage',
      { channel: 'D-MAYA', ts: '3.1' },
      { channel: /^U-MAYA$/, text: /Wes Carter finished/ },
    );
    expect(await command('U-WES', 'done 31 all dry', 'trigger-2')).toContain('Done: *#31* Reseal pump 3');
    await allCalled();
  });

  test('Teams: a worker is done, hears so in the chat, and the manager in theirs', async () => {
    const teams = await standInForMicrosoft();
    teams.member('maya');
    teams.takes('a:maya', /What I can do for you/);
    await teams.writes('maya', 'hi');
    await allCalled();
    teams.member('wes');
    teams.takes('a:wes', /Done/);
    teams.takes('a:maya', /Wes Carter finished/);
    await teams.writes('wes', 'done 2 hose is on');
    await allCalled();
  });
});

/** Microsoft's keys, tokens and connector for Teams, each at its own address. */
async function standInForMicrosoft() {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(publicKey)), kid: 'key-1', use: 'sig', endorsements: ['msteams'] };
  const issuer = 'https://api.botframework.com';
  nock('https://login.botframework.com')
    .get('/v1/.well-known/openidconfiguration')
    .reply(200, { issuer, jwks_uri: 'https://login.botframework.com/v1/.well-known/keys' });
  nock('https://login.botframework.com')
    .get('/v1/.well-known/keys')
    .reply(200, { keys: [key] });
  nock('https://login.microsoftonline.com')
    .post(
      `/${TENANT}/oauth2/v2.0/token`,
      (body: Record<string, string>) => body.client_id === APP_ID && body.client_secret === 'a client secret',
    )
    .query(true)
    .reply(200, { token_type: 'Bearer', expires_in: 3_600, access_token: 'connector-token' });
  // Two calls that begin at once each ask for a token.
  nock('https://login.microsoftonline.com')
    .post(`/${TENANT}/oauth2/v2.0/token`)
    .query(true)
    .times(4)
    .optionally()
    .reply(200, { token_type: 'Bearer', expires_in: 3_600, access_token: 'connector-token' });
  const connector = () =>
    nock('https://smba.trafficmanager.net', { reqheaders: { authorization: 'Bearer connector-token' } });

  // On a busy machine a sign of typing goes before an answer.
  connector()
    .post(/\/activities/, (body: { type?: string }) => body.type === 'typing')
    .times(4)
    .optionally()
    .reply(201, { id: 'typing' });

  return {
    member(name: 'maya' | 'wes'): void {
      connector()
        .get(`/emea/v3/conversations/a%3A${name}/members/29%3A${name}`)
        .reply(200, { id: `29:${name}`, name, email: `${name}@harbor.example` });
    },
    takes(conversation: string, words: RegExp): void {
      const path = `/emea/v3/conversations/${encodeURIComponent(conversation)}/activities`;
      connector()
        .post(
          (uri) => uri.startsWith(path),
          (body) => words.test(JSON.stringify(body)),
        )
        .reply(201, { id: 'activity-1' });
    },
    async writes(name: string, text: string): Promise<void> {
      const now = Math.floor(Date.now() / 1_000);
      const token = await new SignJWT({ iss: issuer, aud: APP_ID, serviceurl: SERVICE_URL })
        .setProtectedHeader({ alg: 'RS256', kid: 'key-1', typ: 'JWT' })
        .setIssuedAt(now)
        .setExpirationTime(now + 3_600)
        .sign(privateKey);
      const activity = message(SERVICE_URL, text, {
        id: `message-${name}`,
        from: { id: `29:${name}`, name },
        conversation: { id: `a:${name}`, conversationType: 'personal', tenantId: TENANT },
        channelData: { tenant: { id: TENANT } },
      });
      const response = await fetch(`${running.url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(activity),
      });
      expect(response.status).toBe(200);
    },
  };
}
