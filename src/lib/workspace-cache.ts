import type { Platform } from '../core/action.ts';
import type { Clock, Workspace } from '../core/ports.ts';
import { within } from './within.ts';

const CACHE_MS = 60_000;
/** One who installs the app should not wait a minute for it to notice. */
const MISS_CACHE_MS = 5_000;
/** Requests of unknown tenants are authentic too, so what is held of them must have an end. */
const MAX_CACHED = 5_000;
/** While PostgreSQL is away people are still told so, which takes the workspace: what was known is good for an hour. */
const KNOWN_MS = 60 * 60_000;
/** How long a look-up may take beside what was known, in ms: the answer has 2 s in all. */
const LOOK_UP_WITHIN_MS = 300;

type Look = () => Promise<Workspace | undefined>;

interface Entry {
  externalId: string;
  found: Promise<Workspace | undefined>;
  /** ms since 1970; without an end while the lookup runs, so that all who ask meanwhile share it */
  until: number;
}

/** Workspaces in this process: for a minute as they are, for an hour instead of a look-up that fails. */
export interface WorkspaceCache {
  get(platform: Platform, externalId: string, look: Look): Promise<Workspace | undefined>;
  /** Forgets one, or all: nothing of it is given any more. */
  drop(externalId?: string): void;
}

export function createWorkspaceCache(options: { clock: Clock; cacheMs: number | undefined }): WorkspaceCache {
  const { clock, cacheMs = CACHE_MS } = options;
  const entries = new Map<string, Entry>();
  const known = new Map<string, { workspace: Workspace; until: number }>();
  const now = () => clock().getTime();

  function start(key: string, externalId: string, look: Look): Entry {
    if (entries.size >= MAX_CACHED) entries.clear();
    const entry: Entry = { externalId, found: look(), until: Number.POSITIVE_INFINITY };
    entries.set(key, entry);
    entry.found.then(
      (workspace) => {
        entry.until = now() + (workspace ? cacheMs : Math.min(cacheMs, MISS_CACHE_MS));
        // Dropped meanwhile: what was read may be older than the change.
        if (entries.get(key) !== entry) return;
        if (workspace) known.set(key, { workspace, until: now() + KNOWN_MS });
        else known.delete(key);
      },
      () => {
        // A failure is nobody else's answer.
        if (entries.get(key) === entry) entries.delete(key);
      },
    );
    return entry;
  }

  const knownOf = (key: string): Workspace | undefined => {
    const before = known.get(key);
    return before && before.until > now() ? before.workspace : undefined;
  };

  /** A look-up that takes long goes on for those who come later. */
  async function foundOrKnown(key: string, found: Promise<Workspace | undefined>) {
    try {
      return await within(LOOK_UP_WITHIN_MS, found);
    } catch {
      return knownOf(key) ?? found;
    }
  }

  return {
    get(platform, externalId, look) {
      const key = `${platform}:${externalId}`;
      const held = entries.get(key);
      const entry = held && held.until > now() ? held : start(key, externalId, look);
      const waits = entry.until === Number.POSITIVE_INFINITY && knownOf(key) !== undefined;
      return waits ? foundOrKnown(key, entry.found) : entry.found;
    },
    drop(externalId) {
      for (const [key, entry] of entries) {
        if (externalId === undefined || entry.externalId === externalId) entries.delete(key);
      }
      for (const [key, { workspace }] of known) {
        if (externalId === undefined || workspace.externalId === externalId) known.delete(key);
      }
    },
  };
}
