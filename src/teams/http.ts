import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJson, type Json } from './json.ts';

/** Teams' messages end near 100 KB; mentions and HTML attachments repeat the text. In bytes. */
const BODY_LIMIT = 512 * 1024;

export type Body = { ok: true; value: Json } | { ok: false; status: 400 | 413 };

/** Reads a JSON object. Never throws: a broken body or connection is a status to answer with. */
export async function readJson(request: IncomingMessage, limit: number = BODY_LIMIT): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > limit) return { ok: false, status: 413 };
      chunks.push(bytes);
    }
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return isJson(value) ? { ok: true, value } : { ok: false, status: 400 };
  } catch {
    return { ok: false, status: 400 };
  }
}

/** Ends the request, once; a body is sent as JSON. */
export function respond(response: ServerResponse, status: number, body?: unknown): void {
  if (response.writableEnded || response.destroyed) return;
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    })
    .end(text);
}
