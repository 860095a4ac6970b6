import { rm } from 'node:fs/promises';
import path from 'node:path';
import { APP_ID, ISSUER, startIdentity } from '../../tests/support/teams-auth.ts';
import { dynamodbEnvironment, embeddedDynamodbOptions } from '../lib/embedded-dynamodb.ts';
import { startEmbeddedPostgres, stopLeftover } from '../lib/embedded-postgres.ts';
import { migrate } from '../lib/migrations.ts';
import { freePort } from '../lib/ports.ts';
import { ensureDatabase, withClient } from '../lib/postgres-client.ts';
import { findRunningServer } from '../lib/postgres-server.ts';
import { setupDynamodb } from '../setup-dynamodb.ts';
import { benchFolder, type Child, startChild } from './child.ts';
import { leads, plantCrew } from './crew.ts';
import { send } from './load.ts';
import { plantOutboxCrew } from './outbox.ts';
import {
  onSlack,
  onTeams,
  signingSecret,
  slackCommand,
  TENANT,
  type TeamsSender,
  teamsMessage,
} from './requests.ts';

/** Everything that is measured, and what it needs, each in a process of its own. */
export interface World {
  slackUrl: { bare: string; product: string };
  teams: { bare: TeamsSender; product: TeamsSender };
  platforms: Child<unknown>;
  outbox: Child<unknown>;
  outboxUrl: string;
  /** Process ids by name, of those that work for a request */
  processes: Record<string, number>;
  /** Waits until what the last scenario left behind is worked off; says how much was left. */
  settle(): Promise<{ audit: number; notifications: number }>;
}

const postgresFolder = path.join(benchFolder, 'postgres');

/** PROFILE=product (or slack-bare, outbox, …) writes a CPU profile of that process into .data/bench. */
const profiled = (file: string): string[] =>
  process.env.PROFILE === file
    ? ['--cpu-prof', `--cpu-prof-dir=${benchFolder}`, `--cpu-prof-name=${file}.cpuprofile`]
    : [];

const start = <Ready>(file: string, input: unknown = {}): Promise<Child<Ready>> =>
  startChild<Ready>({ file, input, nodeArguments: profiled(file) });

type Stop = () => Promise<unknown>;

/** Starts everything; `stops` are the ways to end what was started, also when the rest could not be, last one first. */
export async function startWorld(stops: Stop[], say: (line: string) => void): Promise<World> {
  const keep = <T extends { stop: Stop }>(started: T): T => {
    stops.unshift(started.stop);
    return started;
  };

  say('PostgreSQL, with fsync and synchronous_commit on');
  const postgres = keep(await startPostgres());
  const url = await makeDatabase(postgres.urlFor, 'bench', plantCrew);
  const outboxUrl = await makeDatabase(postgres.urlFor, 'bench_outbox', plantOutboxCrew);

  say('DynamoDB (dynalite, in memory), stand-ins for Slack and Teams');
  const dynamodb = keep(await start<{ endpoint: string }>('dynamodb'));
  await setupDynamodb(embeddedDynamodbOptions(dynamodb.ready.endpoint));
  const platforms = keep(await start<{ slackUrl: string; teamsUrl: string }>('platforms'));
  const { slackUrl, teamsUrl } = platforms.ready;
  const identity = await startIdentity();
  stops.unshift(identity.close);

  say('the servers');
  const slackBare = keep(await start<{ url: string }>('slack-bare', { signingSecret }));
  const openId = { appId: APP_ID, issuer: ISSUER, metadataUrl: identity.metadataUrl };
  const teamsBare = keep(await start<{ url: string }>('teams-bare', openId));
  const environment = await environmentOf({ url, endpoint: dynamodb.ready.endpoint, slackUrl });
  const input = { environment, metadataUrl: identity.metadataUrl, serviceOrigin: teamsUrl };
  const product = keep(await start<{ url: string }>('product', input));
  const outbox = keep(await start('outbox', { url: outboxUrl }));

  const serviceUrl = `${teamsUrl}/teams/`;
  // Microsoft too sends one token for about an hour.
  const authorization = await identity.bearer({ iss: ISSUER, aud: APP_ID, serviceurl: serviceUrl });
  const sender = (botUrl: string): TeamsSender => ({ url: botUrl, serviceUrl, authorization });
  const world = {
    slackUrl: { bare: slackBare.ready.url, product: product.ready.url },
    teams: { bare: sender(teamsBare.ready.url), product: sender(product.ready.url) },
    platforms,
    outbox,
    outboxUrl,
    processes: {
      'slack-bare': slackBare.pid,
      'teams-bare': teamsBare.pid,
      ...{ product: product.pid, outbox: outbox.pid },
      ...{ PostgreSQL: findRunningServer(postgresFolder)?.pid ?? 0, DynamoDB: dynamodb.pid },
    },
    settle: () => settle(url),
  };
  await introduce(world);
  return world;
}

