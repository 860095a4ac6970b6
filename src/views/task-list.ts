import { messagesFor } from '../core/messages.ts';
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
import { dueSpan, facts, isOverdue, names, type Reader, statusWords, taskLine } from './words.ts';

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
  const { lists } = messagesFor(reader.locale);
  // Where all of them are overdue, the heading says so.
  const overdue = page.overdue < page.total ? page.overdue : 0;
  const title = page.total > 0 ? lists.counted(words.heading, { total: page.total, overdue }) : words.heading;
  const command = `${words.action} ${words.query}${page.page > 1 ? ` page ${page.page}` : ''}`;
  const rows = page.rows.map((task) =>
    taskRow(task, { words, reader, now, buttons: [nextStep(task, { command, reader, now })] }),
  );
  const nodes: ViewNode[] = [
    { type: 'list', rows, empty: plain(words.empty) },
    { type: 'actions', buttons: footer(page, { words, reader }) },
  ];
  return {
    title,
    summary: page.total > 0 ? lists.summary(words.heading, { total: page.total, overdue }) : words.empty,
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
  const messages = messagesFor(reader.locale);
  const { card } = messages;
  const due = dueSpan(task, { reader, now });
  const note = task.category === 'blocked' && task.statusNote ? `: ${shorten(task.statusNote, 80)}` : '';
  return facts([
    text`${statusWords({ name: task.status, category: task.category }, messages)}${note}`,
    due && !isClosed(task) ? (isOverdue(task, now) ? card.overdueSince(due) : card.due(due)) : undefined,
    task.priority === 'normal' ? undefined : messages.words.priorities[task.priority],
    words.showAssignees
      ? task.assignees.length > 0
        ? names(task.assignees, messages, 2)
        : messages.words.nobodys
      : undefined,
    words.showProject && task.projectKey ? task.projectKey : undefined,
  ]);
}

const isClosed = ({ category }: TaskRow): boolean => category === 'done' || category === 'cancelled';

export const showButton = (
  { number }: Pick<TaskRow, 'number'>,
  { locale }: Pick<Reader, 'locale'>,
): Button => ({
  label: messagesFor(locale).buttons.show,
  intent: { action: 'show', args: { task: String(number) } },
});

/** The one thing that is most likely next, and then `command`; everything else is on the card. */
export function nextStep(
  task: TaskRow,
  { command, reader, now }: { command: string; reader: Pick<Reader, 'locale'>; now: Date },
): Button {
  const { buttons } = messagesFor(reader.locale);
  const args = { task: String(task.number), after: command };
  const show = showButton(task, reader);
  if (!task.workable) return show;
  if (task.own === false) return stepOfOthers(task, { args, reader, now });
  switch (task.category) {
    case 'todo':
      return { label: buttons.start, intent: { action: 'start', args } };
    case 'active':
      return { label: buttons.done, tone: 'primary', intent: { action: 'done', args } };
    case 'blocked':
      return { label: buttons.unblock, intent: { action: 'unblock', args } };
    case 'review':
    case 'done':
    case 'cancelled':
      return show;
    default:
      return task.category satisfies never;
  }
}

/** Who only manages it gives what nobody has to somebody, and asks about what is late: doing it is for others. */
function stepOfOthers(
  task: TaskRow,
  { args, reader, now }: { args: Record<string, string>; reader: Pick<Reader, 'locale'>; now: Date },
): Button {
  const { buttons } = messagesFor(reader.locale);
  const isTodo = task.category === 'todo' || task.category === 'active';
  if (task.category === 'blocked') return { label: buttons.unblock, intent: { action: 'unblock', args } };
  if (isTodo && task.assignees.length === 0)
    return { label: buttons.assign, intent: { action: 'assign', args: { task: String(task.number) } } };
  if (isTodo && isOverdue(task, now)) return { label: buttons.nudge, intent: { action: 'nudge', args } };
  return showButton(task, reader);
}

function footer(page: TaskPage, { words, reader }: { words: ListWords; reader: Reader }): Button[] {
  const { buttons } = messagesFor(reader.locale);
  const goTo = (label: string, number: number): Button => ({
    label,
    intent: { action: words.action, args: { query: words.query, page: String(number) } },
  });
  const newTask: Button = { label: buttons.newTask, intent: { action: 'add', args: {} } };
  return [
    ...(page.page > 1 ? [goTo(buttons.previous, page.page - 1)] : []),
    ...(page.page < page.pages ? [goTo(buttons.next(page.page, page.pages), page.page + 1)] : []),
    { ...newTask, ...(page.total === 0 ? { tone: 'primary' as const } : {}) },
    { label: buttons.help, intent: { action: 'help', args: {} } },
  ];
}
