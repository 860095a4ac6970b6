import type { Invocation, Profile, Roles } from '../core/action.ts';
import type { AuditRecord, NewId, Workspace } from '../core/ports.ts';
import type { Database } from '../lib/database.ts';
import { type Sql, sql } from '../lib/sql.ts';
import type { Queue } from '../lib/work.ts';
import type { PersonName } from './task-record.ts';

/** A chat account with the person behind it. */
export interface Account {
  id: string;
  workspaceId: string;
  personId: string;
  organizationId: string;
  name: string;
  timeZone: string;
  locale: string;
  roles: Roles;
  directAddress: string | null;
  lastSeenAt: Date;
  refused: boolean;
  deactivated: boolean;
}

/** What linking needs of the invocation that it happens in. */
export interface Linking {
  db: Database;
  invocation: Invocation;
  now: Date;
  newId: NewId;
  /** Wakes the workers of a queue. */
  wake(queue: Queue): void;
}

/** A chat account that nobody has been seen with yet. Its profile is a tidy one. */
export interface Newcomer {
  workspace: Pick<Workspace, 'id' | 'organizationId'>;
  userId: string;
  profile: Profile;
  directAddress?: string | undefined;
}

/** Who writes is written down again no sooner than this, in ms. */
const SEEN_AGAIN_MS = 60 * 60 * 1_000;
/** Older news is no news to somebody who has only just come. In ms. */
const NEWS_MS = 3 * 24 * 60 * 60 * 1_000;

export async function readAccount(
  db: Database,
  workspaceId: string,
  externalId: string,
): Promise<Account | undefined> {
  const account = await db.prisma.chatAccount.findUnique({
    where: { workspaceId_externalId: { workspaceId, externalId } },
    include: { person: { include: { manager: true, worker: true } } },
  });
  if (!account) return undefined;
  const { person } = account;
  return {
    id: account.id,
    workspaceId,
    personId: person.id,
    organizationId: person.organizationId,
    name: person.name,
    timeZone: person.timeZone,
    locale: person.locale,
    roles: {
      manager: person.manager !== null,
      admin: person.manager?.admin ?? false,
      worker: person.worker !== null,
    },
    directAddress: account.directAddress,
    lastSeenAt: account.lastSeenAt,
    refused: account.refusedAt !== null,
    deactivated: person.deactivatedAt !== null,
  };
}

/** Whoever writes can be written to again. Any number of times, also at once. */
export async function seen(
  db: Database,
  account: Account,
  { address, now }: { address: string | undefined; now: Date },
): Promise<void> {
  const moved = address !== undefined && address !== account.directAddress;
  const longAgo = now.getTime() - account.lastSeenAt.getTime() >= SEEN_AGAIN_MS;
  if (!moved && !longAgo && !account.refused) return;
  await db.rows(sql`UPDATE chat_accounts SET last_seen_at = greatest(last_seen_at, ${now}::timestamptz),
      refused_at = NULL, refused_reason = NULL, direct_address = coalesce(${address ?? null}::text, direct_address)
    WHERE id = ${account.id}`);
}

/**
 * Links a new account to the person with the profile's work e-mail; `by` is who mentioned them. Never for
 * someone who has an account on that workspace: an address in a profile is no proof that this one is theirs too.
 */
export async function linkByEmail(
  linking: Linking,
  newcomer: Newcomer,
  by?: PersonName,
): Promise<Account | undefined> {
  const { workspace, userId, profile } = newcomer;
  if (!profile.email) return undefined;
  const person = await linking.db.prisma.person.findUnique({
    where: {
      organizationId_email: { organizationId: workspace.organizationId, email: profile.email },
      deactivatedAt: null,
    },
    select: { id: true, name: true, chatAccounts: { where: { workspaceId: workspace.id }, take: 1 } },
  });
  if (!person) return undefined;
  if (person.chatAccounts.length === 0) await link(linking, newcomer, { person, by: by ?? person });
  // Two messages at once may both come here: whoever was second finds what the first has linked.
  return readAccount(linking.db, workspace.id, userId);
}

async function link(
  linking: Linking,
  { workspace, userId, profile, directAddress }: Newcomer,
  { person, by }: { person: PersonName; by: PersonName },
): Promise<void> {
  const { db, invocation, now, newId, wake } = linking;
  const work = db.begin();
  work.write(
    sql`INSERT INTO chat_accounts (id, person_id, workspace_id, external_id, direct_address, last_seen_at, created_at)
      SELECT ${newId()}, id, ${workspace.id}, ${userId}, ${directAddress ?? null}, ${now}::timestamptz, ${now}::timestamptz
      FROM persons WHERE id = ${person.id} AND deactivated_at IS NULL ON CONFLICT DO NOTHING`,
    { rows: 1 },
  );
  work.write(speaksAs(person.id, profile));
  work.write(undeliveredAgain(person.id, now));
  const audit = auditOf(linking, {
    organizationId: workspace.organizationId,
    by,
    action: 'account.linked',
    target: `person:${person.id}`,
    details: {
      account: `${invocation.platform}:${invocation.workspaceId}:${userId}`,
      ...(by.id === person.id ? {} : { person: person.name }),
    },
  });
  const committed = await work.commit({ reply: { kind: 'none' }, audit, at: now });
  if (committed.kind !== 'committed') return;
  wake('notifications');
  wake('audit');
}

/**
 * Whoever put somebody on the team could only guess their language and time zone: their first account's profile tells.
 * Later ones change nothing, since by then they may have said otherwise themselves.
 */
const speaksAs = (personId: string, { locale, timeZone }: Profile): Sql => sql`UPDATE persons
  SET locale = coalesce(${locale ?? null}::text, locale), time_zone = coalesce(${timeZone ?? null}::text, time_zone)
  WHERE id = ${personId} AND NOT EXISTS (SELECT 1 FROM chat_accounts WHERE person_id = ${personId})`;

/** What could not be sent only because the person had no account: to be sent now. See jobs/deliver-notifications.ts. */
export const undeliveredAgain = (personId: string, now: Date): Sql => sql`UPDATE notifications
  SET state = 'pending', attempts = 0, error = NULL, next_attempt_at = ${now}::timestamptz
  WHERE recipient_id = ${personId} AND state = 'dead' AND error LIKE '%no chat account%'
    AND created_at > ${new Date(now.getTime() - NEWS_MS)}::timestamptz`;

interface Deed extends Pick<AuditRecord, 'organizationId' | 'action' | 'target' | 'details'> {
  by: PersonName;
}

/** The audit row of something that happens on the way to an action, by itself. */
export function auditOf({ invocation, now, newId }: Linking, { by, ...deed }: Deed): AuditRecord {
  return {
    id: newId(),
    actor: `person:${by.id}`,
    actorName: by.name,
    at: now.toISOString(),
    outcome: 'ok',
    platform: invocation.platform,
    source: invocation.source,
    ...deed,
  };
}
