import { describe, expect, test } from '@jest/globals';
import { createActions } from '../../src/actions/index.ts';
import { messagesFor } from '../../src/core/messages.ts';
import { notificationKinds } from '../../src/core/notification.ts';
import type { AuditLog, SealedAuditRecord } from '../../src/core/ports.ts';
import { readRequest } from '../../src/core/read-request.ts';
import { createRegistry } from '../../src/core/registry.ts';
import type { Button, Form, Reply, View } from '../../src/core/view.ts';
import { digestSections } from '../../src/services/digest-content.ts';
import type { TaskRow } from '../../src/services/list-tasks.ts';
import type { NotificationContent } from '../../src/services/outbox-content.ts';
import type { StatusCategory, TaskRecord } from '../../src/services/task-record.ts';
import { auditList } from '../../src/views/audit.ts';
import { digestView } from '../../src/views/digest.ts';
import { assignForm, newTaskForm, noteForm } from '../../src/views/forms.ts';
import { guestReply } from '../../src/views/guest.ts';
import { helpOverview } from '../../src/views/help.ts';
import { notificationView } from '../../src/views/notification.ts';
import { taskCard } from '../../src/views/task-card.ts';
import { statusChanged } from '../../src/views/task-changed.ts';
import { taskList } from '../../src/views/task-list.ts';
import { names, shorten } from '../../src/views/words.ts';
import { buttonsOf, buttonsOfView, wordsOf, wordsOfView } from '../support/words-of.ts';

const now = new Date('2026-11-24T15:00:00Z');
const reader = { timeZone: 'Europe/Berlin', locale: 'en-GB' };
const messages = messagesFor(reader.locale);
const categories = ['todo', 'active', 'blocked', 'review', 'done', 'cancelled'] as const;
const statusNames: Record<StatusCategory, string> = {
  todo: 'To do',
  active: 'In progress',
  blocked: 'Blocked',
  review: 'In review',
  done: 'Done',
  cancelled: 'Cancelled',
};
const maya = { id: 'maya', name: 'Maya Okafor' };
const wes = { id: 'wes', name: 'Wes Carter', state: 'assigned', note: null, assignedById: 'maya' } as const;

const statusOf = (category: StatusCategory): TaskRecord['status'] => ({
  id: category,
  name: statusNames[category],
  category,
});

const pump = (more: Partial<TaskRecord> = {}): TaskRecord => ({
  id: 't1',
  organizationId: 'harbor',
  number: 42,
  title: 'Reseal pump 3',
  description: '',
  priority: 'normal',
  dueAt: null,
  dueHasTime: false,
  status: statusOf('todo'),
  statusNote: null,
  statusChangedAt: new Date('2026-11-24T09:00:00Z'),
  statusChangedBy: maya,
  assigneeMode: 'anyone',
  assignees: [wes],
  project: {
    id: 'p1',
    key: 'DOCK',
    name: 'Dock',
    needsApproval: false,
    ownerId: 'maya',
    ownerName: maya.name,
  },
  createdBy: { ...maya, timeZone: 'America/New_York', locale: 'en-US' },
  createdAt: new Date('2026-11-23T09:00:00Z'),
  version: 1,
  watched: false,
  parentNumber: null,
  series: null,
  subtasks: { total: 0, open: 0 },
  commentCount: 0,
  ...more,
});

const card = (more: Partial<TaskRecord> = {}): View => taskCard(pump(more), { reader, now });
const noLog = (): Promise<never> => Promise.reject(new Error('not here'));
const auditLog: AuditLog = { append: noLog, byActor: noLog, byTarget: noLog, byOrganization: noLog };
const registry = createRegistry(createActions({ auditLog }));

