import pg from 'pg';
import type { Log } from '../core/ports.ts';

/**
 * Tells workers, here and in other replicas, that something waits. A hint only: a slow poll stands behind it, and behind a
 * value that a replica misses while its own connection is broken, its caches' minute.
 */
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
/** PostgreSQL answers LISTEN and NOTIFY at once, or stands still. In ms. */
const QUERY_WITHIN_MS = 5_000;
/** PostgreSQL refuses a payload of 8,000 bytes and more. */
const PAYLOAD_BYTES = 7_900;
/** What no poll makes up for is kept while there is no connection, up to so much. */
const KEPT = 10_000;

export function createSignals(options: { url: string; log: Log }): Signals {
  const listeners = new Map<string, (() => void)[]>();
  const anyListeners: ((topic: string) => void)[] = [];
  const waiting = new Set<string>();
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();
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
      query_timeout: QUERY_WITHIN_MS,
      keepAlive: true,
    });
    next.on('notification', (message) => {
      for (const topic of (message.payload ?? '').split('\n')) if (topic) deliver(topic);
    });
    next.on('error', (error) => lost(next, error));
    next.on('end', () => lost(next, undefined));
    try {
      await next.connect();
      await next.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      drop(next);
      throw error;
    }
    if (closed) return drop(next);
    client = next;
    flushSoon();
  }

  function lost(which: pg.Client, error: unknown): void {
    if (closed || client !== which) return;
    client = undefined;
    drop(which);
    options.log.warn({ err: error }, 'lost the connection for signals: polling until it is back');
    reconnectLater();
  }

  function reconnectLater(): void {
    setTimeout(() => {
      if (closed) return;
      connect().catch(() => reconnectLater());
    }, RECONNECT_MS).unref();
  }

  function flushSoon(): void {
    if (waiting.size > 0) timer ??= setTimeout(flush, GATHER_MS);
  }

  function flush(): void {
    timer = undefined;
    const topics = [...waiting];
    waiting.clear();
    // One after another: a client has one query at a time.
    sending = sending.then(() => notify(topics));
  }

  async function notify(topics: readonly string[]): Promise<void> {
    for (const payload of payloadsOf(topics)) {
      const through = client;
      try {
        if (through) await through.query('SELECT pg_notify($1, $2)', [CHANNEL, payload]);
        else keep(payload.split('\n'));
      } catch (error) {
        keep(payload.split('\n'));
        if (through) lost(through, error);
      }
    }
  }

  /** A worker that was not woken polls. But nothing stands behind a value: another replica would go on as before. */
  function keep(topics: readonly string[]): void {
    for (const topic of topics) if (topic.includes(':') && waiting.size < KEPT) waiting.add(topic);
  }

  return {
    send(topic) {
      deliver(topic);
      waiting.add(topic);
      flushSoon();
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
      flush();
      await sending;
      await client?.end().catch(() => undefined);
    },
  };
}

/** A client that is not used any more; one that stands still is not waited for. */
function drop(client: pg.Client): void {
  client.end().catch(() => undefined);
}

function payloadsOf(topics: readonly string[]): string[] {
  const payloads: string[] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const topic of topics) {
    const more = Buffer.byteLength(topic) + 1;
    if (bytes + more > PAYLOAD_BYTES) {
      payloads.push(topic);
      bytes = more;
    } else {
      payloads[payloads.length - 1] += `\n${topic}`;
      bytes += more;
    }
  }
  return payloads;
}
