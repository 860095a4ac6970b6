import type { Workspace, Workspaces } from '../core/ports.ts';
import { within } from './within.ts';

/** What a look-up may take of ANSWER_WITHIN_MS: the answer has the rest. */
const LOOK_UP_WITHIN_MS = 800;

/** Throws when the look-up fails or takes too long; undefined where the app is not installed. */
export async function findWorkspace(workspaces: Workspaces, teamId: string): Promise<Workspace | undefined> {
  const looking = workspaces.find('slack', teamId).then((workspace) => ({ workspace }));
  const found = await within(LOOK_UP_WITHIN_MS, looking);
  if (!found) throw new Error('Looking up the workspace took too long');
  return found.workspace;
}
