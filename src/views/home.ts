import { messagesFor } from '../core/messages.ts';
import { type Button, code, plain, text, type View, type ViewNode } from '../core/view.ts';
import type { TaskPage, TaskRow } from '../services/list-tasks.ts';
import { nextStep, showButton, taskRow } from './task-list.ts';
import { counted, type Reader } from './words.ts';

/** Whose tasks are shown: mine, what I asked of others, what waits for my approval. */
export const homeTabs = ['mine', 'assigned', 'waiting'] as const;
export type HomeTab = (typeof homeTabs)[number];
export const homeSpans = ['overdue', 'today', 'week'] as const;
export type HomeSpan = (typeof homeSpans)[number];

/** What of the home page is open. */
export interface HomeChoice {
  tab: HomeTab;
  due?: HomeSpan | undefined;
}

interface HomeContent extends HomeChoice {
  reader: Reader;
  now: Date;
  /** Who manages nothing has nothing to approve. */
  manages: boolean;
  /** How to link a channel, for a manager whose projects none shows yet */
  linkHint?: string | undefined;
}

const headings: Record<HomeTab, string> = {
  mine: 'Your open tasks',
  assigned: 'Open tasks from you',
  waiting: 'Waiting for your approval',
};
const empties: Record<HomeTab, string> = {
  mine: 'Nothing waits for you. Add a task, or ask for one.',
  assigned: 'Nobody has an open task from you. Add one and say whose it is.',
  waiting: 'No task waits for your approval.',
};
const spanWords: Record<HomeSpan, string> = {
  overdue: 'overdue',
  today: 'due today',
  week: 'due this week',
};

/** A person's own page: their tasks, page by page, with the step that comes next. */
export function homePage(page: TaskPage, content: HomeContent): View {
  const { tab, due, reader, now } = content;
  const heading = due ? `${headings[tab]}, ${spanWords[due]}` : headings[tab];
  const overdue = !due && page.overdue > 0 ? `, ${page.overdue} overdue` : '';
  const empty = due ? `There is nothing ${spanWords[due]} here.` : empties[tab];
  const command = ['home', tab, due, page.page > 1 ? `page ${page.page}` : undefined]
    .filter(Boolean)
    .join(' ');
  const words = { showAssignees: tab !== 'mine', showProject: true };
  const rows = page.rows.map((task) =>
    taskRow(task, { words, reader, now, buttons: stepsOf(task, { tab, command }) }),
  );
  const nodes: ViewNode[] = [
    { type: 'actions', buttons: tabButtons(content) },
    { type: 'actions', buttons: spanButtons(content) },
    { type: 'divider' },
    { type: 'list', rows, empty: plain(empty) },
    { type: 'divider' },
    { type: 'actions', buttons: footer(page, content) },
  ];
  if (content.linkHint) {
    nodes.push({
      type: 'text',
      text: text`No channel shows one of your projects yet. In a channel, type ${code(content.linkHint)}.`,
      muted: true,
    });
  }
  return {
    title: page.total > 0 ? `${heading} (${page.total}${overdue})` : heading,
    summary: page.total > 0 ? `${heading}: ${counted(page.total, 'task')}${overdue}` : empty,
    nodes,
  };
}

/** Here nobody types: besides the likeliest step there is the way to the card. */
function stepsOf(task: TaskRow, { tab, command }: { tab: HomeTab; command: string }): Button[] {
  const show = showButton(task);
  if (tab === 'waiting') {
    const args = { task: String(task.number), after: command };
    return [{ label: 'Approve', tone: 'primary', intent: { action: 'done', args } }, show];
  }
  const next = nextStep(task, command);
  return next.intent.action === 'show' ? [show] : [next, show];
}

const goTo = (label: string, { tab, due, page }: HomeChoice & { page?: number }, chosen = false): Button => ({
  label,
  intent: {
    action: 'home',
    args: { tab, ...(due ? { due } : {}), ...(page ? { page: String(page) } : {}) },
  },
  ...(chosen ? { tone: 'primary' as const } : {}),
});

function tabButtons({ tab, due, manages }: HomeContent): Button[] {
  return [
    goTo('Mine', { tab: 'mine', due }, tab === 'mine'),
    goTo('From me', { tab: 'assigned', due }, tab === 'assigned'),
    ...(manages ? [goTo('For approval', { tab: 'waiting', due }, tab === 'waiting')] : []),
  ];
}

function spanButtons({ tab, due }: HomeContent): Button[] {
  return [
    goTo('All open', { tab }, due === undefined),
    goTo('Overdue', { tab, due: 'overdue' }, due === 'overdue'),
    goTo('Today', { tab, due: 'today' }, due === 'today'),
    goTo('This week', { tab, due: 'week' }, due === 'week'),
  ];
}

function footer({ page, pages, total }: TaskPage, { tab, due, reader }: HomeContent): Button[] {
  const newTask: Button = { label: 'New task', intent: { action: 'add', args: {} } };
  return [
    ...(page > 1 ? [goTo('Previous', { tab, due, page: page - 1 })] : []),
    ...(page < pages ? [goTo(`Next (${page} of ${pages})`, { tab, due, page: page + 1 })] : []),
    { ...newTask, ...(total === 0 ? { tone: 'primary' as const } : {}) },
    {
      label: messagesFor(reader.locale).settings.homeButton,
      intent: { action: 'settings', args: {} },
    },
    { label: 'Help', intent: { action: 'help', args: {} } },
  ];
}
