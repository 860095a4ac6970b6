import { describe, expect, it } from '@jest/globals';
import { webApi } from '@slack/bolt';
import { toDeliveryError } from '../../src/slack/errors.ts';

/** What fetch throws when the network fails. */
const networkError = (fields: object) =>
  new webApi.WebAPIRequestError(
    new TypeError('fetch failed', { cause: Object.assign(new Error('closed'), fields) }),
  );
const httpError = (statusCode: number) => new webApi.WebAPIHTTPError(statusCode, '', {});

describe('a network failure during a post', () => {
  it.each([
    { code: 'ECONNREFUSED' },
    { code: 'ENOTFOUND' },
    { code: 'UND_ERR_CONNECT_TIMEOUT' },
    { code: 'ETIMEDOUT', syscall: 'connect' },
    { code: 'EPIPE', syscall: 'write' },
    { code: 'CERT_HAS_EXPIRED' },
    { code: 'UND_ERR_SOCKET', socket: { bytesWritten: 0 } },
    {
      code: 'ECONNRESET',
      message: 'Client network socket disconnected before secure TLS connection was established',
    },
  ])('$code came before the request was written', (fields) => {
    expect(toDeliveryError(networkError(fields), 'post').failure).toEqual({ kind: 'failed' });
  });

  it.each([
    { code: 'ECONNRESET', syscall: 'read' },
    { code: 'UND_ERR_SOCKET', socket: { bytesWritten: 512 } },
    {},
  ])('$code may have come after it was sent', (fields) => {
    expect(toDeliveryError(networkError(fields), 'post').failure).toEqual({ kind: 'ambiguous' });
    expect(toDeliveryError(networkError(fields), 'other').failure).toEqual({ kind: 'failed' });
  });
});

describe('an answer without a body', () => {
  it('503 says that nobody has worked on it', () => {
    expect(toDeliveryError(httpError(503), 'post').failure).toEqual({ kind: 'failed' });
  });

  it.each([500, 502, 504])('%i may have come after the work', (status) => {
    expect(toDeliveryError(httpError(status), 'post').failure).toEqual({ kind: 'ambiguous' });
    expect(toDeliveryError(httpError(status), 'other').failure).toEqual({ kind: 'failed' });
  });
});
