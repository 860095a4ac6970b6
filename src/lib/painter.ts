import { Worker } from 'node:worker_threads';
import type { Painted, PaintOrder } from './painter/orders.ts';

export interface Painter {
  /** An SVG as PNG, `width` pixels wide. Throws when it can't be drawn, or takes longer than ten seconds once it is its turn. */
  paint(svg: string, width: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Waiting {
  order: PaintOrder;
  resolve(png: Uint8Array): void;
  reject(error: Error): void;
}

const LONGEST_MS = 10_000;
/** A thread that has nothing to do is ended: fonts and the drawing library take some 60 MB. */
const IDLE_MS = 60_000;

/**
 * Draws in one thread beside the program, which is started when it is first needed: one picture after another, each with a time of
 * its own. On a Monday morning many managers' pictures are wanted at once, and the last one has done nothing wrong.
 */
export function createPainter({ longestMs = LONGEST_MS }: { longestMs?: number } = {}): Painter {
  const waiting: Waiting[] = [];
  let current: Waiting | undefined;
  let thread: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  let idle: NodeJS.Timeout | undefined;
  let orders = 0;

  function next(): void {
    if (current) return;
    current = waiting.shift();
    if (!current) {
      idle = setTimeout(() => void end(), IDLE_MS);
      idle.unref();
      return;
    }
    clearTimeout(idle);
    thread ??= start();
    timer = setTimeout(() => fail('Drawing took too long'), longestMs);
    thread.postMessage(current.order);
  }

  function settle(painted: Painted): void {
    if (current?.order.id !== painted.id) return;
    const { resolve, reject } = take(current);
    if ('png' in painted) resolve(painted.png);
    else reject(new Error(`The picture could not be drawn: ${painted.error}`));
    next();
  }

  function take(one: Waiting): Waiting {
    clearTimeout(timer);
    current = undefined;
    return one;
  }

  /** The thread hangs or has broken down: the others are drawn in a new one. */
  function fail(reason: string): void {
    void end();
    if (current) take(current).reject(new Error(reason));
    next();
  }

  function end(): Promise<unknown> {
    const ended = thread;
    thread = undefined;
    clearTimeout(idle);
    return ended?.terminate() ?? Promise.resolve();
  }

  function start(): Worker {
    const started = new Worker(new URL('./painter/worker.ts', import.meta.url));
    started.unref();
    started.on('message', settle);
    started.on('error', (error) => {
      if (thread === started) fail(`The painter has failed: ${String(error)}`);
    });
    return started;
  }

  return {
    paint: (svg, width) =>
      new Promise((resolve, reject) => {
        orders += 1;
        waiting.push({ order: { id: orders, svg, width }, resolve, reject });
        next();
      }),
    close: async () => {
      const closed = [...(current ? [take(current)] : []), ...waiting.splice(0)];
      for (const { reject } of closed) reject(new Error('The painter is closed'));
      await end();
    },
  };
}
