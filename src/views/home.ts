import { messagesFor } from '../core/messages.ts';
import { type Button, code, plain, type View, type ViewNode } from '../core/view.ts';
import type { TaskPage, TaskRow } from '../services/list-tasks.ts';
import { nextStep, showButton, taskRow } from './task-list.ts';
import type { Reader } from './words.ts';

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

/** A person's own page: their tasks, page by page, with the step that comes next. */
export function homePage(page: TaskPage, content: HomeContent): View {
  const { tab, due, reader, now } = content;
  const { home, lists } = messagesFor(reader.locale);
  const heading = due ? home.headingOf(home.headings[tab], home.spans[due]) : home.headings[tab];
  const empty = due ? home.emptySpan(home.spans[due]) : home.empty[tab];
  const count = { total: page.total, overdue: due ? 0 : page.overdue };
  const command = ['home', tab, due, page.page > 1 ? `page ${page.page}` : undefined]
    .filter(Boolean)
    .join(' ');
  const words = { showAssignees: tab !== 'mine', showProject: true };
  const rows = page.rows.map((task) =>
    taskRow(task, { words, reader, now, buttons: stepsOf(task, { tab, command, reader, now }) }),
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
      text: home.howToLink(code(content.linkHint)),
      muted: true,
    });
  }
  return {
    title: page.total > 0 ? lists.counted(heading, count) : heading,
    summary: page.total > 0 ? lists.summary(heading, count) : empty,
    nodes,
  };
}

/** Here nobody types: besides the likeliest step there is the way to the card. */
function stepsOf(
  task: TaskRow,
  { tab, command, reader, now }: { tab: HomeTab; command: string; reader: Reader; now: Date },
): Button[] {
  const show = showButton(task, reader);
  if (tab === 'waiting') {
    const args = { task: String(task.number), after: command };
    return [
      {
        label: messagesFor(reader.locale).buttons.approve,
        tone: 'primary',
        intent: { action: 'done', args },
      },
      show,
    ];
  }
  const next = nextStep(task, { command, reader, now });
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

function tabButtons({ tab, due, manages, reader }: HomeContent): Button[] {
  const { tabs } = messagesFor(reader.locale).home;
  return [
    goTo(tabs.mine, { tab: 'mine', due }, tab === 'mine'),
    goTo(tabs.assigned, { tab: 'assigned', due }, tab === 'assigned'),
    ...(manages ? [goTo(tabs.waiting, { tab: 'waiting', due }, tab === 'waiting')] : []),
  ];
}

function spanButtons({ tab, due, reader }: HomeContent): Button[] {
  const { filters } = messagesFor(reader.locale).home;
  return [
    goTo(filters.all, { tab }, due === undefined),
    goTo(filters.overdue, { tab, due: 'overdue' }, due === 'overdue'),
    goTo(filters.today, { tab, due: 'today' }, due === 'today'),
    goTo(filters.week, { tab, due: 'week' }, due === 'week'),
  ];
}

function footer({ page, pages, total }: TaskPage, { tab, due, reader }: HomeContent): Button[] {
  const { buttons, settings } = messagesFor(reader.locale);
  const newTask: Button = { label: buttons.newTask, intent: { action: 'add', args: {} } };
  return [
    ...(page > 1 ? [goTo(buttons.previous, { tab, due, page: page - 1 })] : []),
    ...(page < pages ? [goTo(buttons.next(page, pages), { tab, due, page: page + 1 })] : []),
    { ...newTask, ...(total === 0 ? { tone: 'primary' as const } : {}) },
    { label: settings.homeButton, intent: { action: 'settings', args: {} } },
    { label: buttons.help, intent: { action: 'help', args: {} } },
  ];
}
