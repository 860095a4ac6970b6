import { createHash } from 'node:crypto';
import {
  decodeKey,
  emailsIn,
  type Given,
  isAws,
  isRealSlack,
  isSlackCom,
  type LogLevel,
  rules,
  type Variables,
  variableNames,
  variables,
} from './config/variables.ts';

export { type LogLevel, variableNames } from './config/variables.ts';

/** What is wrong with the environment, all of it, in words and without the values of secrets. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const count = problems.length === 1 ? 'one thing is' : `${problems.length} things are`;
    super(
      [
        `Crewline cannot start: ${count} wrong with its configuration.`,
        ...problems.map((problem) => `- ${problem}`),
        '.env.example explains every variable.',
      ].join('\n'),
    );
    this.problems = problems;
  }
}

export interface TeamsCredentials {
  readonly appId: string;
  readonly appPassword: string;
  readonly appType: 'SingleTenant' | 'MultiTenant';
  /** The tenant that Crewline is installed in. */
  readonly tenantId: string;
}

export interface Config {
  readonly server: { readonly port: number; readonly host: string; readonly publicUrl?: string };
  readonly database: { readonly url: string; readonly poolSize: number };
  readonly dynamodb: {
    readonly region: string;
    /** AWS's own when absent */
    readonly endpoint?: string;
    /** AWS's usual chain (profile, role) when absent */
    readonly credentials?: {
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken?: string;
    };
    readonly tablePrefix: string;
  };
  readonly slack?: {
    readonly botToken: string;
    /** Takes requests by HTTP. */
    readonly signingSecret?: string;
    /** Takes requests by Socket Mode. */
    readonly appToken?: string;
    /** Of a local Slack, with a slash at its end; slack.com's when absent */
    readonly apiUrl?: string;
    readonly command: string;
    /** Name of the emoji that offers to make a task of a message */
    readonly taskEmoji: string;
  };
  readonly teams?: {
    /** 'none' only together with `playgroundUrl`: requests are then not authenticated. */
    readonly credentials: TeamsCredentials | 'none';
    /** Origin of a Teams playground on this machine. */
    readonly playgroundUrl?: string;
    /** Tenant of the people in the playground. */
    readonly playgroundTenantId: string;
  };
  /** 32 bytes */
  readonly encryptionKey: Buffer;
  readonly adminEmails: readonly string[];
  readonly organizationName: string;
  readonly logLevel: LogLevel;
}

/** Other engines than AWS's take any key and region, but the SDK wants to sign with some. */
const LOCAL_REGION = 'us-east-1';
const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Of the playground that `npm start` brings up. */
const PLAYGROUND_TENANT = '00000000-0000-4000-8000-00000000c4e1';

/** Reads and checks the whole environment. Throws ConfigError, with everything that is wrong at once. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = pickGiven(env);
  const parsed = variables.safeParse(given);
  const single = parsed.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}.`) ?? [];
  const together = rules.map((rule) => rule(given)).filter((problem) => problem !== false);
  if (!parsed.success || together.length > 0) throw new ConfigError([...single, ...together]);
  return deepFreeze(configOf(parsed.data, given));
}

function pickGiven(env: NodeJS.ProcessEnv): Given {
  const filled = variableNames.flatMap((name) => {
    const value = env[name]?.trim();
    return value ? [[name, value] as const] : [];
  });
  return Object.fromEntries(filled);
}

function configOf(read: Variables, given: Given): Config {
  const slack = slackOf(read);
  const teams = teamsOf(read);
  const onlyLocal = !isRealSlack(given) && !read.MicrosoftAppId;
  return {
    server: {
      port: read.PORT ?? 3978,
      host: read.HOST ?? (onlyLocal ? '127.0.0.1' : '0.0.0.0'),
      ...(read.PUBLIC_URL && { publicUrl: read.PUBLIC_URL }),
    },
    database: { url: read.DATABASE_URL, poolSize: read.DATABASE_POOL_SIZE ?? 10 },
    dynamodb: dynamodbOf(read),
    ...(slack && { slack }),
    ...(teams && { teams }),
    encryptionKey: read.ENCRYPTION_KEY ? decodeKey(read.ENCRYPTION_KEY) : localKey(),
    adminEmails: emailsIn(read.ADMIN_EMAILS ?? ''),
    organizationName: read.ORGANIZATION_NAME ?? 'My crew',
    logLevel: read.LOG_LEVEL ?? 'info',
  };
}

function dynamodbOf(read: Variables): Config['dynamodb'] {
  const { DYNAMODB_ENDPOINT: endpoint, AWS_PROFILE, AWS_SESSION_TOKEN: sessionToken } = read;
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = read;
  const local = endpoint !== undefined && !isAws(endpoint) && !AWS_PROFILE ? LOCAL_CREDENTIALS : undefined;
  const credentials =
    accessKeyId && secretAccessKey
      ? { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
      : local;
  return {
    region: read.AWS_REGION ?? LOCAL_REGION,
    ...(endpoint && { endpoint }),
    ...(credentials && { credentials }),
    tablePrefix: read.DYNAMODB_TABLE_PREFIX ?? '',
  };
}

function slackOf(read: Variables): Config['slack'] {
  if (!read.SLACK_BOT_TOKEN) return undefined;
  const { SLACK_SIGNING_SECRET: signingSecret, SLACK_APP_TOKEN: appToken, SLACK_API_URL: url } = read;
  return {
    botToken: read.SLACK_BOT_TOKEN,
    ...(signingSecret && { signingSecret }),
    ...(appToken && { appToken }),
    ...(url && !isSlackCom(url) && { apiUrl: url.endsWith('/') ? url : `${url}/` }),
    command: read.SLACK_COMMAND ?? '/task',
    taskEmoji: read.SLACK_TASK_EMOJI ?? 'pushpin',
  };
}

function teamsOf(read: Variables): Config['teams'] {
  const { MicrosoftAppId: appId, MicrosoftAppPassword: appPassword, MicrosoftAppTenantId: tenantId } = read;
  const playgroundTenantId = read.TEAMS_LOCAL_PLAYGROUND_TENANT_ID ?? PLAYGROUND_TENANT;
  if (appId && appPassword && tenantId) {
    const appType = read.MicrosoftAppType ?? 'SingleTenant';
    return { credentials: { appId, appPassword, appType, tenantId }, playgroundTenantId };
  }
  const playground = read.TEAMS_LOCAL_PLAYGROUND_URL;
  if (!playground) return undefined;
  return { credentials: 'none', playgroundUrl: new URL(playground).origin, playgroundTenantId };
}

/** For local platforms alone, whose tokens open nothing; the same after a restart. */
const localKey = (): Buffer => createHash('sha256').update('crewline: local platforms only').digest();

/** Buffers stay as they are: their bytes can't be frozen. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
