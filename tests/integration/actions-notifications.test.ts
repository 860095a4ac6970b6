import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buttonsIn, type Crew, formOf, openCrew } from '../support/crew.ts';
import { wordsOfView } from '../support/words-of.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew({ atAnyHour: true });
  for (const who of ['maya', 'omar', 'wes', 'priya', 'lena', 'tom', 'sam']) await crew.says(who, 'hi');
});
afterEach(() => crew.close());

/** What somebody has got since the last time, as they read it. */
const seen = new Map<string, number>();
async function newsFor(who: string): Promise<string[]> {
  await crew.settle();
  const all = crew.messagesTo(who);
  const news = all.slice(seen.get(`${crew.databaseUrl} ${who}`) ?? 0);
  seen.set(`${crew.databaseUrl} ${who}`, all.length);
  return news.map(({ view }) => wordsOfView(view));
}

const labelsOfLast = (who: string): string[] =>
  buttonsIn(crew.messagesTo(who).at(-1)).map(({ label }) => label);

test('each kind of news reaches who should know, with what comes next', async () => {
  await crew.says('maya', 'add "Reseal pump 3" @wes due tomorrow 2pm !high in DOCK');
  expect(await newsFor('wes')).toEqual([
    expect.stringMatching(
      /^Maya Okafor gave you a task\n#31 Reseal pump 3\n○ To do · due tomorrow 2:00 PM.* · High priority · DOCK/,
    ),
  ]);
  expect(labelsOfLast('wes')).toEqual(['Start', 'Done', 'Decline']);

  await crew.says('wes', 'accept 31');
  expect(await newsFor('maya')).toEqual([]);

  await crew.says('wes', 'block 31 the seal is missing');
  expect(await newsFor('maya')).toEqual([
    expect.stringMatching(/^Wes Carter is blocked: “the seal is missing”\n#31/),
  ]);

  await crew.says('maya', 'comment 31 it is in shed 2');
  expect(await newsFor('wes')).toEqual([expect.stringMatching(/^Maya Okafor: “it is in shed 2”\n#31/)]);
  expect(labelsOfLast('wes')).toEqual(['Reply', 'Show']);

  await crew.says('wes', 'done 31 pump sealed');
  expect(await newsFor('maya')).toEqual([expect.stringMatching(/^Wes Carter finished: “pump sealed”\n#31/)]);

  await crew.says('maya', 'reopen 31 it drips');
  expect(await newsFor('wes')).toEqual([expect.stringMatching(/^Maya Okafor reopened: “it drips”\n#31/)]);

  await crew.says('maya', 'assign 31 @tom because Wes is ill');
  expect(await newsFor('wes')).toEqual([
    expect.stringMatching(/^Maya Okafor took a task from you: “Wes is ill”\n#31/),
  ]);
  expect(await newsFor('tom')).toEqual([
    expect.stringMatching(/^Maya Okafor gave you a task: “Wes is ill”\n#31/),
  ]);

  await crew.says('tom', 'decline 31 no time');
  expect(await newsFor('maya')).toEqual([expect.stringMatching(/^Tom Reilly declined: “no time”\n#31/)]);
  expect(labelsOfLast('maya')).toEqual(['Reassign', 'Show']);

  await crew.says('maya', 'cancel 31');
  await newsFor('tom');
  expect(await newsFor('wes')).toEqual([]);
});

describe('whoever a comment mentions', () => {
  beforeEach(async () => {
    await crew.says('maya', 'add "Reseal pump 3" @wes in DOCK');
    for (const who of ['maya', 'wes', 'priya', 'lena', 'tom', 'sam']) await newsFor(who);
  });

  test('hears that they are, once, and nobody who may not see the task', async () => {
    await crew.says(
      'maya',
      'comment 31 @Wes, @"Lena Vogt" and @sam: mind the hook. wes@harbor.example knows it',
    );
    expect(await newsFor('wes')).toEqual([
      expect.stringMatching(/^Maya Okafor mentions you: “@Wes, .*mind the hook.*”\n#31/),
    ]);
    expect(labelsOfLast('wes')).toEqual(['Reply', 'Show']);
    expect(await newsFor('lena')).toEqual([expect.stringMatching(/^Maya Okafor mentions you/)]);
    expect(await newsFor('priya')).toEqual([]);
    expect(await newsFor('sam')).toEqual([]);
  });

  test('stands there by their name, whatever the platform told, and hears of it once though they watch it', async () => {
    await crew.says('tom', 'watch 31');
    await crew.says('maya', 'comment 31 ask \ue0000\ue001 and \ue0001\ue001', {
      mentions: [{ userId: 'U-tom', name: 'tomr' }, { userId: 'U-aiko' }],
    });
    expect((await crew.task(31)).comments[0]?.body).toBe('ask @Tom Reilly and @Aiko Tanaka');
    expect(await newsFor('tom')).toEqual([
      expect.stringMatching(/^Maya Okafor mentions you: “ask @Tom Reilly/),
    ]);
    expect(await newsFor('wes')).toEqual([expect.stringMatching(/^Maya Okafor: “ask @Tom Reilly/)]);
  });

  test('is not told where the name could be anybody’s, or their own', async () => {
    await crew.db.prisma.person.update({ where: { id: 'harbor-person-tom' }, data: { name: 'Lena Reilly' } });
    await crew.says('wes', 'comment 31 ask @lena, says @wes');
    expect(await newsFor('lena')).toEqual([]);
    expect(await newsFor('tom')).toEqual([]);
    expect(await newsFor('maya')).toEqual([expect.stringMatching(/^Wes Carter: “ask @lena/)]);
  });

  test('hears it of a task that they have muted, and not when they turned mentions off', async () => {
    await crew.says('priya', 'mute 31');
    await crew.says('lena', 'settings notify mentioned off');
    await crew.says('maya', 'comment 31 @priya @lena look');
    expect(await newsFor('priya')).toEqual([expect.stringMatching(/^Maya Okafor mentions you/)]);
    expect(await newsFor('lena')).toEqual([]);
  });
});

test('a button in a message does what it says', async () => {
  await crew.says('maya', 'add "Reseal pump 3" @wes in DOCK');
  await crew.settle();
  const [start] = buttonsIn(crew.messagesTo('wes')[0]);
  if (!start) throw new Error('There is no button');
  const after = await crew.presses('wes', start);
  expect(after.reply).toMatchObject({ replaceOriginal: true });
  expect((await crew.task(31)).status.name).toBe('In progress');
  await crew.says('wes', 'decline 31 no time');
  await crew.settle();
  const reassign = buttonsIn(crew.messagesTo('maya').at(-1))[0];
  if (!reassign) throw new Error('There is no button');
  const form = formOf((await crew.presses('maya', reassign)).reply);
  expect((await crew.submits('maya', form, { people: 'person:harbor-person-tom' })).words).toMatch(
    /is now with Tom Reilly/,
  );
});

test('work that waits for approval is handed to whoever manages the project', async () => {
  await crew.says('lena', 'done 28 ready');
  expect(await newsFor('omar')).toEqual([
    expect.stringMatching(/^Lena Vogt asks for your approval: “ready”\n#28 Winter timetable/),
  ]);
  expect(labelsOfLast('omar')).toEqual(['Approve', 'Return', 'Comment', 'More…']);
});

test('what is no longer true when it would be sent is not sent', async () => {
  await crew.says('maya', 'add "Short-lived" @wes in DOCK');
  await crew.says('maya', 'cancel 31');
  await crew.says('maya', 'add "Wandering" @priya in DOCK');
  await crew.says('maya', 'assign 32 @lena');
  await crew.says('wes', 'block 2 no hose');
  await crew.says('wes', 'unblock 2');
  const forWes = await newsFor('wes');
  expect(forWes).toHaveLength(1);
  expect(forWes[0]).toMatch(/^Maya Okafor cancelled/);
  // Priya hears that it is no longer hers, not that it was.
  expect(await newsFor('priya')).toEqual([expect.stringMatching(/^Maya Okafor took a task from you\n#32/)]);
  expect(await newsFor('lena')).toEqual([expect.stringMatching(/^Maya Okafor gave you a task\n#32/)]);
  expect(await newsFor('maya')).toEqual([]);
  const states = await crew.db.prisma.notification.groupBy({ by: ['state'], _count: true });
  expect(states.map(({ state }) => state).sort()).toEqual(['sent', 'skipped']);
});

test('who may no longer see a task hears nothing more of it', async () => {
  await crew.says('tom', 'add "Oil the gate" in DOCK');
  await crew.says('maya', 'comment 31 which gate?');
  await crew.says('maya', 'comment 24 where are they?');
  await crew.db.prisma.taskAssignee.deleteMany({
    where: { taskId: 'harbor-task-24', personId: 'harbor-person-sam' },
  });
  await crew.db.prisma.projectMember.deleteMany({ where: { personId: 'harbor-person-sam' } });
  expect(await newsFor('sam')).toEqual([]);
  expect(await newsFor('lena')).toEqual([expect.stringMatching(/where are they/)]);
  expect(await newsFor('tom')).toEqual([expect.stringMatching(/which gate/)]);
});

test('everybody reads dates in their own zone', async () => {
  await crew.says('maya', 'add "Meet the pilot" @priya @sam due tomorrow 2pm');
  expect((await newsFor('priya'))[0]).toMatch(/due Thu.* 12:30 am/);
  expect((await newsFor('sam'))[0]).toMatch(/due tomorrow 8:00 am/);
});

test('a title is words in a message too: no mention, no link, no shout', async () => {
  const title = '<!channel> *now* [x](http://y.example) <at>all</at>';
  const form = formOf((await crew.says('maya', 'add')).reply);
  await crew.submits('maya', form, { title, assignees: 'person:harbor-person-wes' });
  await crew.settle();
  const message = crew.messagesTo('wes')[0];
  const spans = message?.view.nodes.flatMap((node) => (node.type === 'text' ? node.text : []));
  expect(spans?.some((span) => span.type === 'text' && span.text.includes(title))).toBe(true);
  expect(spans?.some((span) => span.type === 'link')).toBe(false);
});
