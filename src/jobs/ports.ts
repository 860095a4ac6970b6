import type { Platform } from '../core/action.ts';
import type { NotificationKind } from '../core/notification.ts';
import type { AuditRecord, MessageRef, Roles, SealedAuditRecord, WorkspaceRef } from '../core/ports.ts';
import type { Recipient } from '../core/send-decision.ts';
import type { CardCopy } from '../core/view.ts';

/** A claimed row: nobody else works on it until the lease ends. */
export interface Leased {
  id: string;
  /** Names this claim: what a worker that lost its lease writes is ignored. */
  leaseToken: string;
  /** Failed tries so far */
  attempts: number;
}

/** What became of a claimed row. Every kind ends the lease. */
export type Settlement<Row extends Leased = Leased> = { row: Row } & (
  | { outcome: 'done'; messageId?: string }
  /** No longer true: nothing was sent */
  | { outcome: 'skipped'; reason: string }
  /** Goes along with the person's next summary or digest */
  | { outcome: 'held'; heldFor: HeldFor }
  /** Given up, kept with the reason for admins */
  | { outcome: 'dead'; reason: string }
  /** The row is deleted. */
  | { outcome: 'forgotten' }
  | { outcome: 'retry'; at: Date; costsAttempt: boolean; reason?: string }
);

export type HeldFor = 'summary' | 'digest';

/** One of the three queues in PostgreSQL. All of it throws AppError `database_unavailable`. */
export interface LeaseQueue<Row extends Leased> {
  /** Leases the rows that have waited longest. */
  claim(limit: number): Promise<Row[]>;
  /** Writes what became of rows, in one statement; says for how many the lease still held. */
  settle(settlements: readonly Settlement<Row>[]): Promise<number>;
  /** Prolongs the leases of all that this replica holds. */
  renew(): Promise<void>;
  /** Whether the lease of a claimed row still runs. */
  holds(row: Row): boolean;
  /** Prolongs these no more: their leases end by themselves. */
  abandon(rows: readonly Row[]): void;
}

export interface DeliveryAccount {
  id: string;
  platform: Platform;
  workspace: WorkspaceRef;
  userId: string;
  address: string | undefined;
  /** Why nothing may be sent to it, in words; absent for one that can be used */
  refusal: string | undefined;
  /** Absent when nothing was sent yet, or before it was kept */
  lastMessage: LastMessage | undefined;
  /** Set where it goes to a channel, whatever account its recipient has */
  channelId?: string;
}

/** The last direct message to an account: what follows soon is added to it instead of coming as another. */
export interface LastMessage {
  channelId: string;
  messageId: string;
  /** When it was first sent, ISO */
  at: string;
  /** The notifications that it tells of */
  ids: readonly string[];
  /** False for one that nothing is added to, such as a digest */
  open: boolean;
}

export interface ClaimedNotification extends Leased {
  organizationId: string;
  recipientId: string;
  kind: NotificationKind;
  taskId: string | null;
  actorId: string | null;
  data: Record<string, string>;
  createdAt: Date;
  /** What became of the last try, if there was one */
  lastError: string | undefined;
  recipient: Recipient & { name: string; locale: string; active: boolean };
  /** Of its task */
  priority: 'low' | 'normal' | 'high' | 'urgent' | undefined;
  /** The recipient has muted its task */
  muted: boolean;
  /** The recipient's account that was seen last, one that can be used first */
  account: DeliveryAccount | undefined;
}

export interface NotificationQueue extends LeaseQueue<ClaimedNotification> {
  /** Keeps where direct messages to these accounts go, and what was sent there last. */
  keepSent(accounts: readonly SentNote[]): Promise<void>;
  /**
   * Takes messages that something is to be added to, and says of which accounts: nobody else adds to these or draws them anew until
   * `keepSent` and `keepCopies` tell what they say. Left out: those that somebody is writing right now, or has written since.
   */
  takeOpen(messages: readonly OpenMessage[]): Promise<ReadonlySet<string>>;
  /** Writes down the summary in which what is held for a person comes: one a person and time. */
  summarise(summaries: readonly SummaryNote[]): Promise<void>;
  /** Ends held rows that went along with a summary or a digest. */
  release(rows: readonly { id: string; told: boolean }[]): Promise<void>;
  /** Nothing is sent to these accounts until their people come back. */
  refuse(accounts: readonly { accountId: string; reason: string }[]): Promise<void>;
  /** From now on these messages are brought up to date with their task; a person's oldest of one task no longer are. */
  keepCopies(copies: readonly SentCopy[]): Promise<void>;
  /** These messages show more than one task now, and are left as they are. */
  dropCopies(messages: readonly (MessageRef & { workspaceId: string })[]): Promise<void>;
}

/** The last message to an account, as it was when it was claimed. */
export interface OpenMessage extends MessageRef {
  accountId: string;
  workspaceId: string;
  ids: readonly string[];
}

