import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/lib/sql.ts';
import { type Crew, openCrew } from '../support/crew.ts';

let crew: Crew;

beforeAll(async () => {
  crew = await openCrew();
  for (const who of [...cast, 'omar']) await crew.says(who, 'hi');
});
afterAll(() => crew.close());

/** Who plays the parts around a task; Maya manages its project. */
const cast = ['maya', 'wes', 'tom'] as const;
const personId = (who: string): string => `harbor-person-${who}`;
const namesOf = (ids: readonly string[]): string[] =>
  ids.map((id) => id.replace('harbor-person-', '')).sort();

/** Everything that can be done to a task, and the state that it starts from. */
const deeds: Record<string, { text: string; from: string; hears(parts: Parts): readonly string[] }> = {
  start: { text: 'start N', from: 'to-do', hears: () => [] },
  done: { text: 'done N ok', from: 'in-progress', hears: (p) => [p.creator, p.assigner, ...p.assignees] },
  block: { text: 'block N no parts', from: 'to-do', hears: (p) => [p.creator, p.assigner, 'maya'] },
  unblock: { text: 'unblock N', from: 'blocked', hears: () => [] },
  review: { text: 'review N', from: 'to-do', hears: (p) => [p.creator, p.assigner, 'maya'] },
  reopen: { text: 'reopen N', from: 'done', hears: (p) => [p.creator, ...p.assignees] },
  cancel: { text: 'cancel N', from: 'to-do', hears: (p) => [p.creator, ...p.assignees] },
  status: { text: 'status N done', from: 'to-do', hears: (p) => [p.creator, p.assigner, ...p.assignees] },
  approve: { text: 'approve N', from: 'in-review', hears: (p) => [p.creator, p.assigner, ...p.assignees] },
  return: { text: 'return N not yet', from: 'in-review', hears: (p) => [p.creator, ...p.assignees] },
  comment: { text: 'comment N hello', from: 'to-do', hears: (p) => [p.creator, ...p.assignees] },
  accept: { text: 'accept N', from: 'to-do', hears: (p) => [p.assigner] },
  decline: { text: 'decline N no time', from: 'to-do', hears: (p) => [p.assigner] },
  assign: { text: 'assign N @tom', from: 'to-do', hears: ({ assignees }) => swap(assignees, 'tom') },
  unassign: { text: 'unassign N', from: 'to-do', hears: (p) => p.assignees },
  claim: { text: 'claim N', from: 'to-do', hears: (p) => [p.creator] },
  due: { text: 'due N tomorrow', from: 'to-do', hears: () => [] },
  rename: { text: 'rename N Sweep', from: 'to-do', hears: () => [] },
  sub: { text: 'sub N Sweep', from: 'to-do', hears: () => [] },
  priority: { text: 'priority N urgent', from: 'to-do', hears: () => [] },
};

/** Who has a task no longer, and who has it now; whoever keeps it hears nothing. */
const swap = (before: readonly string[], after: string): string[] =>
  before.includes(after) ? before.filter((who) => who !== after) : [after, ...before];

interface Parts {
  actor: string;
  creator: string;
  assigner: string;
  assignees: readonly string[];
}

const constellations: Parts[] = cast.flatMap((actor) =>
  cast.flatMap((creator) =>
    [['wes'], ['tom'], ['maya'], ['wes', 'tom'], []].map((assignees) => ({
      actor,
      creator,
      assigner: creator === 'tom' ? 'maya' : creator,
      assignees,
    })),
  ),
);

let next = 100;

/** A task for each of the constellations. */
async function plant(from: string): Promise<{ parts: Parts; number: number }[]> {
  const planted = constellations.map((parts, index) => ({ parts, number: next + index }));
  next += planted.length;
  await crew.db.prisma.task.createMany({
    data: planted.map(({ parts, number }) => ({
      id: `planted-${number}`,
      organizationId: 'harbor-works',
      number,
      projectId: 'harbor-project-dock',
      title: `Task ${number}`,
      statusId: `harbor-status-${from}`,
      statusChangedById: personId(parts.creator),
      createdById: personId(parts.creator),
    })),
  });
  await crew.db.prisma.taskAssignee.createMany({
    data: planted.flatMap(({ parts, number }) =>
      parts.assignees.map((who) => ({
        taskId: `planted-${number}`,
        personId: personId(who),
        assignedById: personId(parts.assigner),
      })),
    ),
  });
  return planted;
}

/** By number: whether it was changed, and who hears of it. */
async function outcomes() {
  const tasks = await crew.db.prisma.task.findMany({
    where: { id: { startsWith: 'planted-' } },
    select: {
      number: true,
      version: true,
      _count: { select: { comments: true } },
      notifications: { select: { recipientId: true } },
    },
  });
  return new Map(
    tasks.map(({ number, version, _count, notifications }) => [
      number,
      {
        isChanged: version > 1 || _count.comments > 0,
        heard: namesOf(notifications.map(({ recipientId }) => recipientId)),
      },
    ]),
  );
}

