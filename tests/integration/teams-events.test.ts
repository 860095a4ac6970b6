import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/lib/sql.ts';
import { type Crew, openCrew } from '../support/crew.ts';
import { activity, BOT, mention, message, TENANT, teamEvent } from '../support/teams-activities.ts';
import { startBot, type TestBot } from '../support/teams-bot.ts';
import { answerAsCrew, linkDock, portsOf, who } from '../support/teams-crew.ts';

/* Signed events in the shape of learn.microsoft.com, "Conversation events in your Teams bot"; the playground sends few of them. */
const DOCK = '19:dock@thread.tacv2';
const TEAM = '19:team@thread.tacv2';
let crew: Crew;
let bot: TestBot;
let url: string;
let ports: ReturnType<typeof portsOf>;

beforeEach(async () => {
  crew = await openCrew();
  ports = portsOf(crew);
  bot = await startBot(ports);
  url = bot.connector.serviceUrl;
  answerAsCrew(bot, crew);
});
afterEach(async () => {
  await bot.close();
  await crew.close();
});

const links = () =>
  crew.db.prisma.channelLink.findMany({
    where: { workspace: { platform: 'teams' } },
    select: { channelId: true, channelName: true },
    orderBy: { id: 'asc' },
  });
const words = async (count: number) =>
  JSON.stringify((await bot.connector.received(count)).map(({ body }) => body));
const audited = async (action: string) => (await crew.auditRows()).filter((row) => row.action === action);

describe('coming', () => {
  const { conversation, channelData } = mention('', '');

  test('two events of one installation are one welcome', async () => {
    await bot.post(activity(url, { type: 'installationUpdate', action: 'add', id: 'f:1', ...who('wes') }));
    await bot.post(
      activity(url, { type: 'conversationUpdate', id: 'f:2', membersAdded: [{ id: BOT.id }], ...who('wes') }),
    );
    await bot.post(message(url, 'hi', { id: 'later', ...who('wes') }));
    const said = await words(2);
    expect(said.match(/Hello Wes/g)).toHaveLength(1);
  });

  test('a team is greeted in the channel that it chose, by the name of who added it', async () => {
    const settings = { selectedChannel: { id: DOCK } };
    await bot.post(
      activity(url, {
        type: 'installationUpdate',
        action: 'add',
        conversation: { ...(conversation as object), id: TEAM },
        channelData: { ...(channelData as object), settings },
        ...who('maya'),
      }),
    );
    const [greeting] = await bot.connector.received(1);
    expect(greeting?.path).toContain(`/conversations/${DOCK}/`);
    expect(JSON.stringify(greeting?.body)).toContain('Maya Okafor');
    expect(greeting?.body.summary).toContain('Maya Okafor');
  });

  test('a team is greeted also when whoever added the app is on no crew', async () => {
    await bot.post(
      activity(url, { type: 'installationUpdate', action: 'add', conversation, channelData, ...who('zora') }),
    );
    const [greeting] = await bot.connector.received(1);
    expect(greeting?.path).toContain(`/conversations/${DOCK}`);
    expect(greeting?.body.summary).toBe('zora Stranger added Crewline here');
    await bot.adapter.stop();
    expect(bot.connector.messages()).toHaveLength(1);
  });

  test.each([
    ['who gives out work', 'maya', 'presses Done, and you hear of it', ['New task', 'My tasks', 'Help']],
    ['who does it', 'wes', 'Your manager gives you one', ['My tasks', 'Help']],
  ])('%s is told what that begins with', async (_who, name, words, buttons) => {
    await bot.post(activity(url, { type: 'installationUpdate', action: 'add', ...who(name) }));
    const [welcome] = await bot.connector.received(1);
    expect(JSON.stringify(welcome?.body)).toContain(words);
    expect(JSON.stringify(welcome?.body).match(/(?<="title":")[^"]+/g)).toEqual(buttons);
  });

  test('a group chat is greeted as well', async () => {
    const group = {
      id: '19:group@thread.v2',
      conversationType: 'groupChat',
      isGroup: true,
      tenantId: TENANT,
    };
    await bot.post(
      activity(url, {
        type: 'conversationUpdate',
        membersAdded: [{ id: BOT.id }],
        conversation: group,
        ...who('maya'),
      }),
    );
    expect(await words(1)).toContain('Maya Okafor');
  });

  test('neither an upgrade nor a colleague who joins is a reason to speak', async () => {
    await bot.post(activity(url, { type: 'installationUpdate', action: 'add-upgrade', ...who('wes') }));
    await bot.post(activity(url, { type: 'installationUpdate', action: 'remove-upgrade', ...who('wes') }));
    await bot.post(teamEvent(url, 'teamMemberAdded', { membersAdded: [{ id: '29:U-wes' }], ...who('maya') }));
    await bot.adapter.stop();
    expect(bot.invocations).toEqual([]);
    expect(bot.connector.messages()).toEqual([]);
  });
});

