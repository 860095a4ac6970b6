import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';

/** Four phones side by side. */
const viewport = { width: 1_560, height: 1_000 };

/** What the README shows, column by column: view, case, platform and language. */
const chosen: Record<string, readonly (readonly string[])[]> = {
  'messages.png': [
    ['task-card: with everything, Slack en'],
    [
      'notification-assigned: new, Teams en',
      'task-card: blocked, Teams en',
      'notification-overdue: plain, Teams en',
    ],
    ['task-list: one page, Slack es'],
  ],
};

/** Takes a picture of each section of the page that stands in `file`. Gives their paths. */
export async function takePictures(file: string, folder: string): Promise<string[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return onPage(file, async (page) => {
    const taken: string[] = [];
    for (const section of await page.locator('body > section').all()) {
      const picture = path.join(folder, `${await section.getAttribute('id')}.png`);
      await section.screenshot({ path: picture });
      taken.push(picture);
    }
    return taken;
  });
}

/** Takes the pictures that the README shows. Gives their paths. */
export async function takeReadmePictures(file: string, folder: string): Promise<string[]> {
  return onPage(file, async (page) => {
    const taken: string[] = [];
    for (const [name, columns] of Object.entries(chosen)) {
      await page.evaluate(`(${arrange})(${JSON.stringify(columns)})`);
      const picture = path.join(folder, name);
      await page.locator('#chosen').screenshot({ path: picture });
      taken.push(picture);
    }
    return taken;
  });
}

async function onPage<T>(file: string, work: (page: Page) => Promise<T>): Promise<T> {
  const browser = await openBrowser(viewport, { timeZone: 'Europe/Berlin' });
  try {
    const page = await browser.context.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('body[data-drawn]');
    return await work(page);
  } finally {
    await browser.close();
  }
}

/** A script of the page: copies of these phones, in columns. Throws where the page has no such phone. */
const arrange = `(columns) => {
  document.getElementById('chosen')?.remove();
  const phones = [...document.querySelectorAll('[data-shows]')];
  const copyOf = (shows) => {
    const phone = phones.find((one) => one.dataset.shows === shows);
    if (!phone) throw new Error('The gallery does not show ' + shows);
    return phone.cloneNode(true);
  };
  const table = document.createElement('div');
  table.id = 'chosen';
  for (const column of columns) {
    const drawn = document.createElement('div');
    drawn.append(...column.map(copyOf));
    table.append(drawn);
  }
  document.body.prepend(table);
}`;
