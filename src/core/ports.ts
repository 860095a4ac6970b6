import type { Outcome } from './errors.ts';
import type { Reply, View } from './view.ts';

export type Platform = 'slack' | 'teams';

export interface Roles {
  worker: boolean;
  manager: boolean;
  admin: boolean;
}

/** Now. Handed in everywhere, so that tests set it. */
export type Clock = () => Date;
/** A new ULID: unique, and sorted by the time of making. */
export type NewId = () => string;

/** The log, as pino has it. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Who a chat account is, kept for 24 hours so that a command need not ask PostgreSQL. */
export interface Session {
  /** slack:<team>:<user> or teams:<tenant>:<user> */
  sessionId: string;
  personId: string;
  organizationId: string;
  workspaceId: string;
  name: string;
  timeZone: string;
  locale: string;
  roles: Roles;
  /** Where direct messages go, when known. */
  directAddress?: string;
  /** Number of the task that this session spoke of last. */
  lastTask?: number;
  /** ms since 1970 */
  createdAt: number;
  /** ms since 1970 */
  expiresAt: number;
}

/** Chat sessions. A session past its `expiresAt` is a miss, also when the store has not deleted it yet. */
export interface Sessions {
  /** `fresh` asks the store itself, past the process's cache. Throws when the store can't be reached in time. */
  get(sessionId: string, options?: { fresh?: boolean }): Promise<Session | undefined>;
  put(session: Session): Promise<void>;
  /** Remembers the task that was spoken of last; a session that is gone stays gone. */
  rememberTask(sessionId: string, taskNumber: number): Promise<void>;
  /** Ends every session of a person, on all platforms. */
  endAll(personId: string): Promise<void>;
  /** Drops what this process holds of a person: another replica has ended their sessions. */
  forget(personId: string): void;
}

/** One action as the audit log keeps it. */
export interface AuditRecord {
  /** ULID */
  id: string;
  /** Chain and partition: person:<id>, or account:<session id> of someone unknown, or system */
  actor: string;
  /** Name at that time, for people who read the log. */
  actorName: string;
  /** ISO time in UTC */
  at: string;
  organizationId: string;
  action: string;
  outcome: Outcome;
  /** What it was done to: task:<id>, project:<id>, person:<id>; absent for lists and help. */
  target?: string;
  /** Number of the task, for people. */
  taskNumber?: number;
  platform: Platform | 'system';
  /** How it was asked for: command, button, form, … */
  source: string;
  /** What changed, from → to, and the words that were given. */
  details: Record<string, string>;
}

/** A record in its actor's chain. */
export interface SealedAuditRecord extends AuditRecord {
  /** 1, 2, 3 … for each actor */
  seq: number;
  /** Hash of the record before; 64 zeros for the first. */
  prevHash: string;
  /** SHA-256 over prevHash and the record, in hex */
  hash: string;
}

export interface AuditPage {
  records: SealedAuditRecord[];
  /** Hand it in again for the next page; absent on the last. */
  cursor?: string;
}

export interface AuditQuery {
  from?: Date;
  to?: Date;
  limit: number;
  cursor?: string;
}

/** Places in the log are taken by entries with another hash: someone has forged one of the two. */
export class AuditConflictError extends Error {
  readonly records: readonly SealedAuditRecord[];

  constructor(records: readonly SealedAuditRecord[]) {
    const places = records.map(({ actor, at, id }) => `${actor} ${at}#${id}`);
    super(`the audit log holds another entry as ${places.join(', ')}`);
    this.name = 'AuditConflictError';
    this.records = records;
  }
}

/** The append-only log in DynamoDB. Newest first, except for `verify` and `export`, which read in chain order. */
export interface AuditLog {
  /**
   * Puts records; one that stands there already with the same hash is fine. Throws AuditConflictError for those that stand
   * there with another hash, after all others were put; any other error means that the store is away.
   */
  append(records: readonly SealedAuditRecord[]): Promise<void>;
  byActor(actor: string, query: AuditQuery): Promise<AuditPage>;
  byTarget(target: string, query: AuditQuery): Promise<AuditPage>;
  byOrganization(organizationId: string, query: AuditQuery): Promise<AuditPage>;
}

/** Where a message stands, so that it can be updated. */
export interface MessageRef {
  /** Slack channel id; Teams conversation id */
  channelId: string;
  /** Slack ts; Teams activity id */
  messageId: string;
}

/** A workspace as a messenger needs it: row id and the platform's own id. */
export interface WorkspaceRef {
  id: string;
  externalId: string;
}

/** What dispatch adds to the changes of an action. */
export interface CommitEntry {
  /** Makes the effect happen once; absent for what may happen again. */
  key?: string;
  /** Kept as the first answer to this key. */
  reply: Reply;
  audit: AuditRecord;
  at: Date;
  /** Who acts, as their session has it: the commit fails as `actor-changed` when that is no longer true. */
  actor?: { personId: string; roles: Roles };
}

export type Committed =
  | { kind: 'committed' }
  /** The key stands there: nothing was changed now, this was the first answer. */
  | { kind: 'repeated'; reply: Reply }
  /** Something was not as it had been read: nothing was changed, read and decide again. */
  | { kind: 'conflict' }
  /** Deactivated, or with other roles than the session says: nothing was changed. */
  | { kind: 'actor-changed' };

/** The changes of one invocation, all of them or none. */
export interface UnitOfWork {
  readonly changed: boolean;
  /** Queues whose workers are to be woken after the commit. */
  readonly queues: ReadonlySet<string>;
  commit(entry: CommitEntry): Promise<Committed>;
  /** What was first answered to this key; undefined when nothing was. */
  firstAnswer(key: string): Promise<Reply | undefined>;
}