/** Every button leads somewhere: its action is there, and takes what it carries. */
function expectToWork(buttons: readonly Button[]): void {
  for (const { label, intent } of buttons) {
    expect(label.length).toBeLessThanOrEqual(75);
    const { after, ...args } = intent.args;
    const action = registry.find(intent.action);
    expect({ label, action: action?.name }).toEqual({ label, action: intent.action });
    expect({ label, bound: action?.bind(args).ok }).toEqual({ label, bound: true });
    if (after === undefined) continue;
    const next = readRequest(registry, { type: 'text', text: after, mentions: [] }, { now, ...reader });
    expect(next.action.effect).toBe('query');
    expect(next.action.bind(next.args).ok).toBe(true);
  }
}

function expectFormToWork(form: Form): void {
  const action = registry.find(form.intent.action);
  const values = Object.fromEntries(form.fields.map(({ name, value }) => [name, value ?? '']));
  const bound = action?.bind({ ...form.intent.args, ...values });
  expect(action).toBeDefined();
  if (bound && !bound.ok)
    throw new Error(`The form’s own values are refused: ${JSON.stringify(bound.errors)}`);
  for (const field of form.fields) {
    if (field.type === 'select' && field.value) {
      expect(field.options.map(({ value }) => value)).toContain(field.value);
    }
  }
}

