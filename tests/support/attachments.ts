import type { Files } from '../../src/core/files.ts';
import type { Pictures } from '../../src/core/pictures.ts';

/** A PNG of one pixel. */
export const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** For adapters whose tests are about something else than pictures and files. */
export const attachments = (): { pictures: Pictures; files: Files } => ({
  pictures: { draw: async () => onePixel },
  files: { make: async () => ({ bytes: Buffer.from('a,b\r\n'), complete: true }) },
});
