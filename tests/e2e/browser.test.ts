import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type SlackWorld, startSlackWorld } from '../support/app.ts';
import { artifactsFolder, type Browser, browserMissing, openBrowser } from '../support/browser.ts';
import { describeUnless, localSlackMissing } from '../support/optional.ts';
import { until } from '../support/until.ts';

const describe = describeUnless(localSlackMissing() ?? browserMissing());

describe('the first story, in the page of the local Slack', () => {
  let world: SlackWorld;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    [world, browser] = await Promise.all([
      startSlackWorld({ mode: 'events' }),
      openBrowser({ width: 1280, height: 900 }),
    ]);
    page = await browser.context.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(world.slack.url);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const actAs = (name: string) => page.locator('.actas select').selectOption({ label: name });
  const open = (words: string) => page.locator('.sidebar-item', { hasText: words }).first().click();
  const reads = (words: string | RegExp) => page.getByText(words).last().waitFor();
  const picture = (name: string) => page.screenshot({ path: path.join(artifactsFolder, `${name}.png`) });

  async function write(words: string): Promise<void> {
    await page.locator('textarea.composer-input').fill(words);
    await page.locator('.composer-send').click();
  }

  test('Maya assigns in #dock, Wes is done, the card changes, Maya hears of it, and all of it is on record', async () => {
    await actAs('Maya Okafor');
    await open('dock');
    await write('/task add "Reseal pump 3" @wes due tomorrow 2pm !high');
    await reads('○ To do · Wes Carter');
    await picture('slack-1-assigned');

    await actAs('Wes Carter');
    await open('Wes Carter');
    await reads('gave you a task');
    await picture('slack-2-told');
    await open('dock');
    const { number } = await world.app.db.prisma.task.findFirstOrThrow({ where: { title: 'Reseal pump 3' } });
    await write(`/task done ${number} all dry`);
    await reads('● Done · Wes Carter');
    expect(await page.getByText('○ To do · Wes Carter').count()).toBe(0);
    await picture('slack-3-done');

    await actAs('Maya Okafor');
    await open('Maya Okafor');
    await reads('finished: “all dry”');
    await picture('slack-4-manager-told');
    await open('dock');
    await until('both deeds in the timeline', async () => {
      await write(`/task timeline ${number}`);
      await reads(`#${number} Reseal pump 3`);
      const deeds = ['Wes Carter finished', 'Maya Okafor added'].map((words) =>
        page.getByText(words).count(),
      );
      return (await Promise.all(deeds)).every((count) => count > 0) ? true : undefined;
    });
    await picture('slack-5-timeline');
  });

  test('the same on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await picture('slack-6-phone-timeline');
    await page
      .locator('.sidebar-item', { hasText: 'dock' })
      .first()
      .evaluate((item: { click(): void }) => item.click());
    await page.locator('textarea.composer-input').fill('/task list all');
    await page.locator('.composer-send').evaluate((button: { click(): void }) => button.click());
    await reads(/^Open tasks/);
    await picture('slack-7-phone-list');
  });
});
