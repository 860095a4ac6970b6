import { z } from 'zod';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const NEW_KEY = 'make one with `openssl rand -base64 32` and keep it as safe as a password';

const text = (error: string) => z.string({ error });
const optional = (error: string, good: (value: string) => boolean) =>
  z.string().refine(good, { error }).optional();
const shaped = (pattern: RegExp, error: string) => optional(error, (value) => pattern.test(value));
const whole = (min: number, max: number) =>
  z
    .string()
    .refine((value) => /^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max, {
      error: `should be a whole number from ${min} to ${max}`,
    })
    .transform(Number)
    .optional();

/** Every variable by itself: messages follow its name. What they ask of one another stands in `rules`. */
export const variables = z.object({
  PORT: whole(1, 65_535),
  HOST: shaped(/^[\w.:-]+$/, 'should be an address or host name to listen on, like 0.0.0.0 or 127.0.0.1'),
  PUBLIC_URL: optional('should be an address that starts with https://', (value) => isUrl(value, ['https:'])),
  DATABASE_URL: text(
    'is missing: set it to your PostgreSQL, like postgresql://user:password@host:5432/crewline',
  ).refine((value) => /^postgres(ql)?:\/\/./.test(value), {
    error: 'should start with postgresql://, like postgresql://user:password@host:5432/crewline',
  }),
  DATABASE_POOL_SIZE: whole(1, 500),
  AWS_REGION: shaped(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'should be the name of an AWS region, like eu-central-1'),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_PROFILE: z.string().optional(),
  DYNAMODB_ENDPOINT: optional(
    'should be the address of a DynamoDB engine, like http://127.0.0.1:8000',
    (value) => isUrl(value),
  ),
  DYNAMODB_TABLE_PREFIX: shaped(
    /^[\w.-]{1,100}$/,
    'may have letters, digits, underscores, dots and hyphens only, because table names start with it',
  ),
  SLACK_BOT_TOKEN: shaped(
    /^(xoxe\.)?xoxb-/,
    'should start with xoxb-: copy the "Bot User OAuth Token" from "OAuth & Permissions" of your Slack app',
  ),
  SLACK_SIGNING_SECRET: optional(
    'is not a signing secret: copy the "Signing Secret" from "Basic Information" of your Slack app',
    (value) => !/^x(ox|app)/.test(value) && value.length >= 16,
  ),
  SLACK_APP_TOKEN: shaped(
    /^xapp-/,
    'should start with xapp-: make an "App-Level Token" with connections:write under "Basic Information" of your Slack app',
  ),
  SLACK_API_URL: optional(
    'may only name a local Slack on this machine, like http://localhost:3000/api/; remove it for slack.com',
    (value) => isLoopbackUrl(value) || isSlackCom(value),
  ),
  SLACK_COMMAND: shaped(
    /^\/[a-z0-9_-]{1,31}$/,
    'should be a slash command as your Slack app has it, in lower case, like /task',
  ),
  SLACK_TASK_EMOJI: shaped(
    /^[a-z0-9_+'-]{1,100}$/,
    'should be the name of an emoji without colons, like pushpin',
  ),
  MicrosoftAppId: optional('should be the app id (a GUID) of your Azure Bot', isGuid),
  MicrosoftAppPassword: z.string().optional(),
  MicrosoftAppType: z
    .enum(['SingleTenant', 'MultiTenant'], {
      error: 'should be SingleTenant or MultiTenant (managed identities are not supported)',
    })
    .optional(),
  MicrosoftAppTenantId: optional('should be the id (a GUID) of your Microsoft 365 tenant', isGuid),
  TEAMS_LOCAL_PLAYGROUND_URL: optional(
    'may only name a Teams playground on this machine, like http://localhost:56150: requests from it are not authenticated',
    isLoopbackUrl,
  ),
  TEAMS_LOCAL_PLAYGROUND_TENANT_ID: optional('should be the tenant id (a GUID) of the playground', isGuid),
  ENCRYPTION_KEY: optional(
    `should be 32 random bytes in base64 (44 characters) or hex (64): ${NEW_KEY}`,
    (value) => isKey(decodeKey(value)),
  ),
  ADMIN_EMAILS: optional('should be e-mail addresses, separated by commas', (value) =>
    emailsIn(value).every((email) => /^[^\s@]+@[^\s@]+$/.test(email)),
  ),
  ORGANIZATION_NAME: optional('may be at most 100 characters long', (value) => value.length <= 100),
  LOG_LEVEL: z.enum(logLevels, { error: `should be one of ${logLevels.join(', ')}` }).optional(),
});

export type Variables = z.output<typeof variables>;
/** The variables as they were given; empty ones count as absent. */
export type Given = Partial<Record<keyof Variables, string>>;

/** Names of all variables that are read. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

const chatVariables = [
  ...(['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', 'TEAMS_LOCAL_PLAYGROUND_URL'] as const),
  ...(['MicrosoftAppId', 'MicrosoftAppPassword', 'MicrosoftAppType', 'MicrosoftAppTenantId'] as const),
];

/** What the variables ask of one another: each says what is wrong, or nothing. */
export const rules: readonly ((given: Given) => string | false)[] = [
  (given) =>
    !given.AWS_REGION &&
    (!given.DYNAMODB_ENDPOINT || isAws(given.DYNAMODB_ENDPOINT)) &&
    'AWS_REGION is missing: set it to the region of your DynamoDB tables, or DYNAMODB_ENDPOINT to a DynamoDB Local.',
  ({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret }) =>
    !id !== !secret &&
    `${id ? 'AWS_SECRET_ACCESS_KEY' : 'AWS_ACCESS_KEY_ID'} is missing: set both keys, or none to use the role or profile that AWS gives.`,
  (given) =>
    !chatVariables.some((name) => given[name]) &&
    'No chat platform is configured: set SLACK_BOT_TOKEN with SLACK_SIGNING_SECRET or SLACK_APP_TOKEN for Slack, or MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId for Teams.',
  (given) =>
    Boolean(given.SLACK_BOT_TOKEN) &&
    !given.SLACK_SIGNING_SECRET &&
    !given.SLACK_APP_TOKEN &&
    'SLACK_SIGNING_SECRET is missing: without it nobody could tell whether a request comes from Slack. Set it, or SLACK_APP_TOKEN for Socket Mode.',
  (given) =>
    !given.SLACK_BOT_TOKEN &&
    Boolean(given.SLACK_SIGNING_SECRET || given.SLACK_APP_TOKEN) &&
    'SLACK_BOT_TOKEN is missing, though other Slack variables are set: set it too, or remove them.',
  (given) =>
    isRealSlack(given) &&
    !given.ENCRYPTION_KEY &&
    `ENCRYPTION_KEY is missing: Slack's tokens are kept encrypted with it; ${NEW_KEY}.`,
  // An empty MicrosoftAppId switches botbuilder's authentication off without a word.
  (given) =>
    !given.MicrosoftAppId &&
    Boolean(given.MicrosoftAppPassword || given.MicrosoftAppTenantId || given.MicrosoftAppType) &&
    'MicrosoftAppId is missing, though other Microsoft variables are set: without it no request from Teams could be checked. Set it too, or remove them.',
  (given) =>
    Boolean(given.MicrosoftAppId) &&
    !given.MicrosoftAppPassword &&
    'MicrosoftAppPassword is missing: set it to a client secret of the app registration of your Azure Bot.',
  (given) =>
    Boolean(given.MicrosoftAppId) &&
    !given.MicrosoftAppTenantId &&
    'MicrosoftAppTenantId is missing: set it to the id of your Microsoft 365 tenant; people of other tenants are not let in.',
  (given) =>
    Boolean(given.TEAMS_LOCAL_PLAYGROUND_URL && given.MicrosoftAppId) &&
    'TEAMS_LOCAL_PLAYGROUND_URL and MicrosoftAppId are both set, but requests from the playground are not authenticated: remove one of them.',
  // A tunnel or proxy that brings a real Slack's requests to this machine would bring anyone's to the open Teams end point.
  (given) =>
    Boolean(given.TEAMS_LOCAL_PLAYGROUND_URL) &&
    (isRealSlack(given) || Boolean(given.PUBLIC_URL)) &&
    'TEAMS_LOCAL_PLAYGROUND_URL is for trying things out on this machine only: remove it, or SLACK_BOT_TOKEN of the real Slack and PUBLIC_URL.',
  (given) =>
    Boolean(given.TEAMS_LOCAL_PLAYGROUND_URL && given.HOST && !isLoopback(given.HOST)) &&
    'HOST must be 127.0.0.1 while TEAMS_LOCAL_PLAYGROUND_URL is set: requests from the playground are not authenticated, so no other machine may send any.',
];

/** Whether a Slack is configured that is not on this machine. */
export function isRealSlack({ SLACK_BOT_TOKEN, SLACK_API_URL }: Given): boolean {
  return Boolean(SLACK_BOT_TOKEN) && !(SLACK_API_URL && isLoopbackUrl(SLACK_API_URL));
}

function isUrl(value: string, protocols: readonly string[] = ['http:', 'https:']): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

function isLoopbackUrl(value: string): boolean {
  return isUrl(value) && isLoopback(new URL(value).hostname);
}

export function isSlackCom(value: string): boolean {
  return /^https:\/\/slack\.com(\/(api\/?)?)?$/.test(value);
}

export function isAws(endpoint: string): boolean {
  return isUrl(endpoint) && /\.amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname);
}

function isGuid(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

/** The bytes of a key in base64 or hex; anything else gives none. */
export function decodeKey(value: string): Buffer {
  if (/^[0-9a-f]{64}$/i.test(value)) return Buffer.from(value, 'hex');
  // Node decodes what it can and skips the rest, so the form is checked first.
  return Buffer.from(/^[\w+/-]{43}=?$/.test(value) ? value : '', 'base64');
}

/** Random bytes have many different values; a key like 000…0 from an example does not. */
function isKey(key: Buffer): boolean {
  return key.length === 32 && new Set(key).size >= 16;
}

export function emailsIn(value: string): string[] {
  return value.split(',').flatMap((email) => email.trim().toLowerCase() || []);
}
