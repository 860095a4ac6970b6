import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { createFonts } from './fonts.ts';
import type { Painted, PaintOrder } from './orders.ts';
import { encodePng } from './png.ts';

/** A thread of its own: drawing takes a quarter of a second of CPU, and nobody's command shall wait for it. */

await serve();

async function serve(): Promise<void> {
  const { resolve } = createRequire(import.meta.url);
  await initWasm(readFileSync(resolve('@resvg/resvg-wasm/index_bg.wasm')));
  const fonts = createFonts();
  parentPort?.on('message', (order: PaintOrder) => parentPort?.postMessage(paint(order, fonts(order.svg))));
}

function paint({ id, svg, width }: PaintOrder, fontBuffers: Uint8Array[]): Painted {
  try {
    const drawing = new Resvg(svg, {
      fitTo: { mode: 'width', value: width },
      font: { fontBuffers, defaultFontFamily: 'Noto Sans' },
    });
    const image = drawing.render();
    const png = encodePng({ width: image.width, height: image.height, rgba: image.pixels });
    image.free();
    drawing.free();
    return { id, png };
  } catch (error) {
    return { id, error: String(error) };
  }
}
