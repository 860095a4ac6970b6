import { createActions } from '../../../src/actions/index.ts';
import type { AuditLog } from '../../../src/core/ports.ts';
import { createRegistry } from '../../../src/core/registry.ts';
import { auditList } from '../../../src/views/audit.ts';
import { helpOverview, helpTopic } from '../../../src/views/help.ts';
import { homePage } from '../../../src/views/home.ts';
import { taskList } from '../../../src/views/task-list.ts';
import { auditRecord, noTasks, taskPage } from '../data.ts';
import { type Sample, samplesOf } from '../sample.ts';
import { momentOf, type World } from '../world.ts';

const listWords = ({ words, messages }: World) => ({
  heading: messages.home.headings.mine,
  empty: messages.home.empty.mine,
  action: 'list' as const,
  query: words.query,
  showAssignees: true,
  showProject: true,
});

const lists = samplesOf(taskList, {
  'one page': (world) => taskList(taskPage(world), { ...world.context, words: listWords(world) }),
  'of many pages': (world) =>
    taskList(taskPage(world, { total: 53, page: 2, pages: 7, overdue: 12 }), {
      ...world.context,
      words: { ...listWords(world), showAssignees: false, showProject: false },
    }),
  empty: (world) => taskList(noTasks, { ...world.context, words: listWords(world) }),
});

const homes = samplesOf(
  homePage,
  {
    mine: (world) =>
      homePage(taskPage(world, { total: 53, pages: 7, overdue: 12 }), {
        ...world.context,
        tab: 'mine',
        manages: false,
      }),
    'from a manager, overdue': (world) =>
      homePage(taskPage(world), {
        ...world.context,
        tab: 'assigned',
        due: 'overdue',
        manages: true,
        linkHint: `link ${world.words.projectKey}`,
      }),
    'for approval': (world) => homePage(taskPage(world), { ...world.context, tab: 'waiting', manages: true }),
    empty: (world) => homePage(noTasks, { ...world.context, tab: 'mine', manages: true }),
  },
  { home: true },
);

const audits = samplesOf(auditList, {
  'of a task': (world) =>
    auditList(
      [
        auditRecord(world, { details: { from: 'active', to: 'done', note: world.words.note } }),
        auditRecord(world, { action: 'block', outcome: 'denied', at: momentOf(-3, 9).toISOString() }),
        auditRecord(world, {
          action: 'add',
          actorName: world.words.manager,
          details: { title: world.words.title, assignees: `name:${world.words.worker}` },
        }),
        auditRecord(world, {
          action: 'due',
          actorName: world.words.manager,
          details: { from: momentOf(0, 9).toISOString(), to: momentOf(1, 9).toISOString() },
        }),
        auditRecord(world, { action: 'block', details: { form: 'opened', task: '42' } }),
      ],
      {
        ...world.context,
        words: {
          heading: 'What happened to #42',
          empty: 'Nothing yet.',
          older: { label: 'Older', intent: { action: 'timeline', args: { task: '42', before: '7' } } },
        },
      },
    ),
  empty: (world) => auditList([], { ...world.context, words: { heading: 'Audit', empty: 'Nothing yet.' } }),
});

const noLog = (): Promise<never> => Promise.reject(new Error('The gallery has no audit log'));
const auditLog: AuditLog = { append: noLog, byActor: noLog, byTarget: noLog, byOrganization: noLog };
const registry = createRegistry(createActions({ auditLog }));

const entries = () =>
  registry.actions.map(({ name, aliases = [], usage, topic }) => ({
    name,
    aliases,
    usage,
    topic,
  }));

const helps = [
  ...samplesOf(helpOverview, {
    'of an admin': (world) => helpOverview(entries(), world.context),
  }),
  ...samplesOf(helpTopic, {
    add: (world) => topicOf('add', world),
    project: (world) => topicOf('project', world),
  }),
];

function topicOf(name: string, world: World) {
  const all = entries();
  const entry = all.find((one) => one.name === name);
  if (!entry) throw new Error(`There is no command ${name}`);
  const verbs = all.filter((one) => one.usage.length > 0 && one.name.startsWith(`${name}-`));
  return helpTopic(entry, { ...world.context, roles: { worker: true, manager: false, admin: false }, verbs });
}

export const listSamples: readonly Sample[] = [...lists, ...homes, ...audits, ...helps];