/** A direct message that shows a task. */
export interface SentCopy extends MessageRef {
  recipientId: string;
  workspaceId: string;
  /** Where it stands, as the messenger told */
  address: string;
  copy: CardCopy;
  /** When it was begun to be sent: what was drawn of it later may be older */
  sentAt: Date;
}

export interface SentNote {
  accountId: string;
  workspaceId: string;
  recipientId: string;
  address: string;
  message: LastMessage;
  /** When it was begun to be sent */
  sentAt: Date;
}

export interface SummaryNote {
  organizationId: string;
  recipientId: string;
  at: Date;
  /** The person rests until then; else it waits for the next message only */
  rest: boolean;
}

export interface ClaimedCard extends Leased {
  taskId: string;
  platform: Platform;
  workspace: WorkspaceRef;
  installed: boolean;
  channelId: string;
  /** As people know it, where the channel is linked to a project */
  channelName: string | undefined;
  address: string | undefined;
  /** Absent until it was posted */
  messageId: string | undefined;
  requestedById: string;
  /** Of a direct message: whose it is, and what stands above the card */
  copy: { recipientId: string; news: CardNews } | undefined;
  /** The number of the task's last change when the row was claimed */
  revision: number;
  /** The task's version up to which its thread tells the history */
  toldVersion: number;
  /** Since when */
  toldSince: Date;
}

/** What the thread of a card tells. */
export interface ClaimedReply extends Leased {
  platform: Platform;
  workspace: WorkspaceRef;
  installed: boolean;
  channelId: string;
  address: string | undefined;
  threadId: string;
  messageId: string | undefined;
  revision: number;
}

/** Somebody's page that is older than what it shows. */
export interface ClaimedHome extends Leased {
  platform: Platform;
  workspace: WorkspaceRef;
  userId: string;
  /** What of it is open */
  choice: Record<string, string>;
  /** Whether there is still somebody to show it to */
  reachable: boolean;
  personId: string;
  organizationId: string;
  name: string;
  timeZone: string;
  locale: string;
  roles: Roles;
  revision: number;
}

export type CardNews = Pick<CardCopy, 'news' | 'summary' | 'buttons'>;

export interface ClaimedAuditRow extends Leased {
  record: SealedAuditRecord;
}

/** An actor's records that are in no chain yet, in order, with the chain's head. */
export interface UnsealedChain {
  actor: string;
  head: { seq: number; hash: string } | undefined;
  records: AuditRecord[];
}

export interface AuditQueue extends LeaseQueue<ClaimedAuditRow> {
  /** Records that wait to be sealed, by actor. */
  unsealed(limit: number): Promise<UnsealedChain[]>;
  /**
   * Stores sealed records and the new heads. A chain whose head moved meanwhile (another replica sealed) is left
   * as it is: its records come up again. Says how many records were stored.
   */
  storeSealed(chains: readonly { before: UnsealedChain; sealed: SealedAuditRecord[] }[]): Promise<number>;
  /** How much waits, and since when. */
  backlog(): Promise<{ rows: number; oldest: Date | undefined }>;
}

/** How fast a key may send: `burst` messages at once, then one every `everyMs`. */
export interface Pace {
  everyMs: number;
  burst: number;
}

/** One message that wants to go: it needs room in both budgets. */
export interface SendAsk {
  workspace: BudgetKey;
  channel: BudgetKey;
}

export interface BudgetKey {
  key: string;
  pace: Pace;
}

/** When the next message may go, for all replicas together. Throws AppError `database_unavailable`. */
export interface SendBudget {
  /** Reserves what may go now, in order. For each ask: undefined (send it) or when to ask again. */
  reserve(asks: readonly SendAsk[]): Promise<(Date | undefined)[]>;
  /** Nothing is let through before `until`, and no burst right after. */
  block(keys: readonly BudgetKey[], until: Date): Promise<void>;
}

/** Deletes what is no longer needed, a batch at a time; each says how many rows went. */
export interface Retention {
  forgetInvocations(before: Date, limit: number): Promise<number>;
  /** Sent, skipped and held ones. Dead ones stay. */
  forgetNotifications(before: Date, limit: number): Promise<number>;
  /** What tasks were before their changes. */
  forgetChanges(before: Date, limit: number): Promise<number>;
  /** Direct messages are no longer brought up to date with their task. */
  forgetCopies(before: Date, limit: number): Promise<number>;
  /** What threads told stays there, as it reads then. */
  forgetReplies(before: Date, limit: number): Promise<number>;
  /** Told ones. */
  forgetReminders(before: Date, limit: number): Promise<number>;
  forgetBudgets(before: Date, limit: number): Promise<number>;
}

export type QueueName = 'notifications' | 'cards' | 'replies' | 'homes' | 'audit';

/** Told of everything that a queue does, for metrics. */
export type CountEvent = (
  queue: QueueName,
  event: 'claimed' | 'done' | 'skipped' | 'held' | 'dead' | 'retried' | 'paced' | 'throttled' | 'lost',
  count: number,
) => void;

/** Waits so many ms. */
export type Wait = (ms: number) => Promise<void>;
