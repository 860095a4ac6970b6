import type { SealedAuditRecord } from '../../src/core/ports.ts';
import type { TaskPage, TaskRow } from '../../src/services/list-tasks.ts';
import type { NotificationContent } from '../../src/services/outbox-content.ts';
import type { Assignee, StatusCategory, TaskRecord } from '../../src/services/task-record.ts';
import { momentOf, type World } from './world.ts';

/** Rows as the services read them, said in the words of a world. */

export const categories = ['todo', 'active', 'blocked', 'review', 'done', 'cancelled'] as const;

const statusNames: Record<World['language'], Record<StatusCategory, string>> = {
  en: {
    todo: 'To do',
    active: 'In progress',
    blocked: 'Blocked',
    review: 'In review',
    done: 'Done',
    cancelled: 'Cancelled',
  },
  es: {
    todo: 'Por hacer',
    active: 'En curso',
    blocked: 'Bloqueada',
    review: 'En revisión',
    done: 'Hecha',
    cancelled: 'Cancelada',
  },
};

export const statusOf = ({ language }: World, category: StatusCategory): TaskRecord['status'] => ({
  id: category,
  name: statusNames[language][category],
  category,
});

export const maya = ({ words }: World) => ({ id: 'maya', name: words.manager });

export const wes = ({ words }: World, more: Partial<Assignee> = {}): Assignee => ({
  id: 'wes',
  name: words.worker,
  state: 'assigned',
  note: null,
  assignedById: 'maya',
  ...more,
});

export const priya = (world: World, more: Partial<Assignee> = {}): Assignee =>
  wes(world, { id: 'priya', name: world.words.colleague, ...more });

/** A dozen people, as a crew has them on one task now and then. */
export const crowd = (world: World, count = 12): Assignee[] =>
  Array.from({ length: count }, (_, index) =>
    wes(world, {
      id: `p${index}`,
      name: index % 2 === 0 ? `${world.words.worker} ${index}` : `${world.words.colleague} ${index}`,
      state: index % 3 === 0 ? 'done' : 'accepted',
    }),
  );

export function pump(world: World, more: Partial<TaskRecord> = {}): TaskRecord {
  const { words, reader } = world;
  return {
    id: 't42',
    organizationId: 'harbor',
    number: 42,
    title: words.title,
    description: '',
    priority: 'normal',
    dueAt: momentOf(1, 13),
    dueHasTime: true,
    status: statusOf(world, 'todo'),
    statusNote: null,
    statusChangedAt: momentOf(0, 8),
    statusChangedBy: maya(world),
    assigneeMode: 'anyone',
    assignees: [wes(world)],
    project: {
      id: 'p1',
      key: words.projectKey,
      name: words.projectName,
      needsApproval: false,
      ownerId: 'maya',
      ownerName: words.manager,
    },
    createdBy: { ...maya(world), ...reader },
    createdAt: momentOf(-1, 9),
    version: 1,
    watched: false,
    parentNumber: null,
    series: null,
    subtasks: { total: 0, open: 0 },
    commentCount: 0,
    ...more,
  };
}

export function row(world: World, more: Partial<TaskRow> = {}): TaskRow {
  const { words } = world;
  return {
    number: 42,
    title: words.title,
    priority: 'normal',
    dueAt: momentOf(1, 13),
    dueHasTime: true,
    status: statusNames[world.language].todo,
    category: 'todo',
    statusNote: null,
    projectKey: words.projectKey,
    assignees: [words.worker],
    workable: true,
    ...more,
  };
}

/** A page with a task of each kind, the urgent one first. */
export function taskPage(world: World, more: Partial<TaskPage> = {}): TaskPage {
  const { words } = world;
  const inState = (category: StatusCategory) => ({ category, status: statusNames[world.language][category] });
  const rows = [
    row(world, { priority: 'urgent', dueAt: momentOf(-1, 15), assignees: [words.worker, words.colleague] }),
    row(world, { number: 57, title: words.otherTitle, ...inState('active'), dueHasTime: false }),
    row(world, { number: 61, ...inState('blocked'), statusNote: words.note, dueAt: null }),
    row(world, { number: 7, title: words.otherTitle, ...inState('review'), dueAt: null, assignees: [] }),
    row(world, { number: 1203, ...inState('done'), workable: false }),
    row(world, { number: 68, ...inState('cancelled'), projectKey: null }),
  ];
  return { rows, total: rows.length, page: 1, pages: 1, overdue: 1, ...more };
}

export const noTasks: TaskPage = { rows: [], total: 0, page: 1, pages: 1, overdue: 0 };

export const content = (world: World, more: Partial<NotificationContent> = {}): NotificationContent => ({
  id: 'n1',
  kind: 'assigned',
  recipient: { id: 'wes', ...world.reader },
  actorName: world.words.manager,
  data: {},
  task: pump(world),
  comment: null,
  may: { work: true, approve: false },
  ...more,
});

export const auditRecord = (world: World, more: Partial<SealedAuditRecord> = {}): SealedAuditRecord => ({
  id: '01JD',
  actor: 'person:wes',
  actorName: world.words.worker,
  at: momentOf(0, 13).toISOString(),
  organizationId: 'harbor',
  action: 'done',
  outcome: 'ok',
  target: 'task:t42',
  taskNumber: 42,
  platform: 'slack',
  source: 'command',
  details: {},
  seq: 1,
  prevHash: '',
  hash: '',
  ...more,
});
