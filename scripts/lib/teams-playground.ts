import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type DemoPerson, type DemoUser, demoPeople } from '../../prisma/seed/people.ts';
import { ClearError } from './clear-error.ts';
import { type LocalClientProcess, PRELOAD, startClient, writeClientFiles } from './local-client-process.ts';

export interface TeamsPlaygroundOptions {
  /** Its own folder, made when missing. */
  folder: string;
  port: number;
  /** The bot's messaging endpoint. */
  messagesUrl: string;
  /** Who sits in front of the page. Two playgrounds with different people make two people. */
  currentUser?: DemoUser;
  /** Where the bot is told to answer, when something stands between the two. */
  serviceUrl?: string;
}

export interface TeamsPlayground extends LocalClientProcess {
  url: string;
  /** Where the bot answers: the `serviceUrl` of every activity. */
  serviceUrl: string;
  env: Record<string, string>;
}

/** The ids are fixed, so that stored conversation references are still true after a restart. */
export const teamsTenant = {
  tenantId: '00000000-0000-4000-8000-00000000c4e1',
  botId: '00000000-0000-4000-8000-000000000b07',
  /** With the person in front of the page. */
  personalChat: 'harbor-personal-chat',
  groupChat: 'harbor-group-chat',
  /** Also the id of its General channel. */
  team: 'harbor-team',
  dockChannel: 'harbor-dock-channel',
} as const;

export const teamsUserId = (user: DemoUser): string => `harbor-teams-${user}`;

export function teamsObjectId(user: DemoUser): string {
  const place = demoPeople.findIndex((person) => person.user === user) + 1;
  return `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`;
}

/** It wants the one in front of the page and exactly five others. */
const OTHERS = 5;

/** Starts Microsoft's playground for Teams with people of Harbor Works. */
export async function startTeamsPlayground(options: TeamsPlaygroundOptions): Promise<TeamsPlayground> {
  const cli = findCli();
  // YAML takes JSON as it is.
  await writeClientFiles(options.folder, { '.m365agentsplayground.yml': configuration(options) });
  const url = `http://localhost:${options.port}`;
  const serviceUrl = options.serviceUrl ?? `${url}/_connector`;
  const client = await startClient({
    name: 'the Teams playground',
    folder: options.folder,
    command: process.execPath,
    args: [
      ...['--import', PRELOAD, cli, '-e', options.messagesUrl, '-c', 'msteams'],
      ...['-p', String(options.port), '--service-url', serviceUrl, '--disable-telemetry'],
    ],
    env: { TEAMSAPPTESTER_BROWSER: 'none', M365_AGENTS_PLAYGROUND_LOGFILE: 'playground.log' },
    readyUrl: `http://127.0.0.1:${options.port}/_debug/ping`,
  });
  return { ...client, url, serviceUrl, env: { TEAMS_LOCAL_PLAYGROUND_URL: new URL(serviceUrl).origin } };
}

/** The people in this playground, the one in front of the page first. */
export function peopleAround(currentUser: DemoUser): DemoPerson[] {
  const current = demoPeople.filter(({ user }) => user === currentUser);
  const others = demoPeople.filter(({ user }) => user !== currentUser);
  return [...current, ...others.slice(0, OTHERS)];
}

function findCli(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/package.json');
    const cli = path.join(path.dirname(manifest), 'cli.js');
    if (existsSync(cli)) return cli;
  } catch {
    // Said below, like a package without its file.
  }
  throw new ClearError(
    'The Teams playground is not installed here: `npm install` without `--omit=optional` adds it.',
  );
}

function configuration({ currentUser = 'maya' }: TeamsPlaygroundOptions): string {
  const [current, ...others] = peopleAround(currentUser).map(account);
  return JSON.stringify({
    version: '0.1.1',
    tenantId: teamsTenant.tenantId,
    bot: { id: teamsTenant.botId, name: 'Crewline' },
    currentUser: current,
    users: others,
    personalChat: { id: teamsTenant.personalChat },
    groupChat: { id: teamsTenant.groupChat, name: 'Night shift' },
    team: {
      id: teamsTenant.team,
      name: 'Harbor Works',
      aadGroupId: '00000000-0000-4000-8000-0000000007ea',
      channels: [{ id: teamsTenant.dockChannel, name: 'dock' }],
    },
  });
}

function account({ user, name, email }: DemoPerson) {
  const [givenName = name, ...rest] = name.split(' ');
  return {
    id: teamsUserId(user),
    name,
    // Spelled so by the playground.
    userPrincipleName: email,
    aadObjectId: teamsObjectId(user),
    givenName,
    surname: rest.join(' '),
    email,
  };
}
