import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DemoUser } from '../../prisma/seed/people.ts';
import { createAuditLog, createDynamo } from '../../src/lib/dynamodb.ts';
import { type SlackWorld, startSlackWorld } from '../support/app.ts';
import type { Channel, SlackMessage } from '../support/local-slack.ts';
import { buttonsOf, textOf } from '../support/local-slack-blocks.ts';
import { until } from '../support/until.ts';

/** What people do in the local Slack, in the words of the tests. */
export interface SlackPlace {
  world: SlackWorld;
  /** Types `/task <text>` and gives the answer that only this person sees. */
  ask(user: DemoUser, text: string, channel?: Channel): Promise<SlackMessage>;
  /** Waits until the card of a task in #dock has these words. */
  card(number: number, words: string): Promise<SlackMessage>;
  /** The newest task with this title. */
  numberOf(title: string): Promise<number>;
}

export const labelsOf = (message: SlackMessage): string[] =>
  buttonsOf(message.blocks ?? []).map(({ text }) => text.text);

/** A Slack for the tests of one file. */
export function openSlack(mode: 'events' | 'socket'): () => SlackPlace {
  let place: SlackPlace | undefined;
  beforeAll(async () => {
    place = placeIn(await startSlackWorld({ mode }));
  });
  afterAll(() => place?.world.stop());
  return () => {
    if (!place) throw new Error('The local Slack has not started.');
    return place;
  };
}

function placeIn(world: SlackWorld): SlackPlace {
  const { slack, app } = world;
  return {
    world,
    async ask(user, text, channel = 'dock') {
      const before = (await slack.ephemeral(user, channel)).length;
      await slack.command(user, text, channel);
      return until(`the answer to "${text}"`, async () => (await slack.ephemeral(user, channel))[before]);
    },
    card(number, words) {
      const cards = async () =>
        (await slack.messages('dock')).filter((message) => textOf(message).includes(`*#${number}* `));
      return until(
        `the card of #${number} with "${words}"`,
        async () => (await cards()).findLast((message) => textOf(message).includes(words)),
        async () => (await cards()).map(textOf),
      );
    },
    async numberOf(title) {
      const task = await app.db.prisma.task.findFirst({ where: { title }, orderBy: { number: 'desc' } });
      if (!task) throw new Error(`There is no task "${title}".`);
      return task.number;
    },
  };
}

