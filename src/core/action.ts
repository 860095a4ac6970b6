import type { z } from 'zod';
import type { CommandLine } from './command-line.ts';
import type { Messages, Sentence } from './messages.ts';
import type { AuditRecord, Clock, NewId, Platform, Roles } from './ports.ts';
import type { Reply } from './view.ts';
import { sentenceOf } from './worded.ts';

export type { Platform, Roles };

/** Someone named in a text by the platform's own mention. */
export interface Mention {
  /** The platform's id of a user, or of a group of users */
  userId: string;
  name?: string;
  /** A user group of Slack's, a tag of Teams' */
  group?: true;
}

/** What the platform's profile tells of a user. */
export interface Profile {
  name: string;
  email?: string;
  timeZone?: string;
  locale?: string;
}

/** Where something was said or pressed. */
export interface Place {
  kind: 'direct' | 'group' | 'channel';
  /** Slack channel id; Teams conversation id */
  channelId: string;
  channelName?: string;
  /** Message that starts the thread one is in */
  threadId?: string;
  /** Message that carries the button that was pressed */
  messageId?: string;
  /** Nobody but the asker sees that message, though it stands in a shared place: Slack's ephemeral */
  ephemeral?: boolean;
  /** Teams: the conversation reference as JSON, needed to post here later */
  address?: string;
}

export type Request =
  /** Typed: a slash command, a mention, a direct message. Mentions stand in the text as tokens of command-line.ts. */
  | { type: 'text'; text: string; mentions: readonly Mention[] }
  /** A button, a shortcut, an event */
  | { type: 'intent'; action: string; args: Record<string, string> }
  /** A submitted form: args of its intent with the fields' values */
  | { type: 'form'; action: string; args: Record<string, string> };

/** One thing that a person asked for, on any platform, in any way. */
export interface Invocation {
  /** The same for every delivery of one request: makes its effect happen once. */
  key: string;
  platform: Platform;
  /** The platform's own id: Slack team, Teams tenant */
  workspaceId: string;
  userId: string;
  place: Place;
  request: Request;
  source: 'command' | 'mention' | 'message' | 'button' | 'form' | 'shortcut' | 'event';
  /** The answer is posted on its own, not in the response: a repeated delivery must not bring it again. */
  answeredSeparately: boolean;
  /** The asker's language, where the platform tells it with the request */
  locale?: string;
  /** Asks the platform who a user is: the one who asks, or one whom they mentioned. */
  profile(userId?: string): Promise<Profile>;
  /** Ids of the users in a group that was mentioned. Absent where the platform does not tell. Throws AppError `platform_unavailable`. */
  members?(groupId: string): Promise<readonly string[]>;
  /** What people call the place where it was asked, when the request does not tell; undefined where nobody does. Never rejects. */
  placeName?(): Promise<string | undefined>;
  /** Where direct messages to this user go, when the request tells. */
  directAddress?: string;
}

/** A person whom Crewline knows. */
export interface Actor {
  personId: string;
  organizationId: string;
  /** Row id of the workspace */
  workspaceId: string;
  sessionId: string;
  name: string;
  timeZone: string;
  locale: string;
  roles: Roles;
}

/** Someone on a known workspace whom Crewline doesn't know. */
export interface Guest {
  organizationId: string;
  workspaceId: string;
  sessionId: string;
  profile: Profile;
}

/** What the audit row says beyond who, when and which action. */
export type AuditNote = Partial<Pick<AuditRecord, 'target' | 'taskNumber' | 'details'>>;

interface BaseContext<Db, Work> {
  invocation: Invocation;
  /** How a command begins where this was asked: "/task " */
  root: string;
  /** Every text, in the language of whoever asks */
  messages: Messages;
  db: Db;
  /** Everything that this invocation changes: committed at once, with the audit row, after `run` returned. */
  work: Work;
  now: Date;
  newId: NewId;
  clock: Clock;
  /** Added to this invocation's audit row. */
  audit(note: AuditNote): void;
  /** The task that this session speaks of from now on. */
  rememberTask(number: number): void;
  /** Once it is committed, ends a person's sessions on all replicas: their roles are not what they were. */
  endSessions(personId: string): void;
}

export interface ActionContext<Db, Work> extends BaseContext<Db, Work> {
  actor: Actor;
  /** Number of the task that this session spoke of last, on whatever replica. */
  lastTask(): Promise<number | undefined>;
}

export interface GuestContext<Db, Work> extends BaseContext<Db, Work> {
  guest: Guest;
}

/** What reading a command line may need to know. */
export interface Typed {
  mentions: readonly Mention[];
  now: Date;
  timeZone: string;
  locale: string;
}

export type ActionName = keyof Messages['summaries'];

interface ActionDescription {
  /** The word that people type, and what buttons carry; its line in help is in the catalogue */
  name: ActionName;
  aliases?: readonly string[];
  /** Usages without the command's root: `done <n> [note]`; empty for what nobody types */
  usage: readonly string[];
  /** Heading in help */
  topic: 'work' | 'manage' | 'look' | 'people' | 'setup';
  /** query: changes nothing, so it needs no invocation key. */
  effect: 'change' | 'query';
  /** From typed words to the strings that buttons and forms carry too. */
  read(line: CommandLine, typed: Typed): Record<string, string>;
  /** True when these arguments are answered with a form, which a slow database must not keep waiting. */
  opensForm?(args: Record<string, string>): boolean;
}

/** An action with its arguments checked, ready to run; or what is wrong with them, by argument. */
export type Bound<Context> =
  | { ok: true; run(context: Context): Promise<Reply> }
  | { ok: false; errors: Record<string, Sentence> };

export interface MemberAction<Db, Work> extends ActionDescription {
  /** The least role; what else is needed depends on the task and is checked by the services. */
  access: 'member' | 'manager' | 'admin';
  /** What the same words do for somebody whom Crewline doesn't know; they are greeted when there is none. */
  asGuest?: GuestAction<Db, Work>;
  bind(args: Record<string, string>): Bound<ActionContext<Db, Work>>;
}

export interface GuestAction<Db, Work> extends ActionDescription {
  access: 'guest';
  bind(args: Record<string, string>): Bound<GuestContext<Db, Work>>;
}

export type Action<Db, Work> = MemberAction<Db, Work> | GuestAction<Db, Work>;

interface WithArguments<Args, Context> {
  /** From strings to values. Its error messages are shown to people: made by `worded`. */
  args: z.ZodType<Args>;
  run(context: Context, args: Args): Promise<Reply>;
}

/** An action for people whom Crewline knows. */
export function defineAction<Args, Db, Work>(
  definition: Omit<MemberAction<Db, Work>, 'bind'> & WithArguments<Args, ActionContext<Db, Work>>,
): MemberAction<Db, Work> {
  return { ...definition, bind: (args) => bind(definition, args) };
}

/** An action for people whom Crewline doesn't know yet. */
export function defineGuestAction<Args, Db, Work>(
  definition: Omit<GuestAction<Db, Work>, 'bind'> & WithArguments<Args, GuestContext<Db, Work>>,
): GuestAction<Db, Work> {
  return { ...definition, bind: (args) => bind(definition, args) };
}

function bind<Args, Context>(
  definition: WithArguments<Args, Context>,
  args: Record<string, string>,
): Bound<Context> {
  const parsed = definition.args.safeParse(args);
  if (parsed.success) return { ok: true, run: (context) => definition.run(context, parsed.data) };
  const errors: Record<string, Sentence> = {};
  for (const issue of parsed.error.issues) errors[String(issue.path[0] ?? '')] ??= sentenceOf(issue.message);
  return { ok: false, errors };
}
