import { shorten } from '../core/shorten.ts';
import {
  type Button,
  type ListRow,
  plain,
  type RichText,
  text,
  type View,
  type ViewNode,
} from '../core/view.ts';
import type { TaskPage, TaskRow } from '../services/list-tasks.ts';
import {
  counted,
  dueSpan,
  facts,
  isOverdue,
  names,
  priorityWords,
  type Reader,
  statusWords,
  taskLine,
} from './words.ts';

/** Left out where it is the same in every row */
export interface RowWords {
  showAssignees: boolean;
  showProject: boolean;
}

export interface ListWords extends RowWords {
  /** "Your open tasks" */
  heading: string;
  /** What is said when there is none */
  empty: string;
  /** What brings this list again */
  action: 'list' | 'find';
  query: string;
}

/** A page of tasks, each with the step that comes next. */
export function taskList(
  page: TaskPage,
  { words, reader, now }: { words: ListWords; reader: Reader; now: Date },
): View {
  // Where all of them are overdue, the heading says so.
  const overdue = page.overdue > 0 && page.overdue < page.total ? `, ${page.overdue} overdue` : '';
  const title = page.total > 0 ? `${words.heading} (${page.total}${overdue})` : words.heading;
  const command = `${words.action} ${words.query}${page.page > 1 ? ` page ${page.page}` : ''}`;
  const rows = page.rows.map((task) =>
    taskRow(task, { words, reader, now, buttons: [nextStep(task, command)] }),
  );
  const nodes: ViewNode[] = [
    { type: 'list', rows, empty: plain(words.empty) },
    { type: 'actions', buttons: footer(page, words) },
  ];
  return {
    title,
    summary: page.total > 0 ? `${words.heading}: ${counted(page.total, 'task')}${overdue}` : words.empty,
    nodes,
  };
}

/** A task on two lines, with what can be done with it. */
export function taskRow(
  task: TaskRow,
  { words, reader, now, buttons }: { words: RowWords; reader: Reader; now: Date; buttons: readonly Button[] },
): ListRow {
  return { title: taskLine(task), detail: detailOf(task, { words, reader, now }), buttons };
}

function detailOf(
  task: TaskRow,
  { words, reader, now }: { words: RowWords; reader: Reader; now: Date },
): RichText {
  const due = dueSpan(task, { reader, now });
  const note = task.category === 'blocked' && task.statusNote ? `: ${shorten(task.statusNote, 80)}` : '';
  return facts([
    text`${statusWords({ name: task.status, category: task.category })}${note}`,
    due && !isClosed(task)
      ? isOverdue(task, now)
        ? text`overdue since ${due}`
        : text`due ${due}`
      : undefined,
    task.priority === 'normal' ? undefined : text`${priorityWords(task.priority)}`,
    words.showAssignees
      ? text`${task.assignees.length > 0 ? names(task.assignees, 2) : 'nobody’s yet'}`
      : undefined,
    words.showProject && task.projectKey ? text`${task.projectKey}` : undefined,
  ]);
}

const isClosed = ({ category }: TaskRow): boolean => category === 'done' || category === 'cancelled';

export const showButton = ({ number }: Pick<TaskRow, 'number'>): Button => ({
  label: 'Show',
  intent: { action: 'show', args: { task: String(number) } },
});

/** The one thing that is most likely next, and then `command`; everything else is on the card. */
export function nextStep(task: TaskRow, command: string): Button {
  const args = { task: String(task.number), after: command };
  const show = showButton(task);
  if (!task.workable) return show;
  switch (task.category) {
    case 'todo':
      return { label: 'Start', intent: { action: 'start', args } };
    case 'active':
      return { label: 'Done', tone: 'primary', intent: { action: 'done', args } };
    case 'blocked':
      return { label: 'Unblock', intent: { action: 'unblock', args } };
    case 'review':
    case 'done':
    case 'cancelled':
      return show;
    default:
      return task.category satisfies never;
  }
}

function footer(page: TaskPage, words: ListWords): Button[] {
  const goTo = (label: string, number: number): Button => ({
    label,
    intent: { action: words.action, args: { query: words.query, page: String(number) } },
  });
  const newTask: Button = { label: 'New task', intent: { action: 'add', args: {} } };
  return [
    ...(page.page > 1 ? [goTo('Previous', page.page - 1)] : []),
    ...(page.page < page.pages ? [goTo(`Next (${page.page} of ${page.pages})`, page.page + 1)] : []),
    { ...newTask, ...(page.total === 0 ? { tone: 'primary' as const } : {}) },
    { label: 'Help', intent: { action: 'help', args: {} } },
  ];
}
