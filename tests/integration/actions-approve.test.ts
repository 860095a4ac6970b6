import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { buttonOf, buttonsIn, type Crew, formOf, openCrew } from '../support/crew.ts';
import { wordsOfView } from '../support/words-of.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew({ atAnyHour: true });
  for (const who of ['maya', 'omar', 'wes', 'sam', 'tom', 'lena']) await crew.says(who, 'hi');
});
afterEach(() => crew.close());

async function lastNewsFor(who: string): Promise<string> {
  await crew.settle();
  const last = crew.messagesTo(who).at(-1);
  return last ? wordsOfView(last.view) : '';
}

test('who finishes work that needs approval asks its manager, who approves with one button', async () => {
  expect((await crew.says('sam', 'done 22 all 14 logged')).words).toMatch(
    /^#22 Log winch running hours waits for approval by Omar Haddad now\./,
  );
  expect(await lastNewsFor('omar')).toMatch(/^Sam Ngata asks for your approval: “all 14 logged”\n#22/);
  const message = crew.messagesTo('omar').at(-1);
  expect(buttonsIn(message).map(({ label }) => label)).toEqual(['Approve', 'Return', 'Comment', 'More…']);
  const [approve] = buttonsIn(message);
  if (!approve) throw new Error('There is no button');
  await crew.presses('omar', approve);
  expect((await crew.task(22)).status.category).toBe('done');
  expect(await lastNewsFor('sam')).toMatch(/^Omar Haddad approved\n#22 Log winch running hours\n● Done/);
});

test('each of those who could approve is asked, the others hear that it was handed in', async () => {
  await crew.says('lena', 'add "Sweep the line hut" in LINE');
  await crew.says('omar', 'assign 31 @sam');
  await crew.says('sam', 'review 31');
  expect(await lastNewsFor('omar')).toMatch(/^Sam Ngata asks for your approval\n#31/);
  expect(await lastNewsFor('lena')).toMatch(/^Sam Ngata handed in\n#31/);
});

test('a manager hands work back and says what is missing, in a form when it was not said', async () => {
  const form = formOf(
    (await crew.presses('omar', buttonOf(await crew.says('omar', 'show 18'), 'Return'))).reply,
  );
  expect(form.fields.map(({ label }) => label)).toEqual(['What is missing?']);
  const sent = await crew.submits('omar', form, { note: 'count pier C too' });
  expect(sent.words).toMatch(/^Returned: #18 Count shore power connectors|^#18 Count/);
  const task = await crew.task(18);
  expect([task.status.category, task.statusNote]).toEqual(['active', 'count pier C too']);
  expect(await lastNewsFor('sam')).toMatch(/^Omar Haddad returned it: “count pier C too”\n#18/);
  expect(buttonsIn(crew.messagesTo('sam').at(-1)).map(({ label }) => label)).toContain('Done');
});

test('returned to everyone, each has their part to do again', async () => {
  await crew.says('omar', 'add "Walk the quay" @sam @tom everyone in LINE');
  await crew.says('sam', 'done 31');
  await crew.says('tom', 'done 31');
  expect((await crew.task(31)).status.category).toBe('review');
  await crew.says('omar', 'return 31 pier C too');
  expect((await crew.says('sam', 'done 31')).words).toMatch(
    /^Your part of #31 Walk the quay is done: 1 of 2\./,
  );
});

test('both are for managers of the project, and say who could', async () => {
  expect((await crew.says('sam', 'approve 18')).words).toBe('You can’t approve #18. Omar Haddad can.');
  expect((await crew.says('sam', 'return 18 no')).words).toBe('You can’t return #18. Omar Haddad can.');
  expect((await crew.says('sam', 'return 18')).words).toBe('You can’t return #18. Omar Haddad can.');
});

test('what was returned was not started by who returned it', async () => {
  await crew.says('maya', 'return 10 one ring is missing');
  expect((await crew.says('maya', 'approve 10')).words).toMatch(/^#10 is in progress: You put it there/);
});

test('what is not in review is left alone, with the reason', async () => {
  expect((await crew.says('maya', 'approve 12')).words).toMatch(
    /^#12 is already done: Wes Carter finished it/,
  );
  expect((await crew.says('maya', 'approve 13')).words).toMatch(/^#13 is in progress: Wes Carter started it/);
  expect((await crew.says('maya', 'return 13 not yet')).words).toMatch(/^#13 is not in review/);
  expect((await crew.says('maya', 'return 12 not yet')).words).toMatch(
    /^#12 is done: Wes Carter finished it/,
  );
});

test('one’s own task without a project is one’s own to approve', async () => {
  await crew.says('wes', 'review 29');
  expect((await crew.says('wes', 'approve 29')).words).toMatch(/^Approved: #29/);
});
