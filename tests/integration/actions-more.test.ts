import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buttonOf, type Crew, formOf, openCrew } from '../support/crew.ts';

let crew: Crew;
beforeAll(async () => {
  crew = await openCrew({ now: new Date('2026-11-24T15:00:00Z') });
  for (const who of ['maya', 'omar', 'wes', 'tom', 'priya']) await crew.says(who, 'hi');
});
afterAll(() => crew.close());

async function add(words: string): Promise<number> {
  const { words: said } = await crew.says('maya', `add ${words}`);
  return Number(/#(\d+)/.exec(said)?.[1]);
}

const labels = ({ buttons }: { buttons: readonly { label: string }[] }): string[] =>
  buttons.map(({ label }) => label);

test('a card leads to more, which is what its reader may do', async () => {
  const number = await add('"Reseal pump 9" @wes due tomorrow in DOCK');
  const card = await crew.says('maya', `show ${number}`);
  const more = await crew.presses('maya', buttonOf(card, 'More…'));
  expect(more.words).toMatch(/^#\d+ Reseal pump 9\n○ To do · Wes Carter · due/);
  expect(labels(more)).toEqual(['Edit', 'Reassign', 'Nudge', 'Cancel task', 'Remind me', 'Show']);
  expect(labels(await crew.says('wes', `more ${number}`))).toEqual([
    'Decline',
    'Snooze',
    'Remind me',
    'Mute',
    'History',
    'Show',
  ]);
  expect(labels(await crew.says('priya', `more ${number}`))).toEqual([
    'Remind me',
    'Watch',
    'History',
    'Show',
  ]);
});

test('each of its buttons is taken', async () => {
  const number = await add('"Grease the crane" @wes due tomorrow in DOCK');
  const more = await crew.says('maya', `more ${number}`);
  expect(formOf((await crew.presses('maya', buttonOf(more, 'Edit'))).reply).title).toBe(`Edit #${number}`);
  expect(formOf((await crew.presses('maya', buttonOf(more, 'Reassign'))).reply).title).toBe(
    `Assign #${number}`,
  );
  expect(formOf((await crew.presses('maya', buttonOf(more, 'Remind me'))).reply).title).toMatch(/Remind me/);
  expect((await crew.presses('maya', buttonOf(more, 'Nudge'))).words).toMatch(/^I have asked Wes Carter/);
  expect((await crew.presses('maya', buttonOf(more, 'Cancel task'))).words).toMatch(/^Cancelled: /);
  expect(labels(await crew.says('maya', `more ${number}`))).toEqual(['Remind me', 'Mute', 'History', 'Show']);
});

test('what one watches or has muted is offered to be ended', async () => {
  const number = await add('"Paint the bollards" @wes in DOCK');
  await crew.presses('priya', buttonOf(await crew.says('priya', `more ${number}`), 'Watch'));
  expect(labels(await crew.says('priya', `more ${number}`))).toContain('Stop watching');
  await crew.presses('wes', buttonOf(await crew.says('wes', `more ${number}`), 'Mute'));
  expect(labels(await crew.says('wes', `more ${number}`))).toContain('Unmute');
});

test('of a task that one does not see there is nothing', async () => {
  const number = await add('"Secret of the line" in LINE');
  expect((await crew.says('priya', `more ${number}`)).words).toMatch(
    /^There is no task #\d+ that you can see\./,
  );
});
