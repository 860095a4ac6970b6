import type { Config } from './config.ts';
import type { Log } from './core/ports.ts';
import type { InstallableWorkspaces } from './lib/workspaces.ts';
import { identifyBot } from './slack/identify-bot.ts';

/** Makes a workspace row of each credential in the configuration, however long the platform is away. */
export interface Installations {
  /** Tries each once; what fails is tried again until it works. Never throws. */
  start(): Promise<void>;
  stop(): void;
  /** Names of those that are not done yet. */
  readonly missing: readonly string[];
}

const TRY_AGAIN_MS = 10_000;

export function createInstallations(options: {
  config: Pick<Config, 'slack' | 'teams'>;
  workspaces: InstallableWorkspaces;
  log: Log;
}): Installations {
  const { config, workspaces, log } = options;
  const open = new Map<string, () => Promise<void>>();
  const { slack, teams } = config;
  if (slack) open.set('slack', () => installSlack(slack));
  if (teams) open.set('teams', () => installTeams(teams));
  let timer: NodeJS.Timeout | undefined;

  async function installSlack({ botToken, apiUrl }: NonNullable<Config['slack']>): Promise<void> {
    const { teamId, teamName, botUserId } = await identifyBot({ token: botToken, apiUrl, log });
    await workspaces.ensure({ platform: 'slack', externalId: teamId, name: teamName, botToken, botUserId });
  }

  async function installTeams({
    credentials,
    playgroundTenantId,
  }: NonNullable<Config['teams']>): Promise<void> {
    const externalId = credentials === 'none' ? playgroundTenantId : credentials.tenantId;
    await workspaces.ensure({ platform: 'teams', externalId, name: 'Microsoft Teams' });
  }

  async function tryAll(): Promise<void> {
    for (const [name, install] of [...open]) {
      try {
        await install();
        open.delete(name);
      } catch (error) {
        log.warn({ err: error, platform: name }, 'the workspace could not be set up yet: trying again');
      }
    }
    if (open.size > 0) timer = setTimeout(() => void tryAll(), TRY_AGAIN_MS);
  }

  return {
    start: tryAll,
    stop: () => clearTimeout(timer),
    get missing() {
      return [...open.keys()];
    },
  };
}
