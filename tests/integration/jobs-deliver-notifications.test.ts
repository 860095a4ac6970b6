import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DeliveryError, type DeliveryFailure } from '../../src/core/ports.ts';
import {
  createDeliverNotifications,
  type DeliverNotificationsDeps,
} from '../../src/jobs/deliver-notifications.ts';
import { createWorker } from '../../src/jobs/worker.ts';
import { createNotificationQueue } from '../../src/lib/delivery-queues.ts';
import { sql } from '../../src/lib/sql.ts';
import { createJobsWorld, createTestMessenger, drawing, type JobsWorld } from '../support/jobs-world.ts';

let world: JobsWorld;
let slack: ReturnType<typeof createTestMessenger>;
let teams: ReturnType<typeof createTestMessenger>;

beforeEach(async () => {
  world = await createJobsWorld();
  slack = createTestMessenger('slack', world.clock);
  teams = createTestMessenger('teams', world.clock);
  await world.addPerson('wes', 'slack-1');
  await world.addPerson('lena', 'slack-2');
  await world.addPerson('aiko', 'teams-1');
});

afterEach(() => world.close());

/** A replica's worker, by default on a queue of its own with the world's database. */
function replica(more: Partial<DeliverNotificationsDeps> = {}) {
  const job = createDeliverNotifications({
    queue: createNotificationQueue(world.queueDeps),
    budget: world.budget,
    messengers: new Map([
      ['slack', slack.messenger],
      ['teams', teams.messenger],
    ]),
    render: drawing(),
    clock: world.clock,
    log: world.log,
    count: () => undefined,
    random: () => 1,
    wait: async () => undefined,
    ...more,
  });
  return createWorker(job, { clock: world.clock, log: world.log });
}

const texts = (platform: typeof slack) => platform.sent.map(({ summary }) => summary);

/** A database that stops to answer as soon as `when` says so. */
function dying(when: () => boolean) {
  return {
    rows: <Row>(statement: Parameters<typeof world.db.rows>[0]): Promise<Row[]> =>
      when() ? new Promise<Row[]>(() => undefined) : world.db.rows<Row>(statement),
  };
}

describe('delivery', () => {
  test('sends to the account on either platform and keeps the address it learned', async () => {
    const first = await world.notify('wes', 'for Wes');
    await world.notify('aiko', 'for Aiko');
    await replica().drain();
    expect(slack.sent).toMatchObject([
      { to: 'U-wes', workspaceId: 'slack-1', address: undefined, summary: 'for Wes' },
    ]);
    expect(texts(teams)).toEqual(['for Aiko']);
    expect(await world.notification(first)).toMatchObject({
      state: 'sent',
      attempts: 0,
      error: null,
      leaseToken: null,
      sentAt: world.clock(),
    });
    world.pass(5_000);
    await world.notify('wes', 'again');
    await replica().drain();
    expect(slack.sent[1]).toMatchObject({ address: 'D-U-wes' });
  });

  test('what is no longer true is skipped, what is not yet due waits', async () => {
    const gone = await world.notify('wes', 'gone');
    const later = await world.notify('lena', 'later', { at: new Date(world.clock().getTime() + 60_000) });
    await replica({ render: async () => new Map() }).drain();
    expect(slack.sent).toEqual([]);
    expect(await world.notification(gone)).toMatchObject({ state: 'skipped', error: 'no longer true' });
    expect(await world.notification(later)).toMatchObject({ state: 'pending', attempts: 0 });
  });

  test('of several accounts the one seen last is used, and one that refuses only when there is no other', async () => {
    await world.db.rows(sql`INSERT INTO chat_accounts (id, person_id, workspace_id, external_id, last_seen_at)
      VALUES ('second', 'wes', 'teams-1', 'U-second', now() + interval '1 hour')`);
    await world.notify('wes', 'one');
    await replica().drain();
    expect(texts(teams)).toEqual(['one']);
    await world.db.rows(
      sql`UPDATE chat_accounts SET refused_at = now(), refused_reason = 'blocked' WHERE id = 'second'`,
    );
    await world.notify('wes', 'two');
    await replica().drain();
    expect(texts(slack)).toEqual(['two']);
  });

  test.each([
    ['a person without an account', sql`DELETE FROM chat_accounts`, 'the person has no chat account yet'],
    [
      'a workspace that removed the app',
      sql`UPDATE workspaces SET uninstalled_at = now()`,
      'the app was removed from the workspace',
    ],
  ])('nothing is sent to %s: the row ends with the reason', async (_, change, reason) => {
    const id = await world.notify('wes', 'hello');
    await world.db.rows(change);
    await replica().drain();
    expect(slack.sent).toEqual([]);
    expect(await world.notification(id)).toMatchObject({ state: 'dead', error: reason });
  });

  test('nothing is sent to who has left, and no admin is asked to send it again', async () => {
    const id = await world.notify('wes', 'hello');
    await world.db.rows(sql`UPDATE persons SET deactivated_at = now()`);
    await replica().drain();
    expect(slack.sent).toEqual([]);
    expect(await world.notification(id)).toMatchObject({ state: 'skipped' });
  });
});