/** Kept data, as in production: nothing of the speed comes from a commit that is not on the disk. */
async function startPostgres() {
  await stopLeftover(postgresFolder);
  await rm(postgresFolder, { recursive: true, force: true });
  return startEmbeddedPostgres({ dataDir: postgresFolder, durability: 'kept', maxConnections: 100 });
}

async function makeDatabase(
  urlFor: (name: string) => string,
  name: string,
  plant: (url: string) => Promise<void>,
): Promise<string> {
  await ensureDatabase(urlFor('postgres'), name);
  await migrate(urlFor(name));
  await plant(urlFor(name));
  return urlFor(name);
}

async function environmentOf(at: {
  url: string;
  endpoint: string;
  slackUrl: string;
}): Promise<Record<string, string>> {
  return {
    ...dynamodbEnvironment(at.endpoint),
    ...{ HOST: '127.0.0.1', PORT: String(await freePort()), DATABASE_URL: at.url },
    ...{
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: `${at.slackUrl}/api/`,
    },
    ...{ MicrosoftAppId: APP_ID, MicrosoftAppPassword: 'bench-password', MicrosoftAppTenantId: TENANT },
  };
}

/** Everybody writes once, so that they have an account, and those who lead can be told of what happens. */
async function introduce({ slackUrl, teams }: Pick<World, 'slackUrl' | 'teams'>): Promise<void> {
  const lanes = Array.from({ length: 16 }, (_, lane) => lane);
  for (const person of [...lanes.map(onSlack), ...leads.slice(0, leads.length / 2)]) {
    await expectRight(
      slackCommand(slackUrl.product, person, 'whoami', (body) => body.includes(`Person ${person}`)),
    );
  }
  for (const person of [...lanes.map(onTeams), ...leads.slice(leads.length / 2)]) {
    await expectRight(teamsMessage(teams.product, { person, text: 'whoami', id: `hello-${person}` }));
  }
}

async function expectRight(prepared: Parameters<typeof send>[0]): Promise<void> {
  const { status, body } = await send(prepared);
  if (!prepared.isRight(status, body)) throw new Error(`Not the right answer: ${status} ${body}`);
}

/** The platforms' limits let some notifications a second through: thousands of a scenario's would wait for minutes. */
async function settle(url: string): Promise<{ audit: number; notifications: number }> {
  return withClient(url, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE notifications SET state = 'skipped', lease_token = NULL WHERE state = 'pending'`,
    );
    const left = { audit: await waitingAudit(client), notifications: rowCount ?? 0 };
    const deadline = Date.now() + 60_000;
    while ((await waitingAudit(client)) > 0 && Date.now() < deadline)
      await new Promise((go) => setTimeout(go, 100));
    return left;
  });
}

async function waitingAudit(client: {
  query(text: string): Promise<{ rows: { count: number }[] }>;
}): Promise<number> {
  const { rows } = await client.query('SELECT count(*)::int AS count FROM audit_outbox');
  return rows[0]?.count ?? 0;
}
