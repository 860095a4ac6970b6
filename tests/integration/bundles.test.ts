import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import type { LastMessage } from '../../src/jobs/ports.ts';
import { createCardQueue } from '../../src/lib/card-queues.ts';
import { createNotificationQueue } from '../../src/lib/notification-queue.ts';
import { sql } from '../../src/lib/sql.ts';
import { buttonsIn, type Crew, openCrew } from '../support/crew.ts';
import { until } from '../support/until.ts';
import { wordsOfView } from '../support/words-of.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew({ atAnyHour: true, bundleMs: 120_000 });
  for (const who of ['maya', 'wes', 'omar']) await crew.says(who, 'hi');
});
afterEach(() => crew.close());

const messages = (who: string) => crew.messagesTo(who).map(({ view }) => wordsOfView(view));
const pass = (ms: number) => crew.setNow(new Date(crew.now.getTime() + ms));

async function tell(text: string): Promise<void> {
  await crew.says('maya', text);
  await crew.settle();
}

describe('what follows soon', () => {
  test('events on one task within two minutes are one message', async () => {
    await tell('add "Check the crane" @wes in DOCK');
    pass(60_000);
    await tell('comment 31 mind the hook');
    await tell('comment 31 and the rope');
    expect(messages('wes')).toEqual([
      expect.stringMatching(
        /^Maya Okafor gave you a task\nMaya Okafor: “mind the hook”\nMaya Okafor: “and the rope”\n#31 Check the crane\n○ To do/,
      ),
    ]);
    expect(buttonsIn(crew.messagesTo('wes')[0]).map(({ label }) => label)).toEqual([
      'Start',
      'Done',
      'Decline',
    ]);
    pass(120_000);
    await tell('comment 31 done yet?');
    expect(messages('wes')).toHaveLength(2);
  });

  test('a manager who assigns twenty makes one message with a list', async () => {
    for (let number = 1; number <= 20; number += 1) {
      await crew.says('maya', `add "Check bollard ${number}" @wes in DOCK`);
      if (number % 4 === 0) await crew.settle();
    }
    await crew.settle();
    expect(messages('wes')).toHaveLength(1);
    expect(messages('wes')[0]).toMatch(
      /^Maya Okafor gave you 20 tasks\n#31 Check bollard 1\n {2}○ To do · DOCK/,
    );
    expect(messages('wes')[0]).toMatch(/… and 12 more/);
    expect(crew.messagesTo('wes')[0]?.view.summary).toMatch(
      /^Maya Okafor gave you 20 tasks: #31 Check bollard 1, /,
    );
  });

  test('what is no longer true leaves the message when it is drawn anew', async () => {
    await tell('add "Check the crane" @wes in DOCK');
    await tell('add "Grease the winch" @wes in DOCK');
    await tell('add "Sweep the pier" @wes in DOCK');
    await crew.says('wes', 'done 31');
    await tell('comment 32 in shed 2');
    expect(messages('wes')).toHaveLength(1);
    expect(messages('wes')[0]).not.toMatch(/#31/);
    expect(messages('wes')[0]).toMatch(/#32.*#33/s);
  });

  test('what is done from the list brings it again, with what became of it above, and loses nothing of it', async () => {
    for (const title of ['Check the crane', 'Grease the winch', 'Sweep the pier'])
      await crew.says('maya', `add "${title}" @wes in DOCK`);
    await tell('comment 33 mind the gulls');
    const message = crew.messagesTo('wes')[0];
    const [start] = buttonsIn(message);
    if (!start || !message) throw new Error('There is no button');
    const at = { messageId: message.messageId };
    const after = await crew.presses('wes', start, at);
    expect(after.reply).toMatchObject({ replaceOriginal: true });
    expect(after.words).toMatch(
      /^News on 3 tasks\n.*#31 Check the crane\n#31 Check the crane\n.*◐ In progress.*#32 Grease the winch\n.*#33 Sweep the pier/s,
    );
    expect(after.words).toMatch(/mind the gulls/);
    // Pressed once more where it still stands: why not, and the list all the same.
    const again = await crew.presses('wes', start, at);
    expect(again.words).toMatch(/^News on 3 tasks\n#31 is already in progress: .*\n#31.*#32.*#33/s);
    await tell('add "Paint the gate" @wes in DOCK');
    expect(messages('wes')).toHaveLength(1);
    expect(messages('wes')[0]).toMatch(/^News on 4 tasks/);
  });

  test('of an older message, what is done from it leads to one’s tasks', async () => {
    await tell('add "Check the crane" @wes in DOCK');
    await tell('add "Grease the winch" @wes in DOCK');
    const [start] = buttonsIn(crew.messagesTo('wes')[0]);
    pass(300_000);
    await tell('add "Sweep the pier" @wes in DOCK');
    if (!start) throw new Error('There is no button');
    const after = await crew.presses('wes', start, { messageId: crew.messagesTo('wes')[0]?.messageId ?? '' });
    expect(after.words).toMatch(/^Your open tasks \(\d+.*\)\n.*#31 Check the crane\n/s);
  });

  test('what must be noticed at once comes as a message of its own', async () => {
    await tell('add "Check the crane" @wes in DOCK');
    await tell('add "Pump 3 floods" @wes !urgent in DOCK');
    expect(messages('wes')).toHaveLength(2);
  });
});

describe('where something else was said meanwhile', () => {
  test('what would have been added comes together as the two minutes end', async () => {
    const slack = crew.messengers.get('slack');
    if (!slack) throw new Error('There is no Slack');
    slack.isLast = async () => false;
    await tell('add "Check the crane" @wes in DOCK');
    await tell('comment 31 mind the hook');
    await tell('add "Sweep the pier" @wes in DOCK');
    expect(messages('wes')).toHaveLength(1);
    pass(125_000);
    await crew.settle();
    expect(messages('wes')).toHaveLength(2);
    expect(messages('wes')[1]).toMatch(/^News on 2 tasks/);
    expect(messages('wes')[1]).toMatch(/#31 Check the crane.*“mind the hook”.*#32 Sweep the pier/s);
  });
});

describe('a message that is being written', () => {
  function slowUpdates(send: (view: string, update: () => Promise<void>) => Promise<void>): void {
    const slack = crew.messengers.get('slack');
    if (!slack) throw new Error('There is no Slack');
    const { update } = slack;
    slack.update = (message) => send(wordsOfView(message.view), () => update(message));
  }

  test('loses nothing that is told meanwhile', async () => {
    await tell('add "Check the crane" @wes in DOCK');
    pass(5_000);
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let begun = 0;
    slowUpdates(async (_view, update) => {
      begun += 1;
      await gate;
      await update();
    });
    await crew.says('maya', 'comment 31 mind the hook');
    const first = crew.jobs.drain();
    await until('the first update', () => (begun > 0 ? true : undefined));
    pass(5_000);
    await crew.says('maya', 'comment 31 and the rope');
    const second = crew.jobs.drain();
    await until('a claim of the second news', async () => {
      const [news] =
        await crew.db.rows(sql`SELECT 1 FROM notifications WHERE kind = 'commented' AND state = 'pending'
        AND lease_token IS NULL AND next_attempt_at <= ${crew.now}`);
      return news ? undefined : true;
    });
    open();
    await Promise.all([first, second]);
    await crew.settle();
    expect(messages('wes')[0]).toMatch(/“mind the hook”\n.*“and the rope”/s);
    expect(messages('wes')).toHaveLength(1);
  });

  test('is not drawn anew with its task meanwhile, and nothing is added while it is being drawn', async () => {
    await tell('add "Check the crane" @wes in DOCK');
    await crew.says('maya', 'comment 31 mind the hook');
    const deps = { db: crew.db, clock: () => crew.now, newId: ulid };
    const [cards, notifications] = [createCardQueue(deps), createNotificationQueue(deps)];
    const [open] = await crew.db.rows<{ accountId: string; workspaceId: string; message: LastMessage }>(
      sql`SELECT id AS "accountId", workspace_id AS "workspaceId", last_message AS message
        FROM chat_accounts WHERE last_message IS NOT NULL`,
    );
    if (!open) throw new Error('There is no message');
    const { message, ...account } = open;
    const drawn = (await cards.claim(10)).filter(({ copy }) => copy);
    expect(drawn).toHaveLength(1);
    expect([...(await notifications.takeOpen([{ ...account, ...message }]))]).toEqual([]);
    await cards.settle(drawn.map((row) => ({ row, outcome: 'done' })));
    await crew.says('maya', 'comment 31 and the rope');
    expect([...(await notifications.takeOpen([{ ...account, ...message }]))]).toEqual([account.accountId]);
    expect((await cards.claim(10)).filter(({ copy }) => copy)).toEqual([]);
    expect([...(await notifications.takeOpen([{ ...account, ...message }]))]).toEqual([]);
  });
});

test('each person has a message of their own, in their own language', async () => {
  await crew.db.prisma.person.updateMany({ where: { name: 'Wes Carter' }, data: { locale: 'es-MX' } });
  await tell('add "Check the crane" @wes @omar in DOCK');
  await tell('add "Sweep the pier" @wes @omar in DOCK');
  expect(messages('omar')).toEqual([expect.stringMatching(/^Maya Okafor gave you 2 tasks/)]);
  expect(messages('wes')).toEqual([expect.stringMatching(/^Maya Okafor te ha dado 2 tareas/)]);
});
