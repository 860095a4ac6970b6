import { expect, test } from '@jest/globals';
import { personId } from '../../prisma/seed/ids.ts';
import type { DemoUser } from '../../prisma/seed/people.ts';
import { textOf } from '../support/local-slack-blocks.ts';
import { describeUnless, localSlackMissing } from '../support/optional.ts';
import { until } from '../support/until.ts';
import { labelsOf, openSlack, tellSlackStory } from './slack-story.ts';

const describe = describeUnless(localSlackMissing());

describe('a local Slack by signed HTTP', () => {
  tellSlackStory(openSlack('events'));
});

describe('what one can type in Slack', () => {
  const slackPlace = openSlack('events');

  /** In this order: each finds the work as the one before left it. */
  const commands: [DemoUser, string, string][] = [
    ['wes', 'help', 'What I can do for you'],
    ['wes', 'help add', '`/task add'],
    ['wes', '', 'Your open tasks'],
    ['maya', 'whoami', 'maya@harbor.example'],
    ['maya', 'add "Splice the hawser" <@priya> due fri !low', 'Added *#31* Splice the hawser · Priya Nair'],
    ['maya', 'assign 9 <@tom>', '*#9* Paint bollards 11 to 20 is now with Tom Reilly.'],
    ['maya', 'unassign 9 <@tom>', '*#9* Paint bollards 11 to 20 is no longer Tom Reilly’s.'],
    ['wes', 'claim 9', '*#9* Paint bollards 11 to 20 is yours.'],
    ['wes', 'accept 1', 'You have accepted *#1* Inspect fenders on berth 4'],
    ['lena', 'decline 8 on leave', 'You have declined *#8* Load test of crane 2'],
    ['wes', 'start 1', 'Started: *#1*'],
    ['wes', 'block 1 no scaffold', 'Blocked: *#1*'],
    ['wes', 'unblock 1', 'Unblocked: *#1*'],
    ['wes', 'review 1', 'In review: *#1*'],
    ['maya', 'reopen 1', 'Reopened: *#1*'],
    ['maya', 'status 1 in progress', 'In progress: *#1*'],
    ['wes', 'comment 1 two cracks found', 'Commented on *#1*'],
    ['maya', 'due 1 fri 5pm', 'is due Fri'],
    ['maya', 'priority 1 urgent', 'has urgent priority now'],
    ['wes', 'show 1', 'Urgent priority'],
    ['maya', 'cancel 14', '#14 is already cancelled'],
    ['maya', 'cancel 1 berth is closed', 'Cancelled: *#1*'],
    ['maya', 'list all', 'Next (1 of'],
    ['maya', 'list all page 2', 'Previous'],
    ['maya', 'list <@priya>', 'Priya'],
    ['maya', 'list DOCK overdue', 'Weld the loose ladder on pier B'],
    ['maya', 'list here blocked', 'No boat: the workboat is in the yard until next week'],
    ['wes', 'find pump seals', 'Order 80 mm pump seals'],
    ['wes', 'project list', '*DOCK* Dock maintenance'],
    ['wes', 'links', '*DOCK* in this channel'],
    ['maya', 'audit <@wes>', 'Audit of Wes Carter'],
    ['wes', 'timeline 1', '#1 Inspect fenders on berth 4'],
    ['wes', 'audit', 'Only managers can do that'],
    ['wes', 'dnoe 1', 'Did you mean “done”?'],
    ['wes', 'done 999', 'There is no task'],
    ['wes', 'show 17', 'There is no task'],
  ];

  test.each(commands)('%s types “/task %s” and reads “%s”', async (user, text, words) => {
    expect(textOf(await slackPlace().ask(user, text))).toContain(words);
  });

  test('link and unlink are told to everyone in the channel', async () => {
    const { slack } = slackPlace().world;
    await slack.command('maya', 'unlink');
    await slack.seen('Maya Okafor unlinked *DOCK* here', { channel: 'dock' });
    await slack.command('maya', 'link dock');
    await slack.seen('Maya Okafor linked *DOCK*', { channel: 'dock' });
  });

  test('the buttons of a list turn its page, and bring a task on', async () => {
    const { ask, world } = slackPlace();
    const { slack } = world;
    const first = await ask('maya', 'list all');
    const [next] = labelsOf(first).filter((label) => label.startsWith('Next'));
    await slack.click('maya', first, next ?? '');
    const turned = await slack.seen('Previous', { channel: 'dock', only: 'maya' });
    expect(textOf(turned)).not.toBe(textOf(first));

    const started = () =>
      world.app.db.prisma.task.count({
        where: { status: { category: 'active' }, statusChangedById: personId('wes') },
      });
    const before = await started();
    await slack.click('wes', await ask('wes', 'list'), 'Start');
    await until('a started task', async () => ((await started()) === before + 1 ? true : undefined));
  });

  test('a button with a forged value is refused in words, and changes nothing', async () => {
    const { ask, world } = slackPlace();
    const shown = await ask('wes', 'show 2');
    const forge = (value: string) => ({
      ...shown,
      blocks: [
        {
          type: 'actions',
          block_id: 'forged',
          elements: [
            { type: 'button', action_id: 'forged.0', text: { type: 'plain_text', text: 'Done' }, value },
          ],
        },
      ],
    });
    const press = (value: string) => world.slack.click('wes', forge(value), 'Done');
    const answer = (words: string) => world.slack.seen(words, { channel: 'dock', only: 'wes' });
    await press(JSON.stringify({ action: 'done', args: { task: '17' } }));
    await answer('There is no task');
    await press(JSON.stringify({ action: 'drop table', args: {} }));
    await answer('I don’t know');
    await press('not ours');
    await answer('This button is out of date');
    const task = await world.app.db.prisma.task.findFirstOrThrow({
      where: { number: 17 },
      include: { status: true },
    });
    expect(task.version).toBe(1);
  });
});

describe('someone whom nobody knows', () => {
  const slackPlace = openSlack('events');

  test('asks to join, is let in by a manager’s button, and works', async () => {
    const { ask, world } = slackPlace();
    const { slack, app } = world;
    await app.db.prisma.person.update({
      where: { id: personId('sam') },
      data: { email: 'sam@other.example' },
    });
    await ask('maya', 'whoami');
    const stranger = await ask('sam', 'list');
    expect(textOf(stranger)).toContain('I don’t know you by sam@harbor.example yet');
    await slack.click('sam', stranger, 'Ask to join');
    await slack.seen('I have asked Maya Okafor', { channel: 'dock', only: 'sam' });
    const asked = await slack.seen('*Sam Ngata* (sam@harbor.example) asks to join', {
      channel: { dm: 'maya' },
    });
    await slack.click('maya', asked, 'Let them in');
    await slack.seen('Maya Okafor let you in', { channel: { dm: 'sam' } });
    await slack.seen('Sam Ngata is on the team now', { channel: { dm: 'maya' } });
    expect(textOf(await ask('sam', 'whoami'))).toContain('worker');
    expect(textOf(await ask('sam', 'add "Count the shackles"'))).toContain('Count the shackles');
  });
});
