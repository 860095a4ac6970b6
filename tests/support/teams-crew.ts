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
export async function linkDock(crew: Crew): Promise<void> {
  const { id: workspaceId } = await crew.db.prisma.workspace.findFirstOrThrow({
    where: { platform: 'teams' },
  });
  await crew.db.prisma.channelLink.create({
    data: {
      id: 'link-dock',
      workspaceId,
      channelId: '19:dock@thread.tacv2',
      channelName: 'dock',
      projectId: 'harbor-project-dock',
      createdById: 'harbor-person-maya',
      address: JSON.stringify({
        serviceUrl: 'https://smba.trafficmanager.net/teams/',
        bot: { id: '28:bot' },
        conversation: { id: '19:dock@thread.tacv2', tenantId: TENANT, conversationType: 'channel' },
        team: '19:team@thread.tacv2',
      }),
    },
  });
}
