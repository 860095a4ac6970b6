import pg from 'pg';
import type { Log } from '../core/ports.ts';

/** Tells workers, here and in other replicas, that something waits. A hint only: a slow poll stands behind it. */
export interface Signals {
  /** Wakes this process at once and the other replicas within some 20 ms. Never fails, never waits. */
  send(topic: string): void;
  on(topic: string, listener: () => void): void;
  /** Every topic, for those that carry a value: `session-ended:<person>`. */
  onAny(listener: (topic: string) => void): void;
  start(): Promise<void>;
  close(): Promise<void>;
}

const CHANNEL = 'crewline';
/** Signals are gathered this long, in ms: NOTIFY inside each commit would make all commits wait for one another. */
const GATHER_MS = 20;
const RECONNECT_MS = 2_000;

export function createSignals(options: { url: string; log: Log }): Signals {
  const listeners = new Map<string, (() => void)[]>();
  const anyListeners: ((topic: string) => void)[] = [];
  const waiting = new Set<string>();
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function deliver(topic: string): void {
    for (const listener of listeners.get(topic) ?? []) listener();
    for (const listener of anyListeners) listener(topic);
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: options.url,
      application_name: 'crewline signals',
      connectionTimeoutMillis: RECONNECT_MS,
      keepAlive: true,
    });
    next.on('notification', (message) => {
      for (const topic of (message.payload ?? '').split('\n')) if (topic) deliver(topic);
    });
    next.on('error', (error) => lost(next, error));
    next.on('end', () => lost(next, undefined));
    await next.connect();
    await next.query(`LISTEN ${CHANNEL}`);
    client = next;
  }

  function lost(which: pg.Client, error: Error | undefined): void {
    if (closed || client !== which) return;
    client = undefined;
    options.log.warn({ err: error }, 'lost the connection for signals: polling until it is back');
    reconnectLater();
  }

  function reconnectLater(): void {
    setTimeout(() => {
      if (closed) return;
      connect().catch(() => reconnectLater());
    }, RECONNECT_MS).unref();
  }

  function flush(): void {
    timer = undefined;
    const payload = [...waiting].join('\n');
    waiting.clear();
    client?.query('SELECT pg_notify($1, $2)', [CHANNEL, payload]).catch(() => undefined);
  }

  return {
    send(topic) {
      deliver(topic);
      waiting.add(topic);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    on(topic, listener) {
      listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
    },
    onAny(listener) {
      anyListeners.push(listener);
    },
    async start() {
      await connect().catch((error: unknown) => {
        options.log.warn({ err: error }, 'no connection for signals yet: polling until there is one');
        reconnectLater();
      });
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
