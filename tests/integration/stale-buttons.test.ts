import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buttonOf, buttonsIn, type Crew, openCrew, type Posted } from '../support/crew.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew();
  for (const who of ['maya', 'omar', 'wes', 'priya']) await crew.says(who, 'hi');
});
afterEach(() => crew.close());

/** Maya adds a task for Wes in #dock; what the channel and Wes see of it at that time. */
async function added(): Promise<{ number: number; card: Seen; message: Seen }> {
  const said = await crew.says('maya', 'add "Reseal pump 9" @wes in DOCK', { channel: 'C-dock' });
  await crew.settle();
  const number = Number(/#(\d+)/.exec(said.words)?.[1]);
  return { number, card: seen(crew.messagesIn('C-dock')[0]), message: seen(crew.messagesTo('wes')[0]) };
}

interface Seen {
  at: { messageId: string };
  button(label: string): ReturnType<typeof buttonOf>;
}

/** A message as it is now, to press a button of it later. */
function seen(message: Posted | undefined): Seen {
  const buttons = buttonsIn(message);
  return {
    at: { messageId: message?.messageId ?? '' },
    button: (label) => buttonOf({ buttons, words: label }, label),
  };
}

describe('a button that is out of date', () => {
  test('says who was first and when, with the task as it is now, to the one who pressed it', async () => {
    const { card } = await added();
    await crew.says('wes', 'done 31 sealed');
    const pressed = await crew.presses('maya', card.button('Start'), { channel: 'C-dock', ...card.at });
    expect(pressed.words).toMatch(/^#31 is done: Wes Carter finished it today 10:00 AM/);
    expect(pressed.words).toContain('#31 Reseal pump 9\n● Done');
    expect(pressed.buttons.map(({ label }) => label)).toEqual(['Reopen', 'Comment', 'More…']);
    expect(pressed.reply).toMatchObject({ to: 'user', replaceForAsker: true });
    expect(pressed.reply).not.toHaveProperty('replaceOriginal');
  });

  test('in a direct message makes way for the task as it is now, below its news', async () => {
    const { message } = await added();
    await crew.says('maya', 'cancel 31');
    const pressed = await crew.presses('wes', message.button('Start'), message.at);
    expect(pressed.words).toMatch(/^#31 is cancelled: Maya Okafor cancelled it today/);
    expect(pressed.words).toContain('Maya Okafor gave you a task');
    expect(pressed.words).toContain('× Cancelled');
    expect(pressed.reply).toMatchObject({ replaceOriginal: true });
  });

  test('of a task that was given to somebody else says who did that', async () => {
    const { message } = await added();
    await crew.says('maya', 'assign 31 @omar');
    const pressed = await crew.presses('wes', message.button('Done'), message.at);
    expect(pressed.words).toMatch(
      /^#31 is no longer yours: Maya Okafor gave it to Omar Haddad today 10:00 AM\./,
    );
    expect(pressed.buttons.map(({ label }) => label)).toEqual(['Comment', 'More…']);
  });

  test('of a task that one may not see any more tells nothing of it, and has no buttons left', async () => {
    const { message } = await added();
    await crew.db.prisma.projectMember.deleteMany({ where: { person: { name: 'Wes Carter' } } });
    await crew.says('maya', 'assign 31 @omar');
    await crew.says('maya', 'rename 31 "Secret"');
    const pressed = await crew.presses('wes', message.button('Done'), message.at);
    expect(pressed.words).toBe('#31 is no longer yours.');
    expect(pressed.reply).toMatchObject({ replaceOriginal: true });
  });

  test('of a task that never was theirs is as unknown as any other', async () => {
    const said = await crew.says('maya', 'add "Secret"');
    expect(said.words).toContain('#31');
    const pressed = await crew.presses('wes', { intent: { action: 'done', args: { task: '31' } } });
    expect(pressed.words).toContain('There is no task #31 that you can see');
    expect(pressed.buttons.map(({ label }) => label)).toEqual(['My tasks']);
  });

  test('leaves a row in the audit log as any refusal does', async () => {
    const { card } = await added();
    await crew.says('wes', 'done 31');
    await crew.presses('maya', card.button('Start'), { channel: 'C-dock', ...card.at });
    const [last] = (await crew.auditRows()).slice(-1);
    expect(last).toMatchObject({
      action: 'start',
      outcome: 'invalid',
      details: { code: 'not_possible_now' },
    });
  });

  test('typed, the same is refused in words alone', async () => {
    await added();
    await crew.says('wes', 'done 31');
    const said = await crew.says('maya', 'start 31');
    expect(said.words.split('\n')).toHaveLength(2);
    expect(said.buttons.map(({ label }) => label)).toEqual(['Reopen', 'Show']);
  });
});
