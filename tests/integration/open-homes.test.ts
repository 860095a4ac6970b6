import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Crew, openCrew } from '../support/crew.ts';
import { wordsOfView } from '../support/words-of.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew();
  for (const who of ['maya', 'wes', 'priya']) await crew.says(who, 'hi');
});
afterEach(() => crew.close());

const shows = (who: string, choice: Record<string, string> | undefined) =>
  crew.openHomes.shown({ platform: 'slack', workspaceId: 'T-HARBOR', userId: `U-${who}`, choice });
const opens = (who: string, choice: Record<string, string> = {}) => shows(who, choice);
const pagesOf = (who: string) => crew.published.filter(({ userId }) => userId === `U-${who}`);

describe('a page that somebody has open', () => {
  test('follows when others give them work, and when others act on it', async () => {
    await opens('wes');
    await crew.says('maya', 'add "Reseal pump 9" @wes in DOCK', { channel: 'C-dock' });
    await crew.settle();
    expect(wordsOfView(pagesOf('wes').at(-1)?.view ?? { summary: '', nodes: [] })).toContain('#31');
    const before = pagesOf('wes').length;
    await crew.says('maya', 'rename 31 "Reseal pump 10"', { channel: 'C-dock' });
    await crew.settle();
    expect(pagesOf('wes').length).toBeGreaterThan(before);
    expect(wordsOfView(pagesOf('wes').at(-1)?.view ?? { summary: '', nodes: [] })).toContain(
      'Reseal pump 10',
    );
  });

  test('follows when its task is taken away', async () => {
    await crew.says('maya', 'add "Reseal pump 9" @wes in DOCK', { channel: 'C-dock' });
    await crew.settle();
    await opens('wes');
    await crew.says('maya', 'assign 31 @priya', { channel: 'C-dock' });
    await crew.settle();
    expect(wordsOfView(pagesOf('wes').at(-1)?.view ?? { summary: '31', nodes: [] })).not.toContain('#31');
  });

  test('shows what they had open of it', async () => {
    await opens('maya', { tab: 'assigned' });
    await crew.says('maya', 'add "Reseal pump 9" @wes in DOCK', { channel: 'C-dock' });
    await crew.settle();
    expect(pagesOf('maya').at(-1)).toMatchObject({ choice: { tab: 'assigned' } });
    expect(pagesOf('maya').at(-1)?.view.title).toContain('Open tasks from you');
  });

  test('follows many changes at once with few pages', async () => {
    await opens('wes');
    await crew.says('maya', 'add "Reseal pump 9" @wes in DOCK', { channel: 'C-dock' });
    for (const priority of ['high', 'low', 'urgent', 'normal', 'high', 'low']) {
      await crew.says('maya', `priority 31 ${priority}`);
    }
    await crew.settle();
    expect(pagesOf('wes').length).toBeLessThanOrEqual(2);
  });

  test('is left alone while something else is read there, when it has nothing to do with the news, and after a day', async () => {
    await shows('wes', undefined);
    await opens('priya');
    await crew.says('maya', 'add "Reseal pump 9" @wes', { channel: 'C-dock' });
    await crew.settle();
    expect(crew.published).toEqual([]);
    await opens('wes');
    crew.setNow(new Date(crew.now.getTime() + 24 * 3_600_000));
    await crew.says('maya', 'priority 31 high');
    await crew.settle();
    expect(crew.published).toEqual([]);
  });
});
