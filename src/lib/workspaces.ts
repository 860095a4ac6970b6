import type { Platform } from '../core/action.ts';
import type { Clock, Log, NewId, Workspace, Workspaces } from '../core/ports.ts';
import type { Prisma, Workspace as WorkspaceRow } from '../generated/prisma/client.ts';
import type { Database } from './database.ts';
import { reviveCards } from './revive-cards.ts';
import type { SecretBox } from './secrets.ts';
import { sql } from './sql.ts';
import { createWorkspaceCache } from './workspace-cache.ts';

/** A Slack team or Teams tenant that the operator vouches for. */
export interface Installation {
  platform: Platform;
  /** Slack team id, Teams tenant id */
  externalId: string;
  name: string;
  /** Slack alone: on Teams the credentials are the app's own. */
  botToken?: string;
  botUserId?: string;
}

export interface InstallableWorkspaces extends Workspaces {
  /**
   * Makes the workspace's row as given, and on an empty database the organisation with its statuses first.
   * Repeatable, also by several replicas at once. Nothing else lets a workspace in: a stranger's tenant, whose
   * requests are just as authentic, stays unknown.
   */
  ensure(installation: Installation): Promise<Workspace>;
  /** Forgets what this process holds of a workspace, or of all: another replica has changed it. */
  drop(externalId?: string): void;
}

export interface WorkspacesOptions {
  db: Pick<Database, 'rows' | 'prisma'>;
  secretBox: SecretBox;
  clock: Clock;
  newId: NewId;
  log: Log;
  /** Of the organisation that an empty database gets. */
  organizationName: string;
  /** How long a workspace is held, in ms; a minute when absent. */
  cacheMs?: number;
  /** Told after a change, so that other replicas can drop theirs. */
  onChange?: (externalId: string) => void;
}

/** Any number that no other advisory lock of this database has: replicas that start together take turns. */
const ENSURE_LOCK = 7_201_493_386;

const initialStatuses = [
  { name: 'To do', category: 'todo' },
  { name: 'In progress', category: 'active' },
  { name: 'Blocked', category: 'blocked' },
  { name: 'In review', category: 'review' },
  { name: 'Done', category: 'done' },
  { name: 'Cancelled', category: 'cancelled' },
] as const;

type StoredWorkspace = Pick<
  WorkspaceRow,
  'id' | 'organizationId' | 'platform' | 'externalId' | 'botTokenCipher' | 'botUserId'
>;

/** The workspaces in PostgreSQL. All of it throws AppError `database_unavailable` or the engine's own error. */
export function createWorkspaces(options: WorkspacesOptions): InstallableWorkspaces {
  const { db, secretBox, clock, newId, log } = options;
  const cache = createWorkspaceCache({ clock, cacheMs: options.cacheMs });

  async function read(platform: Platform, externalId: string): Promise<Workspace | undefined> {
    const [row] = await db.rows<StoredWorkspace>(sql`SELECT id, organization_id AS "organizationId", platform,
      external_id AS "externalId", bot_token_cipher AS "botTokenCipher", bot_user_id AS "botUserId"
      FROM workspaces WHERE platform = ${platform}::platform AND external_id = ${externalId} AND uninstalled_at IS NULL`);
    return row && opened(row);
  }

  /** Throws SecretBoxError: a workspace whose token can't be read must not look like one that was removed. */
  function opened({ botTokenCipher, botUserId, ...row }: StoredWorkspace): Workspace {
    return {
      id: row.id,
      externalId: row.externalId,
      organizationId: row.organizationId,
      platform: row.platform,
      ...(botTokenCipher && { botToken: secretBox.open(botTokenCipher) }),
      ...(botUserId && { botUserId }),
    };
  }

  function changed(externalId: string): void {
    cache.drop(externalId);
    options.onChange?.(externalId);
  }

  /** The sealed token; the one that is stored when it holds the same. */
  function sealed(botToken: string, stored: string | null | undefined): string {
    if (stored && opens(stored, botToken)) return stored;
    return secretBox.seal(botToken);
  }

  function opens(stored: string, botToken: string): boolean {
    try {
      return secretBox.open(stored) === botToken;
    } catch (error) {
      log.warn({ err: error }, 'a stored token could not be opened: it is replaced by the configured one');
      return false;
    }
  }

  async function organizationFor(tx: Prisma.TransactionClient): Promise<string> {
    const oldest = await tx.organization.findFirst({
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: { id: true },
    });
    if (oldest) return oldest.id;
    const id = newId();
    const statuses = initialStatuses.map((status, index) => ({
      ...status,
      id: newId(),
      position: index + 1,
    }));
    await tx.organization.create({
      data: {
        id,
        name: options.organizationName,
        createdAt: clock(),
        statuses: { createMany: { data: statuses } },
      },
    });
    log.info({ organizationId: id }, 'made the organisation, for the database had none');
    return id;
  }

  async function install(
    tx: Prisma.TransactionClient,
    wanted: Installation,
  ): Promise<{ row: StoredWorkspace; cameBack: boolean }> {
    const { platform, externalId, name, botToken, botUserId } = wanted;
    // Held to the end of the transaction.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ENSURE_LOCK}::bigint)`;
    const key = { platform_externalId: { platform, externalId } };
    const existing = await tx.workspace.findUnique({ where: key });
    const data = {
      name,
      uninstalledAt: null,
      ...(botToken && { botTokenCipher: sealed(botToken, existing?.botTokenCipher) }),
      ...(botUserId && { botUserId }),
    };
    if (existing) {
      const row = await tx.workspace.update({ where: key, data });
      return { row, cameBack: existing.uninstalledAt !== null };
    }
    const organizationId = await organizationFor(tx);
    const row = await tx.workspace.create({
      data: { ...data, id: newId(), organizationId, platform, externalId, createdAt: clock() },
    });
    return { row, cameBack: false };
  }

  return {
    find: (platform, externalId) => cache.get(platform, externalId, () => read(platform, externalId)),
    async ensure(installation) {
      const { row, cameBack } = await db.prisma.$transaction((tx) => install(tx, installation));
      if (cameBack) {
        const { platform, externalId: workspaceId } = installation;
        await db.rows(reviveCards({ platform, workspaceId, now: clock() }));
      }
      changed(installation.externalId);
      return opened(row);
    },
    async uninstalled(platform, externalId) {
      const gone = await db.rows(sql`UPDATE workspaces
        SET uninstalled_at = coalesce(uninstalled_at, ${clock()}), bot_token_cipher = NULL
        WHERE platform = ${platform}::platform AND external_id = ${externalId} RETURNING id`);
      changed(externalId);
      if (gone.length > 0) log.info({ platform, externalId }, 'the app was removed from a workspace');
    },
    drop: cache.drop,
  };
}
