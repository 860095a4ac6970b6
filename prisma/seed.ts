import { databaseKind, withDatabase } from '../scripts/lib/databases.ts';
import { runScript } from '../scripts/lib/run-script.ts';
import type { Prisma } from '../src/generated/prisma/client.ts';
import { createDatabase } from '../src/lib/database.ts';
import {
  demoProjects,
  demoStatuses,
  managerId,
  organizationId,
  personId,
  projectId,
  statusId,
  workerId,
} from './seed/ids.ts';
import { demoPeople } from './seed/people.ts';
import { taskRows } from './seed/rows.ts';

export { type DemoChannels, linkDemoChannels } from './seed/channels.ts';
export { demoPeople } from './seed/people.ts';

export interface SeedOptions {
  /** What due dates are counted from */
  now?: Date;
  /** With the quiet hours and days off that hold for everyone; without, news comes at whatever hour one tries it. */
  rests?: boolean;
}

/** Prisma waits 2 s for a connection and 5 s for a transaction; a machine at its limit takes longer to plant thirty tasks. */
const PATIENTLY = { maxWait: 20_000, timeout: 60_000 };

/**
 * Puts the organisation Harbor Works into a migrated database. It goes in whole or not at all, so an organisation that
 * is there is left as it is: a second run neither doubles anything nor undoes what people changed.
 */
export async function seed(connectionString: string, options: SeedOptions = {}): Promise<void> {
  const database = createDatabase({ url: connectionString, poolSize: 1, connectTimeoutMs: 20_000 });
  try {
    await database.prisma.$transaction((tx) => plant(tx, options), PATIENTLY);
  } finally {
    await database.close();
  }
}

async function plant(
  tx: Prisma.TransactionClient,
  { now = new Date(), rests = false }: SeedOptions,
): Promise<void> {
  const { tasks, assignees, comments, nextNumber } = taskRows(now);
  // Of two seeds at once, the second waits here for the first and then finds the row.
  const { count } = await tx.organization.createMany({
    data: { id: organizationId, name: 'Harbor Works', nextTaskNumber: nextNumber },
    skipDuplicates: true,
  });
  if (count === 0) return;
  await plantPeople(tx);
  if (!rests) await plantSettings(tx);
  await plantProjects(tx);
  await tx.task.createMany({ data: tasks });
  await tx.taskAssignee.createMany({ data: assignees });
  await tx.comment.createMany({ data: comments });
  await countAsTold(tx, now);
}

/** Of what fell due before, people have been reminded: nobody is met by a week of it at once. */
const countAsTold = (tx: Prisma.TransactionClient, now: Date): Promise<number> =>
  tx.$executeRaw`UPDATE tasks SET due_set_at = ${now}, remind_at = ${now}
    WHERE organization_id = ${organizationId} AND due_at IS NOT NULL`;

async function plantPeople(tx: Prisma.TransactionClient): Promise<void> {
  await tx.person.createMany({
    data: demoPeople.map(({ user, name, email, timeZone, locale }) => ({
      id: personId(user),
      organizationId,
      name,
      email,
      timeZone,
      locale,
    })),
  });
  await tx.manager.createMany({
    data: demoPeople
      .filter(({ role }) => role !== 'worker')
      .map(({ user, role }) => ({
        id: managerId(user),
        personId: personId(user),
        admin: role === 'admin',
      })),
  });
  await tx.worker.createMany({
    data: demoPeople
      .filter(({ role }) => role === 'worker')
      .map(({ user, manager }) => ({
        id: workerId(user),
        personId: personId(user),
        managerId: manager ? managerId(manager) : null,
      })),
  });
}

async function plantSettings(tx: Prisma.TransactionClient): Promise<void> {
  await tx.personSettings.createMany({
    data: demoPeople.map(({ user }) => ({
      personId: personId(user),
      organizationId,
      quietFrom: '00:00',
      quietTo: '00:00',
      workDays: [1, 2, 3, 4, 5, 6, 7],
    })),
  });
}

async function plantProjects(tx: Prisma.TransactionClient): Promise<void> {
  await tx.status.createMany({
    data: demoStatuses.map(({ name, category }, index) => ({
      id: statusId(name),
      organizationId,
      name,
      category,
      position: index + 1,
    })),
  });
  await tx.project.createMany({
    data: demoProjects.map(({ key, name, owner, needsApproval }) => ({
      id: projectId(key),
      organizationId,
      key,
      name,
      ownerId: managerId(owner),
      needsApproval,
    })),
  });
  await tx.projectMember.createMany({
    data: demoPeople.flatMap(({ user, projects }) =>
      projects.map((key) => ({ projectId: projectId(key), personId: personId(user) })),
    ),
  });
}

if (import.meta.main) {
  await runScript(() =>
    withDatabase(databaseKind(process.argv), async ({ url }) => {
      await seed(url);
      console.log('Harbor Works is there: 8 people, 2 projects, 30 tasks to begin with.');
    }),
  );
}
