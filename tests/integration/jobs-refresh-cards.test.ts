import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DeliveryError } from '../../src/core/ports.ts';
import type { ClaimedCard } from '../../src/jobs/ports.ts';
import { type CardToDraw, createRefreshCards, type RefreshCardsDeps } from '../../src/jobs/refresh-cards.ts';
import { createWorker } from '../../src/jobs/worker.ts';
import { createCardQueue } from '../../src/lib/delivery-queues.ts';
import { sql } from '../../src/lib/sql.ts';
import { createJobsWorld, createTestMessenger, type JobsWorld, viewOf } from '../support/jobs-world.ts';

let world: JobsWorld;
let slack: ReturnType<typeof createTestMessenger>;
let told: { card: ClaimedCard; reason: string }[];
let reads: string[][];

beforeEach(async () => {
  world = await createJobsWorld();
  slack = createTestMessenger('slack', world.clock);
  told = [];
  reads = [];
  await world.addTask('task-1', 'Paint');
});

afterEach(() => world.close());

function replica(more: Partial<RefreshCardsDeps> = {}) {
  const job = createRefreshCards({
    queue: createCardQueue(world.queueDeps),
    budget: world.budget,
    messengers: new Map([['slack', slack.messenger]]),
    renderCards,
    notPosted: async (card, reason) => void told.push({ card, reason }),
    clock: world.clock,
    log: world.log,
    count: () => undefined,
    random: () => 1,
    wait: async () => undefined,
    ...more,
  });
  return createWorker(job, { clock: world.clock, log: world.log });
}

async function renderCards(cards: readonly CardToDraw[]) {
  const taskIds = [...new Set(cards.map(({ taskId }) => taskId))];
  reads.push(taskIds);
  const rows = await world.db.rows<{ id: string; title: string }>(
    sql`SELECT id, title FROM tasks WHERE id = ANY (${taskIds})`,
  );
  const titles = new Map(rows.map(({ id, title }) => [id, title]));
  return new Map(cards.map(({ id, taskId }) => [id, viewOf(titles.get(taskId) ?? '')]));
}

/** Somebody changes the task, as a commit does it. */
async function rename(title: string): Promise<void> {
  await world.db.rows(sql`UPDATE tasks SET title = ${title} WHERE id = 'task-1'`);
  const work = world.db.begin();
  work.refreshCards('task-1');
  await work.commit({
    reply: { kind: 'none' },
    at: world.clock(),
    audit: {
      ...{ id: world.newId(), actor: 'person:maya', actorName: 'Maya', at: world.clock().toISOString() },
      ...{
        organizationId: 'harbor',
        action: 'rename',
        outcome: 'ok',
        platform: 'slack',
        source: 'button',
        details: {},
      },
    },
  });
  // refreshCards takes PostgreSQL's clock, the test has its own.
  await world.db.rows(sql`UPDATE task_cards SET next_attempt_at = ${world.clock()}
    WHERE next_attempt_at > ${world.clock()} AND lease_token IS NULL AND error IS NULL`);
}

const fail =
  (failure: DeliveryError['failure'], message = 'platform says no') =>
  () => {
    throw new DeliveryError(failure, message);
  };

