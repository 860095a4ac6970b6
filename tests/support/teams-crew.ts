import { monotonicFactory } from 'ulid';
import type { Conversations } from '../../src/core/ports.ts';
import { createCardThreads } from '../../src/lib/card-threads.ts';
import { createConversations } from '../../src/lib/conversations.ts';
import type { Crew } from './crew.ts';
import { TENANT } from './teams-activities.ts';
import type { TestBot } from './teams-bot.ts';

/** Requests of the tenant are Harbor Works' own: `29:U-maya` is Maya. */
export function answerAsCrew(bot: TestBot, crew: Crew): void {
  bot.answer((invocation) => {
    const userId = invocation.userId.replace('29:', '');
    const { profile } = crew.invocation(userId.replace('U-', ''), invocation.request);
    return crew.dispatch({ ...invocation, workspaceId: 'tenant-harbor', userId, profile });
  });
  bot.lookAhead(crew.dispatch);
}

export const who = (name: string) => ({ from: { id: `29:U-${name}`, name, aadObjectId: `aad-${name}` } });

/** #dock of the tenant shows the project DOCK. */
export async function linkDock(
  crew: Crew,
  link = { id: 'link-dock', channelId: '19:dock@thread.tacv2', name: 'dock' },
): Promise<void> {
  const { id: workspaceId } = await crew.db.prisma.workspace.findFirstOrThrow({
    where: { platform: 'teams' },
  });
  await crew.db.prisma.channelLink.create({
    data: {
      id: link.id,
      workspaceId,
      channelId: link.channelId,
      channelName: link.name,
      projectId: 'harbor-project-dock',
      createdById: 'harbor-person-maya',
      address: JSON.stringify({
        serviceUrl: 'https://smba.trafficmanager.net/teams/',
        bot: { id: '28:bot' },
        conversation: { id: link.channelId, tenantId: TENANT, conversationType: 'channel' },
        team: '19:team@thread.tacv2',
      }),
    },
  });
}

const asHarbor = <By extends { workspaceId: string; userId: string }>(by: By): By => ({
  ...by,
  workspaceId: 'tenant-harbor',
  userId: by.userId.replace('29:', ''),
});

/** What else of Harbor Works the adapter asks. */
export function portsOf(crew: Crew) {
  const { db } = crew;
  const ended: string[] = [];
  const conversations = createConversations({
    db,
    clock: () => crew.now,
    newId: monotonicFactory(),
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    endSessions: async (personId) => {
      ended.push(personId);
      await crew.sessions.endAll(personId);
    },
  });
  return {
    ended,
    workspaces: {
      find: (platform: 'slack' | 'teams') => crew.workspaces.find(platform, 'tenant-harbor'),
      uninstalled: async () => {},
    },
    cardThreads: createCardThreads({ db, clock: () => crew.now }),
    conversations: {
      renamed: (by, channel) => conversations.renamed(asHarbor(by), channel),
      ended: (by, place) => conversations.ended(asHarbor(by), place),
      left: (by) => conversations.left(asHarbor(by)),
    } satisfies Conversations,
  };
}
