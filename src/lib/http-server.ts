import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../core/ports.ts';
import type { Metrics } from './metrics.ts';
import { createReadiness, type ReadinessCheck } from './readiness.ts';

export interface Route {
  method: 'GET' | 'POST';
  /** Compared as it is, without the query */
  path: string;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export interface HttpServerOptions {
  routes: readonly Route[];
  /** What /readyz asks: each throws, or takes more than a second, when it is not ready. */
  checks: Record<string, ReadinessCheck>;
  /** Of these, the ones without which chat goes on */
  optionalChecks?: readonly string[];
  metrics: Pick<Metrics, 'render'>;
  log: Log;
  limits?: Partial<Limits>;
}

interface Limits {
  /** For a request's headers to arrive, in ms */
  headersMs: number;
  /** For a whole request to arrive, in ms */
  requestMs: number;
  /** How long an idle connection stays open, in ms */
  keepAliveMs: number;
  /** How long `close` waits for requests that run, in ms */
  closeMs: number;
}

export interface HttpServer {
  /** Gives the port, which differs from 0 alone. Throws ListenError. */
  listen(address: { port: number; host: string }): Promise<{ port: number }>;
  /** Accepts nothing new and waits for what runs, up to the limit. Any number of times. */
  close(): Promise<void>;
}

/** The address can't be had: its message is a whole sentence for whoever started the program. */
export class ListenError extends Error {
  override name = 'ListenError';
}

const defaultLimits: Limits = {
  // Chat platforms send at once: whoever is slower holds connections open.
  headersMs: 5_000,
  requestMs: 15_000,
  // Longer than the 60 s of common load balancers, or they would meet connections that have just been closed.
  keepAliveMs: 65_000,
  closeMs: 10_000,
};
const MAX_HEADER_BYTES = 16 * 1024;

/** One server for the chat platforms, /healthz, /readyz and /metrics. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { log } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const table = tableOf([...options.routes, ...ownRoutes(options)]);
  const running = new Set<ServerResponse>();
  let closing: Promise<void> | undefined;

  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      // By default Node looks for late requests every 30 s only.
      connectionsCheckingInterval: Math.min(1_000, limits.headersMs),
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    (request, response) => {
      running.add(response);
      if (closing) response.setHeader('connection', 'close');
      response.once('close', () => {
        running.delete(response);
        // A connection that was busy when the server closed is idle now, and would be kept for a minute.
        if (closing) setImmediate(() => server.closeIdleConnections());
      });
      void answer(request, response);
    },
  );

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await routeOf(table, request)(request, response);
    } catch (error) {
      fail(error, request, response);
    }
  }

  function fail(error: unknown, request: IncomingMessage, response: ServerResponse): void {
    if (request.destroyed && !request.complete) {
      log.debug({ path: pathOf(request) }, 'a request broke off');
      return;
    }
    const reference = randomUUID().slice(0, 8);
    log.error({ err: error, reference, path: pathOf(request) }, 'a request failed');
    if (response.headersSent) response.destroy();
    else sendJson(response, 500, { error: 'Something went wrong here. The log has more.', reference });
  }

  async function finish(): Promise<void> {
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const response of running) if (!response.headersSent) response.setHeader('connection', 'close');
    const timer = setTimeout(() => {
      log.warn(
        { requests: running.size },
        'requests still ran when the server closed: their connections are cut',
      );
      server.closeAllConnections();
    }, limits.closeMs);
    await closed;
    clearTimeout(timer);
  }

  return {
    listen: (address) => listen(server, address),
    close: () => {
      closing ??= finish();
      return closing;
    },
  };
}

type Handle = Route['handle'];
type Table = ReadonlyMap<string, ReadonlyMap<string, Handle>>;

function tableOf(routes: readonly Route[]): Table {
  const table = new Map<string, Map<string, Handle>>();
  for (const { method, path, handle } of routes) {
    const methods = table.get(path) ?? new Map<string, Handle>();
    methods.set(method, handle);
    table.set(path, methods);
  }
  return table;
}

function routeOf(table: Table, request: IncomingMessage): Handle {
  const methods = table.get(pathOf(request));
  if (!methods)
    return async (_request, response) => sendJson(response, 404, { error: 'There is nothing here.' });
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
  return methods.get(method) ?? refuse([...methods.keys()].join(', '));
}

function refuse(allowed: string): Handle {
  return async (_request, response) => {
    response.setHeader('allow', allowed);
    sendJson(response, 405, { error: `Only ${allowed} is possible here.` });
  };
}

function ownRoutes({ checks, optionalChecks = [], metrics, log }: HttpServerOptions): Route[] {
  const ready = createReadiness({ checks, optional: optionalChecks, log });
  return [
    {
      method: 'GET',
      path: '/healthz',
      handle: async (_request, response) => sendJson(response, 200, { ok: true }),
    },
    {
      method: 'GET',
      path: '/readyz',
      handle: async (_request, response) => {
        const state = await ready();
        sendJson(response, state.ok ? 200 : 503, state);
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      handle: async (_request, response) => {
        const { contentType, body } = await metrics.render();
        send(response, 200, contentType, body);
      },
    },
  ];
}

const pathOf = (request: IncomingMessage): string => request.url?.split('?')[0] ?? '';

function sendJson(response: ServerResponse, status: number, body: object): void {
  send(response, status, 'application/json; charset=utf-8', `${JSON.stringify(body)}\n`);
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response
    .writeHead(status, {
      'content-type': contentType,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    .end(body);
}

function listen(server: Server, { port, host }: { port: number; host: string }): Promise<{ port: number }> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) =>
      reject(new ListenError(listenSentence(error, port, host), { cause: error }));
    server.once('error', failed);
    server.listen({ port, host }, () => {
      server.off('error', failed);
      resolve({ port: portOf(server.address()) ?? port });
    });
  });
}

function portOf(address: AddressInfo | string | null): number | undefined {
  return typeof address === 'object' && address ? address.port : undefined;
}

function listenSentence(error: Error, port: number, host: string): string {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use by another program: stop that, or set PORT to another one.`;
  if (code === 'EACCES')
    return `Port ${port} may not be used by this user: set PORT to one above 1023, and let a proxy pass requests on.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `HOST is ${host}, which is no address of this machine: set it to one, or to 0.0.0.0 for all of them.`;
  return `Crewline cannot listen on port ${port} of ${host}: ${error.message}.`;
}
