import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buttonOf, type Crew, openCrew, type Told } from '../support/crew.ts';

let crew: Crew;

beforeAll(async () => {
  crew = await openCrew();
  for (const who of ['maya', 'omar', 'wes', 'priya', 'lena', 'tom', 'aiko', 'sam'])
    await crew.says(who, 'hi');
});
afterAll(() => crew.close());

/** The numbers of a list's tasks, in its order. */
function numbersIn({ reply }: Told): number[] {
  if (reply.kind !== 'view') throw new Error('That is no list');
  return reply.view.nodes.flatMap((node) =>
    node.type === 'list'
      ? node.rows.map(({ title }) =>
          Number(/\d+/.exec(JSON.stringify(title.map((span) => 'text' in span && span.text)))?.[0]),
        )
      : [],
  );
}

/** All pages of a list. */
async function allOf(who: string, text: string): Promise<number[]> {
  let page = await crew.says(who, text);
  const numbers = numbersIn(page);
  for (let next = nextOf(page); next; next = nextOf(page)) {
    page = await crew.presses(who, next);
    expect(page.reply).toMatchObject({ replaceOriginal: true });
    numbers.push(...numbersIn(page));
  }
  return numbers;
}

const nextOf = (page: Told) => page.buttons.find(({ label }) => label.startsWith('Next'));

const sorted = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);

