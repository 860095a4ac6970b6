import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/lib/sql.ts';
import { buttonOf, buttonsIn, type Crew, formOf, openCrew } from '../support/crew.ts';
import { wordsOfView } from '../support/words-of.ts';

/** Tuesday; ten in the morning for Wes in New York */
const tuesday = new Date('2026-11-24T15:00:00Z');

let crew: Crew;
let last = 0;

beforeEach(async () => {
  crew = await openCrew({ now: tuesday, noDigests: true, atAnyHour: true });
  for (const who of ['maya', 'wes', 'tom']) await crew.says(who, 'hi');
  // What the demo's tasks would have to say is not what is asked here.
  await crew.db.rows(sql`UPDATE tasks SET remind_at = NULL`);
  await crew.db.rows(sql`UPDATE person_settings SET digest = false`);
  last = crew.posted.length;
});
afterEach(() => crew.close());

const passes = async (hours: number): Promise<void> => {
  crew.setNow(new Date(crew.now.getTime() + hours * 3_600_000));
  await crew.tick();
};

const heardBy = (who: string) => crew.posted.slice(last).filter(({ to }) => to === `U-${who}`);

describe('remind', () => {
  test('sends a message to oneself at that time, and once', async () => {
    const { words } = await crew.says('wes', 'remind 1 in 2h');
    expect(words).toMatch(/^I will remind you of #1 Inspect fenders on berth 4: today 12:00 PM\./);
    await passes(1.9);
    expect(heardBy('wes')).toEqual([]);
    await passes(0.2);
    await Promise.all([crew.jobs.tick(), crew.jobs.tick()]);
    await passes(24);
    const [message, ...more] = heardBy('wes');
    expect(more).toEqual([]);
    expect(message?.view.summary).toBe('Reminder: #1 Inspect fenders on berth 4');
    expect(message && wordsOfView(message.view)).toMatch(/^You wanted to be reminded\n#1 Inspect fenders/);
    expect(buttonsIn(message).map(({ label }) => label)).toEqual([
      'Done',
      'Snooze 1 h',
      'Snooze 3 h',
      'Tomorrow',
      'Until…',
    ]);
  });

  test('a day alone means its morning', async () => {
    expect((await crew.says('wes', 'remind me of 1 tomorrow')).words).toMatch(/: tomorrow 9:00 AM\./);
    expect((await crew.says('wes', 'remind 1 today')).words).toMatch(/: today 5:00 PM\./);
  });

  test('is called off by its button, or in words', async () => {
    const set = await crew.says('wes', 'remind 1 in 2h');
    await crew.says('wes', 'remind 1 in 3h');
    expect((await crew.presses('wes', buttonOf(set, 'Call it off'))).words).toMatch(
      /^Called off: I won’t remind you of #1/,
    );
    await passes(2.5);
    expect(heardBy('wes')).toEqual([]);
    await crew.says('wes', 'remind 1 off');
    await passes(2.5);
    expect(heardBy('wes')).toEqual([]);
    expect((await crew.says('wes', 'remind 1 off')).words).toMatch(
      /^You have no reminder of #1\. \/task remind 1 tomorrow 9am sets one\./,
    );
  });

  test('alone lists what is to come', async () => {
    expect((await crew.says('wes', 'remind')).words).toMatch(/There is nothing to remind you of\./);
    await crew.says('wes', 'remind 2 tomorrow');
    await crew.says('wes', 'remind 1 in 2h');
    const list = await crew.says('wes', 'reminders');
    expect(list.words).toMatch(/#1 Inspect fenders[\s\S]*#2 Replace hydraulic hose/);
    expect(list.buttons.map(({ label }) => label)).toEqual(['Call it off', 'Call it off']);
  });

  test('with a task but no time asks for the time in a form', async () => {
    const form = formOf((await crew.says('wes', 'remind 1')).reply);
    expect(form.title).toBe('Remind me of #1');
    const bad = await crew.submits('wes', form, { when: 'whenever' });
    expect(bad.reply).toEqual({
      kind: 'fieldErrors',
      errors: { when: expect.stringMatching(/^I can’t read that as a date: “whenever”/) },
    });
    expect((await crew.submits('wes', form, { when: 'fri 5pm' })).words).toMatch(/: Fri Nov 27, 5:00 PM\./);
  });

  test('says nothing of a task that was finished meanwhile, or that is hidden now', async () => {
    await crew.says('wes', 'remind 1 in 2h');
    await crew.says('tom', 'remind 9 in 2h');
    await crew.says('wes', 'done 1');
    await crew.db.rows(sql`DELETE FROM project_members WHERE person_id = 'harbor-person-tom'`);
    await crew.settle();
    last = crew.posted.length;
    expect((await crew.says('tom', 'remind')).words).not.toMatch(/#9/);
    await passes(3);
    expect([...heardBy('wes'), ...heardBy('tom')]).toEqual([]);
  });

  test('of what was closed already comes all the same', async () => {
    await crew.says('maya', 'remind 12 in 2h');
    await passes(3);
    expect(heardBy('maya').map(({ view }) => view.summary)).toEqual([
      expect.stringMatching(/^Reminder: #12 /),
    ]);
  });
});

describe('snooze', () => {
  /** A task of Wes's that is due in four hours; its reminder has come. */
  async function reminded() {
    const { words } = await crew.says('maya', 'add "Bleed the brake" @wes due in 4h in DOCK');
    const number = Number(/#(\d+)/.exec(words)?.[1]);
    await crew.settle();
    last = crew.posted.length;
    await passes(3.1);
    const message = heardBy('wes').at(-1);
    if (!message) throw new Error('There was no reminder');
    const press = (label: string) => {
      const button = buttonsIn(message).find((one) => one.label === label);
      if (!button) throw new Error(`There is no button ${label}`);
      return crew.presses('wes', button, { messageId: message.messageId });
    };
    last = crew.posted.length;
    return { number, press };
  }

  test('leaves one alone with the date until then, and comes back then', async () => {
    const { number, press } = await reminded();
    const answer = await press('Snooze 3 h');
    expect(answer.words).toMatch(
      new RegExp(
        `^Put off: #${number} Bleed the brake\\. You hear nothing of its date until today 4:0\\d PM\\.`,
      ),
    );
    expect(answer.reply).toMatchObject({ replaceOriginal: true });
    await passes(1);
    await passes(1);
    expect(heardBy('wes')).toEqual([]);
    await passes(1.1);
    expect(heardBy('wes').map(({ view }) => wordsOfView(view).split('\n')[0])).toEqual([
      'You had put this off until now',
    ]);
    await passes(17);
    expect(heardBy('wes').map(({ view }) => view.summary)).toEqual([
      `Reminder: #${number} Bleed the brake`,
      `Overdue: #${number} Bleed the brake`,
    ]);
  });

  test('holds also for what was found and not sent yet', async () => {
    const { number } = await reminded();
    crew.setNow(new Date(crew.now.getTime() + 3_600_000));
    await crew.jobs.tick();
    await crew.says('wes', `snooze ${number} 3h`);
    await crew.settle();
    expect(heardBy('wes')).toEqual([]);
  });

  test('again moves it, and off ends it', async () => {
    const { number, press } = await reminded();
    await press('Snooze 1 h');
    await press('Tomorrow');
    expect((await crew.says('wes', 'remind')).words).toMatch(/tomorrow 9:00 AM/);
    await passes(2);
    expect(heardBy('wes')).toEqual([]);
    expect((await crew.says('wes', `snooze ${number} off`)).words).toMatch(/^No longer put off: /);
    expect((await crew.says('wes', `snooze ${number} off`)).words).toMatch(/^You have not put #\d+ off\./);
    await passes(18);
    expect(heardBy('wes').map(({ view }) => view.summary)).toEqual([`Overdue: #${number} Bleed the brake`]);
  });

  test('until… asks for the time', async () => {
    const { number, press } = await reminded();
    const form = formOf((await press('Until…')).reply);
    expect(form.title).toBe(`Put off #${number}`);
    expect((await crew.submits('wes', form, { when: 'monday 8am' })).words).toMatch(/until Mon Nov 30/);
  });

  test('concerns nobody else', async () => {
    const { words } = await crew.says('maya', 'add "Check the sling" @wes @tom due in 4h in DOCK');
    const number = Number(/#(\d+)/.exec(words)?.[1]);
    await crew.says('wes', `snooze ${number} until tomorrow`);
    await crew.settle();
    last = crew.posted.length;
    await passes(4.1);
    expect(heardBy('wes')).toEqual([]);
    expect(heardBy('tom')).toHaveLength(1);
  });

  test('of a closed task is refused, with what to do instead', async () => {
    expect((await crew.says('maya', 'snooze 12 3h')).words).toMatch(
      /^#12 is done: there is nothing to put off\. \/task remind 12 tomorrow 9am reminds you all the same\./,
    );
  });
});

test('the Spanish reader gets all of it in Spanish', async () => {
  await crew.db.rows(sql`UPDATE persons SET locale = 'es-MX' WHERE id = 'harbor-person-tom'`);
  await crew.says('maya', 'add "Revisar el motor" @tom due in 4h in DOCK');
  await crew.settle();
  last = crew.posted.length;
  await passes(3.1);
  const message = heardBy('tom').at(-1);
  expect(message?.view.summary).toMatch(/^Vence pronto: #\d+ Revisar el motor$/);
  expect(
    buttonsIn(message)
      .map(({ label }) => label)
      .slice(1),
  ).toEqual(['Aplazar 1 h', 'Aplazar 3 h', 'Mañana', 'Hasta…']);
});
