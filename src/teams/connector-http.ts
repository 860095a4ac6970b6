import type { ConnectorClientOptions } from 'botframework-connector';
import { wasNeverSent } from '../core/never-sent.ts';
import { ConnectorError, ConnectorUnreachable } from './errors.ts';
import { json, textOf } from './json.ts';

type HttpClient = NonNullable<ConnectorClientOptions['httpClient']>;
type WebRequest = Parameters<HttpClient['sendRequest']>[0];
type WebResponse = Awaited<ReturnType<HttpClient['sendRequest']>>;

/**
 * The connector's HTTP, with a time-out and without retries: botbuilder's own pipeline waits for ever and repeats
 * a 429 or 5xx three times, also where the first one was delivered. It repeats only what it knows as its own
 * errors, so a refusal is thrown here as ours, with the status and Retry-After that the outbox needs.
 */
export function connectorHttp(timeoutMs: number): HttpClient {
  return {
    async sendRequest(request) {
      const response = await send(request, timeoutMs);
      const text = await response.text().catch((cause: unknown) => {
        throw new ConnectorUnreachable('the answer broke off', { mayBeSent: true, cause });
      });
      if (!response.ok) throw refusal(response, text);
      return compatible(request, response, text);
    },
  };
}

async function send(request: WebRequest, timeoutMs: number): Promise<Response> {
  try {
    return await fetch(request.url, {
      method: request.method,
      headers: { ...request.headers.toJson() },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      ...(typeof request.body === 'string' ? { body: request.body } : {}),
    });
  } catch (cause) {
    throw new ConnectorUnreachable(reason(cause), { mayBeSent: !wasNeverSent(cause), cause });
  }
}

function refusal(response: Response, text: string): ConnectorError {
  const error = json(json(parse(text)).error);
  return new ConnectorError({
    status: response.status,
    code: textOf(error.code) ?? '',
    detail: textOf(error.message) ?? '',
    retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Seconds or an HTTP date (RFC 9110). */
function retryAfterMs(header: string | null): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** What botbuilder's layer wants back; its header class is not public, so the request's is emptied and filled. */
function compatible(request: WebRequest, response: Response, text: string): WebResponse {
  const headers = request.headers.clone();
  for (const name of headers.headerNames()) headers.remove(name);
  for (const [name, value] of response.headers) headers.set(name, value);
  return { request, headers, status: response.status, bodyAsText: text };
}

/** fetch wraps the network's error: its code stands in the cause. Read without `instanceof`, which ends at a realm's border. */
const codeOf = (error: unknown): string | undefined => textOf(json(json(error).cause).code);

const reason = (error: unknown): string =>
  codeOf(error) ?? textOf(json(error).name) ?? 'unknown network error';
