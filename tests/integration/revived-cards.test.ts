import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createCardThreads } from '../../src/lib/card-threads.ts';
import { sql } from '../../src/lib/sql.ts';
import { type Crew, openCrew } from '../support/crew.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew();
  await crew.says('maya', 'hi');
  await crew.says('maya', 'add "Reseal pump 9" in DOCK', { channel: 'C-dock' });
  await crew.settle();
});
afterEach(() => crew.close());

const inDock = { platform: 'slack' as const, workspaceId: 'T-HARBOR', channelId: 'C-dock' };
const cards = () => createCardThreads({ db: crew.db, clock: () => crew.now });
const dies = (error: string, messageId: string | null = 'slack-1') =>
  crew.db.rows(sql`UPDATE task_cards SET state = 'dead', error = ${error},
    message_id = CASE WHEN ${messageId}::text IS NULL THEN NULL ELSE message_id END WHERE channel_id = 'C-dock'`);
const state = async () => (await crew.task(31)).cards.map(({ state: is, error }) => ({ is, error }));

describe('a card that was given up', () => {
  test('is brought up to date again when the app is invited again', async () => {
    await dies('not_in_channel');
    await crew.says('maya', 'priority 31 urgent');
    await crew.settle();
    expect(crew.messagesIn('C-dock')[0]?.updates).toBe(0);
    await cards().revive(inDock);
    await crew.settle();
    expect(await state()).toEqual([{ is: 'sent', error: null }]);
    expect(crew.messagesIn('C-dock')[0]?.updates).toBe(1);
  });

  test('is posted then when it never was, unless its task is closed or it may be there already', async () => {
    await dies('not_in_channel', null);
    await crew.says('maya', 'done 31');
    await cards().revive(inDock);
    expect(await state()).toMatchObject([{ is: 'dead' }]);
    await crew.says('maya', 'reopen 31');
    await crew.db.rows(
      sql`UPDATE task_cards SET error = 'may have been posted: 502' WHERE channel_id = 'C-dock'`,
    );
    await cards().revive(inDock);
    expect(await state()).toMatchObject([{ is: 'dead' }]);
    await dies('not_in_channel', null);
    await cards().revive(inDock);
    await crew.settle();
    expect(await state()).toEqual([{ is: 'sent', error: null }]);
    expect(crew.messagesIn('C-dock')).toHaveLength(2);
  });

  test('in another channel stays as it is', async () => {
    await dies('not_in_channel');
    await cards().revive({ ...inDock, channelId: 'C-line' });
    expect(await state()).toMatchObject([{ is: 'dead' }]);
  });

  test('comes alive when the app is installed again', async () => {
    await crew.workspaces.uninstalled('slack', 'T-HARBOR');
    await crew.db.rows(sql`UPDATE task_cards SET state = 'pending' WHERE channel_id = 'C-dock'`);
    await crew.settle();
    expect(await state()).toMatchObject([{ is: 'dead', error: 'the app was removed from the workspace' }]);
    await crew.workspaces.ensure({
      ...{ platform: 'slack', externalId: 'T-HARBOR', name: 'slack', botToken: 'xoxb-test' },
    });
    await crew.settle();
    expect(await state()).toEqual([{ is: 'sent', error: null }]);
  });
});
