import type { Invocation, Place, Profile } from '../core/action.ts';
import type { Intent } from '../core/view.ts';
import type { FormMetadata } from './form-metadata.ts';
import { formValues } from './form-values.ts';
import { parseText } from './parse-text.ts';
import {
  type ActionPayload,
  type CommandPayload,
  type EventPayload,
  type SubmissionPayload,
  teamOf,
} from './payloads.ts';

interface User {
  teamId: string;
  userId: string;
  name: string;
}

/** Asks for the profile of a user: someone without a session, or someone who was mentioned. */
export type AskProfile = (user: User) => Promise<Profile>;

const profileOf = (askProfile: AskProfile, asker: User) => (userId?: string) =>
  askProfile(userId === undefined || userId === asker.userId ? asker : { ...asker, userId, name: userId });

/** A slash command. Slack retries none; the trigger tells a replayed request. */
export function commandInvocation(payload: CommandPayload, askProfile: AskProfile): Invocation {
  const { team_id: teamId, user_id: userId } = payload;
  return {
    key: `slack:${teamId}:${payload.trigger_id}`,
    platform: 'slack',
    workspaceId: teamId,
    userId,
    place: place(payload.channel_id, payload.channel_name),
    request: { type: 'text', ...parseText(payload.text ?? '') },
    source: 'command',
    answeredSeparately: false,
    profile: profileOf(askProfile, { teamId, userId, name: payload.user_name ?? userId }),
  };
}

/** A pressed button with the intent that its value holds. */
export function buttonInvocation(payload: ActionPayload, intent: Intent, askProfile: AskProfile): Invocation {
  const teamId = teamOf(payload);
  const { id: userId, name, username } = payload.user;
  return {
    key: `slack:${teamId}:${payload.trigger_id}`,
    platform: 'slack',
    workspaceId: teamId,
    userId,
    place: actionPlace(payload),
    request: { type: 'intent', ...intent },
    source: 'button',
    answeredSeparately: false,
    profile: profileOf(askProfile, { teamId, userId, name: name ?? username ?? userId }),
  };
}

/** Where the message with the button stands. A button outside any message speaks to the person alone. */
export function actionPlace(payload: ActionPayload): Place {
  const threadId = payload.container?.thread_ts ?? payload.message?.thread_ts;
  const messageId = payload.container?.message_ts;
  const { id, name } = payload.channel ?? { id: payload.user.id, name: 'directmessage' };
  return {
    ...place(id, name),
    ...(threadId ? { threadId } : {}),
    ...(messageId ? { messageId } : {}),
    ...(payload.container?.is_ephemeral ? { ephemeral: true } : {}),
  };
}

/** A submitted form. Its nonce makes the key: Slack gives a second submission another trigger. */
export function formInvocation(
  payload: SubmissionPayload,
  metadata: FormMetadata,
  askProfile: AskProfile,
): Invocation {
  const teamId = payload.view.app_installed_team_id ?? teamOf(payload);
  const { id: userId, name, username } = payload.user;
  return {
    key: `form:${metadata.nonce}:${userId}`,
    platform: 'slack',
    workspaceId: teamId,
    userId,
    place: metadata.place,
    request: {
      type: 'form',
      action: metadata.intent.action,
      args: { ...metadata.intent.args, ...formValues(payload.view.state.values) },
    },
    source: 'form',
    answeredSeparately: false,
    profile: profileOf(askProfile, { teamId, userId, name: name ?? username ?? userId }),
  };
}

/** A mention, or a direct message to the bot; undefined for edits, joins, uploads and whatever bots say. */
export function messageInvocation(
  payload: EventPayload,
  botUserId: string | undefined,
  askProfile: AskProfile,
): Invocation | undefined {
  const {
    type,
    user: userId,
    text,
    channel,
    channel_type: channelType,
    thread_ts: threadId,
    ...event
  } = payload.event;
  const spoken = type === 'app_mention' || (type === 'message' && channelType === 'im');
  if (!spoken || !userId || !channel || !isOwnWords(event.subtype) || event.bot_id || event.edited)
    return undefined;
  if (userId === botUserId) return undefined;
  const teamId = eventTeam(payload);
  return {
    key: `slack:${teamId}:${payload.event_id}`,
    platform: 'slack',
    workspaceId: teamId,
    userId,
    place: { ...place(channel, undefined), ...(threadId ? { threadId } : {}) },
    request: { type: 'text', ...parseText(text ?? '', botUserId) },
    source: type === 'app_mention' ? 'mention' : 'message',
    answeredSeparately: true,
    profile: profileOf(askProfile, { teamId, userId, name: userId }),
    ...(type === 'message' ? { directAddress: channel } : {}),
  };
}

/** A picture with words, and a thread reply that is also sent to the channel, are said like any other; edits and joins are not. */
function isOwnWords(subtype: string | undefined): boolean {
  return subtype === undefined || subtype === 'file_share' || subtype === 'thread_broadcast';
}

/** The installation that an event is for; in a shared channel `team_id` may be another company's. */
export function eventTeam(payload: EventPayload): string {
  return payload.authorizations?.[0]?.team_id ?? payload.team_id;
}

/** The bot's own user, which Slack names with every event. */
export function eventBot(payload: EventPayload): string | undefined {
  return payload.authorizations?.find((authorization) => authorization.is_bot)?.user_id ?? undefined;
}

/** Slack's ids begin with their kind; group messages and private channels of old share the G. */
export function place(channelId: string, name: string | undefined): Place {
  const named = name && name !== 'directmessage' && name !== 'privategroup' ? { channelName: name } : {};
  if (name === 'directmessage' || channelId.startsWith('D')) return { kind: 'direct', channelId };
  const group = name?.startsWith('mpdm-') ?? false;
  return { kind: group ? 'group' : 'channel', channelId, ...named };
}
