import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, answerInTime } from '../../src/core/adapter.ts';
import { createDatabase, type Database } from '../../src/lib/database.ts';
import { createDynamo, createSessions } from '../../src/lib/dynamodb.ts';
import { type Crew, openCrew } from '../support/crew.ts';
import { type StalledServer, startStalledServer } from '../support/dynamo.ts';

const DATABASE_AWAY =
  'I can’t reach my database right now, so nothing was changed. Please try again in a minute: doing it twice is safe.';

describe('an answer', () => {
  const ready: Answer = { reply: { kind: 'none' }, repeated: false };

  test('that is there in time is given, and never comes a second time', async () => {
    const late: Answer[] = [];
    const keep = async (answer: Answer) => void late.push(answer);
    expect(await answerInTime(Promise.resolve(ready), keep, 1_000)).toBe(ready);
    expect(late).toEqual([]);
  });

  test('that takes longer leaves room for an acknowledgement, and comes when it is there', async () => {
    const { promise: slow, resolve: finish } = Promise.withResolvers<Answer>();
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<Answer>();
    expect(await answerInTime(slow, async (answer) => arrive(answer), 5)).toBeUndefined();
    finish(ready);
    expect(await arrived).toBe(ready);
  });
});

describe('with DynamoDB', () => {
  let crew: Crew;
  let stalled: StalledServer;
  beforeAll(async () => {
    crew = await openCrew();
    stalled = await startStalledServer(150);
  });
  afterAll(async () => {
    await stalled.stop();
    await crew.close();
  });

  test('stalled, people are known from PostgreSQL and every command is answered in time', async () => {
    const dynamo = createDynamo(stalled.options);
    const slow = crew.replica({ sessions: createSessions({ dynamo, clock: () => crew.now }) });
    for (const [text, words] of [
      ['list', /^Your open tasks/],
      ['start 1', /^Started: #1/],
      // Which task was spoken of last stands in the session.
      ['done', /^Which task\? /],
      ['assign 1 @tom', /^Only managers can do that\. Ask Maya Okafor/],
    ] as const) {
      const begun = performance.now();
      expect((await slow.says('wes', text)).words).toMatch(words);
      expect(performance.now() - begun).toBeLessThan(2_500);
    }
    expect((await crew.task(1)).status.category).toBe('active');
    dynamo.close();
  });

  test('refusing everything, it is the same', async () => {
    crew.setDynamoAway(true);
    const fresh = crew.replica();
    expect((await fresh.says('tom', 'start 3')).words).toMatch(/^Started: #3/);
    expect((await fresh.says('tom', 'show 3')).words).toMatch(/In progress/);
    expect((await fresh.says('stranger', 'list')).words).toMatch(/^Hello stranger\. I don’t know you/);
    crew.setDynamoAway(false);
    expect(crew.logged.some(({ message }) => message.startsWith('sessions can’t be read'))).toBe(true);
  });
});

describe('with PostgreSQL', () => {
  let crew: Crew;
  let silent: StalledServer;
  const opened: Database[] = [];

  /** A process that can't reach the database. */
  function cutOff(address: string) {
    const db = createDatabase({ url: `postgres://crew@${address}/crew`, connectTimeoutMs: 150 });
    opened.push(db);
    return crew.replica({ db });
  }

  beforeAll(async () => {
    crew = await openCrew();
    silent = await startStalledServer(150);
    await crew.says('maya', 'hi');
    await crew.says('wes', 'hi');
  });
  afterAll(async () => {
    for (const db of opened) await db.close();
    await silent.stop();
    await crew.close();
  });

  /** Asked of a process that is cut off, each is answered in words and leaves its row. */
  async function expectWords(address: string, asked: readonly string[]): Promise<void> {
    const process = cutOff(address);
    const before = (await crew.auditRows()).length;
    for (const text of asked) {
      const answer = await process.says('maya', text, { key: `${address} ${text}`, channel: 'C-DOCK' });
      expect(`${text}: ${answer.words}`).toBe(`${text}: ${DATABASE_AWAY}\n[Try again]`);
    }
    const rows = (await crew.auditRows()).slice(before);
    expect(rows).toHaveLength(asked.length);
    for (const row of rows) {
      expect(row).toMatchObject({ outcome: 'failed', details: { code: 'database_unavailable' } });
    }
  }

  const addresses = { gone: () => '127.0.0.1:1', stalled: () => new URL(silent.options.endpoint ?? '').host };

  const onTasks = [
    'show 1',
    'done 2 hose is on',
    'comment 2 hello',
    'assign 1 @tom',
    'project list',
    'find pump',
    'timeline 1',
  ];
  const onOtherThings = ['list', 'list @tom', 'status 2 done', 'add "Oil it" @wes', 'links', 'whoami'];

  test.each(Object.entries(addresses))(
    '%s, whatever is asked is answered in words, and nothing is lost',
    (_how, address) => expectWords(address(), onTasks),
  );

  test.each(Object.entries(addresses))(
    '%s, what goes through Prisma’s models is answered in the same words',
    (_how, address) => expectWords(address(), onOtherThings),
  );

  test('gone, someone without a session hears the same', async () => {
    expect((await cutOff('127.0.0.1:1').says('lena', 'list')).words).toBe(DATABASE_AWAY);
  });

  test('gone, what needs no database is answered: help', async () => {
    expect((await cutOff('127.0.0.1:1').says('wes', 'help')).words).toMatch(/^What I can do for you/);
    const unknown = await cutOff('127.0.0.1:1').says('wes', 'dnoe 2');
    expect(unknown.words).toMatch(/^I don’t know “dnoe”\. Did you mean “done”\?/);
  });

  test('back again, the same request with the same key works', async () => {
    const at = { key: '127.0.0.1:1 done 2 hose is on' };
    expect(await crew.says('maya', 'done 2 hose is on', at)).toMatchObject({ repeated: false });
    expect((await crew.task(2)).status.category).toBe('done');
  });
});
