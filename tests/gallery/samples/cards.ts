import { bold, text } from '../../../src/core/view.ts';
import { cardCopy } from '../../../src/views/card-copy.ts';
import { moreOfTask } from '../../../src/views/more.ts';
import { taskCard } from '../../../src/views/task-card.ts';
import { changed, statusChanged, statusMoved } from '../../../src/views/task-changed.ts';
import { subtaskCreated, taskCreated } from '../../../src/views/task-created.ts';
import { taskOffer } from '../../../src/views/task-offer.ts';
import { undone } from '../../../src/views/undone.ts';
import { crowd, priya, pump, statusOf, wes } from '../data.ts';
import { type Sample, samplesOf } from '../sample.ts';
import { momentOf, type World } from '../world.ts';
import { inSeries } from './repeats.ts';

const subtasks = (world: World) => [
  {
    number: 43,
    title: world.words.otherTitle,
    status: statusOf(world, 'done'),
    assignees: [world.words.worker],
  },
  { number: 44, title: world.words.title, status: statusOf(world, 'cancelled'), assignees: [] },
  {
    number: 45,
    title: world.words.otherTitle,
    status: statusOf(world, 'active'),
    assignees: [world.words.colleague],
  },
];

const comments = ({ words }: World) => [
  { author: words.worker, body: words.comment, at: momentOf(-1, 10) },
  { author: words.manager, body: words.note, at: momentOf(0, 9) },
];

const cards = samplesOf(taskCard, {
  'to do': (world) => taskCard(pump(world), world.context),
  'that comes again': (world) => taskCard(inSeries(world), world.context),
  'nobody has it': (world) =>
    taskCard(pump(world, { assignees: [], dueAt: null, project: null }), world.context),
  overdue: (world) =>
    taskCard(
      pump(world, { dueAt: momentOf(-1, 13), priority: 'urgent', status: statusOf(world, 'active') }),
      world.context,
    ),
  blocked: (world) =>
    taskCard(
      pump(world, {
        status: statusOf(world, 'blocked'),
        statusNote: world.words.note,
        statusChangedBy: wes(world),
      }),
      world.context,
    ),
  'in review': (world) => taskCard(pump(world, { status: statusOf(world, 'review') }), world.context),
  done: (world) =>
    taskCard(
      pump(world, {
        status: statusOf(world, 'done'),
        statusNote: world.words.note,
        statusChangedBy: wes(world),
      }),
      world.context,
    ),
  cancelled: (world) => taskCard(pump(world, { status: statusOf(world, 'cancelled') }), world.context),
  'with everything': (world) =>
    taskCard(
      pump(world, {
        description: world.words.description,
        priority: 'high',
        assigneeMode: 'everyone',
        assignees: [wes(world, { state: 'done' }), priya(world)],
        parentNumber: 6,
        subtasks: { total: 5, open: 2 },
        commentCount: 4,
      }),
      { ...world.context, comments: comments(world), subtasks: subtasks(world) },
    ),
  'of a crowd': (world) =>
    taskCard(
      pump(world, { assigneeMode: 'everyone', assignees: crowd(world), dueHasTime: false }),
      world.context,
    ),
  'seen by a watcher': (world) =>
    taskCard(pump(world), { ...world.context, may: { work: false, approve: false } }),
});

const news = ({ words }: World) => ({
  news: text`${bold(words.manager)}: “${words.comment}”`,
  summary: words.comment.slice(0, 100),
});

const copies = samplesOf(cardCopy, {
  'changed since': (world) =>
    cardCopy(pump(world, { status: statusOf(world, 'active') }), {
      ...world.context,
      reader: { id: 'wes', ...world.reader },
      news: news(world),
      may: { work: true, approve: false },
    }),
  'no longer seen': (world) =>
    cardCopy(pump(world), {
      ...world.context,
      reader: { id: 'wes', ...world.reader },
      news: news(world),
      may: undefined,
    }),
});

const everything = { edit: true, assign: true, work: true, manage: true };
const nothing = { edit: false, assign: false, work: false, manage: false };
const readBy = (world: World, id: string) => ({ ...world.context, reader: { id, ...world.reader } });

