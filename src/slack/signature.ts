import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Slack's own rule: docs.slack.dev/authentication/verifying-requests-from-slack. */
const MAX_SKEW_SECONDS = 5 * 60;

/**
 * True when Slack signed this body within five minutes of `now`, before or after.
 * Bolt 5 refuses only old timestamps; one from the future would stay replayable until it is past.
 */
export function isSignedBySlack(request: {
  headers: IncomingHttpHeaders;
  body: Buffer;
  signingSecret: string;
  now: Date;
}): boolean {
  const timestamp = request.headers['x-slack-request-timestamp'];
  const signature = request.headers['x-slack-signature'];
  if (typeof timestamp !== 'string' || typeof signature !== 'string') return false;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(request.now.getTime() / 1_000 - Number(timestamp)) > MAX_SKEW_SECONDS) return false;
  const expected = Buffer.from(
    `v0=${createHmac('sha256', request.signingSecret).update(`v0:${timestamp}:`).update(request.body).digest('hex')}`,
  );
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
