import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createRetention } from '../../src/lib/retention.ts';
import { type Crew, openCrew } from '../support/crew.ts';
import { wordsOfView } from '../support/words-of.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew();
  for (const who of ['maya', 'omar', 'wes', 'sam', 'tom', 'lena', 'priya', 'aiko'])
    await crew.says(who, 'hi');
});
afterEach(() => crew.close());

const later = (minutes: number) => crew.setNow(new Date(crew.now.getTime() + minutes * 60_000));

async function messagesTo(who: string): Promise<string[]> {
  await crew.settle();
  return crew.messagesTo(who).map(({ view }) => wordsOfView(view));
}

describe('nudge', () => {
  test('asks those who have a task, and not oneself', async () => {
    expect((await crew.says('tom', 'nudge 19')).words).toMatch(
      /^I have asked Sam Ngata about #19 Replace frayed head line/,
    );
    expect(await messagesTo('sam')).toEqual([
      expect.stringMatching(/^Tom Reilly asks how it stands\n#19 Replace frayed head line on berth 2\n/),
    ]);
    expect(await messagesTo('tom')).toEqual([]);
  });

  test('not again within four hours, whoever asks', async () => {
    await crew.says('omar', 'nudge 19');
    later(90);
    expect((await crew.says('omar', 'nudge 19')).words).toMatch(
      /^You nudged #19 today 16:00\. Once in four hours is enough: again from today 20:00\./,
    );
    expect((await crew.says('tom', 'nudge 19')).words).toMatch(/^Omar Haddad nudged #19 today/);
    later(160);
    expect((await crew.says('tom', 'nudge 19')).words).toMatch(/^I have asked Sam Ngata/);
    expect(await messagesTo('sam')).toHaveLength(2);
  });

  test('two who ask at one moment are one message', async () => {
    await Promise.all(['maya', 'omar', 'lena'].map((who) => crew.says(who, 'nudge 2')));
    expect(await messagesTo('wes')).toHaveLength(1);
  });

  test.each([
    ['wes', 29, /^#29 waits for you alone\./],
    ['maya', 9, /^#9 is nobody’s yet\. .*assign 9 @who gives it to somebody\./],
    ['maya', 12, /^#12 is done: there is nothing to ask for\./],
    ['maya', 17, /^#17 is in review: it waits for Omar Haddad, not for who did it\./],
  ])('%s, #%d: there is nobody to ask, and it says why', async (who, number, words) => {
    expect((await crew.says(who, `nudge ${number}`)).words).toMatch(words);
    expect(await crew.db.prisma.notification.count({ where: { kind: 'nudged' } })).toBe(0);
  });

  test('who has done their part of it is not asked', async () => {
    await crew.says('maya', 'nudge 6');
    expect(await messagesTo('priya')).toEqual([]);
    expect(await messagesTo('lena')).toHaveLength(1);
  });

  test('a task that is done before the message goes is not asked for', async () => {
    await crew.says('maya', 'nudge 2');
    await crew.says('wes', 'done 2');
    expect(await messagesTo('wes')).toEqual([]);
  });
});

describe('undo', () => {
  const kept = async (number: number) => {
    const { version, updatedAt, assignees, cards, comments, status, ...row } = await crew.task(number);
    // Reminding of it begins anew with any change.
    const { remindAt, dueSetAt, ...task } = row;
    const people = assignees.map(({ personId, state, note, assignedById }) => ({
      personId,
      state,
      note,
      assignedById,
    }));
    return { ...task, people: people.sort((a, b) => a.personId.localeCompare(b.personId)) };
  };

  test.each([
    ['wes', 'done 2 hose is on', 2, /◐ In progress/],
    ['wes', 'block 2 no hose', 2, /◐ In progress/],
    ['priya', 'unblock 4', 4, /■ Blocked/],
    ['maya', 'reopen 12', 12, /● Done/],
    ['maya', 'due 1 none', 1, /due tomorrow/],
    ['maya', 'due 9 fri 5pm', 9, /no due date/],
    ['maya', 'priority 1 urgent', 1, /Normal priority/],
    ['maya', 'rename 1 Fenders', 1, /^Undone: #1 Inspect fenders on berth 4/],
    ['maya', 'assign 1 @tom', 1, /Wes Carter/],
    ['maya', 'unassign 8', 8, /Lena Vogt and Wes Carter/],
    ['wes', 'claim 9', 9, /nobody’s yet/],
    ['lena', 'accept 24', 24, /Lena Vogt/],
    ['priya', 'decline 11 no licence', 11, /Priya Nair/],
    ['omar', 'return 18 again', 18, /◇ In review/],
    ['tom', 'done 21', 21, /^Undone: #21/],
  ])('%s takes back “%s”', async (who, words, number, said) => {
    const before = await kept(number);
    await crew.says(who, words);
    expect(await kept(number)).not.toEqual(before);
    later(14);
    const undone = await crew.says(who, 'undo');
    expect(undone.words).toMatch(/^Undone: #/);
    expect(undone.words).toMatch(said);
    expect(await kept(number)).toEqual(before);
    expect((await crew.says(who, 'undo')).words).toMatch(/taken back already/);
  });

  test('not after a quarter of an hour', async () => {
    await crew.says('wes', 'done 2');
    later(16);
    expect((await crew.says('wes', 'undo')).words).toBe('You have changed nothing in the last 15 minutes.');
    expect((await crew.task(2)).status.category).toBe('done');
  });

  test('not when somebody has changed the task since, nor what others did', async () => {
    await crew.says('wes', 'start 1');
    await crew.says('maya', 'priority 1 high');
    expect((await crew.says('wes', 'undo')).words).toMatch(/^#1 has been changed since then\./);
    expect((await crew.says('tom', 'undo 1')).words).toBe(
      'You have changed nothing of #1 in the last 15 minutes.',
    );
    expect((await crew.says('maya', 'undo')).words).toMatch(/^Undone: #1/);
  });

  test('a comment in between does no harm', async () => {
    await crew.says('wes', 'start 1');
    await crew.says('maya', 'comment 1 thank you');
    expect((await crew.says('wes', 'undo')).words).toMatch(/○ To do/);
  });

  test('after adding a task it does not take back something else', async () => {
    await crew.says('wes', 'start 1');
    later(1);
    await crew.says('wes', 'add "Oops"');
    expect((await crew.says('wes', 'undo')).words).toMatch(
      /to add #31: .*cancel 31 closes it\. .*undo 1 takes back/,
    );
    expect((await crew.says('wes', 'undo 1')).words).toMatch(/^Undone: #1/);
  });

  test('who was told hears that it was taken back, and nobody else', async () => {
    await crew.says('wes', 'done 2');
    expect(await messagesTo('maya')).toHaveLength(1);
    await crew.says('wes', 'undo');
    expect(await messagesTo('maya')).toEqual([
      expect.stringMatching(/^Wes Carter finished/),
      expect.stringMatching(/^Wes Carter took the last change back\n#2 .*\n◐ In progress/),
    ]);
    await crew.says('maya', 'assign 1 @tom');
    await crew.says('maya', 'undo');
    expect(await messagesTo('tom')).toEqual([]);
  });

  test('rights that have gone since are gone', async () => {
    await crew.says('omar', 'assign 24 @aiko');
    await crew.db.prisma.project.update({
      where: { id: 'harbor-project-line' },
      data: {
        ownerId: (
          await crew.db.prisma.manager.findFirstOrThrow({ where: { personId: 'harbor-person-maya' } })
        ).id,
      },
    });
    await crew.db.prisma.projectMember.deleteMany({
      where: { personId: 'harbor-person-omar', projectId: 'harbor-project-line' },
    });
    expect((await crew.says('omar', 'undo')).words).toMatch(
      /You may not change that of #24 any more\. Maya Okafor can\./,
    );
  });

  test('what is kept for it goes after a day', async () => {
    await crew.says('wes', 'start 1');
    later(25 * 60);
    await createRetention({ db: crew.db }).forgetChanges(new Date(crew.now.getTime() - 24 * 60 * 60_000), 10);
    expect(await crew.db.prisma.taskChange.count()).toBe(0);
  });
});