describe('going', () => {
  test('whoever removes the app is written to no more, until they come back', async () => {
    await bot.post(message(url, 'list', { id: 'm1', ...who('wes') }));
    await bot.post(activity(url, { type: 'installationUpdate', action: 'remove', ...who('wes') }));
    const account = () =>
      crew.db.prisma.chatAccount.findFirstOrThrow({
        where: { externalId: 'U-wes', workspace: { platform: 'teams' } },
      });
    expect(await account()).toMatchObject({
      directAddress: null,
      refusedReason: 'the person removed the app',
    });
    expect(ports.ended).toEqual(['harbor-person-wes']);
    await bot.post(message(url, 'list', { id: 'm2', ...who('wes') }));
    await bot.connector.received(2);
    expect(await account()).toMatchObject({ refusedAt: null });
    expect((await account()).directAddress).toContain('a:wes-chat');
  });

  test('a team that removes the app ends the links and cards of all its channels, once', async () => {
    await linkDock(crew);
    await linkDock(crew, { id: 'link-yard', channelId: '19:yard@thread.tacv2', name: 'yard' });
    await bot.post(mention(url, 'add "Oil the winch" in DOCK', who('maya')));
    await bot.connector.received(1);
    const gone = { membersRemoved: [{ id: BOT.id }], ...who('maya') };
    await bot.post(teamEvent(url, 'teamMemberRemoved', gone));
    await bot.post(
      activity(url, {
        type: 'installationUpdate',
        action: 'remove',
        conversation: { id: TEAM, conversationType: 'channel', isGroup: true, tenantId: TENANT },
        channelData: { team: { id: TEAM }, tenant: { id: TENANT } },
        ...who('maya'),
      }),
    );
    expect(await links()).toEqual([]);
    const cards = await crew.db.prisma.taskCard.findMany({ select: { channelId: true, state: true } });
    expect(cards.map(({ state }) => state)).toEqual(['dead', 'dead']);
    const rows = await audited('channel-ended');
    expect(rows).toMatchObject([
      { details: { channel: 'dock, yard', projects: 'DOCK, DOCK' }, source: 'event' },
    ]);
  });

  test('a deleted channel loses its link and its digest, another one keeps them', async () => {
    await linkDock(crew);
    await linkDock(crew, { id: 'link-yard', channelId: '19:yard@thread.tacv2', name: 'yard' });
    await crew.db.rows(sql`INSERT INTO channel_digests (id, organization_id, workspace_id, channel_id, address, at, time_zone, set_by_id)
      SELECT 'digest-' || id, 'harbor-works', workspace_id, channel_id, address, '09:00', 'UTC', created_by_id FROM channel_links`);
    const digests = () => crew.db.prisma.channelDigest.findMany({ select: { channelId: true } });
    await bot.post(
      teamEvent(url, 'channelDeleted', { channelData: { channel: { id: DOCK, name: 'dock' } } }),
    );
    expect(await links()).toEqual([{ channelId: '19:yard@thread.tacv2', channelName: 'yard' }]);
    expect(await digests()).toEqual([{ channelId: '19:yard@thread.tacv2' }]);
    await bot.post(teamEvent(url, 'teamDeleted'));
    expect(await links()).toEqual([]);
    expect(await digests()).toEqual([]);
    expect(await audited('channel-ended')).toHaveLength(2);
  });
});

describe('a channel that is linked', () => {
  const inGroup = {
    conversation: {
      id: '19:group@thread.v2',
      conversationType: 'groupChat',
      isGroup: true,
      tenantId: TENANT,
    },
    channelData: { tenant: { id: TENANT } },
  };
  const inFirst = {
    conversation: { id: `${TEAM};messageid=1`, conversationType: 'channel', isGroup: true, tenantId: TENANT },
  };
  const linkedIn = async (overlay: object = {}) => {
    await bot.post(mention(url, 'link DOCK', { ...overlay, ...who('maya') }));
    await bot.connector.received(1);
    return (await crew.says('maya', 'links')).words;
  };

  test('is called by the name that its team has for it, for a message tells its id alone', async () => {
    expect(await linkedIn()).toContain('DOCK in #dock');
  });

  test('is the team’s first one, which Teams names for nobody', async () => {
    expect(await linkedIn(inFirst)).toContain('DOCK in #General');
  });

  test('is a chat without a name where Teams tells none', async () => {
    expect(await linkedIn(inGroup)).toContain('DOCK in a private chat or channel');
  });

  test('is linked without its name while Teams does not answer', async () => {
    bot.connector.behave({ status: 500 }, 'GET');
    expect(await linkedIn()).toContain('DOCK in a private chat or channel');
  });
});

describe('a channel with another name', () => {
  test('is called by it from then on', async () => {
    await linkDock(crew);
    const renamed = teamEvent(url, 'channelRenamed', {
      channelData: { channel: { id: DOCK, name: 'quay' } },
    });
    await bot.post(renamed);
    await bot.post(renamed);
    expect(await links()).toEqual([{ channelId: DOCK, channelName: 'quay' }]);
    expect(await audited('channel-renamed')).toMatchObject([{ details: { from: 'dock', to: 'quay' } }]);
    expect((await crew.says('maya', 'links')).words).toContain('quay');
  });
});
