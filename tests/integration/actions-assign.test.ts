import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buttonOf, type Crew, formOf, openCrew } from '../support/crew.ts';

let crew: Crew;

beforeAll(async () => {
  crew = await openCrew();
  for (const who of ['maya', 'omar', 'wes', 'priya', 'lena', 'tom', 'aiko', 'sam'])
    await crew.says(who, 'hi');
});
afterAll(() => crew.close());

const words = async (who: string, text: string): Promise<string> => (await crew.says(who, text)).words;
const assigneesOf = async (number: number): Promise<string[]> =>
  (await crew.task(number)).assignees.map(({ person, state }) => `${person.name} ${state}`).sort();
const numberIn = (said: string): number => Number(/#(\d+)/.exec(said)?.[1]);

describe('add', () => {
  test('a manager gives it to others, with a date, a priority and a project, and hears all of it back', async () => {
    const said = await words('maya', 'add "Reseal pump 3" @wes @priya due tomorrow 2pm !high in DOCK');
    expect(said).toMatch(
      /^Added #31 Reseal pump 3 · Wes Carter and Priya Nair · due tomorrow 2:00 PM.* · DOCK/,
    );
    expect(await crew.task(31)).toMatchObject({
      title: 'Reseal pump 3',
      priority: 'high',
      projectId: 'harbor-project-dock',
      // 2 p.m. in New York
      dueAt: new Date('2026-11-25T19:00:00Z'),
      dueHasTime: true,
      assigneeMode: 'anyone',
      status: { name: 'To do' },
      createdById: 'harbor-person-maya',
    });
    expect(await assigneesOf(31)).toEqual(['Priya Nair assigned', 'Wes Carter assigned']);
  });

  test('dates are read in the zone and the custom of the one who types', async () => {
    const said = await words('sam', 'add "Check the tide" due 01.12. 9:00');
    // 9 a.m. in Auckland
    expect(await crew.task(numberIn(said))).toMatchObject({ dueAt: new Date('2026-11-30T20:00:00Z') });
  });

  test('a worker adds for themselves, and not for others', async () => {
    expect(await assigneesOf(numberIn(await words('wes', 'add "Sharpen the knives"')))).toEqual([
      'Wes Carter assigned',
    ]);
    expect(await words('wes', 'add "Sharpen the knives" @tom')).toBe(
      'You can add tasks for yourself. To give one to somebody else, ask Maya Okafor.',
    );
    expect(await words('wes', 'add "Sharpen the knives" @me')).toMatch(/^Added #\d+/);
  });

  test('only in projects that are one’s own', async () => {
    expect(await words('wes', 'add "Coil ropes" in LINE')).toBe(
      'You have no project “LINE”. Yours: DOCK.\n[Projects]',
    );
  });

  test('in a channel that shows a project it belongs there, and the card stands in the channel', async () => {
    await crew.says('maya', 'link DOCK', { channel: 'C-DOCK' });
    const added = await crew.says('wes', 'add "Hose down berth 4"', { channel: 'C-DOCK' });
    const number = numberIn(added.words);
    expect((await crew.task(number)).projectId).toBe('harbor-project-dock');
    await crew.settle();
    expect(crew.messagesIn('C-DOCK').map(({ view }) => view.summary)).toEqual([
      `#${number} Hose down berth 4: To do`,
    ]);
  });

  test('elsewhere, its card stands in the channels that show its project too', async () => {
    const number = numberIn(await words('maya', 'add "Order fenders" in DOCK'));
    await crew.settle();
    expect(crew.messagesIn('C-DOCK').at(-1)?.view.summary).toBe(`#${number} Order fenders: To do`);
  });

  test('in a channel that shows two projects, one says which', async () => {
    await crew.says('omar', 'link LINE', { channel: 'C-BOTH' });
    await crew.says('omar', 'link DOCK', { channel: 'C-BOTH' });
    const asked = await crew.says('maya', 'add "Sweep the yard"', { channel: 'C-BOTH' });
    expect(asked.words).toMatch(
      /^This channel shows .*(DOCK and LINE|LINE and DOCK)\. Say which, like .*in (DOCK|LINE)/,
    );
    // Sam is in one of the two only.
    const added = await crew.says('sam', 'add "Sweep the yard"', { channel: 'C-BOTH' });
    expect((await crew.task(numberIn(added.words))).projectId).toBe('harbor-project-line');
  });

  test('alone it opens a form with what one may fill in, and errors stand at their fields', async () => {
    const form = formOf((await crew.says('maya', 'add @wes !urgent', { channel: 'C-DOCK' })).reply);
    expect(form.fields.map(({ name }) => name)).toEqual([
      'title',
      'assignees',
      'due',
      'priority',
      'project',
      'description',
    ]);
    const values = Object.fromEntries(form.fields.map((field) => [field.name, field.value]));
    expect(values).toMatchObject({ priority: 'urgent', project: 'DOCK' });
    const refused = await crew.submits('maya', form, { title: 'Clean', due: 'whenever', priority: 'urgent' });
    expect(refused.reply).toMatchObject({
      kind: 'fieldErrors',
      errors: { due: expect.stringMatching(/^I can’t read/) },
    });
    const sent = await crew.submits('maya', form, {
      title: 'Clean the bilge',
      assignees: 'person:harbor-person-wes,person:harbor-person-tom',
      due: '',
      priority: 'urgent',
      project: 'DOCK',
      description: 'Pump first.',
    });
    const task = await crew.task(numberIn(sent.words));
    expect(task).toMatchObject({ title: 'Clean the bilge', description: 'Pump first.', priority: 'urgent' });
    expect(task.assignees).toHaveLength(2);
  });

  test('a worker’s form does not ask for whom', async () => {
    const form = formOf((await crew.says('wes', 'add')).reply);
    expect(form.fields.map(({ name }) => name)).not.toContain('assignees');
  });

  test('the people typed before the form opened are chosen in it', async () => {
    const form = formOf((await crew.says('maya', 'add @wes')).reply);
    const field = form.fields.find(({ name }) => name === 'assignees');
    expect(field).toMatchObject({ value: 'person:harbor-person-wes' });
  });
});

describe('assign', () => {
  test('gives a task to others, who had it before loses it', async () => {
    expect(await words('maya', 'assign 1 @priya @lena because Wes is ill')).toMatch(
      /^#1 Inspect fenders on berth 4 is now with Priya Nair and Lena Vogt, no longer Wes Carter’s\./,
    );
    expect(await assigneesOf(1)).toEqual(['Lena Vogt assigned', 'Priya Nair assigned']);
    expect(await words('maya', 'assign 1 @lena')).toMatch(/no longer Priya Nair’s/);
    expect(await words('maya', 'assign 1 @lena')).toMatch(/^#1 is Lena Vogt’s already\./);
  });

  test.each([
    ['without an @', 'assign 9 wes', 'Wes Carter'],
    ['by e-mail', 'assign 9 tom@harbor.example', 'Tom Reilly'],
    ['by the whole name', 'assign 9 @"Priya Nair"', 'Priya Nair'],
    ['oneself', 'assign 9 me', 'Maya Okafor'],
    ['by the beginning of a name', 'assign 9 @len', 'Lena Vogt'],
    ['with “to”', 'give 9 to @wes', 'Wes Carter'],
  ])('names people %s', async (_how, text, name) => {
    await crew.says('maya', text);
    expect(await assigneesOf(9)).toEqual([`${name} assigned`]);
  });

  test('names people by a mention, also those who never wrote', async () => {
    const mentions = [{ userId: 'U-aiko', name: 'aiko' }];
    await crew.db.prisma.chatAccount.deleteMany({ where: { externalId: 'U-aiko' } });
    expect((await crew.says('omar', 'assign 27 \ue0000\ue001', { mentions })).words).toMatch(
      /is now with Aiko Tanaka/,
    );
    const stranger = [{ userId: 'U-stranger', name: 'stranger' }];
    expect((await crew.says('omar', 'assign 27 \ue0000\ue001', { mentions: stranger })).words).toMatch(
      /^I don’t know that person yet\. Ask them to send me a message first\./,
    );
  });

  test('without people asks whom, in a form', async () => {
    const form = formOf((await crew.says('maya', 'assign 3')).reply);
    expect(form.fields[0]).toMatchObject({ name: 'people', value: 'person:harbor-person-tom' });
    const sent = await crew.submits('maya', form, {
      people: 'person:harbor-person-wes',
      because: 'he welds',
    });
    expect(sent.words).toMatch(/is now with Wes Carter, no longer Tom Reilly’s/);
  });

  test('is for managers in their projects', async () => {
    expect(await words('wes', 'assign 13 @tom')).toMatch(/^Only managers can do that\. Ask .*Maya Okafor/);
    expect(await words('omar', 'assign 13 @tom')).toMatch(/is now with Tom Reilly/);
    expect(await words('maya', 'assign 14 @wes')).toMatch(/^#14 is cancelled\. Reopen it first\./);
  });

  test('unassign takes it from one, or from everyone', async () => {
    expect(await words('omar', 'unassign 19 @tom')).toMatch(/is no longer Tom Reilly’s/);
    expect(await words('omar', 'unassign 19 @tom')).toMatch(/^#19 is not Tom Reilly’s\./);
    expect(await words('omar', 'unassign 19')).toMatch(/is no longer Sam Ngata’s/);
    expect(await words('omar', 'unassign 19')).toMatch(/^#19 is nobody’s\./);
    expect(await assigneesOf(19)).toEqual([]);
  });
});

describe('claim, accept and decline', () => {
  test('who claims a free task has it, and the next one hears who', async () => {
    expect(await words('sam', 'claim 27')).toMatch(/^#27 is Aiko Tanaka’s\. A manager can give it to you\./);
    await crew.says('omar', 'unassign 27');
    expect(await words('sam', 'take 27')).toMatch(/^#27 Coil and tag .* is yours\./);
    expect(await words('sam', 'claim 27')).toBe('#27 is yours already.');
  });

  test('who was given a task says yes or no', async () => {
    expect(await words('sam', 'accept 22')).toMatch(/^You have accepted #22/);
    expect(await words('sam', 'accept 22')).toMatch(/^You have accepted #22 already\./);
    expect(await words('sam', 'decline 22 double shift')).toMatch(/^You have declined #22/);
    const task = await crew.task(22);
    expect(task.assignees).toMatchObject([{ state: 'declined', note: 'double shift' }]);
    expect(await words('tom', 'accept 22')).toMatch(/^#22 was not given to you\./);
    // Whoever declined it may be given it again.
    expect(await words('omar', 'assign 22 @sam')).toMatch(/is now with Sam Ngata/);
    expect(await assigneesOf(22)).toEqual(['Sam Ngata assigned']);
  });

  test('declining asks for a reason, in a form', async () => {
    const form = formOf((await crew.says('lena', 'decline 24')).reply);
    expect(form).toMatchObject({ title: 'Decline #24', fields: [{ label: 'Why not?' }] });
    expect((await crew.submits('lena', form, { note: 'on leave' })).words).toMatch(/^You have declined #24/);
  });

  test('what was declined by all is free to claim, on its card too', async () => {
    await crew.says('priya', 'decline 11 no licence');
    await crew.says('tom', 'decline 11 no time');
    const card = await crew.says('lena', 'show 11');
    expect(card.words).toMatch(/nobody’s yet/);
    const after = await crew.presses('lena', buttonOf(card, 'Claim'));
    expect(after.words).toMatch(/Lena Vogt/);
  });
});

describe('due and priority', () => {
  test('are for managers and for whoever made the task', async () => {
    expect(await words('maya', 'due 4 fri 5pm')).toMatch(/^#4 Grease .* is due Fri Nov 27, 5:00 PM/);
    expect(await words('wes', 'due 13 in 2h')).toMatch(/^#13 .* is due today 12:00 PM/);
    expect(await words('priya', 'due 4 tomorrow')).toMatch(/^You can’t change the date of #4\. Maya Okafor/);
    expect(await words('priya', 'priority 4 low')).toMatch(/^You can’t change the priority of #4\./);
    expect((await crew.task(4)).dueAt).toEqual(new Date('2026-11-27T22:00:00Z'));
  });

  test('a date can be taken away', async () => {
    expect(await words('maya', 'due 4 none')).toMatch(/has no due date now\./);
    expect((await crew.task(4)).dueAt).toBeNull();
  });

  test.each([
    ['priority 4 high', 'high'],
    ['priority 4 !urgent', 'urgent'],
    ['prio 4 p4', 'low'],
    ['priority 4 Normal', 'normal'],
  ])('%s', async (text, priority) => {
    await crew.says('maya', text);
    expect((await crew.task(4)).priority).toBe(priority);
  });

  test('the same priority again changes nothing, and says so', async () => {
    const before = await crew.task(4);
    expect(await words('maya', 'priority 4 normal')).toBe('#4 has normal priority already.');
    expect((await crew.task(4)).version).toBe(before.version);
  });
});
