import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Crew, openCrew } from '../support/crew.ts';
import { wordsOfView } from '../support/words-of.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew();
  for (const who of ['maya', 'omar', 'wes']) await crew.says(who, 'hi');
});
afterEach(() => crew.close());

/** Maya adds a task in #dock; gives back its number. */
async function added(title = 'Reseal pump 9'): Promise<number> {
  const said = await crew.says('maya', `add "${title}" @wes in DOCK`, { channel: 'C-dock' });
  await crew.settle();
  return Number(/#(\d+)/.exec(said.words)?.[1]);
}

const told = (channel = 'C-dock'): string[] => crew.repliesIn(channel).map(({ view }) => wordsOfView(view));

/** A reply in the thread of the card in a channel, as the platform's event tells of it. */
const replies = (who: string, ts: string, body: string, more: Record<string, string> = {}) =>
  crew.presses(
    who,
    { intent: { action: 'reply', args: { message: `slack:T-HARBOR:C-dock:${ts}`, body, ...more } } },
    { channel: 'C-dock', threadId: crew.messagesIn('C-dock')[0]?.messageId ?? '' },
  );

describe('the thread of a card', () => {
  test('tells what happened, quietly and in the thread alone', async () => {
    const number = await added();
    await crew.says('wes', `start ${number}`);
    await crew.settle();
    await crew.says('wes', `block ${number} no seal`);
    await crew.settle();
    expect(told()).toEqual(['Wes Carter started it', 'Wes Carter is blocked: “no seal”']);
    expect(crew.messagesIn('C-dock')).toHaveLength(1);
    const threads = new Set(crew.repliesIn('C-dock').map(({ threadId }) => threadId));
    expect([...threads]).toEqual([crew.messagesIn('C-dock')[0]?.messageId]);
  });

  test('tells what comes at once in one message', async () => {
    const number = await added();
    await crew.says('maya', `assign ${number} @omar because Wes is ill`);
    await crew.says('maya', `due ${number} fri 5pm`);
    await crew.says('maya', `priority ${number} urgent`);
    await crew.says('maya', `rename ${number} "Reseal pump 10"`);
    await crew.says('omar', `comment ${number} on it`);
    await crew.settle();
    const [words = '', ...others] = told();
    expect(others).toEqual([]);
    expect(words.split('\n')).toEqual([
      'Maya Okafor gave it to Omar Haddad',
      'Maya Okafor took it from Wes Carter',
      expect.stringMatching(/^Maya Okafor made it due \S+ .*5:00 PM/),
      'Maya Okafor gave it urgent priority',
      'Maya Okafor named it “Reseal pump 10”',
      'Omar Haddad “on it”',
    ]);
  });

  test('tells everything once, however often its card is refreshed', async () => {
    const number = await added();
    await crew.says('wes', `comment ${number} first`);
    await crew.settle();
    await crew.says('wes', `start ${number}`);
    await crew.settle();
    await crew.says('wes', `comment ${number} second`);
    await crew.settle();
    expect(told()).toEqual(['Wes Carter “first”', 'Wes Carter started it', 'Wes Carter “second”']);
  });

  test('does not repeat what was said in it, and brings it to the threads of the other cards', async () => {
    await crew.says('maya', 'link DOCK', { channel: 'C-teams', platform: 'teams' });
    await added();
    await replies('wes', '1.1', 'is it the blue one?');
    await crew.settle();
    expect(told('C-dock')).toEqual([]);
    expect(told('C-teams')).toEqual(['Wes Carter “is it the blue one?”']);
  });

  test('follows a comment that is changed or taken back', async () => {
    await crew.says('maya', 'link DOCK', { channel: 'C-teams', platform: 'teams' });
    await added();
    await replies('wes', '1.1', 'is it the blue one?');
    await crew.settle();
    await replies('wes', '1.1', 'is it the red one?', { changed: 'yes' });
    await crew.settle();
    expect(told('C-teams')).toEqual(['Wes Carter “is it the red one?”']);
    await crew.presses(
      'wes',
      { intent: { action: 'delete-reply', args: { message: 'slack:T-HARBOR:C-dock:1.1' } } },
      { channel: 'C-dock', threadId: crew.messagesIn('C-dock')[0]?.messageId ?? '' },
    );
    await crew.settle();
    expect(told('C-teams')).toEqual(['Wes Carter took a comment back']);
  });

  test('says nothing of what was taken back before anybody could read it, and says so of what they did read', async () => {
    const number = await added();
    await crew.says('wes', `start ${number}`);
    await crew.says('wes', `undo ${number}`);
    await crew.settle();
    expect(told()).toEqual([]);
    await crew.says('wes', `start ${number}`);
    await crew.settle();
    await crew.says('wes', `undo ${number}`);
    await crew.settle();
    expect(told()).toEqual(['Wes Carter started it', 'Wes Carter took the last change back']);
  });

  test('tells whose part is done, who approved and who returned', async () => {
    await crew.db.prisma.project.updateMany({ where: { key: 'DOCK' }, data: { needsApproval: true } });
    const number = await added();
    for (const [who, words] of [
      ['wes', `done ${number} sealed`],
      ['maya', `return ${number} it drips`],
      ['wes', `done ${number}`],
      ['maya', `approve ${number} fine`],
    ] as const) {
      await crew.says(who, words);
      await crew.settle();
    }
    expect(told()).toEqual([
      'Wes Carter handed it in for review: “sealed”',
      'Maya Okafor returned it: “it drips”',
      'Wes Carter handed it in for review',
      'Maya Okafor approved it: “fine”',
    ]);
  });

  test('cuts a long history visibly', async () => {
    const number = await added();
    for (let index = 1; index <= 15; index += 1) await crew.says('wes', `comment ${number} word ${index}`);
    await crew.settle();
    expect(told()).toHaveLength(1);
    expect(told()[0]).toMatch(/^… and 3 earlier\nWes Carter “word 4”\n/);
  });

  test('is told in the language that the card is worded in', async () => {
    await crew.db.prisma.person.updateMany({ where: { name: 'Maya Okafor' }, data: { locale: 'es-MX' } });
    const number = await added();
    await crew.says('wes', `start ${number}`);
    await crew.settle();
    expect(told()).toEqual(['Wes Carter la empezó']);
  });
});
