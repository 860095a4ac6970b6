import type { NotificationKind } from '../../../src/core/notification.ts';
import type { NotificationContent } from '../../../src/services/outbox-content.ts';
import type { StatusCategory, TaskRecord } from '../../../src/services/task-record.ts';
import { notificationView } from '../../../src/views/notification.ts';
import { content, pump, statusOf, wes } from '../data.ts';
import { type Sample, samplesOf } from '../sample.ts';
import { momentOf, type World } from '../world.ts';
import { assignedAgain } from './repeats.ts';

type Case = (world: World) => Partial<NotificationContent>;

const inState = (world: World, category: StatusCategory) =>
  pump(world, { status: statusOf(world, category) });

const moved =
  (to: StatusCategory): Case =>
  (world) => ({ task: inState(world, to), data: { to, note: world.words.note } });

/** A step of a due date, which is news for another hour. */
const told =
  (
    step: string,
    dueAt: Date,
    { data = {}, ...task }: Partial<TaskRecord> & { data?: Record<string, string> } = {},
  ): Case =>
  (world) => ({
    task: pump(world, { dueAt, dueHasTime: true, ...task }),
    data: { due: dueAt.toISOString(), step, until: momentOf(0, 16).toISOString(), ...data },
  });

/** Every kind of message that Crewline sends unasked, by case. One without a sample does not compile. */
const kinds: Record<NotificationKind, Record<string, Case>> = {
  assigned: {
    new: () => ({}),
    'with a reason': (world) => ({
      data: { note: world.words.note },
      task: pump(world, { dueAt: momentOf(-1, 9), priority: 'high' }),
    }),
    'comes again by its rule': () => ({ actorName: null, data: assignedAgain }),
    'already begun': (world) => ({
      task: pump(world, {
        assignees: [wes(world, { state: 'accepted' })],
        status: statusOf(world, 'active'),
      }),
    }),
  },
  unassigned: {
    'with a reason': (world) => ({ task: pump(world, { assignees: [] }), data: { note: world.words.note } }),
  },
  accepted: { plain: ({ words }) => ({ actorName: words.worker }) },
  declined: { 'with a reason': (world) => ({ data: { note: world.words.note } }) },
  status_changed: {
    done: moved('done'),
    'in review': moved('review'),
    reopened: moved('todo'),
    cancelled: moved('cancelled'),
  },
  blocked: { 'with a reason': moved('blocked') },
  approval_asked: {
    'with a note': (world) => ({ ...moved('review')(world), may: { work: true, approve: true } }),
  },
  approved: { 'with a note': moved('done') },
  returned: { 'with a note': moved('active') },
  nudged: { plain: () => ({}) },
  undone: { plain: () => ({}) },
  due_soon: {
    plain: told('soon', momentOf(1, 9)),
    'nobody has it': told('soon', momentOf(1, 9), { assignees: [], data: { nobodys: 'yes' } }),
  },
  due: {
    'at an hour': told('due', momentOf(0, 15)),
    'on a day': told('due', momentOf(0, 16), { dueHasTime: false }),
  },
  overdue: {
    plain: told('overdue-1', momentOf(-1, 9), { priority: 'high' }),
    'the last, the manager hears of it': (world) =>
      told('last', momentOf(-9, 9), { data: { manager: world.words.manager } })(world),
    'the last': told('last', momentOf(-9, 9)),
  },
  escalated: {
    plain: told('escalated', momentOf(-9, 9)),
    'nobody has it': told('escalated', momentOf(-9, 9), { assignees: [] }),
  },
  reminder: {
    'asked for': () => ({ data: {} }),
    'put off': (world) => ({
      task: pump(world, { dueAt: momentOf(-1, 9) }),
      data: { snoozed: 'yes' },
    }),
  },
  commented: { plain: (world) => ({ comment: world.words.comment }) },
  mentioned: { plain: (world) => ({ comment: world.words.comment }) },
  project_joined: {
    plain: ({ words }) => ({ task: null, data: { key: words.projectKey, name: words.projectName } }),
  },
  role_changed: { plain: () => ({ task: null, data: { role: 'a manager' } }) },
  handed_over: { plain: ({ words }) => ({ task: null, data: { count: '3', from: words.worker } }) },
  join_asked: {
    plain: ({ words }) => ({ task: null, data: { name: words.stranger, email: words.email, request: 'r1' } }),
  },
  joined: { plain: ({ words }) => ({ task: null, data: { by: words.manager } }) },
  // Drawn from more than their row: samples/bundles.ts, samples/digests.ts
  summary: {},
  digest: {},
  channel_digest: {},
  weekly_report: {},
  card_not_posted: {
    'on Slack': ({ words }) => ({
      data: { platform: 'slack', channelName: words.channel, reason: 'not_in_channel' },
    }),
    'on Teams': () => ({ data: { platform: 'teams', reason: 'BotNotInConversationRoster' } }),
    'may be there': ({ words }) => ({
      data: { platform: 'slack', channelName: words.channel, reason: 'may have been posted: TimeoutError' },
    }),
  },
};

export const notificationSamples: readonly Sample[] = Object.entries(kinds).flatMap(([kind, cases]) =>
  samplesOf(
    notificationView,
    Object.fromEntries(
      Object.entries(cases).map(([name, more]) => [
        name,
        (world: World) => notificationView(content(world, { kind, ...more(world) }), world.now),
      ]),
    ),
    { view: `notification-${kind.replaceAll('_', '-')}` },
  ),
);
