import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser } from '../support/browser.ts';

/** Four phones side by side. */
const viewport = { width: 1_560, height: 1_000 };

/** Takes a picture of each section of the page that stands in `file`. Gives their paths. */
export async function takePictures(file: string, folder: string): Promise<string[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const browser = await openBrowser(viewport, { timeZone: 'Europe/Berlin' });
  try {
    const page = await browser.context.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('body[data-drawn]');
    const taken: string[] = [];
    for (const section of await page.locator('body > section').all()) {
      const picture = path.join(folder, `${await section.getAttribute('id')}.png`);
      await section.screenshot({ path: picture });
      taken.push(picture);
    }
    return taken;
  } finally {
    await browser.close();
  }
}
