import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Form } from '../../src/core/view.ts';
import { sql } from '../../src/lib/sql.ts';
import { type Crew, formOf, openCrew } from '../support/crew.ts';
import { wordsOfView } from '../support/words-of.ts';

let crew: Crew;
beforeAll(async () => {
  crew = await openCrew();
  for (const who of ['maya', 'omar', 'wes', 'lena', 'tom', 'sam']) await crew.says(who, 'hi');
});
afterAll(() => crew.close());

describe('rename', () => {
  test('gives a task another title, and the card of it', async () => {
    expect((await crew.says('maya', 'rename 1 Inspect  all fenders on berth 4')).words).toMatch(
      /^Renamed: #1 Inspect all fenders on berth 4/,
    );
    expect((await crew.task(1)).title).toBe('Inspect all fenders on berth 4');
  });

  test('says what is missing, and what changes nothing', async () => {
    expect((await crew.says('maya', 'rename 1')).words).toMatch(
      /Say the new title too, like rename 1|\/task rename 1/,
    );
    expect((await crew.says('maya', 'rename 1 Inspect all fenders on berth 4')).words).toBe(
      '#1 is called that already.',
    );
    expect((await crew.says('maya', `rename 1 ${'x'.repeat(301)}`)).words).toMatch(/has 301 characters/);
  });

  test('is for managers and for whoever made the task', async () => {
    expect((await crew.says('wes', 'rename 13 Order 90 mm pump seals')).words).toMatch(/^Renamed: #13/);
    expect((await crew.says('wes', 'rename 2 Mine')).words).toBe('You can’t rename #2. Maya Okafor can.');
  });
});

describe('edit', () => {
  const open = async (who: string, number: number) => formOf((await crew.says(who, `edit ${number}`)).reply);
  const valuesOf = (form: Form): Record<string, string> =>
    Object.fromEntries(form.fields.map(({ name, value }) => [name, value ?? '']));

  test('opens a form with the task as it stands', async () => {
    expect(valuesOf(await open('maya', 17))).toEqual({
      title: 'Prepare mooring plan for MV Aurora',
      description: '182 m, port side to, berth 6. Wind up to 7 from the south-west is forecast.',
      due: expect.stringMatching(/^tomorrow/),
      priority: 'high',
      mode: 'anyone',
    });
  });

  test('writes what was changed, and nothing else', async () => {
    const before = await crew.task(17);
    const form = await open('maya', 17);
    // The same words would mean another day by now.
    crew.setNow(new Date(crew.now.getTime() + 24 * 60 * 60 * 1_000));
    const saved = await crew.submits('maya', form, {
      ...valuesOf(form),
      title: 'Mooring plan for MV Aurora',
      priority: 'urgent',
    });
    expect(saved.words).toMatch(/^Changed #17 Mooring plan for MV Aurora: title and priority\./);
    const after = await crew.task(17);
    expect(after).toMatchObject({
      title: 'Mooring plan for MV Aurora',
      priority: 'urgent',
      dueAt: before.dueAt,
      description: before.description,
      version: before.version + 1,
    });
    const [row] = (await crew.auditRows()).slice(-1);
    expect(row).toMatchObject({ action: 'edit', details: { title: after.title, priority: 'urgent' } });
  });

  test('an overdue date that nobody touched is no error, a new one is read, none takes it away', async () => {
    let form = await open('maya', 3);
    await crew.submits('maya', form, { ...valuesOf(form), description: 'Three rungs' });
    expect((await crew.task(3)).description).toBe('Three rungs');
    form = await open('maya', 3);
    const wrong = await crew.submits('maya', form, { ...valuesOf(form), due: 'someday' });
    expect(wrong.reply).toMatchObject({
      kind: 'fieldErrors',
      errors: { due: expect.stringMatching(/someday/) },
    });
    await crew.submits('maya', await open('maya', 3), { ...valuesOf(form), due: 'tomorrow 2pm' });
    expect((await crew.task(3)).dueAt?.toISOString()).toBe('2026-11-26T19:00:00.000Z');
    form = await open('maya', 3);
    await crew.submits('maya', form, { ...valuesOf(form), due: '' });
    expect((await crew.task(3)).dueAt).toBeNull();
  });

  test('does not overwrite what somebody else changed while the form was open', async () => {
    const form = await open('maya', 22);
    await crew.says('omar', 'rename 22 Log the hours of both winches');
    const late = await crew.submits('maya', form, { ...valuesOf(form), title: 'Winch hours' });
    expect(late.reply).toMatchObject({
      kind: 'fieldErrors',
      errors: { title: expect.stringMatching(/it is “Log the hours of both winches” now/) },
    });
    const other = await open('maya', 22);
    await crew.says('omar', 'priority 22 high');
    await crew.submits('maya', other, { ...valuesOf(other), title: 'Winch hours' });
    expect(await crew.task(22)).toMatchObject({ title: 'Winch hours', priority: 'high' });
  });

  test('unchanged or without a title, it says so', async () => {
    const form = await open('maya', 24);
    expect((await crew.submits('maya', form, valuesOf(form))).words).toBe(
      '#24 stays as it is: nothing was changed.',
    );
    const empty = await crew.submits('maya', await open('maya', 24), { ...valuesOf(form), title: ' ' });
    expect(empty.reply).toMatchObject({ kind: 'fieldErrors', errors: { title: expect.any(String) } });
  });

  test('is for managers and for whoever made the task', async () => {
    expect((await crew.says('wes', 'edit 2')).words).toBe('You can’t edit #2. Maya Okafor can.');
    expect((await open('lena', 25)).title).toBe('Edit #25');
  });
});

describe('sub', () => {
  test('adds a part in the project of the task, told to whom it is given, counted on its card', async () => {
    await crew.says('maya', 'add "Overhaul pump 3" @wes in DOCK', { channel: 'C-YARD' });
    await crew.settle();
    expect((await crew.says('maya', 'sub 31 Order the seals @tom due tomorrow 2pm')).words).toMatch(
      /^Added #32 Order the seals as a part of #31 · Tom Reilly · due tomorrow 2:00 PM · DOCK/,
    );
    await crew.says('maya', 'sub 31 "Drain it"');
    await crew.settle();
    const [card] = crew.messagesIn('C-YARD');
    expect(card && wordsOfView(card.view)).toMatch(/0 of 2 subtasks done/);
    expect(wordsOfView(crew.messagesTo('tom').at(-1)?.view ?? { summary: '', nodes: [] })).toMatch(
      /^Maya Okafor gave you a task\n#32 Order the seals/,
    );
    await crew.says('tom', 'done 32');
    await crew.settle();
    expect(card && wordsOfView(card.view)).toMatch(/1 of 2 subtasks done/);
  });

  test('show lists the parts, with who has them and how they stand', async () => {
    const { words } = await crew.says('wes', 'show 31');
    expect(words).toMatch(/#32 Order the seals · ● Done · Tom Reilly\n#33 Drain it · ○ To do/);
    expect((await crew.says('tom', 'show 32')).words).toMatch(/part of #31/);
  });

  test('the task closes when its parts are closed, or when a manager says so', async () => {
    expect((await crew.says('wes', 'done 31')).words).toMatch(/^#31 has 1 open subtasks?\./);
    await crew.says('maya', 'cancel 33');
    expect((await crew.says('wes', 'done 31')).words).toMatch(/^Done: #31/);
  });

  test('a closed task, and a part, take none', async () => {
    expect((await crew.says('maya', 'sub 31 More')).words).toMatch(/^#31 is done\. Reopen it first\./);
    expect((await crew.says('maya', 'sub 8 More')).words).toMatch(
      /^#8 is a subtask itself, and those have none\. Add it to #6/,
    );
  });

  test('says what to type instead', async () => {
    expect((await crew.says('maya', 'sub 6')).words).toMatch(/Say what the part is/);
    expect((await crew.says('maya', 'sub 6 "Look" in LINE')).words).toMatch(/belongs to the project of #6/);
    expect((await crew.says('wes', 'sub 2 Look')).words).toBe(
      'You can’t add subtasks to #2. Maya Okafor can.',
    );
  });

  test('in an archived project there are no new ones', async () => {
    await crew.db.rows(sql`UPDATE projects SET archived_at = now() WHERE key = 'LINE'`);
    expect((await crew.says('maya', 'sub 24 More')).words).toBe('LINE is archived: no new tasks.');
    await crew.db.rows(sql`UPDATE projects SET archived_at = NULL WHERE key = 'LINE'`);
  });

  test('a part of someone’s own task is seen by those whom it names', async () => {
    await crew.says('maya', 'add "Plan the party" @me');
    const number = (await crew.db.prisma.task.findFirstOrThrow({ where: { title: 'Plan the party' } }))
      .number;
    await crew.says('maya', `sub ${number} "Buy the cake" @sam`);
    expect((await crew.says('sam', `show ${number + 1}`)).words).toMatch(/Buy the cake/);
    expect((await crew.says('tom', `show ${number + 1}`)).words).toMatch(/no task/);
  });
});
