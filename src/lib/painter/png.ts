import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Four bits a pixel */
const COLOURS = 16;

interface Pixels {
  width: number;
  height: number;
  /** Red, green, blue, alpha of each; alpha is taken to be full */
  rgba: Uint8Array;
}

/**
 * A PNG with a palette of the 16 colours that are used most (RFC 2083), for charts: a third of the size of one in full
 * colour, so that it fits into a Teams card of 28 KB. Any other colour, as at the edges of letters, becomes the nearest.
 */
export function encodePng({ width, height, rgba }: Pixels): Buffer {
  const colours = coloursOf(rgba);
  const palette = mostUsed(colours);
  const nearest = nearestIn(palette);
  const stride = Math.ceil(width / 2) + 1;
  const rows = Buffer.alloc(height * stride);
  for (let pixel = 0; pixel < colours.length; pixel += 1) {
    const x = pixel % width;
    const place = Math.floor(pixel / width) * stride + 1 + (x >> 1);
    const high = x % 2 === 0;
    rows[place] = (rows[place] ?? 0) | (nearest(colours[pixel] ?? 0) << (high ? 4 : 0));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Bits a pixel, by palette; the rest are the only values that PNG knows.
  header.set([4, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(parts))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Each pixel as 0xRRGGBB */
function coloursOf(rgba: Uint8Array): Uint32Array {
  const colours = new Uint32Array(rgba.length / 4);
  for (let pixel = 0; pixel < colours.length; pixel += 1) {
    const at = pixel * 4;
    colours[pixel] = ((rgba[at] ?? 0) << 16) | ((rgba[at + 1] ?? 0) << 8) | (rgba[at + 2] ?? 0);
  }
  return colours;
}

const parts = (colour: number): [number, number, number] => [colour >> 16, (colour >> 8) & 255, colour & 255];

/** The most used, each some way from the others: not sixteen shades of one edge. */
function mostUsed(colours: Uint32Array): number[] {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const byUse = [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
  const palette: number[] = [];
  for (const colour of byUse) {
    if (palette.every((taken) => distance(taken, colour) > NEAR)) palette.push(colour);
    if (palette.length === COLOURS) break;
  }
  return palette;
}

/** Squared: what the eye takes for the same. */
const NEAR = 1_500;

function distance(one: number, other: number): number {
  const [red, green, blue] = parts(one);
  const [otherRed, otherGreen, otherBlue] = parts(other);
  return (red - otherRed) ** 2 + (green - otherGreen) ** 2 + (blue - otherBlue) ** 2;
}

function nearestIn(palette: readonly number[]): (colour: number) => number {
  const known = new Map<number, number>();
  return (colour) => {
    const found = known.get(colour);
    if (found !== undefined) return found;
    const distances = palette.map((taken) => distance(taken, colour));
    const place = distances.indexOf(Math.min(...distances));
    known.set(colour, place);
    return place;
  };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