describe('a card', () => {
  test.each([
    ['todo', '○ To do', 'neutral'],
    ['active', '◐ In progress', 'neutral'],
    ['blocked', '■ Blocked', 'warning'],
    ['review', '◇ In review', 'attention'],
    ['done', '● Done', 'good'],
    ['cancelled', '× Cancelled', 'neutral'],
  ] as const)('%s says so in a sign, a word and a colour', (category, words, tone) => {
    const view = card({ status: statusOf(category) });
    expect(wordsOfView(view)).toContain(words);
    expect(view.tone).toBe(tone);
    expect(view.summary).toBe(`#42 Reseal pump 3: ${statusNames[category]}`);
    expectToWork(buttonsOfView(view));
  });

  test('that is overdue says since when, until it is closed', () => {
    const late = { dueAt: new Date('2026-11-23T16:00:00Z') };
    expect(wordsOfView(card(late))).toMatch(/overdue since yesterday/);
    expect(card(late)).toMatchObject({ tone: 'warning', summary: '#42 Reseal pump 3: To do, overdue' });
    expect(wordsOfView(card({ ...late, status: statusOf('done') }))).not.toMatch(/overdue|due/);
    expect(wordsOfView(card({ dueAt: new Date('2026-11-25T14:00:00Z'), dueHasTime: true }))).toMatch(
      /due tomorrow 15:00/,
    );
  });

  test('of nobody offers to claim it, and one of somebody does not', () => {
    const labels = (view: View) => buttonsOfView(view).map(({ label }) => label);
    expect(wordsOfView(card({ assignees: [] }))).toMatch(/nobody’s yet/);
    expect(labels(card({ assignees: [] }))).toContain('Claim');
    expect(labels(card({ assignees: [{ ...wes, state: 'declined' }] }))).toContain('Claim');
    expect(labels(card())).not.toContain('Claim');
  });

  test('counts the shares and the subtasks that are done', () => {
    const words = wordsOfView(
      card({
        assigneeMode: 'everyone',
        assignees: [
          { ...wes, state: 'done' },
          { ...wes, id: 'tom', name: 'Tom Reilly' },
        ],
        subtasks: { total: 3, open: 1 },
        parentNumber: 6,
      }),
    );
    expect(words).toMatch(/Wes Carter and Tom Reilly \(1 of 2 done\)/);
    expect(words).toMatch(/2 of 3 subtasks done/);
    expect(words).toMatch(/part of #6/);
  });

  test('stays on a phone’s screen, however much was written', () => {
    const view = taskCard(
      pump({
        title: 'T'.repeat(300),
        description: 'd'.repeat(10_000),
        statusNote: 'n'.repeat(1_000),
        assignees: Array.from({ length: 20 }, (_, index) => ({
          ...wes,
          id: `p${index}`,
          name: `Person ${index}`,
        })),
      }),
      { reader, now },
    );
    const words = wordsOfView(view);
    expect(words.length).toBeLessThan(1_800);
    expect(words.split('\n').length).toBeLessThan(12);
    expect(words).toMatch(/T…\n/);
    expect(words).toMatch(/d…\n/);
    expect(words).toMatch(/Person 0, Person 1, Person 2 and 17 more/);
    expect(view.summary.length).toBeLessThan(170);
  });
});

const auditRecord = (
  more: Pick<SealedAuditRecord, 'action' | 'details'> & Partial<SealedAuditRecord>,
): SealedAuditRecord => ({
  id: '1',
  actor: 'person:wes',
  actorName: 'Wes Carter',
  at: '2026-11-24T14:00:00.000Z',
  organizationId: 'o',
  outcome: 'ok',
  target: 'task:t1',
  platform: 'slack',
  source: 'command',
  seq: 1,
  prevHash: '',
  hash: '',
  ...more,
});

describe('an acknowledgement', () => {
  test('is one line, with a short form that gives nothing away', () => {
    const reply = statusChanged(
      { task: pump({ title: 'x'.repeat(300) }), outcome: 'changed' },
      { deed: 'done', messages, reader, now },
    );
    const [line = ''] = wordsOf(reply).split('\n');
    expect(line).toMatch(/^Done: #42 x+…$/);
    expect(line.length).toBeLessThan(110);
    expect(reply).toMatchObject({ to: 'user', ack: '#42: done.' });
    expectToWork(buttonsOf(reply));
  });
});

describe('a list', () => {
  const row = (more: Partial<TaskRow> = {}): TaskRow => ({
    number: 42,
    title: 'Reseal pump 3',
    priority: 'normal',
    dueAt: null,
    dueHasTime: false,
    status: 'To do',
    category: 'todo',
    statusNote: null,
    projectKey: 'DOCK',
    assignees: ['Wes Carter'],
    workable: true,
    ...more,
  });
  const words = {
    heading: 'Your open tasks',
    empty: 'Nothing.',
    action: 'list' as const,
    query: 'mine @"name:Wes Carter"',
    showAssignees: true,
    showProject: true,
  };
  const page = (rows: TaskRow[], more = {}) =>
    taskList({ rows, total: rows.length, page: 1, pages: 1, overdue: 0, ...more }, { words, reader, now });

  test('has two lines and one button a task, and buttons that lead on', () => {
    const rows = categories.map((category) =>
      row({ category, status: statusNames[category], title: 'y'.repeat(300) }),
    );
    const view = page(rows, { total: 30, page: 2, pages: 5, overdue: 3 });
    expect(view.title).toBe('Your open tasks (30, 3 overdue)');
    const [list] = view.nodes;
    if (list?.type !== 'list') throw new Error('There is no list');
    expect(list.rows).toHaveLength(6);
    for (const { buttons } of list.rows) expect(buttons).toHaveLength(1);
    for (const line of wordsOfView(view).split('\n')) expect(line.length).toBeLessThan(200);
    expect(buttonsOfView(view).map(({ label }) => label)).toEqual([
      'Start',
      'Done',
      'Unblock',
      'Show',
      'Show',
      'Show',
      'Previous',
      'Next (2 of 5)',
      'New task',
      'Help',
    ]);
    expectToWork(buttonsOfView(view));
  });

  test('without tasks says so, with a way on', () => {
    const view = page([]);
    expect(wordsOfView(view)).toBe('Your open tasks\nNothing.\n[New task] [Help]');
    expect(view.summary).toBe('Nothing.');
    expectToWork(buttonsOfView(view));
  });

  test('offers no step to those who may not take it', () => {
    expect(buttonsOfView(page([row({ workable: false })]))[0]?.label).toBe('Show');
  });
});

describe('a message', () => {
  const content = (kind: string, more: Partial<NotificationContent> = {}): NotificationContent => ({
    id: 'n1',
    kind,
    recipient: { id: 'wes', ...reader },
    actorName: maya.name,
    data: {
      to: 'done',
      note: 'z'.repeat(2_000),
      by: maya.name,
      name: 'Zoe',
      request: 'r1',
      channelName: 'dock',
    },
    task: pump({ status: statusOf('done'), title: 't'.repeat(300) }),
    comment: 'c'.repeat(10_000),
    may: { work: true, approve: false },
    ...more,
  });
  /** A step of a due date, which is news for another hour */
  function told(
    step: string,
    more: Partial<TaskRecord> = {},
    data: Record<string, string> = {},
  ): Partial<NotificationContent> {
    const dueAt = new Date('2026-11-24T14:00:00Z');
    const until = new Date('2026-11-24T16:00:00Z').toISOString();
    return {
      task: pump({ dueAt, dueHasTime: true, title: 't'.repeat(300), ...more }),
      data: { due: dueAt.toISOString(), step, until, ...data },
    };
  }
  const stateFor: Record<string, Partial<NotificationContent>> = {
    assigned: { task: pump() },
    unassigned: { task: pump({ assignees: [] }) },
    accepted: { actorName: wes.name, task: pump() },
    blocked: { task: pump({ status: statusOf('blocked') }) },
    approval_asked: { task: pump({ status: statusOf('review') }) },
    returned: { task: pump({ status: statusOf('active') }) },
    nudged: { task: pump() },
    due_soon: told('soon'),
    due: told('due'),
    overdue: told('overdue-1'),
    escalated: told('escalated'),
    reminder: { task: pump(), data: { snoozed: 'yes' } },
  };

  /** Drawn from more than their row: see the gallery */
  const drawnApart = ['summary', 'digest', 'channel_digest', 'weekly_report'];

  test.each(notificationKinds.filter((kind) => !drawnApart.includes(kind)))(
    '%s fits a lock screen and has buttons that work',
    (kind) => {
      const view = notificationView(content(kind, stateFor[kind]), now);
      if (!view) throw new Error('There is no message');
      expect(view.summary.length).toBeLessThanOrEqual(150);
      expect(view.summary).not.toMatch(/undefined|null/);
      expect(wordsOfView(view).length).toBeLessThan(1_400);
      expect(wordsOfView(view)).not.toMatch(/undefined|null/);
      expectToWork(buttonsOfView(view));
    },
  );

  test.each([
    'assigned',
    'unassigned',
    'accepted',
    'declined',
    'status_changed',
    'blocked',
    'commented',
    'mentioned',
    'card_not_posted',
  ])('%s is not sent when its task is gone', (kind) =>
    expect(notificationView(content(kind, { task: null }), now)).toBeUndefined(),
  );

  test.each([
    ['assigned', { task: pump({ assignees: [] }) }],
    ['assigned', { task: pump({ status: statusOf('cancelled') }) }],
    ['unassigned', { task: pump() }],
    ['accepted', { actorName: wes.name, task: pump({ assignees: [] }) }],
    ['accepted', { actorName: wes.name, task: pump({ status: statusOf('cancelled') }) }],
    ['blocked', { task: pump({ status: statusOf('active') }) }],
    ['status_changed', { task: pump({ status: statusOf('active') }) }],
    ['approval_asked', { task: pump({ status: statusOf('done') }) }],
    ['approved', { task: pump({ status: statusOf('todo') }) }],
    ['returned', { task: pump({ status: statusOf('review') }) }],
    ['nudged', { task: pump({ status: statusOf('done') }) }],
    ['nudged', { task: pump({ assignees: [] }) }],
    ['due_soon', told('soon', { status: statusOf('done') })],
    ['due', told('due', { status: statusOf('review') })],
    ['due', told('due', { dueAt: new Date('2026-11-25T14:00:00Z') })],
    ['due', told('due', { dueAt: null })],
    ['due', told('due', {}, { until: now.toISOString() })],
    ['overdue', told('overdue-1', { assignees: [] })],
    ['overdue', told('overdue-1', { assignees: [{ ...wes, state: 'done' }] })],
    ['overdue', told('overdue-1', {}, { nobodys: 'yes' })],
    ['overdue', { ...told('overdue-1'), snoozedUntil: new Date('2026-11-24T15:30:00Z') }],
    ['escalated', told('escalated', { status: statusOf('cancelled') })],
    ['reminder', { task: pump({ status: statusOf('done') }), data: {} }],
    ['commented', { comment: null }],
    ['mentioned', { comment: null }],
    ['a kind that nobody knows', {}],
  ] as const)('%s is not sent when it is no longer true (%#)', (kind, more) => {
    expect(notificationView(content(kind, more), now)).toBeUndefined();
  });

  describe('a card that could not be posted', () => {
    const words = (data: Record<string, string>) => {
      const view = notificationView(content('card_not_posted', { task: pump(), data }), now);
      return view ? wordsOfView(view) : '';
    };

    test('is told by the channel’s name, and what helps on that platform', () => {
      const slack = words({ platform: 'slack', channelName: 'dock', reason: 'not_in_channel' });
      expect(slack).toContain('in #dock;');
      expect(slack).toContain('/invite @Crewline');
      const teams = words({ platform: 'teams', reason: 'BotNotInConversationRoster' });
      expect(teams).toContain('in the channel;');
      expect(teams).not.toContain('/invite');
      expect(teams).toContain('Manage team');
    });

    test('that may be there all the same is not called missing', () => {
      const unsure = words({ platform: 'slack', reason: 'may have been posted: TimeoutError' });
      expect(unsure).toContain('may be missing in the channel');
      expect(unsure).not.toContain('/invite');
    });
  });
});

describe('the rest', () => {
  test('help fits a phone, and its buttons work', () => {
    const entries = registry.actions.map(({ name, aliases = [], usage, topic }) => ({
      name,
      aliases,
      usage,
      topic,
    }));
    const view = helpOverview(entries, { root: '/task ', messages });
    expect(view.title).toBe('What I can do for you');
    expect(wordsOfView(view).split('\n').length).toBeLessThan(14);
    expect(wordsOfView(view).length).toBeLessThan(900);
    expectToWork(buttonsOfView(view));
  });

  test('a stranger is greeted with the one thing to do', () => {
    const reply: Reply = guestReply({
      organizationId: 'o',
      workspaceId: 'w',
      sessionId: 's',
      profile: { name: 'Zoe Q' },
    });
    expect(wordsOf(reply)).toMatch(/^Hello Zoe\. I don’t know you yet/);
    expectToWork(buttonsOf(reply));
  });

  test.each([
    [
      'settings-general',
      { workDays: '1 2 3 4 5', timeZone: 'Europe/Madrid', quiet: '20:00-07:00', digest: 'false' },
      /^Wes Carter changed their settings\n.*working days: Mon–Fri, time zone: Europe\/Madrid, quiet hours: 20:00-07:00, digest: off$/m,
    ],
    [
      'settings-notify',
      { commented: 'dm' },
      /changed what they hear of\n.*A comment on your task: message$/m,
    ],
    ['project-policy', { project: 'DOCK', approval: 'on' }, /project: DOCK, approval: on$/m],
    ['holiday-add', { holiday: '2026-12-25', name: 'off' }, /made a day off\n.*day: 2026-12-25, name: off$/m],
    ['undo', { undone: 'due, repeats' }, /took back a change of\n.*undone: due, repeats$/m],
  ])('an audit entry of %s is in words', (action, details, said) => {
    const record = auditRecord({ action, details });
    expect(
      wordsOfView(auditList([record], { words: { heading: '', empty: '' }, reader, now })).trim(),
    ).toMatch(said);
  });

  test('what people wrote stands in the audit as they wrote it', () => {
    const record = auditRecord({ action: 'comment', details: { comment: 'done' } });
    const spanish = { ...reader, locale: 'es' };
    expect(
      wordsOfView(auditList([record], { words: { heading: '', empty: '' }, reader: spanish, now })),
    ).toMatch(/comentario: done$/);
  });

  test('an audit entry says who did what, when, and how it went', () => {
    const record = auditRecord({
      action: 'done',
      taskNumber: 42,
      details: { from: 'active', to: 'done', note: 'n'.repeat(5_000) },
    });
    const view = auditList([record, { ...record, outcome: 'denied' }], {
      words: { heading: 'Audit', empty: 'None.' },
      reader,
      now,
    });
    expect(wordsOfView(view)).toMatch(
      /^Audit\nWes Carter finished #42\n {2}today 15:00 · in progress → done, note: n+…/,
    );
    expect(wordsOfView(view)).toMatch(/Wes Carter tried “done” #42\n {2}today 15:00 · not allowed/);
    expect(wordsOfView(view).length).toBeLessThan(800);
    expect(wordsOfView(auditList([], { words: { heading: 'Audit', empty: 'None.' }, reader, now }))).toBe(
      'Audit\nNone.',
    );
  });

  test('an audit entry does not say done of what was only asked', () => {
    const record = auditRecord({ action: 'project-archive', details: { asked: 'whether to archive' } });
    const view = auditList([record], { words: { heading: 'Audit', empty: 'None.' }, reader, now });
    expect(wordsOfView(view)).toMatch(/^Audit\nWes Carter was asked whether to archive\n {2}today 15:00$/m);
  });

  test('forms take the values that they open with', () => {
    const people = {
      options: [{ value: 'person:wes', label: 'Wes Carter' }],
      searched: false,
      projectId: null,
    };
    expectFormToWork(
      newTaskForm(
        { title: 'Reseal', assignees: 'person:wes', priority: 'high' },
        { projects: [{ value: 'DOCK', label: 'Dock' }], people, messages, nonce: 'n' },
      ),
    );
    expectFormToWork(assignForm(pump(), { people, messages, nonce: 'n' }));
    for (const action of ['block', 'decline']) {
      expectFormToWork(
        noteForm({
          title: 'Why?',
          submit: 'Send',
          label: 'Why?',
          intent: { action, args: { task: '42' } },
          nonce: 'n',
        }),
      );
    }
  });

  test('texts are cut between characters as people see them, with a sign', () => {
    expect(shorten('short', 10)).toBe('short');
    expect(shorten('a long text', 7)).toBe('a long…');
    expect(shorten('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 13)).toBe('👨‍👩‍👧‍👦…');
    expect(shorten('ab', 2)).toBe('ab');
  });

  test('names are counted when there are many', () => {
    expect(names(['A'], messages)).toBe('A');
    expect(names(['A', 'B', 'C'], messages)).toBe('A, B and C');
    expect(names(['A', 'B', 'C', 'D', 'E'], messages)).toBe('A, B, C and 2 more');
  });
});

test('a digest of very much is one screen or two, the most pressing first', () => {
  const task: TaskRow = {
    number: 42,
    title: 'Reseal pump 3',
    priority: 'normal',
    dueAt: null,
    dueHasTime: false,
    status: 'To do',
    category: 'todo',
    statusNote: null,
    projectKey: 'DOCK',
    assignees: ['Wes Carter'],
    workable: true,
  };
  const view = digestView(
    {
      id: 'd1',
      held: [],
      news: [],
      recipient: { id: 'maya', name: 'Maya Okafor', manages: true, ...reader },
      sections: digestSections
        .filter((section) => section !== 'told')
        .map((section) => ({ section, total: 40, tasks: Array.from({ length: 5 }, () => task) })),
    },
    now,
  );
  const lists = view?.nodes.flatMap((node) => (node.type === 'list' ? [node.rows.length] : [])) ?? [];
  expect(lists).toEqual([5, 2, 1, 1, 1, 1, 1]);
  expect(wordsOfView(view as View)).toContain('… and 35 more');
  expect(wordsOfView(view as View)).toContain('… and 39 more');
});
