import type { RenderedMessage } from './render.ts';

export interface UrlMessage extends RenderedMessage {
  response_type?: 'ephemeral' | 'in_channel';
  replace_original?: boolean;
  thread_ts?: string;
}

/** Slack's answer to a `response_url` that is older than 30 minutes, or was used five times, is 404. Throws on it, and on a time-out. */
export async function postToResponseUrl(url: string, message: UrlMessage, timeoutMs: number): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const body = await response.text();
  if (!response.ok || body.includes('"ok":false')) {
    throw new Error(`response_url answered ${response.status}: ${body.slice(0, 100)}`);
  }
}
