import { drawHome } from './actions/home.ts';
import type { Clock, NewId } from './core/ports.ts';
import type { View } from './core/view.ts';
import type { ClaimedHome, RenderHomes } from './jobs/index.ts';
import type { Database } from './lib/database.ts';

/** Draws the pages that people have open, as the action behind them does. */
export function homeRenderer(deps: {
  db: Database;
  clock: Clock;
  newId: NewId;
  /** How a command begins: "/task " */
  root: string;
}): RenderHomes {
  return async (homes) => {
    const drawn = await Promise.all(homes.map(async (home) => [home.id, await draw(deps, home)] as const));
    return new Map(drawn.filter((entry): entry is [string, View] => entry[1] !== undefined));
  };
}

async function draw(deps: Parameters<typeof homeRenderer>[0], home: ClaimedHome): Promise<View | undefined> {
  const { platform, workspace, userId, choice, ...person } = home;
  const sessionId = `${platform}:${workspace.externalId}:${userId}`;
  return drawHome(deps, {
    actor: { ...person, workspaceId: workspace.id, sessionId },
    platform,
    userId,
    choice,
  });
}