describe('crashes and replicas', () => {
  test('a crash between claim and send: the row comes up when the lease ends, and is sent once', async () => {
    const id = await world.notify('wes', 'hello');
    await createNotificationQueue(world.queueDeps).claim(10);
    await replica().drain();
    expect(slack.sent).toEqual([]);
    world.pass(29_000);
    await replica().drain();
    expect(slack.sent).toEqual([]);
    world.pass(1_000);
    await replica().drain();
    expect(texts(slack)).toEqual(['hello']);
    expect(await world.notification(id)).toMatchObject({ state: 'sent' });
  });

  test('a crash between the answer and the commit is the one case that sends twice', async () => {
    const id = await world.notify('wes', 'hello');
    const queue = createNotificationQueue({ ...world.queueDeps, db: dying(() => slack.sent.length > 0) });
    void replica({ queue }).runOnce();
    await eventually(() => slack.sent.length === 1);
    expect(await world.notification(id)).toMatchObject({ state: 'pending' });
    world.pass(30_000);
    await replica().drain();
    await replica().drain();
    expect(texts(slack)).toEqual(['hello', 'hello']);
    expect(await world.notification(id)).toMatchObject({ state: 'sent' });
  });

  test('three replicas at once send each notification once', async () => {
    for (let index = 0; index < 60; index += 1) {
      await world.addPerson(`p${index}`, index % 2 ? 'slack-1' : 'slack-2');
      await world.notify(`p${index}`, `for ${index}`);
    }
    const fast = { everyMs: 0.001, burst: 1_000 };
    const paces = { slack: { workspace: fast, channel: fast }, teams: { workspace: fast, channel: fast } };
    await Promise.all([1, 2, 3].map(() => replica({ paces }).drain()));
    expect(new Set(texts(slack)).size).toBe(60);
    expect(slack.sent).toHaveLength(60);
    expect(await world.states()).toEqual({ sent: 60 });
  });

  test('a worker that lost its lease writes nothing', async () => {
    const id = await world.notify('wes', 'hello');
    const slow = createNotificationQueue(world.queueDeps);
    const claimed = await slow.claim(10);
    world.pass(30_000);
    const [row] = await createNotificationQueue(world.queueDeps).claim(10);
    expect(row?.id).toBe(id);
    const written = await slow.settle(
      claimed.map((lost) => ({ row: lost, outcome: 'dead', reason: 'wrong' })),
    );
    expect(written).toBe(0);
    expect(await world.notification(id)).toMatchObject({ state: 'pending', leaseToken: row?.leaseToken });
  });

  test('a process that stood still for longer than its lease does not send any more', async () => {
    await world.notify('wes', 'hello');
    await replica({
      render: async (drawings) => {
        world.pass(31_000);
        return drawing(() => 'late')(drawings);
      },
    }).runOnce();
    expect(slack.sent).toEqual([]);
    await replica().drain();
    expect(texts(slack)).toEqual(['hello']);
  });

  test('a lease that is prolonged holds for as long as the send takes', async () => {
    await world.notify('wes', 'hello');
    const queue = createNotificationQueue(world.queueDeps);
    await queue.claim(10);
    world.pass(20_000);
    await queue.renew();
    world.pass(20_000);
    await replica().drain();
    expect(slack.sent).toEqual([]);
  });

  test('a stop finishes what is being sent and puts back what was not begun', async () => {
    const first = await world.notify('wes', 'first');
    const finish = Promise.withResolvers<void>();
    const rendering = Promise.withResolvers<void>();
    slack.script.answer = () => finish.promise;
    const sending = replica();
    const running = sending.runOnce();
    await eventually(async () => (await world.notification(first))?.leaseToken !== null);
    const second = await world.notify('lena', 'second');
    const other = replica({
      render: async (drawings) => {
        await rendering.promise;
        return drawing(() => 'never')(drawings);
      },
    });
    const held = other.runOnce();
    await eventually(async () => (await world.notification(second))?.leaseToken !== null);
    const stopped = [sending.stop(), other.stop()];
    rendering.resolve();
    await held;
    finish.resolve();
    await Promise.all([running, ...stopped]);
    expect(await world.notification(first)).toMatchObject({ state: 'sent' });
    expect(await world.notification(second)).toMatchObject({
      state: 'pending',
      leaseToken: null,
      attempts: 0,
      nextAttemptAt: world.clock(),
    });
  });
});

