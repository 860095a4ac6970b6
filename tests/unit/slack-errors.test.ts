import { describe, expect, it } from '@jest/globals';
import { webApi } from '@slack/bolt';
import { toDeliveryError } from '../../src/slack/errors.ts';

/** What fetch throws when the network fails. */
const networkError = (code: string) =>
  new webApi.WebAPIRequestError(
    new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }),
  );

describe('a network failure during a post', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT'])(
    '%s came before anything was sent',
    (code) => {
      expect(toDeliveryError(networkError(code), 'post').failure).toEqual({ kind: 'failed' });
    },
  );

  it.each(['ECONNRESET', 'UND_ERR_SOCKET'])('%s may have come after it was sent', (code) => {
    expect(toDeliveryError(networkError(code), 'post').failure).toEqual({ kind: 'ambiguous' });
    expect(toDeliveryError(networkError(code), 'other').failure).toEqual({ kind: 'failed' });
  });
});