describe('list', () => {
  test('alone, and bare, is what waits for me: most pressing first', async () => {
    const list = await crew.says('tom', 'list');
    expect(list.words.split('\n')[0]).toBe('Your open tasks (5, 2 overdue)');
    // Overdue, then by date.
    expect(numbersIn(list)).toEqual([3, 19, 16, 21, 11]);
    expect(numbersIn(await crew.says('tom', ''))).toEqual(numbersIn(list));
    expect(list.reply).toMatchObject({ kind: 'view', to: 'user' });
  });

  test.each([
    ['tom', 'list mine overdue', [3, 19]],
    ['tom', 'list overdue', [3, 19]],
    ['wes', 'list today', [2]],
    ['wes', 'list week', [1, 2, 8, 13, 16]],
    ['wes', 'list done', [7, 12]],
    ['priya', 'list blocked', [4]],
    ['priya', 'list in review', [10]],
    ['aiko', 'list @sam', [18, 19, 21, 22, 24]],
    ['aiko', 'list sam@harbor.example', [18, 19, 21, 22, 24]],
    ['tom', 'list @sam overdue', [18, 19, 24]],
    ['sam', 'list LINE overdue', [18, 19, 20, 24]],
    ['sam', 'list overdue line', [18, 19, 20, 24]],
    ['omar', 'list LINE cancelled', [26]],
    ['maya', 'list DOCK blocked', [4, 5]],
    ['omar', 'list team in progress', [19, 21]],
    ['wes', 'list all done', [7, 12]],
  ])('%s: %s', async (who, text, numbers) => {
    const list = await crew.says(who, text);
    expect(sorted(numbersIn(list))).toEqual(numbers);
    expect(sorted(await allOf(who, text))).toEqual(numbers);
  });

  test('shows what one may see and nothing else', async () => {
    expect(sorted(await allOf('sam', 'list all'))).toEqual([17, 18, 19, 20, 21, 22, 24, 25, 27, 28]);
    const admins = await allOf('maya', 'list all');
    expect(admins).toHaveLength(25);
    expect(new Set(admins).size).toBe(25);
  });

  test('comes in pages that say where one is', async () => {
    const first = await crew.says('maya', 'list all');
    expect(numbersIn(first)).toHaveLength(8);
    expect(first.words).toMatch(/^Open tasks \(25, 7 overdue\)/);
    const second = await crew.presses('maya', buttonOf(first, 'Next (1 of 4)'));
    expect(second.buttons.map(({ label }) => label)).toContain('Previous');
    const back = await crew.presses('maya', buttonOf(second, 'Previous'));
    expect(numbersIn(back)).toEqual(numbersIn(first));
    expect(numbersIn(await crew.says('maya', 'list all page 2'))).toEqual(numbersIn(second));
  });

  test('past its end shows the last page, and not that there is nothing', async () => {
    const last = await crew.says('maya', 'list all page 4');
    const past = await crew.says('maya', 'list all page 9');
    expect(numbersIn(past)).toEqual(numbersIn(last));
  });

  test('whose last page was emptied by its button goes on with the page before', async () => {
    // Without a date they come last: the ninth is alone on the second page.
    const open = numbersIn(await crew.says('priya', 'list')).length;
    for (let count = open; count < 9; count += 1) await crew.says('priya', `add "Fold flag ${count}"`);
    const second = await crew.says('priya', 'list page 2');
    expect(numbersIn(second)).toHaveLength(1);
    const started = await crew.presses('priya', buttonOf(second, 'Start'));
    const after = await crew.presses('priya', buttonOf(started, 'Done'));
    expect(after.words).toMatch(/^Your open tasks \(8/);
    expect(numbersIn(after)).toHaveLength(8);
  });

  test('puts what has no date last, the more urgent first', async () => {
    await crew.says('lena', 'add "Read the manual"');
    await crew.says('lena', 'add "Call the yard" !high');
    const order = await allOf('lena', 'list');
    const { words } = await crew.says('lena', `list page ${Math.ceil(order.length / 8)}`);
    expect(words.indexOf('Call the yard')).toBeGreaterThan(-1);
    expect(words.indexOf('Read the manual')).toBeGreaterThan(words.indexOf('Call the yard'));
    expect(order.slice(0, 3).sort()).toEqual([15, 24, 5]);
  });

  test('here is the channel’s project', async () => {
    await crew.says('maya', 'link DOCK', { channel: 'C-LOOK' });
    const here = await crew.says('wes', 'list here overdue', { channel: 'C-LOOK' });
    expect(sorted(numbersIn(here))).toEqual([3, 5, 15]);
    const bare = await crew.says('wes', 'list here', { channel: 'C-BARE' });
    expect(bare.words).toMatch(/^This channel shows no project\./);
  });

  test('here is no place in one’s own chat: what to type there is said', async () => {
    const { words } = await crew.says('wes', 'list here', { platform: 'teams' });
    expect(words).toMatch(
      /^list here is for channels that show a project\. In our own chat list shows your tasks/,
    );
  });

  test('says in a sentence that there is nothing, with a way on', async () => {
    const empty = await crew.says('omar', 'list');
    expect(empty.words).toMatch(/Nothing waits for you\. Add a task, or ask for one\./);
    expect(empty.buttons.map(({ label }) => label)).toEqual(['New task', 'Help']);
  });

  test('offers the step that comes next only to those who may take it', async () => {
    const own = await crew.says('sam', 'list');
    expect(buttonOf(own, 'Done').intent.args.task).toBe('19');
    const theirs = await crew.says('aiko', 'list @lena in progress LINE');
    expect(numbersIn(theirs)).toContain(28);
    expect(theirs.buttons.filter(({ intent }) => intent.args.task === '28')).toMatchObject([
      { label: 'Show' },
    ]);
  });
});

describe('find', () => {
  test.each([
    ['wes', 'find pump', [12, 13]],
    ['wes', 'find PUMP seal', [12, 13]],
    ['wes', 'find hydraulic hose', [2]],
    ['wes', 'find insurance', []],
    ['wes', 'find shelf', [2]],
    ['sam', 'find pump', []],
    ['priya', 'find رافعة', [11]],
    ['wes', 'find 🛟', [10]],
    ['wes', 'find 100%', []],
    ['wes', 'find _', []],
    ['wes', 'find \\', []],
  ])('%s: %s', async (who, text, numbers) => {
    const found = await crew.says(who, text);
    expect(sorted(numbersIn(found))).toEqual(numbers);
    if (numbers.length === 0) expect(found.words).toMatch(/No task that you can see has “.+” in it\./);
  });
});

describe('show', () => {
  test('tells what a task is, whose, until when, and what can be done with it', async () => {
    const card = await crew.says('wes', 'show 2');
    expect(card.words).toMatch(/#2 Replace hydraulic hose on dock leveller 2/);
    expect(card.words).toMatch(/In progress · Wes Carter · due today.* · High priority/);
    expect(card.words).toMatch(/Part HL-2210 is in the workshop/);
    expect(card.words).toMatch(/DOCK · from Maya Okafor · 2 comments/);
    expect(card.words).toMatch(/Take a picture before you close it/);
    expect((await crew.says('wes', '2')).words).toBe(card.words);
    expect((await crew.says('wes', '#2')).words).toBe(card.words);
  });

  test.each([
    [1, ['Start', 'Done', 'Block', 'Comment', 'More…']],
    [2, ['Done', 'Block', 'Comment', 'More…']],
    [4, ['Unblock', 'Comment', 'More…']],
    [10, ['Approve', 'Return', 'Comment', 'More…']],
    [12, ['Reopen', 'Comment', 'More…']],
    [14, ['Reopen', 'Comment', 'More…']],
    [9, ['Start', 'Done', 'Claim', 'Comment', 'More…']],
  ])('#%d has the buttons of its state', async (number, labels) => {
    expect((await crew.says('maya', `show ${number}`)).buttons.map(({ label }) => label)).toEqual(labels);
  });
});

describe('timeline and audit', () => {
  test('tell who did what to a task, newest first, page by page', async () => {
    for (let count = 1; count <= 12; count += 1) {
      crew.setNow(new Date(crew.now.getTime() + 60_000));
      await crew.says('priya', `comment 10 check ${count}`);
    }
    await crew.settle();
    const first = await crew.says('priya', 'timeline 10');
    expect(first.words).toMatch(/^#10 🛟 Check life rings/);
    expect(first.words.match(/check \d+/g)?.slice(0, 2)).toEqual(['check 12', 'check 11']);
    const older = await crew.presses('priya', buttonOf(first, 'Older'));
    expect(older.reply).toMatchObject({ replaceOriginal: true });
    expect(older.words).toMatch(/check 1\b/);
    const audit = await crew.says('maya', 'audit 10');
    expect(audit.words).toMatch(/Priya Nair commented on #10/);
    expect((await crew.says('maya', 'audit @priya since yesterday')).words).toMatch(/check 12/);
    expect((await crew.says('maya', 'audit since sometime')).words).toMatch(
      /^I can’t read “sometime” as a time/,
    );
    expect((await crew.says('priya', 'audit')).words).toMatch(/^Only managers can do that/);
  });
});

describe('projects and their channels', () => {
  test('project list: how one’s own stand', async () => {
    expect((await crew.says('wes', 'project list')).words).toMatch(
      /^Your projects\nDOCK Dock maintenance\n {2}13 open · 3 overdue · 6 members · Maya Okafor$/,
    );
    const list = await crew.says('sam', 'projects');
    expect(list.words).toMatch(/LINE Line operations/);
    expect(list.words).not.toMatch(/DOCK/);
    const [tasks] = list.buttons;
    expect((await crew.presses('sam', tasks ?? buttonOf(list, 'Tasks'))).words).toMatch(/of LINE/);
    expect((await crew.says('wes', 'project paint')).words).toMatch(/^I don’t know .*project paint/);
  });

  test('link and unlink are announced to the channel, and listed', async () => {
    const at = { channel: 'C-QUAY' };
    const linked = await crew.says('omar', 'link LINE', at);
    expect(linked.reply).toMatchObject({ kind: 'view', to: 'channel' });
    expect(linked.words).toMatch(/^Omar Haddad linked LINE Line operations here\./);
    expect((await crew.says('omar', 'link line', at)).words).toMatch(
      /^This channel shows LINE already: Omar Haddad linked it\./,
    );
    expect((await crew.says('sam', 'links', at)).words).toMatch(
      /LINE in this channel\n {2}linked by Omar Haddad/,
    );
    expect((await crew.says('sam', 'link LINE', at)).words).toMatch(/^Only managers can do that\./);
    expect((await crew.says('sam', 'unlink', at)).words).toMatch(/^Only managers can do that\./);
    const unlinked = await crew.says('omar', 'unlink', at);
    expect(unlinked.reply).toMatchObject({ to: 'channel' });
    expect(unlinked.words).toMatch(/^Omar Haddad unlinked LINE here\./);
    expect((await crew.says('omar', 'unlink', at)).words).toMatch(/^This channel shows no such project\./);
  });

  test('of several, unlink asks which', async () => {
    const at = { channel: 'C-TWO' };
    await crew.says('omar', 'link LINE', at);
    await crew.says('omar', 'link DOCK', at);
    expect((await crew.says('omar', 'unlink', at)).words).toMatch(
      /^This channel shows LINE and DOCK\. Say which/,
    );
    expect((await crew.says('omar', 'unlink DOCK', at)).words).toMatch(/unlinked DOCK/);
  });
});

describe('whoami and help', () => {
  test('whoami tells what is kept of oneself', async () => {
    const who = await crew.says('wes', 'whoami');
    expect(who.words).toMatch(
      /^Wes Carter\nRole: worker, with Maya Okafor\nProjects: DOCK\nE-mail: wes@harbor\.example/,
    );
    expect(who.words).toMatch(/America\/New York/);
    expect((await crew.says('maya', 'me')).words).toMatch(/Role: admin and manager/);
  });

  test('help lists what one may do, and nothing else', async () => {
    const worker = await crew.says('wes', 'help');
    const manager = await crew.says('omar', 'help');
    expect(manager.words).toMatch(/\bassign\b/);
    expect(worker.words).not.toMatch(/\bassign\b|\baudit\b/);
    expect(worker.words).toMatch(/\bdone\b/);
    expect(worker.words).not.toMatch(/approve-join|welcome|greet/);
    expect((await crew.says('wes', 'help assign')).words).toMatch(/^There is no command “assign”\./);
    expect((await crew.says('wes', 'help finish')).words).toMatch(/^done\n.*\n.*\/task done <n> \[note\]/);
  });

  test('speaks of commands as they are typed where one is', async () => {
    expect((await crew.says('wes', 'help', { platform: 'teams' })).words).toMatch(/Say done 42 pump sealed/);
    expect((await crew.says('wes', 'help', { platform: 'teams', channel: 'C-1' })).words).toMatch(
      /Say @Crewline done 42 pump sealed/,
    );
  });
});