test('every change of a task is tried', () => {
  // Replies in threads have their own test: slack-replies.
  const replies = ['reply', 'delete-reply'];
  const others = [
    'add',
    'edit',
    'nudge',
    'watch',
    'unwatch',
    'mute',
    'unmute',
    'digest-here',
    'holiday-add',
    'holiday-remove',
    'delivery-replay',
    'remind',
    'repeat',
    'snooze',
    'undo',
    'link',
    'unlink',
    'project-create',
    'project-members',
    'project-archive',
    'project-policy',
    'team-add',
    'team-remove',
    'join',
    'approve-join',
    'deny-join',
    'offer-task',
  ];
  const own = [
    'connect',
    'disconnect',
    'digest-on',
    'digest-off',
    'digest-at',
    'digest-days',
    'settings-language',
    'settings-timezone',
    'settings-quiet',
    'settings-days',
    'settings-away',
    'settings-digest',
    'settings-notify',
    'settings-general',
    'settings-notifications',
  ];
  const changes = crew.registry.actions.filter(({ effect }) => effect === 'change').map(({ name }) => name);
  expect([...Object.keys(deeds), ...others, ...replies, ...own].sort()).toEqual(changes.sort());
});

describe('who hears of a change, whoever made it, and never who made it', () => {
  test.each(Object.entries(deeds))('%s', async (_name, { text, from, hears }) => {
    const planted = await plant(from);
    await Promise.all(
      planted.map(({ parts, number }) => crew.says(parts.actor, text.replace('N', String(number)))),
    );
    const found = await outcomes();
    let changes = 0;
    for (const { parts, number } of planted) {
      const { isChanged, heard } = found.get(number) ?? { isChanged: false, heard: ['nobody knows'] };
      changes += Number(isChanged);
      const hearers = isChanged ? hears(parts).filter((who) => who !== parts.actor) : [];
      expect({ parts, heard }).toEqual({ parts, heard: [...new Set(hearers)].sort() });
    }
    // The table means something only where the deed was allowed.
    expect(changes).toBeGreaterThan(2);
  });

  test.each([
    ['for others', 'maya', 'add "Sweep" @wes @tom', ['tom', 'wes']],
    ['for oneself and another', 'maya', 'add "Sweep" @me @wes', ['wes']],
    ['for oneself', 'wes', 'add "Sweep"', []],
    ['naming somebody twice', 'maya', 'add "Sweep" @wes @wes @"Wes Carter"', ['wes']],
  ])('add %s', async (_case, who, text, hears) => {
    const { words } = await crew.says(who, text);
    const task = await crew.task(Number(/#(\d+)/.exec(words)?.[1]));
    const rows = await crew.db.prisma.notification.findMany({ where: { taskId: task.id } });
    expect(namesOf(rows.map(({ recipientId }) => recipientId))).toEqual(hears);
  });

  test('a request to join reaches managers, and its answer the one who asked', async () => {
    await crew.says('noor', 'join');
    const asked = await crew.db.prisma.notification.findMany({ where: { kind: 'join_asked' } });
    expect(namesOf(asked.map(({ recipientId }) => recipientId))).toEqual(['maya', 'omar']);
    const { id } = await crew.db.prisma.joinRequest.findFirstOrThrow();
    await crew.presses('omar', { intent: { action: 'approve-join', args: { request: id } } });
    const told = await crew.db.prisma.notification.findMany({ where: { kind: 'joined' } });
    expect(told).toHaveLength(1);
    expect(told[0]?.actorId).toBe(personId('omar'));
  });
});

describe('the database itself', () => {
  const row = (id: string, recipient: string, actor: string, dedupe: string) =>
    crew.db.rows(sql`INSERT INTO notifications
        (id, organization_id, recipient_id, kind, actor_id, dedupe_key, next_attempt_at, created_at)
      VALUES (${id}, 'harbor-works', ${personId(recipient)}, 'commented', ${personId(actor)}, ${dedupe}, ${crew.now}, ${crew.now})`);

  test('refuses a notification to the one who acted', async () => {
    await expect(row('self', 'wes', 'wes', 'self')).rejects.toThrow(/notifications_never_to_the_actor/);
  });

  test('refuses a second one of the same news', async () => {
    await row('once', 'wes', 'maya', 'news');
    await expect(row('twice', 'wes', 'maya', 'news')).rejects.toThrow(/dedupe_key/);
  });
});

test('what was delivered never names the reader as the one who did it', async () => {
  await crew.settle();
  const own = { maya: 'Maya Okafor', wes: 'Wes Carter', tom: 'Tom Reilly' };
  for (const [who, name] of Object.entries(own)) {
    const messages = crew.messagesTo(who);
    expect(messages.length).toBeGreaterThan(5);
    expect(messages.filter(({ view }) => view.summary.startsWith(name))).toEqual([]);
  }
});
