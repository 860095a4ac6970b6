import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/lib/sql.ts';
import type { RunningApp } from '../support/app.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import {
  openTwoPlatforms,
  type Response,
  type TwoPlatforms,
  voicesTo,
  wordsIn,
} from '../support/two-platforms.ts';
import { until } from '../support/until.ts';

/** Rule 6, in ms. */
const ANSWERED_WITHIN_MS = 2_500;
const STALLED_MS = 10_000;
/** Longer than the time-outs of DynamoDB's and Slack's clients. */
const SHORT_STALL_MS = 6_000;

describe('on a bad day', () => {
  let world: TwoPlatforms;
  let postgres: TcpProxy;
  let dynamodb: TcpProxy;
  let running: RunningApp;
  let voice: ReturnType<typeof voicesTo>;
  beforeEach(async () => {
    world = await openTwoPlatforms();
    const { data } = world;
    const database = new URL(data.databaseUrl);
    postgres = await startTcpProxy({ host: database.hostname, port: Number(database.port) });
    const store = new URL(data.dynamodb.endpoint);
    dynamodb = await startTcpProxy({ host: store.hostname, port: Number(store.port) });
    database.host = postgres.address;
    running = await world.start({
      ...data,
      databaseUrl: database.href,
      dynamodb: { ...data.dynamodb, endpoint: `http://${dynamodb.address}` },
    });
    voice = voicesTo(running, world);
    await Promise.all([voice.command('maya', 'hi'), voice.command('wes', 'hi'), voice.teams('tom', 'hi')]);
    await voice.command('maya', 'add "Reseal pump 3" <@U-WES|wes>');
    await sent('*Maya Okafor* gave you a task');
  });
  afterEach(async () => {
    postgres.resume();
    dynamodb.resume();
    await running.stop();
    await Promise.all([postgres.close(), dynamodb.close()]);
    await world.close();
  });

  const shown = () => wordsIn(world.api.calls);
  const inTeams = () => world.connector.messages().map(({ body }) => JSON.stringify(body));
  const count = (words: string) => shown().filter((one) => one.includes(words)).length;
  const sent = (words: string) =>
    until(
      `"${words}"`,
      () => (count(words) > 0 ? true : undefined),
      () => [shown(), running.logged.slice(-5)],
    );
  /** The relay pauses longer and longer while DynamoDB is away. */
  const audited = () =>
    until(
      'an empty audit outbox',
      async () => ((await running.app.db.prisma.auditOutbox.count()) === 0 ? true : undefined),
      () => running.logged.slice(-5),
      30_000,
    );
  const card = () =>
    until('the card', () => world.api.of('chat.postMessage').find(({ args }) => args.channel === 'C1'));
  const task = (number: number) =>
    running.app.db.prisma.task.findFirstOrThrow({ where: { number }, include: { status: true } });

  const updates = () => world.api.of('views.update').map(({ args }) => JSON.stringify(args.view));
  const AWAY = 'can’t reach my database';

  /** Either the promise was kept, or who found no free connection was told so. */
  async function kept(what: string, answers: () => string[], promised: string): Promise<boolean> {
    const answer = await until(
      what,
      () => answers().find((words) => words.includes(promised) || words.includes(AWAY)),
      answers,
    );
    return answer.includes(promised);
  }

  function expectInTime(responses: Record<string, Response>): void {
    for (const [which, { status, tookMs }] of Object.entries(responses)) {
      expect([which, status]).toEqual([which, 200]);
      if (tookMs >= ANSWERED_WITHIN_MS) throw new Error(`${which} took ${tookMs} ms`);
    }
  }

  test('PostgreSQL stalls: everyone hears of it in time, and all catches up', async () => {
    const posted = await card();
    // As many connections as there may be: what is asked now waits on one of them.
    await Promise.all(Array.from({ length: 10 }, () => running.app.db.rows(sql`SELECT pg_sleep(0.5)::text`)));
    world.api.calls.length = 0;
    postgres.stall();
    const stalled = sleep(STALLED_MS);
    const [done, list, form, direct, pressed, teams, newcomer] = await Promise.all([
      voice.command('wes', 'done 2 hose is on'),
      voice.command('maya', 'list'),
      voice.command('maya', 'add'),
      voice.direct('wes', 'start 13'),
      voice.press('wes', posted, 'Start'),
      voice.teams('tom', 'start 3'),
      voice.command('lena', 'list'),
    ]);
    expectInTime({ done, list, form, direct, pressed, teams, newcomer });
    for (const { words } of [done, list, newcomer]) expect(words).toMatch(/Still working on it|try again/);
    expect(JSON.stringify(world.api.of('views.open')[0]?.args.view)).toContain('One moment…');
    await stalled;
    postgres.resume();

    await sent('Done: *#2* Replace hydraulic hose');
    await sent('Your open tasks');
    await kept('the message', () => wordsIn(world.api.of('chat.postMessage')), '#13 is already in progress');
    await kept('the form', updates, 'What is to be done?');
    const pressWorked = await kept(
      'the button',
      () => wordsIn(world.api.of('response_url')),
      'Started: *#31*',
    );
    const teamsWorked = await kept('the message in Teams', inTeams, 'Started: ');
    // What was refused in words has changed nothing.
    expect((await task(31)).status.category).toBe(pressWorked ? 'active' : 'todo');
    expect((await task(3)).status.category).toBe(teamsWorked ? 'active' : 'todo');
    await sent('*Wes Carter* finished: “hose is on”');
    await audited();
    expect(count('*Wes Carter* finished: “hose is on”')).toBe(1);
    expect(count('Done: *#2*')).toBe(1);
  }, 60_000);

  test('PostgreSQL breaks off in the middle of a commit: the effect is there once, and so is its answer', async () => {
    const before = await task(2);
    postgres.cutAfter(/INSERT INTO invocations/);
    const done = await voice.command('wes', 'done 2 hose is on', 'trigger-cut');
    expect(postgres.cuts).toBe(1);
    expectInTime({ done });
    expect(done.words).toContain('Done: *#2*');
    const again = await voice.command('wes', 'done 2 hose is on', 'trigger-cut');
    expect(again.words).toBe(done.words);
    await sent('*Wes Carter* finished: “hose is on”');
    await audited();
    expect(count('*Wes Carter* finished: “hose is on”')).toBe(1);
    const after = await task(2);
    expect([after.status.category, after.version]).toEqual(['done', before.version + 1]);
  });

  test('PostgreSQL breaks every connection: the next request has new ones', async () => {
    postgres.cutAfter(/./s);
    const first = await voice.command('wes', 'list');
    expectInTime({ first });
    const second = await voice.command('wes', 'done 2 hose is on');
    expectInTime({ second });
    expect(second.words).toContain('Done: *#2*');
  });

  test('DynamoDB stalls: chat goes on, and the audit log catches up', async () => {
    dynamodb.stall();
    const stalled = sleep(SHORT_STALL_MS);
    const [done, newcomer, teams, timeline] = await Promise.all([
      voice.command('wes', 'done 2 hose is on'),
      voice.command('lena', 'start 15'),
      voice.teams('tom', 'start 3'),
      voice.command('maya', 'timeline 31'),
    ]);
    expectInTime({ done, newcomer, teams, timeline });
    expect(done.words).toContain('Done: *#2*');
    expect(newcomer.words).toContain('Started: *#15*');
    expect(timeline.words).toContain('The history can’t be read right now');
    await sent('*Wes Carter* finished: “hose is on”');
    await until('the answer in Teams', () => inTeams().find((one) => one.includes('Started: ')));
    await stalled;
    expect(await running.app.db.prisma.auditOutbox.count()).toBeGreaterThan(0);
    dynamodb.resume();
    await audited();
    const later = await voice.command('maya', 'timeline 2');
    expect(later.words).toContain('Wes Carter finished *#2*');
  }, 60_000);

  test('Slack’s API stalls: requests are answered, and what is new is sent afterwards', async () => {
    const methods = [
      'chat.postMessage',
      'chat.postEphemeral',
      'chat.update',
      'conversations.open',
      'users.info',
      'views.open',
    ];
    const posted = await card();
    // Its answer has to get back: a first post that may have arrived is not repeated.
    await until('a posted card', async () => {
      const posted = await running.app.db.prisma.taskCard.findFirst({ where: { state: 'sent' } });
      return posted ?? undefined;
    });
    for (const method of methods) world.api.always(method, { type: 'never' });
    const stalled = sleep(SHORT_STALL_MS);
    const [done, form, newcomer, direct, pressed] = await Promise.all([
      voice.command('wes', 'done 31 all dry'),
      voice.command('maya', 'add'),
      voice.command('priya', 'list'),
      voice.direct('wes', 'list'),
      voice.press('wes', posted, 'Comment'),
    ]);
    expectInTime({ done, form, newcomer, direct, pressed });
    expect(done.words).toContain('Done: *#31*');
    expect(form.words).toContain('The form could not be opened');
    expect(newcomer.words).not.toBe('');
    await stalled;
    for (const method of methods) world.api.always(method, undefined);
    await sent('*Wes Carter* finished: “all dry”');
    await until('the card as it is now', () =>
      wordsIn(world.api.of('chat.update').slice(-1)).find((words) => words.includes('● Done · Wes Carter')),
    );
    await audited();
    expect(count('*Wes Carter* finished: “all dry”')).toBe(1);
    expect((await voice.command('maya', 'add')).words).toBe('');
  }, 60_000);
});
