import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { monotonicFactory } from 'ulid';
import { demoPeople, linkDemoChannels, seed } from '../../prisma/seed.ts';
import { createDatabase, type Database } from '../../src/lib/database.ts';
import { dueReminders } from '../../src/services/due-reminders.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const NOW = new Date('2026-03-11T15:00:00Z');
const LATER = new Date('2026-03-18T15:00:00Z');

let place: TestDatabase;
let database: Database;

beforeAll(async () => {
  place = await createTestDatabase();
  database = createDatabase({ url: place.url, poolSize: 2 });
  await seed(place.url, { now: NOW });
});

afterAll(async () => {
  await database?.close();
  await place?.drop();
});

const allTasks = () =>
  database.prisma.task.findMany({
    orderBy: { number: 'asc' },
    include: { status: true, assignees: true, project: { include: { members: true } }, comments: true },
  });

/** Every row that the seed writes. */
async function everything() {
  const { prisma } = database;
  return {
    organizations: await prisma.organization.findMany(),
    persons: await prisma.person.findMany({ orderBy: { id: 'asc' } }),
    managers: await prisma.manager.findMany({ orderBy: { id: 'asc' } }),
    workers: await prisma.worker.findMany({ orderBy: { id: 'asc' } }),
    projects: await prisma.project.findMany({ orderBy: { id: 'asc' } }),
    members: await prisma.projectMember.findMany({ orderBy: [{ projectId: 'asc' }, { personId: 'asc' }] }),
    statuses: await prisma.status.findMany({ orderBy: { id: 'asc' } }),
    tasks: await prisma.task.findMany({ orderBy: { id: 'asc' } }),
    assignees: await prisma.taskAssignee.findMany({ orderBy: [{ taskId: 'asc' }, { personId: 'asc' }] }),
    comments: await prisma.comment.findMany({ orderBy: { id: 'asc' } }),
  };
}

describe('the demo organisation', () => {
  test('reminds nobody, in its first minutes, of what fell due before', async () => {
    const reminding = dueReminders({ db: database, newId: monotonicFactory() });
    expect(await reminding.run(new Date(NOW.getTime() + 60_000), new AbortController().signal)).toBe(0);
    const waiting = await database.prisma.task.count({ where: { remindAt: { gt: NOW } } });
    expect(waiting).toBeGreaterThan(10);
  });

  test('is Harbor Works with eight people in several time zones, two of them managers', async () => {
    const { organizations, persons, managers, workers } = await everything();
    expect(organizations.map(({ name }) => name)).toEqual(['Harbor Works']);
    expect(persons.map(({ email }) => email).sort()).toEqual(demoPeople.map(({ email }) => email).sort());
    expect(new Set(persons.map(({ timeZone }) => timeZone)).size).toBeGreaterThanOrEqual(5);
    expect(managers.map(({ personId, admin }) => [personId, admin])).toEqual([
      ['harbor-person-maya', true],
      ['harbor-person-omar', false],
    ]);
    expect(workers).toHaveLength(6);
    expect(workers.every(({ managerId }) => managerId !== null)).toBe(true);
  });

  test('has about thirty tasks, numbered from 1 without a gap, and the next number follows', async () => {
    const [tasks, organization] = [await allTasks(), await database.prisma.organization.findFirstOrThrow()];
    expect(tasks.length).toBeGreaterThanOrEqual(28);
    expect(tasks.map(({ number }) => number)).toEqual(tasks.map((_, index) => index + 1));
    expect(organization.nextTaskNumber).toBe(tasks.length + 1);
  });

  test('has tasks in every state that a person should be able to look at', async () => {
    const tasks = await allTasks();
    const open = tasks.filter(({ status }) => !['done', 'cancelled'].includes(status.category));
    expect(new Set(tasks.map(({ status }) => status.category))).toEqual(
      new Set(['todo', 'active', 'blocked', 'review', 'done', 'cancelled']),
    );
    expect(open.filter(({ dueAt }) => dueAt && dueAt < NOW).length).toBeGreaterThanOrEqual(3);
    expect(open.some(({ dueAt }) => dueAt && dueAt > NOW)).toBe(true);
    expect(open.some(({ dueAt }) => dueAt === null)).toBe(true);
    expect(
      tasks.filter(({ status }) => status.category === 'blocked').every(({ statusNote }) => statusNote),
    ).toBe(true);
    expect(tasks.some((task) => task.status.category === 'review' && task.project?.needsApproval)).toBe(true);
    expect(new Set(tasks.map(({ priority }) => priority))).toEqual(
      new Set(['low', 'normal', 'high', 'urgent']),
    );
    expect(tasks.some((task) => task.assigneeMode === 'everyone' && task.assignees.length > 1)).toBe(true);
    expect(tasks.filter(({ parentId }) => parentId).length).toBeGreaterThanOrEqual(2);
    expect(tasks.some(({ projectId }) => projectId === null)).toBe(true);
    expect(open.some(({ assignees }) => assignees.length === 0)).toBe(true);
    expect(tasks.some(({ assignees }) => assignees.some(({ state }) => state === 'declined'))).toBe(true);
    expect(tasks.filter(({ comments }) => comments.length > 0).length).toBeGreaterThanOrEqual(5);
  });

  test('has titles that are hard to show: emoji and right-to-left', async () => {
    const titles = (await allTasks()).map(({ title }) => title).join('\n');
    expect(titles).toMatch(/\p{Extended_Pictographic}/u);
    expect(titles).toMatch(/\p{Script=Arabic}/u);
  });

  test('breaks none of the rules that people have to keep', async () => {
    for (const task of await allTasks()) {
      const members = task.project?.members.map(({ personId }) => personId) ?? [task.createdById];
      const involved = [
        task.createdById,
        task.statusChangedById,
        ...task.assignees.map(({ personId }) => personId),
      ];
      expect(members).toEqual(expect.arrayContaining(involved));
      expect(task.statusChangedAt.getTime()).toBeLessThanOrEqual(NOW.getTime());
      expect(task.statusChangedAt.getTime()).toBeGreaterThanOrEqual(task.createdAt.getTime());
      for (const { createdAt } of task.comments) {
        expect(createdAt.getTime()).toBeGreaterThan(task.createdAt.getTime());
        expect(createdAt.getTime()).toBeLessThan(NOW.getTime());
      }
    }
  });

  test('sends nothing to anyone', async () => {
    expect(await database.prisma.notification.count()).toBe(0);
    expect(await database.prisma.chatAccount.count()).toBe(0);
    expect(await database.prisma.auditOutbox.count()).toBe(0);
  });
});

