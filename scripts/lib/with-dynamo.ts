import { createDynamo, type Dynamo, type DynamoOptions } from '../../src/lib/dynamodb.ts';
import { ClearError, reasonOf } from './clear-error.ts';
import { useEmbeddedDynamodb } from './embedded-dynamodb.ts';
import { dynamodbFolder } from './paths.ts';

/** A script has time: pages of 1 MB may take longer than chat would wait. */
const requestTimeoutMs = 30_000;
const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * Runs `use` with the configured DynamoDB: DYNAMODB_ENDPOINT, or AWS when AWS_REGION is set. Without configuration it is
 * the embedded engine: joined when it runs, else started for the time of the call.
 */
export async function withDynamoOptions<T>(use: (options: DynamoOptions) => Promise<T>): Promise<T> {
  const configured = configuredOptions();
  if (configured) return clearly(configured, use);
  const engine = await useEmbeddedDynamodb({ dataDir: dynamodbFolder });
  try {
    return await clearly(localOptions(engine.endpoint), use);
  } finally {
    await engine.stop();
  }
}

/** What people get wrong in configuration is said in a sentence, and what to do about it. */
async function clearly<T>(options: DynamoOptions, use: (options: DynamoOptions) => Promise<T>): Promise<T> {
  try {
    return await use(options);
  } catch (error) {
    const where = options.endpoint ?? `AWS in ${options.region}`;
    const advice = adviceFor(error);
    if (advice === undefined) throw error;
    throw new ClearError(`DynamoDB at ${where} cannot be used: ${reasonOf(error)}. ${advice}`);
  }
}

function adviceFor(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'ResourceNotFoundException') return 'Run npm run setup:dynamodb first.';
  if (
    /^(AccessDenied|UnrecognizedClient|CredentialsProvider|ExpiredToken|InvalidSignature)/.test(error.name)
  ) {
    return 'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and the rights in docs/audit.md.';
  }
  const code = 'code' in error ? String(error.code) : error.name;
  const unreachable = /^(ECONN|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT|TimeoutError|DynamoTimeoutError)/;
  return unreachable.test(code) ? 'Check DYNAMODB_ENDPOINT, AWS_REGION and the network.' : undefined;
}

/** The same with an open connection, closed afterwards. */
export function withDynamo<T>(use: (dynamo: Dynamo) => Promise<T>): Promise<T> {
  return withDynamoOptions(async (options) => {
    const dynamo = createDynamo(options);
    try {
      return await use(dynamo);
    } finally {
      dynamo.close();
    }
  });
}

function configuredOptions(): DynamoOptions | undefined {
  const { DYNAMODB_ENDPOINT: endpoint, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_PROFILE } = process.env;
  const region = AWS_REGION || 'us-east-1';
  if (endpoint) {
    // Engines other than AWS's take any key, but want one: without, the SDK would look for a role for seconds.
    if (!AWS_ACCESS_KEY_ID && !AWS_PROFILE) return localOptions(endpoint);
    return { ...common(), region, endpoint };
  }
  return AWS_REGION ? { ...common(), region } : undefined;
}

function localOptions(endpoint: string): DynamoOptions {
  return { ...common(), region: 'us-east-1', endpoint, credentials: localCredentials };
}

function common() {
  return { tablePrefix: process.env.DYNAMODB_TABLE_PREFIX ?? '', requestTimeoutMs };
}
