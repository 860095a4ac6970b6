import { Worker } from 'node:worker_threads';
import type { Painted, PaintOrder } from './painter/orders.ts';

export interface Painter {
  /** An SVG as PNG, `width` pixels wide. Throws when it can't be drawn, or takes longer than ten seconds. */
  paint(svg: string, width: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(png: Uint8Array): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

const LONGEST_MS = 10_000;
/** A thread that has nothing to do is ended: fonts and the drawing library take some 60 MB. */
const IDLE_MS = 60_000;

/** Draws in one thread beside the program, which is started when it is first needed. */
export function createPainter({ longestMs = LONGEST_MS }: { longestMs?: number } = {}): Painter {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let orders = 0;

  function end(reason: string): Promise<unknown> {
    const ended = thread;
    thread = undefined;
    clearTimeout(idle);
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer);
      reject(new Error(reason));
    }
    waiting.clear();
    return ended?.terminate() ?? Promise.resolve();
  }

  function settle(painted: Painted): void {
    const order = waiting.get(painted.id);
    if (!order) return;
    waiting.delete(painted.id);
    clearTimeout(order.timer);
    if ('png' in painted) order.resolve(painted.png);
    else order.reject(new Error(`The picture could not be drawn: ${painted.error}`));
    if (waiting.size > 0) return;
    idle = setTimeout(() => void end('idle'), IDLE_MS);
    idle.unref();
  }

  function start(): Worker {
    const started = new Worker(new URL('./painter/worker.ts', import.meta.url));
    started.unref();
    started.on('message', settle);
    started.on('error', (error) => {
      if (thread === started) void end(`The painter has failed: ${String(error)}`);
    });
    return started;
  }

  return {
    paint(svg, width) {
      clearTimeout(idle);
      thread ??= start();
      const worker = thread;
      orders += 1;
      const order: PaintOrder = { id: orders, svg, width };
      return new Promise((resolve, reject) => {
        // One that hangs holds up all behind it.
        const timer = setTimeout(() => void end('Drawing took too long'), longestMs);
        waiting.set(order.id, { resolve, reject, timer });
        worker.postMessage(order);
      });
    },
    close: async () => {
      await end('The painter is closed');
    },
  };
}
