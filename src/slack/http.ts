import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HTTPReceiver } from '@slack/bolt';
import type { Clock, Log } from '../core/ports.ts';
import { EVENTS_PATH } from './receivers.ts';
import { isSignedBySlack } from './signature.ts';

/** Slack's largest payload, a modal of 100 full inputs, is about 300 KB. */
const MAX_BODY_BYTES = 1024 * 1024;
/** Slack sends a body at once; a slower one holds a connection for nothing. */
const BODY_WITHIN_MS = 5_000;

/** Handles one request; resolves when its response is closed. */
export type HandleHttp = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Reads and verifies a request, then hands it to Bolt: nothing unsigned gets that far. */
export function createHttpHandler(options: {
  receiver: HTTPReceiver;
  signingSecret: string;
  clock: Clock;
  log: Log;
}): HandleHttp {
  const { receiver, signingSecret, clock, log } = options;
  return async (request, response) => {
    if (request.url?.split('?')[0] !== EVENTS_PATH) return end(response, 404);
    if (request.method !== 'POST') return end(response, 405);
    const body = await readBody(request);
    if (body === 'too large') return end(response, 413);
    if (body === 'broken') return end(response, 400);
    if (isCertificateCheck(request, body)) return end(response, 200);
    if (!isSignedBySlack({ headers: request.headers, body, signingSecret, now: clock() })) {
      log.warn(
        { timestamp: request.headers['x-slack-request-timestamp'] },
        'Refused an unsigned Slack request',
      );
      return end(response, 401);
    }
    const closed = new Promise<void>((resolve) => response.once('close', resolve));
    // Bolt takes a body that was read already from `rawBody`.
    receiver.requestListener(Object.assign(request, { rawBody: body }), response);
    return closed;
  };
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, status === 413 ? { connection: 'close' } : {}).end();
}

/** Slack's unsigned `ssl_check=1` asks only whether somebody is there; nothing of it is read. */
function isCertificateCheck(request: IncomingMessage, body: Buffer): boolean {
  if (request.headers['x-slack-signature'] !== undefined || body.length > 1_000) return false;
  return new URLSearchParams(body.toString()).get('ssl_check') === '1';
}

function readBody(request: IncomingMessage): Promise<Buffer | 'too large' | 'broken'> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return Promise.resolve('too large');
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => resolve('broken'), BODY_WITHIN_MS);
    const finish = (body: Buffer | 'too large' | 'broken') => {
      clearTimeout(timer);
      resolve(body);
    };
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= MAX_BODY_BYTES) parts.push(part);
      else finish('too large');
    });
    request.on('end', () => finish(Buffer.concat(parts)));
    request.on('error', () => finish('broken'));
    request.on('close', () => finish('broken'));
  });
}