/** A Slack team or a Teams tenant that belongs to an organisation. */
export interface Workspace extends WorkspaceRef {
  organizationId: string;
  platform: Platform;
  /** Decrypted; absent on Teams */
  botToken?: string;
  botUserId?: string;
}

/** The workspaces that Crewline is installed in. */
export interface Workspaces {
  /** From a cache of a minute; undefined for one that nobody installed, or that removed the app. */
  find(platform: Platform, externalId: string): Promise<Workspace | undefined>;
  /** The app was removed: deletes the token and ends delivery there. Any number of times, in any order. */
  uninstalled(platform: Platform, externalId: string): Promise<void>;
}

/** Somebody on a platform, by its own ids. */
export interface PlatformUser {
  platform: Platform;
  /** Slack team id, Teams tenant id */
  workspaceId: string;
  userId: string;
  name?: string | undefined;
}

/** What a platform tells of its conversations, without anybody asking. Any number of times, in any order. */
export interface Conversations {
  /** A channel has another name now. */
  renamed(by: PlatformUser, channel: { channelId: string; name: string }): Promise<void>;
  /** It is gone, or the app is not in it any more: its links end, and its cards are left alone. `teamId`: the same for all channels of the team. */
  ended(by: PlatformUser, place: { channelId: string; teamId?: string | undefined }): Promise<void>;
  /** They removed the app: nothing is sent to them until they come back. */
  left(by: PlatformUser): Promise<void>;
}

/** Which threads are about a task. */
export interface CardThreads {
  /** Whether this message is a task's card. `workspaceId` is the row's. Throws AppError `database_unavailable`. */
  isCard(message: { workspaceId: string } & MessageRef): Promise<boolean>;
  /**
   * The app is back in this channel, or in all of a workspace: cards that were given up there are brought up to date again,
   * and those that could not be posted are posted while their task is open. The ids are the platform's.
   */
  revive(place: { platform: Platform; workspaceId: string; channelId?: string }): Promise<void>;
}

/** What people have open in the chat's home tab. */
export interface OpenHomes {
  /** Somebody sees this of their page now; without a choice they read something else there. The ids are the platform's. */
  shown(home: {
    platform: Platform;
    workspaceId: string;
    userId: string;
    choice: Readonly<Record<string, string>> | undefined;
  }): Promise<void>;
  /** Something happened to these tasks, or that these people hear of: says whether anybody's page has to follow. */
  touch(news: { taskIds?: readonly string[]; personIds?: readonly string[] }): Promise<boolean>;
}

/** Puts a page into somebody's home tab. */
export interface HomePublisher {
  /** Throws DeliveryError. */
  publish(page: {
    workspace: WorkspaceRef;
    userId: string;
    view: View;
    /** What of it is open, given back when something is pressed there */
    choice: Readonly<Record<string, string>>;
  }): Promise<void>;
}

/** Cards as one of their readers sees them. */
export interface OwnCards {
  /**
   * The card that stands there, for this user; the ids are the platform's. Undefined for a message that is no card, and for
   * whom nobody knows or may not see its task. Throws AppError `database_unavailable`.
   */
  draw(
    looks: { platform: Platform; workspaceId: string; userId: string } & MessageRef,
  ): Promise<View | undefined>;
}

export interface Messenger {
  readonly platform: Platform;
  /** Whether messages where `address` leads can be answered in a thread of their own. */
  hasThreads(address: string | undefined): boolean;
  /**
   * Sends a direct message. `address` is what an earlier send or message gave; without one the
   * messenger opens a conversation and returns the address to keep. Throws DeliveryError.
   */
  sendDirect(to: {
    workspace: WorkspaceRef;
    userId: string;
    address: string | undefined;
    view: View;
  }): Promise<MessageRef & { address: string }>;
  /** Posts to a channel, or into the thread of a message there. `address` is what the channel's invocations carry. Throws DeliveryError. */
  post(to: {
    workspace: WorkspaceRef;
    channelId: string;
    address: string | undefined;
    /** The message that starts the thread */
    threadId?: string | undefined;
    view: View;
  }): Promise<MessageRef>;
  /** Replaces a message. Throws DeliveryError, `gone` when there is nothing left to update. */
  update(
    message: MessageRef & {
      workspace: WorkspaceRef;
      address: string | undefined;
      /** The message that starts the thread in which it stands */
      threadId?: string | undefined;
      view: View;
    },
  ): Promise<void>;
  /** Whether nothing was said in the conversation after this message. Absent where the platform does not tell. */
  isLast?(message: MessageRef & { workspace: WorkspaceRef; address: string | undefined }): Promise<boolean>;
  /** Until when the platform itself keeps quiet for this person; undefined: it does not, or does not tell. */
  busyUntil?(to: { workspace: WorkspaceRef; userId: string }): Promise<Date | undefined>;
}

export type DeliveryFailure =
  /** 429: try again after that time; costs no attempt */
  | { kind: 'throttled'; retryAfterMs: number }
  /** The person or the workspace does not want it: ends delivery there until they come back */
  | { kind: 'refused'; scope: 'person' | 'channel' | 'workspace' }
  /** The message to update was deleted */
  | { kind: 'gone' }
  /** It may have been sent: not sent again at once, and not more than once */
  | { kind: 'ambiguous' }
  /** Anything that may pass: network, 5xx */
  | { kind: 'failed' };

/** What a messenger throws: what became of the send, with the platform's own word as message. */
export class DeliveryError extends Error {
  readonly failure: DeliveryFailure;

  constructor(failure: DeliveryFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'DeliveryError';
    this.failure = failure;
  }
}
