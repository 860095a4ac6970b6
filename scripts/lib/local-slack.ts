import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type DemoUser, demoPeople } from '../../prisma/seed/people.ts';
import { ClearError } from './clear-error.ts';
import { type LocalClientProcess, PRELOAD, startClient, writeClientFiles } from './local-client-process.ts';

export interface LocalSlackOptions {
  /** Its own folder, made when missing. */
  folder: string;
  port: number;
  /** Where the bot takes what Slack sends: events, commands and clicks all go to this address. */
  requestUrl: string;
  /** events: signed HTTP. socket: the bot connects to Slack. */
  mode?: 'events' | 'socket';
}

export interface LocalSlack extends LocalClientProcess {
  /** The page, and the base of everything else. */
  url: string;
  /** What the bot needs to serve this workspace. */
  env: Record<string, string>;
}

/** The ids are fixed, so that what the database holds of them is still true after a restart. */
export const slackWorkspace = {
  teamId: 'T0HARBOR',
  teamName: 'Harbor Works',
  botUserId: 'U0CREWLINE',
  channels: { general: 'C0GENERAL', dock: 'C0DOCK', line: 'C0LINE' },
} as const;

export const slackUserId = (user: DemoUser): string => `U0${user.toUpperCase()}`;
/** The direct message channel between a person and the bot. */
export const slackDmId = (user: DemoUser): string => `D0${user.toUpperCase()}`;

const PACKAGE_VERSION = '0.1.8';

/** Has its forms send what was filled in beforehand; in its own folder, whose path may have spaces. */
const FORMS = './forms.mjs';

/**
 * Starts local-slack with the people of Harbor Works. It keeps everything in memory: messages are gone after a
 * restart, and an update of one then answers `message_not_found`.
 */
export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const command = findBinary();
  const secrets = {
    botToken: `xoxb-local-${randomBytes(12).toString('hex')}`,
    appToken: `xapp-local-${randomBytes(12).toString('hex')}`,
    signingSecret: randomBytes(16).toString('hex'),
  };
  await writeClientFiles(options.folder, {
    'config.json': configuration(options, secrets),
    [FORMS]: await readFile(new URL('./local-slack-forms.mjs', import.meta.url), 'utf8'),
  });
  const url = `http://localhost:${options.port}`;
  const client = await startClient({
    name: 'the local Slack',
    folder: options.folder,
    command,
    args: ['--config', 'config.json', '--port', String(options.port), '--files-dir', 'files'],
    env: { BUN_OPTIONS: `--preload=${PRELOAD} --preload=${FORMS}` },
    readyUrl: `http://127.0.0.1:${options.port}/_control/state`,
  });
  return {
    ...client,
    url,
    env: {
      SLACK_BOT_TOKEN: secrets.botToken,
      SLACK_SIGNING_SECRET: secrets.signingSecret,
      ...(options.mode === 'socket' ? { SLACK_APP_TOKEN: secrets.appToken } : {}),
      SLACK_API_URL: `${url}/api/`,
    },
  };
}

/** The binary comes in a package of its own for each system; npm installs the one for Linux on x64. */
function findBinary(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `local-slack-${system}-${process.arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const file = system === 'windows' ? 'local-slack.exe' : 'local-slack';
    return path.join(path.dirname(manifest), 'bin', file);
  } catch {
    throw new ClearError(
      `The local Slack is not installed here: \`npm install --no-save ${name}@${PACKAGE_VERSION}\` adds it where there is one.`,
    );
  }
}

function configuration(
  options: LocalSlackOptions,
  secrets: { botToken: string; appToken: string; signingSecret: string },
): string {
  const { teamId, teamName, botUserId, channels } = slackWorkspace;
  const everyone = [...demoPeople.map(({ user }) => slackUserId(user)), botUserId];
  return JSON.stringify({
    workspace: { name: teamName, domain: 'harbor-works', teamId },
    apps: [
      {
        appId: 'A0CREWLINE',
        botUserId,
        botName: 'crewline',
        ...secrets,
        mode: options.mode ?? 'events',
        requestUrl: options.requestUrl,
      },
    ],
    users: demoPeople.map(({ user, name, email, timeZone }) => ({
      id: slackUserId(user),
      name: user,
      real_name: name,
      email,
      tz: timeZone,
    })),
    channels: [
      ...Object.entries(channels).map(([name, id]) => ({ id, name, members: everyone })),
      // Left to itself, it would make a direct message channel with a new id after each restart.
      ...demoPeople.map(({ user }) => ({
        id: slackDmId(user),
        name: `dm-${slackUserId(user)}`,
        is_channel: false,
        is_private: true,
        is_im: true,
        members: [slackUserId(user), botUserId],
      })),
    ],
  });
}
