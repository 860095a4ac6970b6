import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createOwnCards } from '../../src/own-cards.ts';
import { type Crew, openCrew } from '../support/crew.ts';
import { buttonsOfView } from '../support/words-of.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await openCrew();
  for (const who of ['maya', 'wes', 'priya', 'aiko']) await crew.says(who, 'hi', { platform: 'teams' });
});
afterEach(() => crew.close());

const inChannel = { channel: 'C-dock', platform: 'teams' as const };

/** Maya adds a task for Wes in a channel of Teams; gives back its card. */
async function posted() {
  await crew.says('maya', 'add "Reseal pump 9" @wes in DOCK', inChannel);
  await crew.settle();
  const [card] = crew.messagesIn('C-dock');
  if (!card) throw new Error('No card was posted');
  return card;
}

/** The labels on the card as somebody sees it who looks at it; undefined when they get none of their own. */
async function labelsFor(who: string, messageId: string): Promise<string[] | undefined> {
  const cards = createOwnCards({ db: crew.db, clock: () => crew.now });
  const looks = { platform: 'teams' as const, workspaceId: 'tenant-harbor', userId: `U-${who}` };
  const view = await cards.draw({ ...looks, channelId: 'C-dock', messageId });
  return view && buttonsOfView(view).map(({ label }) => label);
}

describe('a card in a channel of Teams', () => {
  test('names those who see other buttons than the rest', async () => {
    const card = await posted();
    expect(card.view.readers).toEqual(['U-priya']);
    await crew.says('wes', 'review 31', { platform: 'teams' });
    await crew.settle();
    expect(card.view.readers?.toSorted()).toEqual(['U-priya', 'U-wes']);
  });

  test('has for each reader the buttons that they may press', async () => {
    const { messageId } = await posted();
    expect(await labelsFor('wes', messageId)).toEqual(['Start', 'Done', 'Block', 'Comment', 'More…']);
    expect(await labelsFor('priya', messageId)).toEqual(['Comment', 'More…']);
    await crew.db.prisma.project.updateMany({ where: { key: 'DOCK' }, data: { needsApproval: true } });
    await crew.says('wes', 'review 31', { platform: 'teams' });
    expect(await labelsFor('wes', messageId)).toEqual(['Comment', 'More…']);
    expect(await labelsFor('maya', messageId)).toEqual(['Approve', 'Return', 'Comment', 'More…']);
  });

  test('is drawn for nobody who may not see its task, or whom nobody knows', async () => {
    const { messageId } = await posted();
    expect(await labelsFor('aiko', messageId)).toBeUndefined();
    expect(await labelsFor('stranger', messageId)).toBeUndefined();
    expect(await labelsFor('wes', 'another-message')).toBeUndefined();
  });

  test('names 60 people at most', async () => {
    const { id: projectId, organizationId } = await crew.db.prisma.project.findFirstOrThrow({
      where: { key: 'DOCK' },
    });
    const workspace = await crew.db.prisma.workspace.findFirstOrThrow({ where: { platform: 'teams' } });
    for (let index = 0; index < 70; index += 1) {
      const id = `crowd-${index}`;
      await crew.db.prisma.person.create({ data: { id, organizationId, name: id } });
      await crew.db.prisma.projectMember.create({ data: { projectId, personId: id } });
      await crew.db.prisma.chatAccount.create({
        data: { id, personId: id, workspaceId: workspace.id, externalId: `29:${id}` },
      });
    }
    expect((await posted()).view.readers).toHaveLength(60);
  });

  test('on Slack, where all see the same, names nobody', async () => {
    await crew.says('maya', 'hi');
    await crew.says('maya', 'add "Elsewhere" in DOCK', { channel: 'C-slack' });
    await crew.settle();
    expect(crew.messagesIn('C-slack')[0]?.view).not.toHaveProperty('readers');
  });
});
