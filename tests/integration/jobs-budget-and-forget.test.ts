import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { encodeTime } from 'ulid';
import { createForget } from '../../src/jobs/forget.ts';
import { createRetention } from '../../src/lib/retention.ts';
import { createSendBudget } from '../../src/lib/send-budget.ts';
import { sql } from '../../src/lib/sql.ts';
import { createJobsWorld, type JobsWorld } from '../support/jobs-world.ts';

let world: JobsWorld;

beforeEach(async () => {
  world = await createJobsWorld();
});

afterEach(() => world.close());

const workspace = { key: 'workspace:w', pace: { everyMs: 100, burst: 5 } };
const askFor = (channel: string) => ({
  workspace,
  channel: { key: `channel:${channel}`, pace: { everyMs: 1_000, burst: 1 } },
});

const later = (ms: number) => new Date(world.clock().getTime() + ms);

describe('the send budget', () => {
  test('lets a burst through and tells the others when to come again', async () => {
    const asks = Array.from({ length: 8 }, (_, index) => askFor(`c${index}`));
    expect(await world.budget.reserve(asks)).toEqual([
      ...Array.from({ length: 5 }, () => undefined),
      ...[later(100), later(200), later(300)],
    ]);
    world.pass(200);
    expect(await world.budget.reserve(asks.slice(5))).toEqual([undefined, undefined, later(100)]);
  });

  test('what waits for its channel takes no room from the workspace', async () => {
    const flood = Array.from({ length: 20 }, () => askFor('one'));
    const times = await world.budget.reserve([...flood, ...['a', 'b', 'c', 'd', 'e'].map(askFor)]);
    expect(times.slice(0, 3)).toEqual([undefined, later(1_000), later(2_000)]);
    expect(times.slice(20)).toEqual([undefined, undefined, undefined, undefined, later(100)]);
  });

  test('replicas that ask at once share one budget', async () => {
    const replicas = Array.from({ length: 4 }, () => createSendBudget({ db: world.db, clock: world.clock }));
    await world.budget.reserve([askFor('first')]);
    const answers = await Promise.all(
      replicas.map((replica, which) =>
        replica.reserve(Array.from({ length: 5 }, (_, index) => askFor(`${which}-${index}`))),
      ),
    );
    expect(answers.flat().filter((time) => time === undefined)).toHaveLength(4);
  });

  test('a block holds everything back, with no burst right after', async () => {
    await world.budget.block([workspace], later(30_000));
    expect(await world.budget.reserve([askFor('a'), askFor('b')])).toEqual([later(30_000), later(30_100)]);
    world.pass(30_000);
    expect(await world.budget.reserve([askFor('a'), askFor('b')])).toEqual([undefined, later(100)]);
  });
});

describe('forgetting', () => {
  test('deletes old invocations, finished notifications, copies of cards and budgets, in batches; what is dead stays', async () => {
    const day = 86_400_000;
    const daysAgo = (days: number) => later(-days * day);
    await world.addPerson('wes', 'slack-1');
    for (const [index, days] of [1, 3, 3, 3, 4].entries()) {
      await world.db.rows(
        sql`INSERT INTO invocations (key, reply, created_at) VALUES (${`k${index}`}, '{}', ${daysAgo(days)})`,
      );
    }
    for (const [index, [state, days]] of (
      [
        ['sent', 91],
        ['skipped', 95],
        ['dead', 91],
        ['pending', 91],
        ['sent', 89],
        ['sent', 92],
      ] as const
    ).entries()) {
      const id = `${encodeTime(daysAgo(days).getTime(), 10)}${String(index).padStart(16, '0')}`;
      await world.db.rows(sql`INSERT INTO notifications (id, organization_id, recipient_id, kind, dedupe_key, state, error, sent_at, created_at)
        VALUES (${id}, 'harbor', 'wes', ${`${state} ${days}`}, ${id}, ${state}::delivery_state, 'x',
          ${state === 'sent' ? daysAgo(days) : null}, ${daysAgo(days)})`);
    }
    await world.db.rows(
      sql`INSERT INTO send_budgets (key, free_at) VALUES ('channel:old', ${daysAgo(2)}), ('new', ${later(0)})`,
    );
    await world.addTask('task-1', 'Paint');
    await world.addCard('channel card', 'task-1', { channelId: 'C1', messageId: '1' });
    for (const [id, days] of [['copy 15', 15] as const, ['copy 13', 13] as const]) {
      await world.db.rows(sql`INSERT INTO task_cards (id, task_id, workspace_id, channel_id, message_id, requested_by_id, recipient_id, news, created_at)
        VALUES (${id}, 'task-1', 'slack-1', 'D1', ${id}, 'wes', 'wes', '{}', ${daysAgo(days)})`);
    }
    await world.db.rows(sql`UPDATE task_cards SET created_at = ${daysAgo(100)} WHERE recipient_id IS NULL`);
    for (const [asked, told] of [
      [100, 91],
      [100, 89],
      [100, null],
    ] as const) {
      const id = `${encodeTime(daysAgo(asked).getTime(), 10)}${String(told ?? 0).padStart(16, '0')}`;
      await world.db.rows(sql`INSERT INTO reminders (id, organization_id, person_id, task_id, at, told_at)
        VALUES (${id}, 'harbor', 'wes', 'task-1', ${daysAgo(told ?? -1)}, ${told ? daysAgo(told) : null})`);
    }
    const retention = createRetention({ db: world.db });
    await createForget({ retention, clock: world.clock, log: world.log, batch: 2 }).runOnce();
    const left = await world.db.rows<{ name: string }>(sql`SELECT key AS name FROM invocations
      UNION ALL SELECT kind FROM notifications UNION ALL SELECT key FROM send_budgets UNION ALL SELECT id FROM task_cards
      UNION ALL SELECT 'reminder ' || right(id, 2) FROM reminders ORDER BY 1`);
    expect(left.map(({ name }) => name)).toEqual([
      ...[
        'channel card',
        'copy 13',
        'dead 91',
        'k0',
        'new',
        'pending 91',
        'reminder 00',
        'reminder 89',
        'sent 89',
      ],
    ]);
  });
});