describe('cards', () => {
  test('a new card is posted, a posted one updated, with one read for all copies', async () => {
    await world.addCard('new', 'task-1', { channelId: 'C1' });
    await world.addCard('old', 'task-1', { channelId: 'C2', messageId: '111.1' });
    await replica().drain();
    expect(slack.sent).toMatchObject([
      { kind: 'post', to: 'C1', summary: 'Paint' },
      { kind: 'update', to: '111.1', summary: 'Paint' },
    ]);
    expect(reads).toEqual([['task-1']]);
    expect(await world.card('new')).toMatchObject({ state: 'sent', messageId: 'C1-1', leaseToken: null });
    expect(await world.card('old')).toMatchObject({ state: 'sent', messageId: '111.1' });
  });

  test('several changes while a card waits cost one update', async () => {
    await world.addCard('card', 'task-1', { messageId: '111.1' });
    await replica().drain();
    world.pass(10_000);
    for (const title of ['one', 'two', 'three']) await rename(title);
    await replica().drain();
    expect(slack.sent.map(({ summary }) => summary)).toEqual(['Paint', 'three']);
  });

  test('a change while its card is being sent is sent once more: no card stays older than its task', async () => {
    await world.addCard('card', 'task-1');
    slack.script.answer = async ({ kind }) => {
      if (kind === 'post') await rename('Paint the dock');
    };
    await replica().runOnce();
    expect(await world.card('card')).toMatchObject({ state: 'pending', messageId: 'C1-1', revision: 2 });
    world.pass(1_000);
    await replica().drain();
    expect(slack.sent).toMatchObject([
      { kind: 'post', summary: 'Paint' },
      { kind: 'update', to: 'C1-1', summary: 'Paint the dock' },
    ]);
    expect(await world.card('card')).toMatchObject({ state: 'sent', revision: 2 });
  });

  test('a change while the platform holds a card back does not bring it earlier', async () => {
    await world.addCard('card', 'task-1', { messageId: '111.1' });
    slack.script.answer = fail({ kind: 'throttled', retryAfterMs: 20_000 });
    await replica().drain();
    slack.script.answer = undefined;
    await rename('new');
    await replica().drain();
    expect(slack.sent).toEqual([]);
    world.pass(20_000);
    await replica().drain();
    expect(slack.sent).toMatchObject([{ kind: 'update', summary: 'new' }]);
    expect(await world.card('card')).toMatchObject({ state: 'sent', attempts: 0 });
  });

  test('a card whose message was deleted is forgotten', async () => {
    await world.addCard('card', 'task-1', { messageId: '111.1' });
    slack.script.answer = fail({ kind: 'gone' });
    await replica().drain();
    expect(await world.card('card')).toBeUndefined();
  });

  test('who asked for a card hears when its channel refuses it', async () => {
    await world.addCard('new', 'task-1', { channelId: 'C1' });
    await world.addCard('old', 'task-1', { channelId: 'C2', messageId: '111.1' });
    slack.script.answer = fail({ kind: 'refused', scope: 'channel' }, 'not_in_channel');
    await replica().drain();
    expect(told).toMatchObject([{ card: { id: 'new', requestedById: 'maya' }, reason: 'not_in_channel' }]);
    expect(await world.card('new')).toMatchObject({ state: 'dead', error: 'not_in_channel' });
    expect(await world.card('old')).toMatchObject({ state: 'dead', error: 'not_in_channel' });
  });

  test('who is told hears the name of the channel, where it is known', async () => {
    await world.db.rows(sql`INSERT INTO managers (id, person_id) VALUES ('maya', 'maya')`);
    await world.db.rows(sql`INSERT INTO projects (id, organization_id, key, name, owner_id)
      VALUES ('dock', 'harbor', 'DOCK', 'Dock', 'maya')`);
    await world.db.rows(sql`INSERT INTO channel_links (id, workspace_id, channel_id, channel_name, project_id, created_by_id)
      VALUES ('named', 'slack-1', 'C1', 'dock', 'dock', 'maya'), ('unnamed', 'slack-1', 'C2', 'C2', 'dock', 'maya')`);
    for (const channelId of ['C1', 'C2', 'C3']) await world.addCard(channelId, 'task-1', { channelId });
    slack.script.answer = fail({ kind: 'refused', scope: 'channel' }, 'not_in_channel');
    await replica().drain();
    const names = Object.fromEntries(told.map(({ card }) => [card.channelId, card.channelName]));
    expect(names).toEqual({ C1: 'dock', C2: undefined, C3: undefined });
  });

  test('when nobody can be told yet, the card ends later', async () => {
    await world.addCard('card', 'task-1');
    slack.script.answer = fail({ kind: 'refused', scope: 'channel' }, 'not_in_channel');
    await replica({ notPosted: () => Promise.reject(new Error('no database')) }).drain();
    expect(await world.card('card')).toMatchObject({ state: 'pending', attempts: 0 });
    world.pass(5_000);
    await replica().drain();
    expect(told).toHaveLength(1);
    expect(await world.card('card')).toMatchObject({ state: 'dead' });
  });

  test('a post that may have arrived is not repeated; an update is', async () => {
    await world.addCard('new', 'task-1', { channelId: 'C1' });
    await world.addCard('old', 'task-1', { channelId: 'C2', messageId: '111.1' });
    slack.script.answer = fail({ kind: 'ambiguous' }, '502');
    await replica().drain();
    expect(await world.card('new')).toMatchObject({ state: 'dead', error: 'may have been posted: 502' });
    expect(await world.card('old')).toMatchObject({ state: 'pending', attempts: 1 });
    slack.script.answer = undefined;
    world.pass(2_000);
    await replica().drain();
    expect(await world.card('old')).toMatchObject({ state: 'sent', attempts: 0 });
  });

  test('a crash while sending: the card comes up when the lease ends', async () => {
    await world.addCard('card', 'task-1', { messageId: '111.1' });
    await createCardQueue(world.queueDeps).claim(10);
    await replica().drain();
    expect(slack.sent).toEqual([]);
    world.pass(30_000);
    await replica().drain();
    expect(slack.sent).toHaveLength(1);
  });

  test('updates keep to what Slack allows chat.update, and leave room for messages', async () => {
    for (let index = 0; index < 30; index += 1) {
      await world.addCard(`card-${index}`, 'task-1', { channelId: `C${index}`, messageId: `${index}.1` });
    }
    await world.addCard('new', 'task-1', { channelId: 'C-new' });
    await replica().drain();
    expect(slack.sent.filter(({ kind }) => kind === 'update')).toHaveLength(10);
    expect(slack.sent.filter(({ kind }) => kind === 'post')).toHaveLength(1);
    for (let elapsed = 0; elapsed < 60_000; elapsed += 1_500) {
      await replica().drain();
      world.pass(1_500);
    }
    expect(slack.sent.filter(({ kind }) => kind === 'update')).toHaveLength(30);
  });
});
