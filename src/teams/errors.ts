import { DeliveryError, type DeliveryFailure } from '../core/ports.ts';

/** The Bot Connector said no. */
export class ConnectorError extends Error {
  readonly status: number;
  /** Teams' own word: BotNotInConversationRoster, ConversationBlockedByUser, … */
  readonly code: string;
  readonly retryAfterMs: number | undefined;

  constructor(answer: { status: number; code: string; detail: string; retryAfterMs: number | undefined }) {
    super(`${answer.status} ${answer.code} ${answer.detail}`.trim());
    this.name = 'ConnectorError';
    this.status = answer.status;
    this.code = answer.code;
    this.retryAfterMs = answer.retryAfterMs;
  }
}

/** The Bot Connector gave no answer. `mayBeSent` is false where the request certainly never arrived. */
export class ConnectorUnreachable extends Error {
  readonly mayBeSent: boolean;

  constructor(message: string, options: { mayBeSent: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'ConnectorUnreachable';
    this.mayBeSent = options.mayBeSent;
  }
}

/** No access token for the connector: wrong secret, expired secret, or Microsoft's login is away. */
export class TokenError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TokenError';
  }
}

export interface Operation {
  type: 'create' | 'update';
  scope: 'person' | 'channel';
}

/** For a 429 without Retry-After: Teams counts in windows of 1 s, 2 s and 30 s. */
const DEFAULT_RETRY_AFTER_MS = 5_000;

/** What became of a send, in the words of the outbox. */
export function toDeliveryError(error: unknown, operation: Operation): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new DeliveryError(failureOf(error, operation), message, error);
}

function failureOf(error: unknown, operation: Operation): DeliveryFailure {
  if (error instanceof ConnectorError) return refusalOf(error, operation);
  const mayBeSent = error instanceof ConnectorUnreachable && error.mayBeSent;
  return { kind: mayBeSent && operation.type === 'create' ? 'ambiguous' : 'failed' };
}

/** learn.microsoft.com, "Rate limiting for bots" and "Status codes from bot conversational APIs". */
function refusalOf(error: ConnectorError, { type, scope }: Operation): DeliveryFailure {
  switch (error.status) {
    case 429:
      return { kind: 'throttled', retryAfterMs: error.retryAfterMs ?? DEFAULT_RETRY_AFTER_MS };
    case 403:
      return { kind: 'refused', scope: error.code === 'BotDisabledByAdmin' ? 'workspace' : scope };
    case 404:
      return type === 'update' ? { kind: 'gone' } : { kind: 'refused', scope };
    case 412:
    case 502:
    case 503:
    case 504:
      return { kind: 'failed' };
    default:
      return { kind: type === 'create' && error.status >= 500 ? 'ambiguous' : 'failed' };
  }
}
