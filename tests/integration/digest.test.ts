import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/lib/sql.ts';
import { buttonOf, buttonsIn, type Crew, formOf, openCrew } from '../support/crew.ts';
import { buttonsOf, wordsOfView } from '../support/words-of.ts';

/** 07:59 in New York, where Maya and Wes are, on a Tuesday. */
const BEFORE = new Date('2026-11-24T12:59:00Z');
const EIGHT = new Date('2026-11-24T13:00:05Z');

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew({ now: BEFORE, atAnyHour: true });
  for (const who of ['maya', 'wes', 'omar', 'tom']) await crew.says(who, 'hi');
  await crew.tick();
  await crew.db.rows(sql`UPDATE tasks SET due_at = NULL`);
  await crew.db.rows(sql`DELETE FROM task_assignees`);
  await crew.db.rows(sql`UPDATE tasks SET status_id = (SELECT id FROM statuses WHERE category = 'done')`);
});
afterEach(() => crew.close());

const messages = (who: string) => crew.messagesTo(who).map(({ view }) => wordsOfView(view));
const digests = (who: string) => messages(who).filter((words) => /^Your day|^Tu día/.test(words));
async function at(time: string | Date): Promise<void> {
  crew.setNow(typeof time === 'string' ? new Date(time) : time);
  await crew.tick();
}