/** What must work in the same way however Slack's requests come. */
export function tellSlackStory(slackPlace: () => SlackPlace): void {
  test('a manager assigns, a worker is done, the card changes, the manager hears of it, and all of it is audited', async () => {
    const { world, ask, card, numberOf } = slackPlace();
    const { slack } = world;
    expect(textOf(await ask('maya', 'add "Reseal pump 3" <@wes> due tomorrow 2pm !high'))).toMatch(
      /Added \*#\d+\* Reseal pump 3 · Wes Carter · due tomorrow 2:00 PM/,
    );
    const number = await numberOf('Reseal pump 3');
    const posted = await card(number, '○ To do · Wes Carter');
    const told = await slack.seen('*Maya Okafor* gave you a task', { channel: { dm: 'wes' } });
    expect(textOf(told)).toContain('Reseal pump 3');

    expect(textOf(await ask('wes', `done ${number} all dry`))).toContain(`Done: *#${number}* Reseal pump 3`);
    const changed = await card(number, '● Done · Wes Carter');
    expect(changed.ts).toBe(posted.ts);
    expect(textOf(changed)).toContain('“all dry” Wes Carter');
    await slack.seen('*Wes Carter* finished: “all dry”', { channel: { dm: 'maya' } });

    await until('both deeds in the timeline', async () => {
      const timeline = textOf(await ask('maya', `timeline ${number}`));
      return /Wes Carter finished .*Maya Okafor added /s.test(timeline) ? timeline : undefined;
    });
    expect(await auditOf(world, number)).toEqual(['wes done ok', 'maya add ok']);
  });

  test('Start and Done are pressed on the card, which shows it to everyone', async () => {
    const { world, ask, card, numberOf } = slackPlace();
    await ask('maya', 'add "Oil the winch" <@wes>');
    const number = await numberOf('Oil the winch');
    await world.slack.click('wes', await card(number, '○ To do'), 'Start');
    const started = await card(number, '◐ In progress');
    expect(labelsOf(started)).toEqual(['Done', 'Block', 'Comment', 'More…']);
    await world.slack.click('wes', started, 'Done');
    const done = await card(number, '● Done');
    expect(labelsOf(done)).toEqual(['Reopen', 'Comment', 'More…']);
  });

  test('Block and Comment ask for words in a form, and those whom it concerns read them', async () => {
    const { world, ask, card, numberOf } = slackPlace();
    const { slack } = world;
    await ask('maya', 'add "Grease the capstan" <@wes>');
    const number = await numberOf('Grease the capstan');
    await slack.click('wes', await card(number, '○ To do'), 'Block');
    await slack.modal(`Block #${number}`);
    expect(await slack.submit('wes', { 'What holds it up?': 'no grease left' })).toEqual({ closed: true });
    expect(textOf(await card(number, '■ Blocked'))).toContain('“no grease left” Wes Carter');

    await slack.seen('is blocked: “no grease left”', { channel: { dm: 'maya' } });
    await slack.click('maya', await card(number, '■ Blocked'), 'Comment');
    await slack.modal(`Comment on #${number}`);
    expect(await slack.submit('maya', { Comment: 'It comes by noon' })).toEqual({ closed: true });
    await slack.seen('“It comes by noon”', { channel: { dm: 'wes' } });
    await card(number, '1 comment');
  });

  test('add alone opens a form, whose errors stand at their fields', async () => {
    const { world, card, numberOf } = slackPlace();
    const { slack } = world;
    await slack.command('maya', 'add');
    const form = await slack.modal('New task');
    expect(form.blocks.map(({ label }) => label?.text)).toEqual([
      'What is to be done?',
      'Who?',
      'Until when?',
      'Priority',
      'Project',
      'Anything else to know?',
    ]);
    const fields = { 'What is to be done?': 'Paint the mole', 'Who?': ['Wes Carter'] };
    const refused = await slack.submit('maya', { ...fields, 'Until when?': 'when pigs fly' });
    expect(refused).toEqual({ errors: { 'field:due': expect.stringContaining('when pigs fly') } });
    const taken = await slack.submit('maya', { ...fields, 'Until when?': 'tomorrow', Priority: 'Urgent' });
    expect(taken).toEqual({ closed: true });
    await slack.seen('Paint the mole', { channel: 'dock' });
    const number = await numberOf('Paint the mole');
    expect(textOf(await card(number, 'Wes Carter'))).toContain('Urgent priority');
    expect(
      (await slack.messages('dock')).filter((one) => textOf(one).includes('Paint the mole')),
    ).toHaveLength(1);
  });

  test('a mention in a channel and words in a direct message are commands too', async () => {
    const { slack } = slackPlace().world;
    await slack.say('priya', '<@crewline> show 4', { channel: 'dock' });
    await slack.seen('Grease slewing ring of crane 1', { channel: 'dock', only: 'priya' });
    await slack.say('priya', 'list', { channel: { dm: 'priya' } });
    const list = await slack.seen('Your open tasks', { channel: { dm: 'priya' } });
    expect(labelsOf(list)).toEqual(expect.arrayContaining(['Start', 'New task', 'Help']));
    await slack.click('priya', list, 'Unblock');
    const shown = await until('the list without the block', async () => {
      const [message] = (await slack.messages({ dm: 'priya' })).filter(({ ts }) => ts === list.ts);
      return message && !labelsOf(message).includes('Unblock') ? message : undefined;
    });
    expect(textOf(shown)).toContain('Grease slewing ring of crane 1\n◐ In progress');
  });
}

/** Who did what, newest first, as DynamoDB has it. Looking at the timeline is left out. */
async function auditOf({ app, data }: SlackWorld, number: number): Promise<string[]> {
  const task = await app.db.prisma.task.findFirstOrThrow({ where: { number } });
  const dynamo = createDynamo({
    region: 'us-east-1',
    credentials,
    requestTimeoutMs: 10_000,
    ...data.dynamodb,
  });
  const log = createAuditLog({ dynamo, clock: () => new Date() });
  const { records } = await log.byTarget(`task:${task.id}`, { limit: 50 });
  dynamo.close();
  return records
    .filter(({ action }) => action !== 'timeline')
    .map(
      ({ actor, action, outcome }) => `${actor.replace('person:harbor-person-', '')} ${action} ${outcome}`,
    );
}

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
