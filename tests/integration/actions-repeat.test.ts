import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/lib/sql.ts';
import { buttonOf, type Crew, formOf, openCrew } from '../support/crew.ts';
import { wordsOfView } from '../support/words-of.ts';

/** Tuesday; ten in the morning for Maya in New York */
const tuesday = new Date('2026-11-24T15:00:00Z');

let crew: Crew;

beforeEach(async () => {
  crew = await openCrew({ now: tuesday, noDigests: true, atAnyHour: true });
  for (const who of ['maya', 'wes', 'tom', 'omar']) await crew.says(who, 'hi');
  // What the demo's tasks would have to say is not what is asked here.
  await crew.db.rows(sql`UPDATE tasks SET remind_at = NULL`);
});
afterEach(() => crew.close());

const passesTo = async (time: string): Promise<void> => {
  crew.setNow(new Date(time));
  await crew.tick();
};

async function add(words: string, at = {}): Promise<number> {
  const { words: said } = await crew.says('maya', `add ${words}`, at);
  await crew.settle();
  return Number(/#(\d+)/.exec(said)?.[1]);
}

/** The tasks of that title, the oldest first. */
const named = (title: string) =>
  crew.db.prisma.task.findMany({
    where: { title },
    include: {
      assignees: { include: { person: true } },
      cards: { where: { recipientId: null } },
      subtasks: true,
      project: true,
    },
    orderBy: { number: 'asc' },
  });

describe('repeat', () => {
  test('says the rule back, with the next time and a way to stop', async () => {
    const number = await add('"Sweep the dock" @wes in DOCK');
    const set = await crew.says('maya', `repeat ${number} every weekday 9am`);
    expect(set.words).toBe(
      `#${number} Sweep the dock repeats every weekday at 9:00 AM. The next one comes tomorrow 9:00 AM.\n[Stop]`,
    );
    expect((await crew.says('wes', `repeat ${number}`)).words).toMatch(
      /repeats every weekday at 9:00 AM\. The next one comes tomorrow 9:00 AM\. Maya Okafor set it so\.$/,
    );
    expect((await crew.says('wes', `show ${number}`)).words).toMatch(/repeats every weekday at 9:00 AM/);
  });

  test('makes the next one at its time, with people, project, priority, parts and cards of the first', async () => {
    const number = await add('"Check the crane" @wes @tom everyone due tomorrow 2pm !high in DOCK', {
      channel: 'C-YARD',
    });
    await crew.says('maya', `sub ${number} "Grease the hook" @tom`);
    await crew.says('maya', `sub ${number} "Look at the brake"`);
    await crew.says('maya', `repeat ${number} every weekday 9am`);
    await crew.settle();
    await passesTo('2026-11-25T13:59:00Z');
    expect(await named('Check the crane')).toHaveLength(1);
    await passesTo('2026-11-25T14:00:30Z');
    const [first, next, ...more] = await named('Check the crane');
    expect(more).toEqual([]);
    expect(next).toMatchObject({
      priority: 'high',
      assigneeMode: 'everyone',
      projectId: first?.projectId,
      dueAt: new Date('2026-11-25T19:00:00Z'),
      dueHasTime: true,
      recurrenceId: first?.recurrenceId,
    });
    expect(next?.assignees.map(({ person, state }) => `${person.name} ${state}`).sort()).toEqual([
      'Tom Reilly assigned',
      'Wes Carter assigned',
    ]);
    expect(next?.subtasks.map(({ title }) => title).sort()).toEqual(['Grease the hook', 'Look at the brake']);
    expect(
      new Set([first?.number, next?.number, ...(next?.subtasks.map((part) => part.number) ?? [])]).size,
    ).toBe(4);
    expect(next?.cards.map(({ channelId }) => channelId)).toEqual(['C-YARD']);
    expect(crew.messagesIn('C-YARD').at(-1)?.view.summary).toMatch(/Check the crane: To do$/);
    const message = crew.messagesTo('wes').at(-1);
    expect(message && wordsOfView(message.view)).toMatch(
      /^It is time again: every weekday at 9:00 AM\n#\d+ Check the crane/,
    );
    const rows = await crew.auditRows();
    const made = [...rows, ...(await crew.auditOf(next?.number ?? 0))].find(
      ({ action }) => action === 'recur',
    );
    expect(made).toMatchObject({ actorName: 'Crewline', platform: 'system', taskNumber: next?.number });
  });

  test('makes the parts due as long before or after the whole as they were at first', async () => {
    const number = await add('"Dive" @wes due fri 2pm in DOCK');
    for (const part of ['"Fill the tanks" due fri 9am', '"Write it down" due sat', '"Book the boat" due wed'])
      await crew.says('maya', `sub ${number} ${part}`);
    await crew.says('maya', `sub ${number} "Bring a towel"`);
    await crew.says('maya', `repeat ${number} every friday 7am`);
    // The clocks change in between: the parts keep their hour.
    await crew.db.rows(sql`UPDATE recurrences SET next_at = '2027-03-19T11:00:00Z'`);
    await passesTo('2027-03-19T11:00:30Z');
    const [, next] = await named('Dive');
    const inNewYork = (at: Date | null) => at?.toLocaleString('sv-SE', { timeZone: 'America/New_York' });
    const first = await crew.db.prisma.task.findFirstOrThrow({ where: { title: 'Write it down' } });
    expect(
      Object.fromEntries(next?.subtasks.map((part) => [part.title, inNewYork(part.dueAt)]) ?? []),
    ).toEqual({
      'Fill the tanks': '2027-03-19 09:00:00',
      'Write it down': `2027-03-20 ${inNewYork(first.dueAt)?.slice(11)}`,
      // It would have been due before it came: it is due with the whole.
      'Book the boat': '2027-03-19 14:00:00',
      'Bring a towel': undefined,
    });
  });

  test('makes one, however many replicas look at one moment, and one after a day without any', async () => {
    const number = await add('"Read the meters" @wes in DOCK');
    await crew.says('maya', `repeat ${number} every day 9am`);
    crew.setNow(new Date('2026-11-25T14:00:00Z'));
    await Promise.all([crew.jobs.tick(), crew.jobs.tick(), crew.jobs.tick()]);
    expect(await named('Read the meters')).toHaveLength(2);
    await passesTo('2026-11-28T16:00:00Z');
    const tasks = await named('Read the meters');
    expect(tasks).toHaveLength(3);
    // The one of the last morning, not of those that nobody saw.
    expect(tasks.at(-1)?.dueAt).toEqual(new Date('2026-11-28T22:00:00Z'));
    await passesTo('2026-11-29T14:00:00Z');
    expect(await named('Read the meters')).toHaveLength(4);
  });

  test('leaves holidays out, and moves what falls on a day off where that was asked for', async () => {
    await crew.db.rows(sql`INSERT INTO holidays (organization_id, day, name) VALUES ('harbor-works', '2026-11-26', 'Thanksgiving'),
      ('harbor-works', '2026-12-01', 'Founders’ day')`);
    const sweep = await add('"Sweep" @wes in DOCK');
    await crew.says('maya', `repeat ${sweep} every weekday`);
    const pay = await add('"Send the invoices" @wes in DOCK');
    expect((await crew.says('maya', `repeat ${pay} monthly on the 1st or next working day`)).words).toMatch(
      /repeats every month on the 1st at 7:00 AM, on a day off the next working day\. The next one comes Wed Dec 2, 7:00 AM\./,
    );
    await passesTo('2026-11-26T20:00:00Z');
    // Wednesday's alone
    expect(await named('Sweep')).toHaveLength(2);
    await passesTo('2026-12-01T20:00:00Z');
    expect(await named('Send the invoices')).toHaveLength(1);
    await passesTo('2026-12-02T12:00:00Z');
    expect(await named('Send the invoices')).toHaveLength(2);
  });

  test('ends when it was said to', async () => {
    const number = await add('"Water the plants" @wes in DOCK');
    await crew.says('maya', `repeat ${number} daily until thu`);
    for (const day of ['25', '26', '27', '28']) await passesTo(`2026-11-${day}T15:00:00Z`);
    expect(await named('Water the plants')).toHaveLength(3);
    expect((await crew.says('maya', `repeat ${number}`)).words).toMatch(/does not repeat\./);
  });

  test('is stopped from any task of the series, and undone', async () => {
    const number = await add('"Oil the hinges" @wes in DOCK');
    const set = await crew.says('maya', `repeat ${number} every day 9am`);
    await passesTo('2026-11-25T14:00:10Z');
    const [, second] = await named('Oil the hinges');
    expect((await crew.says('maya', `repeat ${second?.number} off`)).words).toMatch(
      /^#\d+ Oil the hinges repeats no more\. What is there stays\./,
    );
    await passesTo('2026-11-26T14:00:10Z');
    expect(await named('Oil the hinges')).toHaveLength(2);
    expect((await crew.presses('maya', buttonOf(set, 'Stop'))).words).toMatch(/^#\d+ does not repeat\./);
    expect((await crew.says('maya', `repeat ${number} weekly`)).words).toMatch(/every Thursday/);
    expect((await crew.says('maya', 'undo')).words).toMatch(/^Undone: #\d+ Oil the hinges · does not repeat/);
    await passesTo('2026-12-04T14:00:10Z');
    expect(await named('Oil the hinges')).toHaveLength(2);
  });

  test('goes on after one of them is cancelled, and says so to who could stop it', async () => {
    const number = await add('"Sand the ramp" @wes in DOCK');
    await crew.says('maya', `repeat ${number} every day 9am`);
    const cancelled = await crew.says('maya', `cancel ${number}`);
    expect(cancelled.words).toMatch(
      /^Cancelled: #\d+ Sand the ramp\. It repeats: the next one comes tomorrow 9:00 AM\./,
    );
    expect((await crew.presses('maya', buttonOf(cancelled, 'Stop repeating'))).words).toMatch(
      /Sand the ramp repeats no more\./,
    );
    await crew.says('maya', `reopen ${number}`);
    expect((await crew.says('maya', `cancel ${number}`)).words).not.toMatch(/repeats/);
  });

  test('is not spoken of to a worker who cancels one', async () => {
    const number = await add('"Sand the ramp" @wes in DOCK');
    await crew.says('maya', `repeat ${number} every day 9am`);
    const cancelled = await crew.says('wes', `cancel ${number}`);
    expect(cancelled.buttons.map(({ label }) => label)).toEqual(['Show']);
  });

  test('undone, a stop is none', async () => {
    const number = await add('"Wind the clock" @wes in DOCK');
    await crew.says('maya', `repeat ${number} every day 9am`);
    await crew.says('maya', `repeat ${number} off`);
    expect((await crew.says('maya', 'undo')).words).toMatch(/repeats every day at 9:00 AM/);
    await passesTo('2026-11-25T14:00:10Z');
    expect(await named('Wind the clock')).toHaveLength(2);
  });

  test('said of a later one, goes on from that one', async () => {
    const number = await add('"Stock the kit" @wes in DOCK');
    await crew.says('maya', `repeat ${number} every day 9am`);
    await passesTo('2026-11-25T14:00:10Z');
    const [, second] = await named('Stock the kit');
    await crew.says('maya', `assign ${second?.number} @tom`);
    await passesTo('2026-11-26T14:00:10Z');
    const [, , third] = await named('Stock the kit');
    expect(third?.assignees.map(({ person }) => person.name)).toEqual(['Wes Carter']);
    await crew.says('maya', `repeat ${second?.number} every day 9am`);
    await passesTo('2026-11-27T14:00:10Z');
    const tasks = await named('Stock the kit');
    expect(tasks.at(-1)?.assignees.map(({ person }) => person.name)).toEqual(['Tom Reilly']);
    expect(new Set(tasks.map(({ recurrenceId }) => recurrenceId)).size).toBe(1);
  });

  test('comes to nobody who has left, and not at all in an archived project', async () => {
    const number = await add('"Count the cones" @wes @tom in DOCK');
    await crew.says('maya', `repeat ${number} every day 9am`);
    await crew.db.rows(sql`UPDATE persons SET deactivated_at = now() WHERE id = 'harbor-person-tom'`);
    await passesTo('2026-11-25T14:00:10Z');
    expect((await named('Count the cones')).at(-1)?.assignees.map(({ person }) => person.name)).toEqual([
      'Wes Carter',
    ]);
    await crew.db.rows(sql`UPDATE projects SET archived_at = now() WHERE key = 'DOCK'`);
    await passesTo('2026-11-26T14:00:10Z');
    expect(await named('Count the cones')).toHaveLength(2);
    const [series] = await crew.db.rows<{ nextAt: Date | null }>(
      sql`SELECT next_at AS "nextAt" FROM recurrences`,
    );
    expect(series?.nextAt).toBeNull();
  });

  test('without a rule offers the usual ones, and a form for the others', async () => {
    const number = await add('"Rinse the deck" @wes in DOCK');
    const bare = await crew.says('maya', `repeat ${number}`);
    expect(bare.words).toMatch(
      /does not repeat\. Choose how often, or type it, like \/task repeat \d+ every 2 weeks on tue 9am\./,
    );
    expect(bare.buttons.map(({ label }) => label)).toEqual(['Weekdays', 'Weekly', 'Monthly', 'Other…']);
    expect((await crew.presses('maya', buttonOf(bare, 'Weekly'))).words).toMatch(
      /repeats every Tuesday at 7:00 AM/,
    );
    const form = formOf((await crew.presses('maya', buttonOf(bare, 'Other…'))).reply);
    expect((await crew.submits('maya', form, { rule: 'now and then' })).reply).toEqual({
      kind: 'fieldErrors',
      errors: { rule: expect.stringMatching(/^I can’t read how often that is: “now and then”\. Try/) },
    });
    expect((await crew.submits('maya', form, { rule: 'every 2 weeks on fri' })).words).toMatch(
      /repeats every 2 weeks on Friday at 7:00 AM\. The next one comes Fri Nov 27, 7:00 AM\./,
    );
    expect((await crew.says('wes', `repeat ${number}`)).buttons).toEqual([]);
  });

  test.each([
    ['wes', 'repeat 2 every day', /^You can’t repeat #2\. Maya Okafor can\./],
    ['maya', 'repeat 2 every monday 5:30', /^I can’t read “5:30” as a time of day\./],
    ['maya', 'repeat 2 every friday until wed', /would never come\. Set a later end\./],
    ['maya', 'repeat 2 off', /^#2 does not repeat\./],
  ])('%s, %s: is refused in words', async (who, words, said) => {
    expect((await crew.says(who, words)).words).toMatch(said);
  });

  test('of a part is refused: it comes along with the whole', async () => {
    const number = await add('"Whole" in DOCK');
    const part = await crew.says('maya', `sub ${number} "Part"`);
    const partNumber = /Part/.test(part.words) ? number + 1 : 0;
    expect((await crew.says('maya', `repeat ${partNumber} weekly`)).words).toMatch(
      /is part of #\d+, and comes along with it/,
    );
  });
});

test('goes on to whoever takes over the tasks of somebody who leaves, also where the first one is done', async () => {
  const number = await add('"Sweep the dock" @wes in DOCK');
  await crew.says('maya', `repeat ${number} every weekday 9am`);
  await passesTo('2026-11-25T15:00:00Z');
  await crew.says('wes', `done ${number}`);
  const asked = await crew.says('maya', 'team remove @wes to @tom');
  await crew.presses('maya', buttonOf(asked, 'Remove'));
  await passesTo('2026-11-26T15:00:00Z');
  const people = (await named('Sweep the dock')).map(({ assignees }) =>
    assignees.map(({ person }) => person.name),
  );
  expect(people).toEqual([['Wes Carter'], ['Tom Reilly'], ['Tom Reilly']]);
});