describe('what platforms answer', () => {
  const fail =
    (failure: DeliveryError['failure'], message = 'platform says no') =>
    () => {
      throw new DeliveryError(failure, message);
    };

  test('429: nothing more goes to that workspace before Retry-After, it costs no attempt, others go on', async () => {
    await world.addPerson('tom', 'slack-1');
    const id = await world.notify('wes', 'for Wes');
    slack.script.answer = fail({ kind: 'throttled', retryAfterMs: 30_000 });
    await replica().drain();
    slack.script.answer = undefined;
    await world.notify('tom', 'for Tom');
    await world.notify('lena', 'for Lena');
    await replica().drain();
    expect(texts(slack)).toEqual(['for Lena']);
    world.pass(29_999);
    await replica().drain();
    expect(texts(slack)).toEqual(['for Lena']);
    world.pass(1);
    await replica().drain();
    world.pass(2_000);
    await replica().drain();
    expect(texts(slack).sort()).toEqual(['for Lena', 'for Tom', 'for Wes']);
    expect(await world.notification(id)).toMatchObject({ state: 'sent', attempts: 0 });
  });

  test('a person who blocks the app: the row ends, the account too, until they come back', async () => {
    const first = await world.notify('wes', 'one');
    slack.script.answer = fail({ kind: 'refused', scope: 'person' }, 'ConversationBlockedByUser');
    await replica().drain();
    slack.script.answer = undefined;
    const second = await world.notify('wes', 'two');
    await replica().drain();
    expect(slack.sent).toEqual([]);
    expect(await world.notification(first)).toMatchObject({
      state: 'dead',
      error: 'ConversationBlockedByUser',
    });
    expect(await world.notification(second)).toMatchObject({
      state: 'dead',
      error: 'the account refuses messages: ConversationBlockedByUser',
    });
  });

  test('a token that is refused ends one row and holds the others for a minute', async () => {
    await world.addPerson('tom', 'slack-1');
    await world.notify('wes', 'one');
    slack.script.answer = fail({ kind: 'refused', scope: 'workspace' }, 'token_revoked');
    await replica().drain();
    slack.script.answer = undefined;
    await world.notify('tom', 'two');
    await replica().drain();
    expect(await world.states()).toEqual({ dead: 1, pending: 1 });
    world.pass(60_000);
    await replica().drain();
    expect(texts(slack)).toEqual(['two']);
  });

  test('what may have been sent is sent once more after some two minutes', async () => {
    const id = await world.notify('aiko', 'hello');
    teams.script.answer = fail({ kind: 'ambiguous' }, '502');
    await replica().drain();
    expect(await world.notification(id)).toMatchObject({
      state: 'pending',
      attempts: 1,
      error: 'may have been sent: 502',
      nextAttemptAt: new Date(world.clock().getTime() + 150_000),
    });
    teams.script.answer = undefined;
    world.pass(119_000);
    await replica().drain();
    expect(texts(teams)).toEqual([]);
    world.pass(31_000);
    await replica().drain();
    expect(texts(teams)).toEqual(['hello']);
    expect(await world.notification(id)).toMatchObject({ state: 'sent', error: null });
  });

  test('a second send that may have arrived ends the row, whatever came in between', async () => {
    const id = await world.notify('aiko', 'hello');
    const become = async (failure: DeliveryFailure, why: string) => {
      teams.script.answer = fail(failure, why);
      world.pass(900_000);
      await replica().drain();
      return world.notification(id);
    };
    await become({ kind: 'ambiguous' }, 'TimeoutError');
    expect(await become({ kind: 'throttled', retryAfterMs: 1_000 }, '429')).toMatchObject({
      state: 'pending',
      error: 'may have been sent: 429',
    });
    expect(await become({ kind: 'failed' }, '503')).toMatchObject({
      state: 'pending',
      error: 'may have been sent: 503',
    });
    await world.budget.block(
      [{ key: 'workspace:teams-1', pace: { everyMs: 50, burst: 4 } }],
      new Date(world.clock().getTime() + 901_000),
    );
    expect(await become({ kind: 'ambiguous' }, 'never asked')).toMatchObject({
      state: 'pending',
      error: 'may have been sent: 503',
    });
    expect(await become({ kind: 'ambiguous' }, 'TimeoutError')).toMatchObject({
      state: 'dead',
      error: 'may have been sent: TimeoutError',
    });
  });

  test('failures are tried again after 2 s, 4 s, 8 s … up to 15 min, then the row is dead with the reason', async () => {
    const id = await world.notify('wes', 'hello');
    slack.script.answer = fail({ kind: 'failed' }, 'ECONNRESET');
    const pauses: number[] = [];
    for (;;) {
      await replica({ retries: { firstMs: 2_000, longestMs: 900_000, maxAttempts: 12 } }).drain();
      const row = await world.notification(id);
      if (row?.state !== 'pending') break;
      const pause = row.nextAttemptAt.getTime() - world.clock().getTime();
      pauses.push(pause / 1_000);
      world.pass(pause);
    }
    expect(pauses).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
    expect(await world.notification(id)).toMatchObject({
      state: 'dead',
      attempts: 11,
      error: 'given up after 12 tries: ECONNRESET',
    });
  });

  test('one that can not be drawn harms no other', async () => {
    const bad = await world.notify('wes', 'bad');
    await world.notify('lena', 'good');
    await replica({
      render: async (drawings) => {
        if (drawings.some(({ key }) => key === bad)) throw new Error('no such view');
        return drawing(() => 'good')(drawings);
      },
    }).drain();
    expect(texts(slack)).toEqual(['good']);
    expect(await world.notification(bad)).toMatchObject({ state: 'pending', attempts: 1 });
  });
});

