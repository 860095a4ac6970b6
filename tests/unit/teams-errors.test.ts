import { describe, expect, test } from '@jest/globals';
import { DeliveryError } from '../../src/core/ports.ts';
import {
  ConnectorError,
  ConnectorUnreachable,
  type Operation,
  TokenError,
  toDeliveryError,
} from '../../src/teams/errors.ts';

const create: Operation = { type: 'create', scope: 'person' };
const update: Operation = { type: 'update', scope: 'channel' };
const refused = (status: number, code = '', retryAfterMs?: number) =>
  new ConnectorError({ status, code, detail: '', retryAfterMs });

describe('what became of a send', () => {
  test.each([
    ['throttled, with a time', refused(429, '', 7_000), create, { kind: 'throttled', retryAfterMs: 7_000 }],
    ['throttled, without a time', refused(429), update, { kind: 'throttled', retryAfterMs: 5_000 }],
    [
      'not installed',
      refused(403, 'BotNotInConversationRoster'),
      create,
      { kind: 'refused', scope: 'person' },
    ],
    ['blocked', refused(403, 'ConversationBlockedByUser'), create, { kind: 'refused', scope: 'person' }],
    [
      'removed from the channel',
      refused(403, 'BotNotInConversationRoster'),
      update,
      { kind: 'refused', scope: 'channel' },
    ],
    [
      'switched off by the admin',
      refused(403, 'BotDisabledByAdmin'),
      create,
      { kind: 'refused', scope: 'workspace' },
    ],
    ['a message that was deleted', refused(404), update, { kind: 'gone' }],
    [
      'a conversation that is not there',
      refused(404, 'ConversationNotFound'),
      create,
      { kind: 'refused', scope: 'person' },
    ],
    ['412', refused(412), create, { kind: 'failed' }],
    ['502', refused(502), create, { kind: 'failed' }],
    ['503', refused(503), create, { kind: 'failed' }],
    ['504', refused(504), create, { kind: 'failed' }],
    ['500 on a new message', refused(500), create, { kind: 'ambiguous' }],
    ['500 on an update, which may be repeated', refused(500), update, { kind: 'failed' }],
    ['too large', refused(413), create, { kind: 'failed' }],
    [
      'never left',
      new ConnectorUnreachable('ECONNREFUSED', { mayBeSent: false }),
      create,
      { kind: 'failed' },
    ],
    [
      'silence after sending',
      new ConnectorUnreachable('TimeoutError', { mayBeSent: true }),
      create,
      { kind: 'ambiguous' },
    ],
    [
      'silence after an update',
      new ConnectorUnreachable('TimeoutError', { mayBeSent: true }),
      update,
      { kind: 'failed' },
    ],
    ['no token', new TokenError('no token'), create, { kind: 'failed' }],
    ['anything else', 'odd', create, { kind: 'failed' }],
  ])('%s', (_name, error, operation, failure) => {
    expect(toDeliveryError(error, operation).failure).toEqual(failure);
  });

  test('keeps Teams’ own words and the cause for the log', () => {
    const cause = refused(403, 'ConversationBlockedByUser');
    const error = toDeliveryError(cause, create);
    expect(error).toBeInstanceOf(DeliveryError);
    expect(error.message).toBe('403 ConversationBlockedByUser');
    expect(error.cause).toBe(cause);
  });
});
