import { randomUUID } from 'node:crypto';
import type { Platform } from '../../src/core/action.ts';
import { createDatabase } from '../../src/lib/database.ts';
import { demoProjects, organizationId, personId, projectId } from './ids.ts';

export interface DemoChannels {
  platform: Platform;
  /** Slack team id, Teams tenant id */
  teamExternalId: string;
  teamName?: string;
  /** The platform's ids of #dock and #line. */
  channels: { dock: string; line: string };
}

/**
 * Links #dock and #line to their projects, on a workspace of Harbor Works that has no links yet: what people linked
 * or unlinked since stays. Makes the workspace when it is not there, without a token: the app fills that in.
 */
export async function linkDemoChannels(connectionString: string, demo: DemoChannels): Promise<void> {
  const database = createDatabase({ url: connectionString, poolSize: 1 });
  try {
    // An operator's own database: there is nobody whose channels these could be.
    if ((await database.prisma.organization.count({ where: { id: organizationId } })) === 0) return;
    const key = { platform: demo.platform, externalId: demo.teamExternalId };
    const workspace = await database.prisma.workspace.upsert({
      where: { platform_externalId: key },
      create: { ...key, id: randomUUID(), organizationId, name: demo.teamName ?? 'Harbor Works' },
      update: {},
      include: { _count: { select: { channelLinks: true } } },
    });
    // An operator's own organisation may have taken the workspace: its channels are not the demo's.
    if (workspace.organizationId !== organizationId || workspace._count.channelLinks > 0) return;
    await database.prisma.channelLink.createMany({
      data: demoProjects.map((project) => linkRow(workspace.id, project, demo.channels)),
      skipDuplicates: true,
    });
  } finally {
    await database.close();
  }
}

function linkRow(
  workspaceId: string,
  project: (typeof demoProjects)[number],
  channels: DemoChannels['channels'],
) {
  const channelName = project.key === 'DOCK' ? 'dock' : 'line';
  return {
    id: randomUUID(),
    workspaceId,
    channelId: channels[channelName],
    channelName,
    projectId: projectId(project.key),
    createdById: personId(project.owner),
  };
}
