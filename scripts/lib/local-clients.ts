import path from 'node:path';
import { linkDemoChannels } from '../../prisma/seed/channels.ts';
import { ClearError } from './clear-error.ts';
import { portFrom } from './local-client-process.ts';
import { slackWorkspace, startLocalSlack } from './local-slack.ts';
import { startTeamsPlayground } from './teams-playground.ts';

export interface LocalClientsOptions {
  /** Port that the bot listens on, on this machine. */
  botPort: number;
  /** All that the clients write stays below. */
  dataDir: string;
  log(line: string): void;
  /** With Harbor Works in it, #dock and #line are linked to its projects. */
  databaseUrl?: string;
  /** Each is the first port tried: the next free one is taken when it is in use. */
  slackPort?: number;
  teamsPort?: number;
}

export interface LocalClients {
  /** Settings with which the bot serves the clients that run. */
  env: Record<string, string>;
  /** What to open and try, and what is missing. */
  lines: string[];
  stop(): Promise<void>;
}

/** What came of one client: without it, the rest goes on. */
interface Started {
  env: Record<string, string>;
  lines: string[];
  stop(): Promise<void>;
}

/** Starts a local Slack and a local Teams that are bound to the bot; the bot itself may come up later. */
export async function startLocalClients(options: LocalClientsOptions): Promise<LocalClients> {
  const clients = await Promise.all([
    orWithout(() => startSlack(options)),
    orWithout(() => startTeams(options)),
  ]);
  return {
    env: Object.assign({}, ...clients.map(({ env }) => env)),
    lines: clients.flatMap(({ lines }) => lines),
    stop: async () => {
      await Promise.all(clients.map(({ stop }) => stop()));
    },
  };
}

async function startSlack(options: LocalClientsOptions): Promise<Started> {
  const wanted = options.slackPort ?? 3000;
  const port = await portFrom(wanted);
  const slack = await startLocalSlack({
    folder: path.join(options.dataDir, 'local-slack'),
    port,
    requestUrl: `http://127.0.0.1:${options.botPort}/slack/events`,
  });
  const stop = watched(slack, 'The local Slack', options);
  await linkChannels(options.databaseUrl).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    env: slack.env,
    lines: [
      ...moved('Slack', wanted, port),
      `Slack: open ${slack.url}, act as Maya, and write in #dock:  /task add "Reseal pump 3" @wes due tomorrow 2pm !high`,
      '       Then act as Wes: "Wes Carter" under Direct messages has the news. Write  /task done <n>  or press Done.',
    ],
    stop,
  };
}

async function linkChannels(databaseUrl: string | undefined): Promise<void> {
  if (databaseUrl === undefined) return;
  await linkDemoChannels(databaseUrl, {
    platform: 'slack',
    teamExternalId: slackWorkspace.teamId,
    teamName: slackWorkspace.teamName,
    channels: slackWorkspace.channels,
  });
}

async function startTeams(options: LocalClientsOptions): Promise<Started> {
  const wanted = options.teamsPort ?? 56150;
  const port = await portFrom(wanted);
  const playground = await startTeamsPlayground({
    folder: path.join(options.dataDir, 'teams-playground'),
    port,
    messagesUrl: `http://127.0.0.1:${options.botPort}/api/messages`,
  });
  return {
    env: playground.env,
    lines: [
      ...moved('Teams', wanted, port),
      `Teams: open ${playground.url}: you are Maya there too. Write  list  to Crewline.`,
    ],
    stop: watched(playground, 'The Teams playground', options),
  };
}

async function orWithout(start: () => Promise<Started>): Promise<Started> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof ClearError)) throw error;
    return { env: {}, lines: [error.message], stop: async () => undefined };
  }
}

/** Says so when a client ends by itself; gives back its `stop`, after which that is expected. */
function watched(
  client: { ended: Promise<void>; stop(): Promise<void> },
  name: string,
  { log }: LocalClientsOptions,
): () => Promise<void> {
  let expected = false;
  void client.ended.then(() => {
    if (!expected) log(`${name} has stopped. Everything else goes on; start again to have it back.`);
  });
  return async () => {
    expected = true;
    await client.stop();
  };
}

function moved(name: string, wanted: number, port: number): string[] {
  return wanted === port ? [] : [`Port ${wanted} is in use by another program, so ${name} is on ${port}.`];
}
