import { webApi } from '@slack/bolt';
import { wasNeverSent } from '../core/never-sent.ts';
import { DeliveryError, type DeliveryFailure } from '../core/ports.ts';

/** What was tried: a post that fails half-way may have been sent, an update or a look-up may simply be repeated. */
export type Attempt = 'post' | 'other';

/** Where Slack says nothing about when to come back. */
const DEFAULT_RETRY_AFTER_MS = 30_000;

/** What a failed call to Slack means for delivery. Codes: docs.slack.dev/reference/methods, "Errors" of each. */
export function toDeliveryError(error: unknown, attempt: Attempt): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new DeliveryError(failureOf(error, attempt), codeOf(error) ?? message, error);
}

/** Slack's own word for a refusal, such as `channel_not_found`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
}

function failureOf(error: unknown, attempt: Attempt): DeliveryFailure {
  if (error instanceof webApi.WebAPIRateLimitedError) return throttled(error.retryAfter);
  if (error instanceof webApi.WebAPIPlatformError) return platformFailure(error, attempt);
  if (error instanceof webApi.WebAPIHTTPError)
    return mayHaveWorked(error.statusCode) ? halfWay(attempt) : { kind: 'failed' };
  if (error instanceof webApi.WebAPIRequestError)
    return wasNeverSent(error.original) ? { kind: 'failed' } : halfWay(attempt);
  // What @slack/web-api throws for a 429 without Retry-After has no class of its own.
  if (error instanceof Error && error.message.startsWith('Retry header')) return throttled(undefined);
  return { kind: 'failed' };
}

/** 503 says that nobody was there to work on it; any other 5xx may come after the work. */
const mayHaveWorked = (status: number): boolean => status >= 500 && status !== 503;

const throttled = (seconds: number | undefined): DeliveryFailure => ({
  kind: 'throttled',
  retryAfterMs: seconds === undefined ? DEFAULT_RETRY_AFTER_MS : seconds * 1_000,
});

const halfWay = (attempt: Attempt): DeliveryFailure =>
  attempt === 'post' ? { kind: 'ambiguous' } : { kind: 'failed' };

function platformFailure(error: webApi.WebAPIPlatformError, attempt: Attempt): DeliveryFailure {
  const code = error.data.error;
  if (code === 'ratelimited' || code === 'rate_limited')
    return throttled(error.data.response_metadata?.retryAfter);
  // "It's possible some aspect of the operation succeeded before the error was raised."
  if (code === 'fatal_error' || code === 'internal_error') return halfWay(attempt);
  if (gone.has(code)) return { kind: 'gone' };
  const scope = refusals.get(code);
  return scope ? { kind: 'refused', scope } : { kind: 'failed' };
}

const gone = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'thread_not_found']);

type Scope = Extract<DeliveryFailure, { kind: 'refused' }>['scope'];

const refusals = new Map<string, Scope>([
  ...codes('workspace', 'token_revoked', 'token_expired', 'invalid_auth', 'not_authed', 'account_inactive'),
  ...codes('workspace', 'not_installed', 'team_access_not_granted', 'team_not_found', 'app_uninstalled'),
  ...codes('person', 'user_disabled', 'user_not_found', 'users_not_found', 'user_not_visible'),
  ...codes('person', 'cannot_dm_bot', 'invalid_user_combination', 'messages_tab_disabled'),
  ...codes('channel', 'channel_not_found', 'not_in_channel', 'is_archived', 'channel_is_archived'),
  ...codes(
    'channel',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_locked',
  ),
  ...codes('channel', 'restricted_action_non_threadable_channel', 'restricted_action_thread_only_channel'),
]);

function codes(scope: Scope, ...names: string[]): [string, Scope][] {
  return names.map((name) => [name, scope]);
}
