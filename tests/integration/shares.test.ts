import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Crew, openCrew } from '../support/crew.ts';

let crew: Crew;
beforeAll(async () => {
  crew = await openCrew();
});
afterAll(() => crew.close());

it('gives everyone their part again when a task that all had to do is reopened', async () => {
  await crew.says('maya', 'add "Walk the quay" @wes @priya everyone in DOCK');
  await crew.says('wes', 'done 31');
  await crew.says('priya', 'done 31');
  expect((await crew.task(31)).status.category).toBe('done');

  await crew.says('maya', 'reopen 31');
  const again = await crew.says('wes', 'done 31');

  expect(again.words).toContain('Your part of #31 Walk the quay is done: 1 of 2.');
  expect((await crew.task(31)).status.category).toBe('todo');
});

it('tells whoever declined nothing more of the task', async () => {
  await crew.says('maya', 'add "Count the cones" @wes @priya in DOCK');
  await crew.says('wes', 'decline 32 no time');
  await crew.settle();
  const before = crew.messagesTo('wes').length;

  await crew.says('priya', 'done 32');
  await crew.settle();

  expect(crew.messagesTo('wes').length).toBe(before);
});

it('does not speak of a task that there is not', async () => {
  await crew.says('wes', 'show 1');
  await crew.says('wes', 'done 999');

  expect((await crew.says('wes', 'start')).words).toBe('Started: #1 Inspect fenders on berth 4\n[Show]');
});

it('greets a stranger whatever they type', async () => {
  expect((await crew.says('zoe', 'what is this')).words).toContain('I don’t know you');
});
