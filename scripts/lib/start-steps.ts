import { existsSync } from 'node:fs';
import path from 'node:path';
import { setupDynamodb } from '../setup-dynamodb.ts';
import { ClearError } from './clear-error.ts';
import { dynamodbEnvironment, embeddedDynamodbOptions, startEmbeddedDynamodb } from './embedded-dynamodb.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { startLocalClients } from './local-clients.ts';
import { migrate } from './migrations.ts';
import { dataFolder, dynamodbFolder, postgresFolder } from './paths.ts';
import { isPortFree } from './ports.ts';
import { ensureDatabase, shownAddress } from './postgres-client.ts';
import { findRunningServer, liveOwner } from './postgres-server.ts';
import { seedDatabase } from './seed.ts';
import { withDynamoOptions } from './with-dynamo.ts';

/** One thing that `npm start` starts: what the bot's environment gets from it, and how it ends. */
export interface Started {
  env: Record<string, string>;
  stop(): Promise<void>;
  /** Settles when it ends by itself, with the sentence to say then. */
  failed?: Promise<string>;
  /** What to tell whoever started it. */
  lines?: string[];
}

export type Say = (line: string) => void;

const nothingToStop = async () => undefined;

/** The configured PostgreSQL, or the embedded one: with the demo's people and tasks, unless a real workspace is configured. */
export async function startPostgres(say: Say): Promise<Started> {
  const configured = process.env.DATABASE_URL;
  if (configured) {
    const { applied } = await migrate(configured);
    say(
      `PostgreSQL: ${shownAddress(configured)}${applied.length > 0 ? `, applied ${applied.join(', ')}` : ''}`,
    );
    return { env: {}, stop: nothingToStop };
  }
  if (!existsSync(postgresFolder)) say('Setting up PostgreSQL in .data/postgres …');
  const server = await startEmbeddedPostgres({ dataDir: postgresFolder });
  try {
    // A real workspace must not join the demo's crew.
    const isDemo = !isChatConfigured();
    const name = isDemo ? 'crewline' : 'crewline_own';
    await ensureDatabase(server.urlFor('postgres'), name);
    const url = server.urlFor(name);
    await migrate(url);
    if (isDemo) await seedDatabase(url);
    say(`PostgreSQL: embedded, on port ${server.port}`);
    const failed = server.ended.then(
      () => 'The embedded PostgreSQL has stopped: .data/postgres/server.log says why.',
    );
    return { env: { DATABASE_URL: url }, stop: server.stop, failed };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The configured DynamoDB, or the embedded engine; the tables are made where they are missing. */
export async function startDynamodb(say: Say): Promise<Started> {
  const configured = process.env.DYNAMODB_ENDPOINT || process.env.AWS_REGION;
  if (configured) {
    await withDynamoOptions(setupDynamodb);
    say(`DynamoDB: ${process.env.DYNAMODB_ENDPOINT || `AWS in ${configured}, for AWS_REGION is set`}`);
    return { env: {}, stop: nothingToStop };
  }
  const server = await startEmbeddedDynamodb({ dataDir: dynamodbFolder });
  try {
    await setupDynamodb(embeddedDynamodbOptions(server.endpoint));
    say(`DynamoDB: embedded, on port ${new URL(server.endpoint).port}`);
    return { env: dynamodbEnvironment(server.endpoint), stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The local Slack and Teams, for whoever has no credentials of real ones. `demoUrl`: where the demo's projects are. */
export async function startChat(options: {
  botPort: number;
  demoUrl: string | undefined;
  say: Say;
}): Promise<Started> {
  if (isChatConfigured()) return { env: {}, stop: nothingToStop };
  const { botPort, demoUrl, say } = options;
  say('Starting the local Slack and Teams …');
  return startLocalClients({
    botPort,
    dataDir: path.join(dataFolder, 'clients'),
    log: say,
    ...(demoUrl === undefined ? {} : { databaseUrl: demoUrl }),
  });
}

/** Whether the bot speaks with real workspaces, so that its log belongs on standard output. */
export function isChatConfigured(env: NodeJS.ProcessEnv = process.env): boolean {
  return ['SLACK_BOT_TOKEN', 'MicrosoftAppId'].some((name) => env[name]?.trim());
}

/** PORT, or 3978, which Bot Framework's tools expect. */
export async function freeBotPort(): Promise<number> {
  const port = Number(process.env.PORT || '3978');
  if (await isPortFree(port)) return port;
  const owner = findRunningServer(postgresFolder) && liveOwner(postgresFolder);
  if (owner) throw new ClearError(`Crewline is already running here, as process ${owner}: stop that first.`);
  throw new ClearError(
    `Port ${port} is in use by another program: stop that, or start with PORT=${port + 1} npm start.`,
  );
}