const menus = samplesOf(moreOfTask, {
  'to its manager': (world) =>
    moreOfTask(pump(world), { ...readBy(world, 'maya'), may: everything, follows: undefined }),
  'to who has it': (world) =>
    moreOfTask(pump(world), { ...readBy(world, 'wes'), may: { ...nothing, work: true }, follows: 'muted' }),
  'to who watches it': (world) =>
    moreOfTask(pump(world), { ...readBy(world, 'tom'), may: nothing, follows: 'watching' }),
  'of a closed one': (world) =>
    moreOfTask(pump(world, { status: statusOf(world, 'done') }), {
      ...readBy(world, 'tom'),
      may: everything,
      follows: undefined,
    }),
});

const replies = [
  ...samplesOf(statusChanged, {
    started: (world) =>
      statusChanged({ task: pump(world), outcome: 'changed' }, { ...world.context, deed: 'start' }),
    done: (world) =>
      statusChanged({ task: pump(world), outcome: 'changed' }, { ...world.context, deed: 'done' }),
    'one of a series cancelled': (world) =>
      statusChanged(
        {
          task: pump(world, { status: statusOf(world, 'cancelled') }),
          outcome: 'changed',
          comesAgain: new Date(world.context.now.getTime() + 86_400_000).toISOString(),
        },
        { ...world.context, deed: 'cancel' },
      ),
    'waits for approval': (world) =>
      statusChanged({ task: pump(world), outcome: 'approval' }, { ...world.context, deed: 'done' }),
    'own part done': (world) =>
      statusChanged(
        { task: pump(world, { assigneeMode: 'everyone', assignees: crowd(world) }), outcome: 'part' },
        { ...world.context, deed: 'done' },
      ),
  }),
  ...samplesOf(statusMoved, {
    'by name': (world) =>
      statusMoved(
        {
          task: pump(world, { status: { id: 's', name: world.words.status, category: 'active' } }),
          outcome: 'changed',
        },
        world.context,
      ),
  }),
  ...samplesOf(changed, {
    'a line': (world) =>
      changed(pump(world), {
        ...world.context,
        sentence: text`${world.words.note}`,
        ack: world.words.note,
      }),
  }),
  ...samplesOf(taskCreated, {
    full: (world) => taskCreated(created(world), world.context),
    bare: (world) =>
      taskCreated({ ...created(world), assignees: [], due: null, project: null }, world.context),
    'for a crowd': (world) => taskCreated({ ...created(world), assignees: crowd(world) }, world.context),
  }),
  ...samplesOf(subtaskCreated, {
    'of a task': (world) => subtaskCreated(created(world), { ...world.context, parent: { number: 6 } }),
  }),
  ...samplesOf(undone, {
    everything: (world) =>
      undone(
        {
          task: pump(world),
          before: before(world),
          restored: ['description', 'priority', 'due', 'status', 'mode', 'assignees'],
        },
        world.context,
      ),
    'its title': (world) =>
      undone({ task: pump(world), before: before(world), restored: ['title'] }, world.context),
    'its date and people': (world) =>
      undone(
        {
          task: pump(world),
          before: { ...before(world), dueAt: null, assignees: [], assigneeMode: 'anyone' },
          restored: ['due', 'mode', 'assignees'],
        },
        world.context,
      ),
  }),
  ...samplesOf(taskOffer, {
    'of a message': ({ words, messages }) =>
      taskOffer({ title: words.title, description: words.description }, messages),
    'without words': ({ messages }) => taskOffer({}, messages),
  }),
];

const created = (world: World) => {
  const { id, number, title, assignees, project } = pump(world);
  return {
    id,
    number,
    title,
    assignees,
    project,
    due: { at: momentOf(1, 13), hasTime: true },
    postedHere: true,
  };
};

const before = (world: World) => ({
  title: world.words.title,
  description: world.words.description,
  priority: 'high' as const,
  dueAt: momentOf(3, 13).toISOString(),
  dueHasTime: true,
  statusId: 'blocked',
  statusName: statusOf(world, 'blocked').name,
  category: 'blocked' as const,
  statusNote: world.words.note,
  statusChangedAt: momentOf(0, 8).toISOString(),
  statusChangedById: 'maya',
  assigneeMode: 'everyone' as const,
  assignees: [wes(world), priya(world)],
});

export const taskSamples: readonly Sample[] = [...cards, ...copies, ...menus, ...replies];