describe('pacing', () => {
  test('one channel gets a message a second, without a failed attempt', async () => {
    for (const text of ['one', 'two', 'three']) await world.notify('wes', text);
    await replica().drain();
    expect(texts(slack)).toEqual(['one']);
    world.pass(999);
    await replica().drain();
    expect(texts(slack)).toEqual(['one']);
    world.pass(1);
    await replica().drain();
    expect(texts(slack)).toEqual(['one', 'two']);
    world.pass(1_000);
    await replica().drain();
    expect(texts(slack)).toEqual(['one', 'two', 'three']);
  });

  test('no minute sees more than 525 messages in a Slack workspace, and the other workspace is not delayed', async () => {
    await world.db.rows(sql`INSERT INTO persons (id, organization_id, name)
      SELECT 'p' || n, 'harbor', 'p' || n FROM generate_series(1, 600) n`);
    await world.db.rows(sql`INSERT INTO chat_accounts (id, person_id, workspace_id, external_id)
      SELECT 'a' || n, 'p' || n, 'slack-1', 'U' || n FROM generate_series(1, 600) n`);
    await world.db.rows(sql`INSERT INTO notifications (id, organization_id, recipient_id, kind, dedupe_key, next_attempt_at)
      SELECT '00' || n, 'harbor', 'p' || n, 'assigned', 'n' || n, ${world.clock()} FROM generate_series(1, 600) n`);
    await world.notify('lena', 'other workspace');
    await replica().drain();
    expect(slack.sent.filter(({ workspaceId }) => workspaceId === 'slack-2')).toHaveLength(1);
    expect(slack.sent.filter(({ workspaceId }) => workspaceId === 'slack-1')).toHaveLength(15);
    for (let elapsed = 0; elapsed < 60_000; elapsed += 500) {
      await replica().drain();
      world.pass(500);
    }
    const inFirstMinute = slack.sent.filter(({ workspaceId }) => workspaceId === 'slack-1').length;
    expect(inFirstMinute).toBeLessThanOrEqual(525);
    expect(inFirstMinute).toBeGreaterThan(515);
    for (let elapsed = 0; elapsed < 20_000; elapsed += 500) {
      await replica().drain();
      world.pass(500);
    }
    expect(await world.states()).toEqual({ sent: 601 });
  });
});

async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}
