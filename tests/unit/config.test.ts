import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { teamsTenant } from '../../scripts/lib/teams-playground.ts';
import { ConfigError, readConfig, variableNames } from '../../src/config.ts';

const GUID = '11111111-2222-4333-8444-555555555555';
const TENANT = '99999999-2222-4333-8444-555555555555';
const key = randomBytes(32);

const databases = { DATABASE_URL: 'postgresql://crew:pw@db:5432/crewline', AWS_REGION: 'eu-central-1' };
const realSlack = {
  ...databases,
  SLACK_BOT_TOKEN: 'xoxb-1-2-abc',
  SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef',
  ENCRYPTION_KEY: key.toString('base64'),
};
const localSlack = {
  ...databases,
  SLACK_BOT_TOKEN: 'xoxb-local-abc',
  SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef',
  SLACK_API_URL: 'http://localhost:3000/api',
};
const realTeams = {
  ...databases,
  MicrosoftAppId: GUID,
  MicrosoftAppPassword: 'a secret~value',
  MicrosoftAppTenantId: TENANT,
};
const playground = { ...databases, TEAMS_LOCAL_PLAYGROUND_URL: 'http://localhost:56150/' };

/** What readConfig finds wrong. */
function problems(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('a good configuration', () => {
  test('serves a real Slack with little more than its tokens', () => {
    expect(readConfig(realSlack)).toEqual({
      server: { port: 3978, host: '0.0.0.0' },
      database: { url: databases.DATABASE_URL, poolSize: 10 },
      dynamodb: { region: 'eu-central-1', tablePrefix: '' },
      slack: {
        botToken: realSlack.SLACK_BOT_TOKEN,
        signingSecret: realSlack.SLACK_SIGNING_SECRET,
        command: '/task',
        taskEmoji: 'pushpin',
      },
      encryptionKey: key,
      adminEmails: [],
      organizationName: 'My crew',
      logLevel: 'info',
    });
  });

  test('serves a real Teams with the credentials of its bot', () => {
    const { teams, slack } = readConfig(realTeams);

    expect(slack).toBeUndefined();
    expect(teams).toMatchObject({
      credentials: {
        appId: GUID,
        appPassword: 'a secret~value',
        appType: 'SingleTenant',
        tenantId: TENANT,
      },
    });
  });

  test('takes a bot of several tenants too, for the tenant that is named', () => {
    const { teams } = readConfig({ ...realTeams, MicrosoftAppType: 'MultiTenant' });

    expect(teams?.credentials).toMatchObject({ appType: 'MultiTenant', tenantId: TENANT });
  });

  test('serves local chat clients on this machine only, without a key', () => {
    const { server, slack, teams, encryptionKey } = readConfig({ ...localSlack, ...playground });

    expect(server.host).toBe('127.0.0.1');
    expect(slack?.apiUrl).toBe('http://localhost:3000/api/');
    expect(teams).toEqual({
      credentials: 'none',
      playgroundUrl: 'http://localhost:56150',
      playgroundTenantId: teamsTenant.tenantId,
    });
    expect(encryptionKey).toHaveLength(32);
    expect(readConfig(localSlack).encryptionKey).toEqual(encryptionKey);
  });

  test('reads everything else', () => {
    const config = readConfig({
      ...realSlack,
      SLACK_APP_TOKEN: 'xapp-1-A-b',
      SLACK_API_URL: 'https://slack.com/api/',
      SLACK_COMMAND: '/crew',
      PORT: ' 8080 ',
      HOST: '10.0.0.7',
      PUBLIC_URL: 'https://crew.example.com',
      DATABASE_POOL_SIZE: '25',
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'session',
      DYNAMODB_TABLE_PREFIX: 'prod_',
      ADMIN_EMAILS: ' Maya@Harbor.example, ,omar@harbor.example',
      ORGANIZATION_NAME: 'Harbor Works',
      LOG_LEVEL: 'debug',
    });

    expect(config).toMatchObject({
      server: { port: 8080, host: '10.0.0.7', publicUrl: 'https://crew.example.com' },
      database: { poolSize: 25 },
      dynamodb: {
        credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret', sessionToken: 'session' },
        tablePrefix: 'prod_',
      },
      slack: { appToken: 'xapp-1-A-b', command: '/crew' },
      adminEmails: ['maya@harbor.example', 'omar@harbor.example'],
      organizationName: 'Harbor Works',
      logLevel: 'debug',
    });
    expect(config.slack?.apiUrl).toBeUndefined();
  });

  test('needs neither keys nor region for an engine that is not AWS', () => {
    const { AWS_REGION: _, ...env } = realSlack;

    expect(readConfig({ ...env, DYNAMODB_ENDPOINT: 'http://dynamodb:8000' }).dynamodb).toEqual({
      endpoint: 'http://dynamodb:8000',
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      tablePrefix: '',
    });
  });

  test('leaves a VPC end point of AWS to the role', () => {
    const DYNAMODB_ENDPOINT = 'https://vpce-1.dynamodb.eu-central-1.vpce.amazonaws.com';

    expect(readConfig({ ...realSlack, DYNAMODB_ENDPOINT }).dynamodb.credentials).toBeUndefined();
  });

  test('takes a key in hex or base64', () => {
    for (const ENCRYPTION_KEY of [key.toString('hex'), key.toString('base64'), key.toString('base64url')])
      expect(readConfig({ ...realSlack, ENCRYPTION_KEY }).encryptionKey).toEqual(key);
  });

  test('cannot be changed', () => {
    const config = readConfig({ ...realSlack, ADMIN_EMAILS: 'maya@harbor.example' });

    for (const part of [config, config.server, config.slack, config.dynamodb, config.adminEmails])
      expect(Object.isFrozen(part)).toBe(true);
  });
});

describe('a bad configuration', () => {
  test('is told all at once, in whole sentences', () => {
    const env = { PORT: '70000', LOG_LEVEL: 'loud', SLACK_BOT_TOKEN: 'xoxp-9-secret', ADMIN_EMAILS: 'maya' };

    expect(() => readConfig(env)).toThrow(
      [
        'Crewline cannot start: 8 things are wrong with its configuration.',
        '- PORT should be a whole number from 1 to 65535.',
        '- DATABASE_URL is missing: set it to your PostgreSQL, like postgresql://user:password@host:5432/crewline.',
        '- SLACK_BOT_TOKEN should start with xoxb-: copy the "Bot User OAuth Token" from "OAuth & Permissions" of your Slack app.',
        '- ADMIN_EMAILS should be e-mail addresses, separated by commas.',
        '- LOG_LEVEL should be one of trace, debug, info, warn, error, fatal, silent.',
        '- AWS_REGION is missing: set it to the region of your DynamoDB tables, or DYNAMODB_ENDPOINT to a DynamoDB Local.',
        '- SLACK_SIGNING_SECRET is missing: without it nobody could tell whether a request comes from Slack. Set it, or SLACK_APP_TOKEN for Socket Mode.',
        "- ENCRYPTION_KEY is missing: Slack's tokens are kept encrypted with it; make one with `openssl rand -base64 32` and keep it as safe as a password.",
        '.env.example explains every variable.',
      ].join('\n'),
    );
  });

  test('never shows a value', () => {
    const SECRET = 'hunter2hunter2';
    const env = Object.fromEntries(variableNames.map((name) => [name, SECRET]));

    expect(problems(env).length).toBeGreaterThan(10);
    expect(problems(env).join('\n')).not.toContain(SECRET);
  });

  test.each<[string, NodeJS.ProcessEnv, string]>([
    ['no chat platform', databases, 'No chat platform is configured'],
    ['no database', { ...realSlack, DATABASE_URL: '' }, 'DATABASE_URL is missing'],
    ['another kind of database', { ...realSlack, DATABASE_URL: 'mysql://x/y' }, 'DATABASE_URL should start'],
    ['a port in words', { ...realSlack, PORT: 'http' }, 'PORT should be a whole number'],
    ['port 0', { ...realSlack, PORT: '0' }, 'PORT should be a whole number'],
    ['no connections', { ...realSlack, DATABASE_POOL_SIZE: '0' }, 'DATABASE_POOL_SIZE should be'],
    ['half of the AWS keys', { ...realSlack, AWS_ACCESS_KEY_ID: 'AKIA' }, 'AWS_SECRET_ACCESS_KEY is missing'],
    ['the other half', { ...realSlack, AWS_SECRET_ACCESS_KEY: 'x' }, 'AWS_ACCESS_KEY_ID is missing'],
    [
      'swapped tokens',
      { ...realSlack, SLACK_APP_TOKEN: 'xoxb-1' },
      'SLACK_APP_TOKEN should start with xapp-',
    ],
    [
      'a token as secret',
      { ...realSlack, SLACK_SIGNING_SECRET: 'xoxb-1-2-abcdefghi' },
      'not a signing secret',
    ],
    ['a command without slash', { ...realSlack, SLACK_COMMAND: 'task' }, 'SLACK_COMMAND should be'],
    ['an emoji in colons', { ...realSlack, SLACK_TASK_EMOJI: ':memo:' }, 'SLACK_TASK_EMOJI should be'],
    ['no bot token', { ...realSlack, SLACK_BOT_TOKEN: ' ' }, 'SLACK_BOT_TOKEN is missing'],
    [
      'a Slack elsewhere',
      { ...realSlack, SLACK_API_URL: 'https://slack.com.evil.example/api/' },
      'SLACK_API_URL may only',
    ],
    ['a real Slack without key', { ...realSlack, ENCRYPTION_KEY: '' }, 'ENCRYPTION_KEY is missing'],
    ['a short key', { ...realSlack, ENCRYPTION_KEY: 'c2hvcnQ=' }, 'ENCRYPTION_KEY should be 32 random bytes'],
    [
      'a key of zeros',
      { ...realSlack, ENCRYPTION_KEY: '0'.repeat(64) },
      'ENCRYPTION_KEY should be 32 random',
    ],
    ['a public address by http', { ...realSlack, PUBLIC_URL: 'http://x.example' }, 'PUBLIC_URL should be'],
    ['no client secret', { ...realTeams, MicrosoftAppPassword: '' }, 'MicrosoftAppPassword is missing'],
    ['no tenant', { ...realTeams, MicrosoftAppTenantId: '' }, 'MicrosoftAppTenantId is missing'],
    [
      'a managed identity',
      { ...realTeams, MicrosoftAppType: 'UserAssignedMSI' },
      'MicrosoftAppType should be',
    ],
    ['an app id that is a name', { ...realTeams, MicrosoftAppId: 'crewline' }, 'MicrosoftAppId should be'],
    [
      'a playground elsewhere',
      { ...databases, TEAMS_LOCAL_PLAYGROUND_URL: 'http://10.0.0.7:56150' },
      'TEAMS_LOCAL_PLAYGROUND_URL may only',
    ],
  ])('is refused: %s', (_name, env, sentence) => {
    expect(problems(env)).toEqual([expect.stringContaining(sentence)]);
  });

  test.each<[string, NodeJS.ProcessEnv, string]>([
    ['an empty app id beside a secret', { ...realTeams, MicrosoftAppId: '' }, 'MicrosoftAppId is missing'],
    [
      'an empty app id beside a Slack that works',
      { ...realTeams, ...realSlack, MicrosoftAppId: ' ' },
      'MicrosoftAppId is missing',
    ],
    ['a playground beside a real bot', { ...realTeams, ...playground }, 'are both set'],
    [
      'a playground that other machines could pretend to be',
      { ...playground, HOST: '0.0.0.0' },
      'HOST must be 127.0.0.1',
    ],
    [
      'a playground beside a real Slack, whose tunnel anyone could use',
      { ...playground, ...realSlack },
      'on this machine only',
    ],
    [
      'a playground with a public address',
      { ...playground, PUBLIC_URL: 'https://x.example' },
      'on this machine only',
    ],
  ])('never opens Teams without authentication: %s', (_name, env, sentence) => {
    expect(problems(env).join('\n')).toContain(sentence);
  });

  test('leaves Teams off when all its variables are empty', () => {
    expect(readConfig({ ...realSlack, MicrosoftAppId: '', MicrosoftAppPassword: '' }).teams).toBeUndefined();
  });
});

describe('.env.example', () => {
  const lines = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8').split('\n');
  const named = lines.flatMap((line) => /^(\w+)=/.exec(line)?.[1] ?? []);

  test('has every variable, and no other', () => {
    expect([...named].sort()).toEqual([...variableNames].sort());
  });

  test('gives no values, so that a copy changes nothing', () => {
    expect(lines.filter((line) => /^\w+=./.test(line))).toEqual([]);
  });
});
