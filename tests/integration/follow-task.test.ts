import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { buttonOf, type Crew, openCrew } from '../support/crew.ts';
import { wordsOfView } from '../support/words-of.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew({ atAnyHour: true });
  for (const who of ['maya', 'wes', 'tom', 'omar']) await crew.says(who, 'hi');
  await crew.says('maya', 'add "Check the crane" @wes in DOCK');
  await crew.settle();
});
afterEach(() => crew.close());

const messages = (who: string) => crew.messagesTo(who).map(({ view }) => wordsOfView(view));
async function says(who: string, text: string) {
  const told = await crew.says(who, text);
  await crew.settle();
  return told;
}

test('who watches a task hears what becomes of it, not what they do themselves, and nothing twice', async () => {
  expect((await says('tom', 'watch 31')).words).toMatch(/^You hear of #31 Check the crane from now on/);
  await says('maya', 'comment 31 mind the hook');
  await says('tom', 'comment 31 I have a rope');
  await says('wes', 'block 31 no key');
  expect(messages('tom')).toEqual([
    expect.stringMatching(/^Maya Okafor: “mind the hook”\n#31/),
    expect.stringMatching(/^Wes Carter is blocked: “no key”\n#31/),
  ]);
  // Maya hears of it already, since it is hers.
  await says('maya', 'watch 31');
  await says('wes', 'unblock 31');
  await says('wes', 'done 31');
  expect(messages('maya').filter((words) => /finished/.test(words))).toHaveLength(1);
  expect(messages('tom').filter((words) => /finished/.test(words))).toHaveLength(1);
});

test('a watcher who may no longer see the task hears nothing more of it', async () => {
  await says('tom', 'watch 31');
  await crew.db.prisma.projectMember.deleteMany({ where: { personId: 'harbor-person-tom' } });
  await says('maya', 'comment 31 mind the hook');
  expect(messages('tom')).toEqual([]);
});

test('one stops watching by a word or the button', async () => {
  const watching = await says('tom', 'watch 31');
  expect((await says('tom', 'watch 31')).words).toMatch(/You watch #31 already/);
  expect((await crew.presses('tom', buttonOf(watching, 'Stop watching'))).words).toMatch(
    /no longer watch #31/,
  );
  await says('maya', 'comment 31 mind the hook');
  expect(messages('tom')).toEqual([]);
  expect((await says('tom', 'unwatch 31')).words).toMatch(/You don’t watch #31/);
});

test('of a muted task one hears only what asks for oneself', async () => {
  expect((await says('wes', 'mute 31')).words).toMatch(/^#31 Check the crane is muted/);
  const before = messages('wes').length;
  await says('maya', 'comment 31 mind the hook');
  await says('maya', 'cancel 31');
  await says('maya', 'reopen 31');
  expect(messages('wes')).toHaveLength(before);
  await says('maya', 'nudge 31');
  expect(messages('wes')).toHaveLength(before + 1);
  expect((await says('wes', 'unmute 31')).words).toMatch(/You hear of #31/);
  await says('maya', 'comment 31 and the rope');
  expect(messages('wes')).toHaveLength(before + 2);
});
