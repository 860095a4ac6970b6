import { type DemoChannels, linkDemoChannels, seed } from '../../prisma/seed.ts';
import { slackWorkspace } from '../../scripts/lib/local-slack.ts';
import { freePort } from '../../scripts/lib/ports.ts';
import { type App, type AppDeps, buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createDynamo, prepareTables } from '../../src/lib/dynamodb.ts';
import type { Logged } from './crew.ts';
import { createTestDatabase } from './database.ts';
import { testDynamoOptions } from './dynamo.ts';
import { type SlackDriver, startSlackDriver } from './local-slack.ts';
import { startTeamsDriver, type TeamsDriver } from './teams-playground.ts';

/** Harbor Works in databases of its own, with no process on them yet. */
export interface TestData {
  databaseUrl: string;
  dynamodb: { endpoint: string; tablePrefix: string };
  linkChannels(demo: DemoChannels): Promise<void>;
  drop(): Promise<void>;
}

/** The whole product, listening on a port of its own. */
export interface RunningApp {
  url: string;
  app: App;
  logged: Logged[];
  stop(): Promise<void>;
}

export interface StartAppOptions {
  data: TestData;
  port?: number;
  /** Settings of the platforms, as a driver gives them; later ones win. */
  env: Record<string, string>;
  deps?: Omit<AppDeps, 'log'>;
}

export async function createTestData(options: { now?: Date } = {}): Promise<TestData> {
  const database = await createTestDatabase();
  await seed(database.url, options);
  const dynamoOptions = testDynamoOptions();
  const dynamo = createDynamo(dynamoOptions);
  await prepareTables(dynamo);
  dynamo.close();
  const { endpoint = '', tablePrefix = '' } = dynamoOptions;
  return {
    databaseUrl: database.url,
    dynamodb: { endpoint, tablePrefix },
    linkChannels: (demo) => linkDemoChannels(database.url, demo),
    drop: database.drop,
  };
}

/** Starts a process of the product on the data; several may run on one. */
export async function startApp({ data, env, ...options }: StartAppOptions): Promise<RunningApp> {
  const port = options.port ?? (await freePort());
  const config = readConfig({
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: data.databaseUrl,
    DYNAMODB_ENDPOINT: data.dynamodb.endpoint,
    DYNAMODB_TABLE_PREFIX: data.dynamodb.tablePrefix,
    ...env,
  });
  const logged: Logged[] = [];
  const keep = (level: Logged['level']) => (fields: object, message: string) =>
    void logged.push({ level, fields, message });
  const log = { debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') };
  // Its tasks have all been due for long: reminders of them would stand among what a test does.
  const app = buildApp(config, { scheduled: [], ...options.deps, log });
  await app.start();
  return { url: `http://127.0.0.1:${port}`, app, logged, stop: () => app.stop() };
}

export interface SlackWorld extends RunningApp {
  slack: SlackDriver;
  data: TestData;
}

/** The product and a local Slack that are bound to each other; #dock and #line are linked to their projects. */
export async function startSlackWorld(options: { mode: 'events' | 'socket' }): Promise<SlackWorld> {
  const port = await freePort();
  const botUrl = `http://127.0.0.1:${port}`;
  const [data, slack] = await Promise.all([createTestData(), startSlackDriver({ botUrl, ...options })]);
  await data.linkChannels({
    platform: 'slack',
    teamExternalId: slackWorkspace.teamId,
    channels: slackWorkspace.channels,
  });
  const running = await startApp({ data, port, env: slack.env });
  return { ...running, slack, data, stop: () => stopAll([running.stop, slack.stop, data.drop]) };
}

export interface TeamsWorld extends RunningApp {
  teams: TeamsDriver;
  data: TestData;
}

/** The product and a Teams playground that are bound to each other. */
export async function startTeamsWorld(): Promise<TeamsWorld> {
  const port = await freePort();
  const botUrl = `http://127.0.0.1:${port}`;
  const [data, teams] = await Promise.all([createTestData(), startTeamsDriver({ botUrl })]);
  const running = await startApp({ data, port, env: teams.env });
  return { ...running, teams, data, stop: () => stopAll([running.stop, teams.stop, data.drop]) };
}

/** One after the other, each also when the one before it failed. */
async function stopAll(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
