import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { COPIES_KEPT } from '../../src/lib/card-copies.ts';
import type { Database } from '../../src/lib/database.ts';
import { createCardQueue, createNotificationQueue } from '../../src/lib/delivery-queues.ts';
import { textOf } from '../../src/lib/sql.ts';
import { outboxRenderers } from '../../src/outbox-renderers.ts';
import { buttonOf, buttonsIn, type Crew, openCrew } from '../support/crew.ts';
import { wordsOfView } from '../support/words-of.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew({ atAnyHour: true });
  for (const who of ['maya', 'omar', 'wes']) await crew.says(who, 'hi');
});
afterEach(() => crew.close());

/** Maya gives Wes a task in #dock; gives back its number. */
async function given(title = 'Reseal pump 9'): Promise<number> {
  const added = await crew.says('maya', `add "${title}" @wes in DOCK`, { channel: 'C-dock' });
  await crew.settle();
  return Number(/#(\d+)/.exec(added.words)?.[1]);
}

const wordsTo = (who: string, index = 0): string => {
  const message = crew.messagesTo(who)[index];
  return message ? wordsOfView(message.view) : '';
};
const labels = (who: string, index = 0): string[] =>
  buttonsIn(crew.messagesTo(who)[index]).map(({ label }) => label);

describe('a direct message that shows a task', () => {
  test('keeps its news and shows what the task has become, wherever somebody acted', async () => {
    const number = await given();
    expect(labels('wes')).toEqual(['Start', 'Done', 'Decline']);
    await crew.says('wes', `start ${number}`, { channel: 'C-dock' });
    await crew.settle();
    const [message] = crew.messagesTo('wes');
    expect(message?.updates).toBe(1);
    expect(wordsTo('wes')).toContain('Maya Okafor gave you a task');
    expect(wordsTo('wes')).toContain('◐ In progress');
    expect(labels('wes')).toEqual(['Done', 'Block', 'Comment', 'More…']);
  });

  test('keeps the news that is added to it while it is brought up to date without them', async () => {
    await crew.close();
    crew = await openCrew({ atAnyHour: true, bundleMs: 120_000 });
    for (const who of ['maya', 'wes']) await crew.says(who, 'hi');
    const number = await given();
    const slack = crew.messengers.get('slack');
    const [message] = crew.messagesTo('wes');
    if (!slack || !message) throw new Error('There is no message');
    const { view: before } = message;
    const { update } = slack;
    slack.update = async (given) => {
      await update(given);
      if (!wordsOfView(given.view).includes('mind the hook')) return;
      slack.update = update;
      // Drawn before the news were known, and there after them.
      message.view = before;
      await crew.db.prisma.taskCard.updateMany({
        where: { messageId: message.messageId },
        data: { state: 'sent', leaseToken: null, nextAttemptAt: new Date(crew.now.getTime() + 50) },
      });
    };
    await crew.says('maya', `comment ${number} mind the hook`);
    await crew.settle();
    expect(wordsTo('wes')).toMatch(/gave you a task\n.*mind the hook/);
  });

  test('is brought up to date on both platforms', async () => {
    await crew.says('priya', 'hi', { platform: 'teams' });
    const number = await given();
    await crew.says('maya', `assign ${number} @priya`, { channel: 'C-dock' });
    await crew.settle();
    await crew.says('maya', `priority ${number} urgent`, { channel: 'C-dock' });
    await crew.settle();
    expect(crew.messagesTo('priya')[0]?.platform).toBe('teams');
    expect(wordsTo('priya')).toContain('Urgent priority');
  });

  test('shows the one who pressed its button the news as well', async () => {
    const number = await given();
    const [message] = crew.messagesTo('wes');
    const start = buttonOf({ buttons: buttonsIn(message), words: '' }, 'Start');
    const pressed = await crew.presses('wes', start, { messageId: message?.messageId ?? '' });
    expect(pressed.words).toContain('Maya Okafor gave you a task');
    expect(pressed.words).toContain(`#${number} Reseal pump 9`);
    expect(pressed.reply).toMatchObject({ replaceOriginal: true });
    await crew.settle();
    expect(labels('wes')).toEqual(['Done', 'Block', 'Comment', 'More…']);
  });

  test('has no buttons that its reader may not press any more', async () => {
    const number = await given();
    await crew.says('maya', `assign ${number} @omar`, { channel: 'C-dock' });
    await crew.settle();
    expect(wordsTo('wes')).toContain('Omar');
    expect(labels('wes')).toEqual(['Comment', 'More…']);
  });

  test('tells nothing of a task that its reader may not see any more', async () => {
    const number = await given();
    await crew.db.prisma.projectMember.deleteMany({ where: { person: { name: { startsWith: 'Wes' } } } });
    await crew.says('maya', `assign ${number} @omar`, { channel: 'C-dock' });
    await crew.says('maya', `rename ${number} "Secret"`, { channel: 'C-dock' });
    await crew.settle();
    expect(wordsTo('wes')).toContain(`#${number} is no longer yours to see.`);
    expect(wordsTo('wes')).not.toContain('Secret');
    expect(labels('wes')).toEqual([]);
  });

  test('keeps the buttons that belong to its news', async () => {
    const number = await given();
    await crew.says('wes', `comment ${number} which seal?`);
    await crew.settle();
    await crew.says('wes', `start ${number}`);
    await crew.settle();
    expect(wordsTo('maya')).toContain('“which seal?”');
    expect(wordsTo('maya')).toContain('◐ In progress');
    expect(labels('maya')).toEqual(['Reply', 'Show']);
  });

  test('that was sent while its task changed is brought up to date at once', async () => {
    const added = await crew.says('maya', 'add "Late" @wes in DOCK', { channel: 'C-dock' });
    const number = Number(/#(\d+)/.exec(added.words)?.[1]);
    const { id } = await crew.task(number);
    const [row] = await crew.db.prisma.notification.findMany({ where: { taskId: id } });
    expect(row).toBeDefined();
    const queue = createNotificationQueue({ db: crew.db, clock: () => crew.now, newId: ulid });
    await queue.keepCopies([
      {
        sentAt: crew.now,
        recipientId: row?.recipientId ?? '',
        workspaceId: (await crew.task(number)).cards[0]?.workspaceId ?? '',
        ...{ channelId: 'D-wes', messageId: 'early', address: 'D-wes' },
        copy: { taskId: id, version: 0, news: [], summary: 'Old' },
      },
    ]);
    const copies = (await crew.task(number)).cards.filter(({ recipientId }) => recipientId);
    expect(copies).toMatchObject([{ messageId: 'early', state: 'pending' }]);
  });

  test('that was written over before it was noted shows what came last', async () => {
    const number = await given();
    await crew.settle();
    const { id, cards } = await crew.task(number);
    const wes = cards.find(({ recipientId }) => recipientId);
    const queue = createNotificationQueue({ db: crew.db, clock: () => crew.now, newId: ulid });
    const message = {
      recipientId: wes?.recipientId ?? '',
      workspaceId: wes?.workspaceId ?? '',
      ...{ channelId: 'D-wes', messageId: 'twice', address: 'D-wes', sentAt: crew.now },
    };
    await queue.keepCopies([
      { ...message, copy: { taskId: id, version: 1, news: [], summary: 'First' } },
      { ...message, copy: { taskId: id, version: 1, news: [], summary: 'Then' } },
    ]);
    const kept = (await crew.task(number)).cards.filter(({ messageId }) => messageId === 'twice');
    expect(kept).toMatchObject([{ news: { summary: 'Then' } }]);
  });

  test('of one task, only the newest ones of each person are kept up to date', async () => {
    const number = await given();
    for (let index = 0; index <= COPIES_KEPT + 1; index += 1) {
      await crew.says('maya', `comment ${number} word ${index}`);
      await crew.settle();
    }
    const { cards } = await crew.task(number);
    expect(cards.filter(({ recipientId }) => recipientId)).toHaveLength(COPIES_KEPT);
    await crew.says('wes', `start ${number}`);
    await crew.settle();
    expect(wordsTo('wes', 0)).toContain('○ To do');
    expect(wordsTo('wes', COPIES_KEPT + 2)).toContain('◐ In progress');
  });
});

describe('fifty copies of one card', () => {
  test('cost one read of their task', async () => {
    const number = await given();
    const { id } = await crew.task(number);
    const workspace = await crew.db.prisma.workspace.findFirstOrThrow({ where: { platform: 'slack' } });
    const { requestedById } = (await crew.task(number)).cards[0] ?? { requestedById: '' };
    await crew.db.prisma.taskCard.createMany({
      data: Array.from({ length: 48 }, (_, index) => ({
        ...{ id: `copy-${index}`, taskId: id, workspaceId: workspace.id, channelId: `C-${index}` },
        ...{ messageId: `m-${index}`, requestedById, state: 'sent' as const, createdAt: crew.now },
      })),
    });
    await crew.says('wes', `start ${number}`);
    const statements: string[] = [];
    const db: Database = {
      ...crew.db,
      rows: (statement) => {
        statements.push(textOf(statement));
        return crew.db.rows(statement);
      },
    };
    const queue = createCardQueue({ db: crew.db, clock: () => crew.now, newId: ulid });
    const claimed = await queue.claim(100);
    expect(claimed).toHaveLength(50);
    const { renderCards } = outboxRenderers({ db, clock: () => crew.now, newId: ulid });
    const drawn = await renderCards(claimed.map((card) => ({ ...card, tells: card.copy === undefined })));
    expect(drawn.size).toBe(50);
    expect(statements.filter((statement) => /FROM tasks t\b/.test(statement))).toHaveLength(1);
    // The task, the readers of direct messages, what the threads have to tell, and that it is kept.
    expect(statements).toHaveLength(4);
  });
});
