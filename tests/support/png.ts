import { inflateSync } from 'node:zlib';

/** A PNG as the painter makes it, four bits a pixel with a palette; anything else throws. */
export function readPng(bytes: Uint8Array) {
  const png = Buffer.from(bytes);
  if (png.toString('latin1', 1, 4) !== 'PNG') throw new Error('not a PNG');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const [header, palette, data] = ['IHDR', 'PLTE', 'IDAT'].map((type) => chunks.get(type) ?? Buffer.alloc(0));
  if (!header?.length || !palette || !data) throw new Error('a chunk is missing');
  if (header[8] !== 4 || header[9] !== 3) throw new Error('not four bits with a palette');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(data);
  const stride = Math.ceil(width / 2) + 1;
  return {
    width,
    height,
    /** Red, green and blue of a pixel */
    colour(x: number, y: number): [number, number, number] {
      const pair = rows[y * stride + 1 + (x >> 1)] ?? 0;
      const place = (x % 2 === 0 ? pair >> 4 : pair & 15) * 3;
      return [palette[place] ?? 0, palette[place + 1] ?? 0, palette[place + 2] ?? 0];
    },
    /** Pixels that are not white */
    ink(): number {
      let count = 0;
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) if (this.colour(x, y).some((part) => part < 250)) count += 1;
      }
      return count;
    },
  };
}