describe('seeding again', () => {
  test('changes nothing, a week later and twice at once', async () => {
    const before = await everything();
    await Promise.all([seed(place.url, { now: LATER }), seed(place.url, { now: LATER })]);
    expect(await everything()).toEqual(before);
  });

  test('keeps what people changed, added and removed', async () => {
    const { prisma } = database;
    await prisma.task.update({
      where: { id: 'harbor-task-1' },
      data: { title: 'Inspect fenders on berth 5', statusId: 'harbor-status-done', version: 2 },
    });
    await prisma.person.update({ where: { id: 'harbor-person-sam' }, data: { deactivatedAt: NOW } });
    await prisma.projectMember.deleteMany({ where: { personId: 'harbor-person-sam' } });
    await prisma.comment.create({
      data: { id: 'mine', taskId: 'harbor-task-1', authorId: 'harbor-person-wes', body: 'Berth 5 it is' },
    });
    await prisma.organization.updateMany({ data: { nextTaskNumber: 99 } });
    const before = await everything();
    await seed(place.url, { now: LATER });
    expect(await everything()).toEqual(before);
  });
});

describe('the channels of the demo', () => {
  const demo = {
    platform: 'slack' as const,
    teamExternalId: 'T0HARBOR',
    channels: { dock: 'C0DOCK', line: 'C0LINE' },
  };
  const links = async () =>
    (await database.prisma.channelLink.findMany({ orderBy: { channelName: 'asc' } })).map(
      ({ channelId, channelName, projectId }) => [channelId, channelName, projectId],
    );

  test('are linked to their projects, in a workspace that is made once and without a token', async () => {
    await linkDemoChannels(place.url, demo);
    await linkDemoChannels(place.url, demo);
    expect(await links()).toEqual([
      ['C0DOCK', 'dock', 'harbor-project-dock'],
      ['C0LINE', 'line', 'harbor-project-line'],
    ]);
    const workspaces = await database.prisma.workspace.findMany();
    expect(workspaces).toMatchObject([{ externalId: 'T0HARBOR', platform: 'slack', botTokenCipher: null }]);
  });

  test('stay unlinked when someone unlinked one', async () => {
    await database.prisma.channelLink.deleteMany({ where: { channelName: 'line' } });
    await linkDemoChannels(place.url, demo);
    expect(await links()).toEqual([['C0DOCK', 'dock', 'harbor-project-dock']]);
  });

  test('of a workspace that belongs to another organisation are not touched', async () => {
    const { prisma } = database;
    await prisma.organization.create({ data: { id: 'other', name: 'Other' } });
    await prisma.workspace.create({
      data: {
        id: 'other-workspace',
        organizationId: 'other',
        platform: 'slack',
        externalId: 'T0OTHER',
        name: 'Other',
      },
    });
    await linkDemoChannels(place.url, { ...demo, teamExternalId: 'T0OTHER' });
    expect(await prisma.channelLink.count({ where: { workspaceId: 'other-workspace' } })).toBe(0);
  });
});
