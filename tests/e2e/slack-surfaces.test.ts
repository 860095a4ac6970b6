import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { artifactsFolder, type Browser, browserMissing, openBrowser } from '../support/browser.ts';
import { textOf } from '../support/local-slack-blocks.ts';
import { describeUnless, localSlackMissing } from '../support/optional.ts';
import { until } from '../support/until.ts';
import { openSlack } from './slack-story.ts';

describeUnless(localSlackMissing())('around the commands, in a local Slack', () => {
  const slackPlace = openSlack('events');

  test('a page of one’s own opens in App Home', async () => {
    const { world, ask } = slackPlace();
    await ask('maya', 'add "Paint the bollards" <@wes>');
    const home = textOf({ text: '', blocks: await world.slack.home('wes') });
    expect(home).toMatch(/^Your open tasks \(\d+/);
    expect(home).toContain('Paint the bollards');
  });

  test('a reply under a card is a comment', async () => {
    const { world, ask, card, numberOf } = slackPlace();
    await ask('maya', 'add "Splice the hawser" <@wes>');
    const number = await numberOf('Splice the hawser');
    const posted = await card(number, '○ To do');
    const reply = await world.slack.say('wes', 'two strands are wurn', { thread: posted.ts });
    await card(number, '1 comment');
    await world.slack.edit('wes', reply, 'two strands are worn');
    await world.slack.seen('*Wes Carter*: “two strands are w', { channel: { dm: 'maya' } });
    await until('the words as they are now', async () =>
      textOf(await ask('wes', `show ${number}`)).includes('two strands are worn') ? true : undefined,
    );
    await world.slack.erase('wes', reply);
    await until('the card without it', async () =>
      textOf(await card(number, 'Splice the hawser')).includes('1 comment') ? undefined : true,
    );
    const before = (await world.slack.messages('dock')).length;
    await world.slack.say('wes', 'nobody asked the bot', { channel: 'dock' });
    expect(await world.slack.messages('dock')).toHaveLength(before + 1);
  });
});

describeUnless(localSlackMissing())('an emoji in a local Slack', () => {
  const slackPlace = openSlack('events');

  test('offers to make a task of a message, and the form is filled in', async () => {
    const { slack } = slackPlace().world;
    const message = await slack.say('wes', 'The gangway rattles', { channel: 'line' });
    await slack.react('maya', message, 'pushpin');
    const offer = await slack.seen('Make “The gangway rattles” a task?', { channel: 'line', only: 'maya' });
    await slack.click('maya', offer, 'Create');
    const form = await slack.modal('New task');
    expect(form.blocks[0]?.element?.initial_value).toBe('The gangway rattles');
    expect(await slack.submit('maya', {})).toEqual({ closed: true });
    await slack.seen('*#31* The gangway rattles', { channel: 'line' });
  });
});

describeUnless(localSlackMissing() ?? browserMissing())('App Home, in the page of the local Slack', () => {
  const slackPlace = openSlack('events');
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser({ width: 1280, height: 900 });
    page = await browser.context.newPage();
    page.setDefaultTimeout(10_000);
  });
  afterAll(() => browser?.close());
  const picture = (name: string) => page.screenshot({ path: path.join(artifactsFolder, `${name}.png`) });
  const press = (label: string) => page.getByRole('button', { name: label, exact: true }).first().click();
  const reads = (words: string | RegExp) => page.getByText(words).last().waitFor();

  test('tasks are started, looked at and added there', async () => {
    const { world } = slackPlace();
    await page.goto(world.slack.url);
    await page.locator('.actas select').selectOption({ label: 'Wes Carter' });
    await page.locator('.sidebar-item', { hasText: 'crewline' }).first().click();
    await reads(/^Your open tasks/);
    await picture('slack-home-1-mine');
    await press('Show');
    await reads('Back');
    await picture('slack-home-2-card');
    await press('Back');
    await press('This week');
    await reads(/due this week/);
    await picture('slack-home-3-week');
    await press('New task');
    await reads('What is to be done?');
    await picture('slack-home-4-form');
    await page.locator('.modal input').first().fill('Rinse the decks');
    await press('Add');
    await reads('Added');
    await reads('Rinse the decks');
    await picture('slack-home-5-added');
  });

  test('a form that is saved as it was opened changes nothing', async () => {
    await page.locator('.sidebar-item', { hasText: 'dock' }).first().click();
    await page.locator('textarea.composer-input').fill('/task settings');
    await page.locator('.composer-send').click();
    await reads('Your settings');
    await page.getByRole('button', { name: 'General', exact: true }).last().click();
    await reads('Daily digest at');
    await press('Save');
    await reads('Nothing was changed.');
  });
});