describe('the daily digest', () => {
  test('comes at eight where its reader is, once a day, with what is overdue, due, waiting and new', async () => {
    await crew.says('maya', 'add "Check the crane" @wes due tomorrow 9am in DOCK');
    await crew.says('maya', 'add "Grease the winch" @wes in DOCK');
    await crew.db.rows(sql`UPDATE tasks SET due_at = ${new Date('2026-11-23T15:00:00Z')} WHERE number = 31`);
    await crew.settle();
    await at(EIGHT);
    expect(digests('wes')).toEqual([
      expect.stringMatching(
        /^Your day, Tuesday, November 24\n1 overdue · 1 new\n.*Overdue \(1\)\n#31 Check the crane.*New for you \(1\)\n#32 Grease the winch/s,
      ),
    ]);
    for (let minute = 1; minute < 5; minute += 1) await at(new Date(EIGHT.getTime() + minute * 60_000));
    expect(digests('wes')).toHaveLength(1);
    await at('2026-11-25T13:00:05Z');
    expect(digests('wes')).toHaveLength(2);
  });

  test('nothing is sent to say that there is nothing', async () => {
    await at(EIGHT);
    expect(digests('wes')).toEqual([]);
    expect(await crew.db.rows(sql`SELECT 1 FROM notifications WHERE kind = 'digest'`)).toEqual([]);
  });

  test('what was done between eight and the sending is not in it', async () => {
    await crew.says('maya', 'add "Check the crane" @wes due today 5pm in DOCK');
    await crew.says('maya', 'add "Sweep the pier" @wes due today 5pm in DOCK');
    crew.setNow(EIGHT);
    await crew.jobs.tick();
    await crew.says('wes', 'done 31');
    await crew.settle();
    expect(digests('wes')[0]).not.toMatch(/#31/);
    expect(digests('wes')[0]).toMatch(/#32/);
  });

  test('its buttons act, and show it again without what was dealt with', async () => {
    await crew.says('maya', 'add "Check the crane" @wes due today 5pm in DOCK');
    await at(EIGHT);
    const digest = crew.messagesTo('wes').at(-1);
    expect(buttonsIn(digest).map(({ label }) => label)).toEqual([
      'Start',
      'Done',
      'Snooze',
      'My tasks',
      'Other time',
    ]);
    const done = buttonsIn(digest).find(({ label }) => label === 'Done');
    if (!done) throw new Error('There is no button');
    const after = await crew.presses('wes', done);
    expect(after.words).toMatch(/There is nothing in it now/);
    expect((await crew.task(31)).status.category).toBe('done');
  });

  test('snoozed from it, a task leaves it until then, and the rest stays', async () => {
    await crew.says('maya', 'add "Check the crane" @wes due today 5pm in DOCK');
    await crew.says('maya', 'add "Grease the winch" @wes due today 5pm in DOCK');
    await at(EIGHT);
    const digest = crew.messagesTo('wes').at(-1);
    const here = { messageId: digest?.messageId ?? '' };
    const snooze = buttonsIn(digest).find(({ label }) => label === 'Snooze');
    if (!snooze) throw new Error('There is no button');
    const form = formOf((await crew.presses('wes', snooze, here)).reply);
    const sent = await crew.submits('wes', form, { when: 'in 3h' }, here);
    expect(sent.reply).toMatchObject({ replaceOriginal: true });
    expect(sent.words).toMatch(
      /^Your day, .*\nPut off: #31 Check the crane.*Due today \(1\)\n#32 Grease the winch/s,
    );
    expect(sent.words).not.toMatch(/\n#31 Check/);
    const rest = buttonsOf(sent.reply).find(({ label }) => label === 'Snooze');
    const last = formOf((await crew.presses('wes', rest ?? snooze, here)).reply);
    expect((await crew.submits('wes', last, { when: 'in 3h' }, here)).words).toMatch(
      /^Put off: #32 .*There is nothing in it now.*\[My tasks\]/s,
    );
    crew.setNow(new Date(EIGHT.getTime() + 4 * 3_600_000));
    expect((await crew.says('wes', 'digest')).words).toMatch(/Due today \(2\)/);
  });

  test('what is done from it is said above it, also why not', async () => {
    await crew.says('maya', 'add "Check the crane" @wes in DOCK');
    await crew.db.rows(sql`UPDATE tasks SET due_at = ${new Date('2026-11-23T15:00:00Z')} WHERE number = 31`);
    await at(EIGHT);
    const digest = crew.messagesTo('maya').at(-1);
    const here = { messageId: digest?.messageId ?? '' };
    const nudge = buttonsIn(digest).find(({ label }) => label === 'Nudge');
    if (!nudge) throw new Error('There is no button');
    expect((await crew.presses('maya', nudge, here)).words).toMatch(
      /^Your day, .*\nI have asked Wes Carter about #31.*Overdue in your projects \(1\)\n#31/s,
    );
    const again = await crew.presses('maya', nudge, here);
    expect(again.reply).toMatchObject({ replaceOriginal: true });
    expect(again.words).toMatch(/^Your day, .*\nYou nudged #31 .*Overdue in your projects \(1\)\n#31/s);
  });

  test('a manager reads of their projects and people, what is blocked first', async () => {
    await crew.says('maya', 'add "Check the crane" @wes in DOCK');
    await crew.says('wes', 'block 31 the key is missing');
    await at(EIGHT);
    expect(digests('maya')).toEqual([
      expect.stringMatching(
        /1 blocked.*Blocked in your projects \(1\)\n#31 Check the crane.*the key is missing/s,
      ),
    ]);
  });

  test('what somebody wants in their digest alone stands there with what happened', async () => {
    await crew.says('maya', 'settings notify commented digest');
    await crew.says('maya', 'add "Check the crane" @wes in DOCK');
    await crew.says('wes', 'accept 31');
    await crew.says('wes', 'comment 31 the hook is bent');
    await crew.settle();
    expect(messages('maya')).toEqual([]);
    expect((await crew.says('maya', 'digest')).words).toMatch(/Wes Carter has taken it on/);
    await at(EIGHT);
    expect(digests('maya')).toEqual([
      expect.stringMatching(
        /What was said and done \(1\)\n#31 Check the crane\n.*Wes Carter has taken it on · Wes Carter: “the hook is bent” · ○ To do/s,
      ),
    ]);
    expect((await crew.says('maya', 'digest')).words).toMatch(/There is nothing in it now/);
  });

  test('news of no task that was kept for it stands there too, with its buttons', async () => {
    await crew.says('maya', 'settings notify join_asked digest');
    const asked = await crew.says('zoe', 'hi');
    await crew.presses('zoe', buttonOf(asked, 'Ask to join'));
    await crew.settle();
    expect(messages('maya')).toEqual([]);
    await at(EIGHT);
    expect(digests('maya')).toEqual([expect.stringMatching(/Also \(1\)\nzoe Stranger .*asks to join/s)]);
    expect(buttonsIn(crew.messagesTo('maya').at(-1)).map(({ label }) => label)).toContain('Let them in');
  });

  test('what was kept for it and is true no more is not in it', async () => {
    await crew.says('maya', 'add "Check the crane" @wes in DOCK');
    await crew.says('wes', 'accept 31');
    await crew.says('maya', 'assign 31 @tom');
    await crew.settle();
    await at(EIGHT);
    expect(digests('maya')).toEqual([]);
  });

  test('who may not approve is not asked to', async () => {
    await crew.says('tom', 'add "Oil the gate" in DOCK');
    await crew.says('maya', 'assign 31 @wes');
    await crew.says('wes', 'review 31');
    await crew.settle();
    await at(EIGHT);
    expect((await crew.says('tom', 'digest')).words).toMatch(/There is nothing in it now/);
    expect((await crew.says('maya', 'digest')).words).toMatch(/Waits for you to approve \(1\)/);
  });

  test('downtime of two hours is caught up with, and a day that is over is not', async () => {
    await crew.says('maya', 'add "Check the crane" @wes due today 5pm in DOCK');
    await at('2026-11-24T15:00:00Z');
    expect(digests('wes')).toHaveLength(1);
    await at('2026-11-26T12:00:00Z');
    expect(digests('wes')).toHaveLength(1);
  });

  test('three replicas that look at the same moment make one', async () => {
    await crew.says('maya', 'add "Check the crane" @wes due today 5pm in DOCK');
    crew.setNow(EIGHT);
    const others = [crew.schedule(), crew.schedule()];
    await Promise.all([crew.jobs.tick(), ...others.map((run) => run())]);
    await crew.settle();
    expect(digests('wes')).toHaveLength(1);
  });

  test('who is away, on a day off or has turned it off gets none', async () => {
    for (const who of ['wes', 'tom', 'omar'])
      await crew.says('maya', `add "Check" @${who} due today in DOCK`);
    await crew.says('tom', 'digest off');
    await crew.db.rows(
      sql`UPDATE person_settings SET away_until = '2026-12-01' WHERE person_id = 'harbor-person-wes'`,
    );
    await at(EIGHT);
    expect([...digests('wes'), ...digests('tom')]).toEqual([]);
  });

  test('carries what was kept for it, and ends it', async () => {
    await crew.says('maya', 'add "Check the crane" @wes in DOCK');
    await crew.says('wes', 'accept 31');
    await crew.settle();
    expect(messages('maya').filter((words) => /has taken it on/.test(words))).toEqual([]);
    await at(EIGHT);
    expect(digests('maya')).toEqual([
      expect.stringMatching(/What was said and done \(1\)\n#31 Check the crane/),
    ]);
    expect(await crew.db.rows(sql`SELECT 1 FROM notifications WHERE state = 'held'`)).toEqual([]);
  });
});

describe('the command', () => {
  test('shows it at once, sets its time and days, and turns it off and on', async () => {
    expect((await crew.says('wes', 'digest')).words).toMatch(/There is nothing in it now/);
    await crew.says('maya', 'add "Check the crane" @wes due today 5pm in DOCK');
    expect((await crew.says('wes', 'digest now')).words).toMatch(/Due today \(1\)\n#31/);
    expect((await crew.says('wes', 'digest at 9:30')).words).toMatch(
      /^Your digest comes at 9:30 AM, every day/,
    );
    expect((await crew.says('wes', 'digest days mon-fri')).words).toMatch(/9:30 AM, Mon–Fri/);
    await at(EIGHT);
    expect(digests('wes')).toHaveLength(0);
    await at('2026-11-24T14:30:02Z');
    expect(digests('wes')).toHaveLength(1);
    expect((await crew.says('wes', 'digest off')).words).toMatch(/no daily digest/);
    expect((await crew.says('wes', 'digest on')).words).toMatch(/^Your digest comes at 9:30 AM/);
  });

  test('what it can’t read is answered with what to type', async () => {
    expect((await crew.says('wes', 'digest at noonish')).words).toMatch(/digest at 08:30/);
    expect((await crew.says('wes', 'digest days someday')).words).toMatch(/digest days mon-fri/);
    expect((await crew.says('wes', 'digest weekly')).words).toMatch(/I don’t know .*digest weekly/);
  });
});

describe('a channel’s digest', () => {
  test('is announced with who set it up, comes to the channel and ends there', async () => {
    await crew.says('maya', 'link DOCK', { channel: 'C-dock' });
    const set = await crew.says('maya', 'digest here at 8:00', { channel: 'C-dock' });
    expect(set.reply).toMatchObject({ to: 'channel' });
    expect(set.words).toMatch(/^Maya Okafor has set up a digest here: at 8:00 AM/);
    await crew.says('maya', 'add "Check the crane" @wes due today 5pm in DOCK');
    await at(EIGHT);
    const posted = crew.messagesIn('C-dock').map(({ view }) => wordsOfView(view));
    expect(posted).toContainEqual(
      expect.stringMatching(/^DOCK, Tuesday, November 24\n.*Due today \(1\)\n#31 Check the crane/s),
    );
    expect((await crew.says('maya', 'digest here off', { channel: 'C-dock' })).words).toMatch(
      /has ended the digest/,
    );
    await at('2026-11-25T13:00:05Z');
    expect(crew.messagesIn('C-dock').filter(({ view }) => /^DOCK, /.test(wordsOfView(view)))).toHaveLength(1);
  });

  test('is for channels with a project, and set up by managers', async () => {
    expect((await crew.says('maya', 'digest here at 8:00')).words).toMatch(/set up in that channel/);
    expect((await crew.says('maya', 'digest here at 8:00', { channel: 'C-x' })).words).toMatch(
      /No project is linked/,
    );
    expect((await crew.says('wes', 'digest here at 8:00', { channel: 'C-x' })).words).toMatch(
      /Only managers/,
    );
  });
});

test('managers get their week as it begins', async () => {
  await crew.says('maya', 'add "Check the crane" @wes in DOCK');
  await crew.says('wes', 'done 31');
  await crew.db.rows(sql`UPDATE person_settings SET work_days = '{1,2,3,4,5}'`);
  await at('2026-11-29T13:00:00Z');
  await at('2026-11-30T13:00:02Z');
  const weekly = messages('maya').filter((words) => /^Last week in your projects/.test(words));
  expect(weekly).toEqual([expect.stringMatching(/\d+ done · \d+ added · now \d+ open/)]);
  // The week that is over, as the manager’s calendar has it.
  expect(weekly[0]).toMatch(
    /\[picture: A chart of All your projects: \d+ done, .* Day by day: 22 Sun .*; 28 Sat /,
  );
  expect(messages('wes').filter((words) => /^Last week/.test(words))).toEqual([]);
});
