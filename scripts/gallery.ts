import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { updateGoldens } from '../tests/gallery/golden.ts';
import { galleryPage } from '../tests/gallery/page.ts';
import { takePictures, takeReadmePictures } from '../tests/gallery/pictures.ts';
import { browserMissing } from '../tests/support/browser.ts';
import { repositoryFile, shownPath } from './lib/paths.ts';
import { runScript } from './lib/run-script.ts';

const folder = repositoryFile('artifacts', 'gallery');
const pageFile = repositoryFile('artifacts', 'gallery.html');

await runScript(gallery, { environment: 'shell' });

/**
 * Draws every message of the catalogue in tests/gallery. With --update, what is drawn now becomes the golden; with
 * --readme, the README's pictures are taken again.
 */
async function gallery(): Promise<void> {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({ options: { update: flag, readme: flag } });
  if (values.update) return update();
  await mkdir(folder, { recursive: true });
  await writeFile(pageFile, await galleryPage());
  console.log(`Every message, on one page: ${shownPath(pageFile)}`);
  const missing = browserMissing();
  if (missing) return console.log(`No pictures were taken: ${missing}`);
  if (values.readme) {
    const taken = await takeReadmePictures(pageFile, repositoryFile('docs', 'images'));
    return console.log(`The README's pictures: ${taken.map(shownPath).join(', ')}`);
  }
  const pictures = await takePictures(pageFile, folder);
  console.log(`${pictures.length} pictures, one a message: ${shownPath(folder)}`);
}

async function update(): Promise<void> {
  const changed = await updateGoldens();
  for (const file of changed) console.log(shownPath(file));
  console.log(`${changed.length} goldens changed: read the differences before you commit them.`);
}
