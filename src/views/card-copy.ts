import { messagesFor } from '../core/messages.ts';
import { type Button, plain, type RichText, text, type View, type ViewNode } from '../core/view.ts';
import type { CopyNews } from '../services/card-copies.ts';
import type { ToldTask } from '../services/outbox-content.ts';
import type { Rights } from '../services/rights.ts';
import type { TaskRecord } from '../services/task-record.ts';
import { cardButtons, progress, whose } from './task-card.ts';
import { dueSpan, facts, isOverdue, type Reader, shorten, statusWords, taskName } from './words.ts';

/** What is due now is not called overdue in the same breath, in ms. */
const JUST_DUE_MS = 2 * 60_000;

/** Who reads a direct message: for them the task need not be said to be theirs. */
interface CopyDrawing {
  reader: Reader & { id: string };
  now: Date;
}

/** A direct message on a task: the news, and below it the task as it stands now. */
export function newsOnTask(
  task: ToldTask,
  { news, buttons, reader, now }: CopyDrawing & { news: RichText; buttons: readonly Button[] },
): ViewNode[] {
  const nodes: ViewNode[] = [
    { type: 'text', text: news },
    { type: 'text', text: text`${taskName(task)}\n${stateOf(task, { reader, now })}` },
  ];
  return buttons.length > 0 ? [...nodes, { type: 'actions', buttons }] : nodes;
}

/** The same message when the task has changed since. Without `may` its reader may not see it any more. */
export function cardCopy(
  task: TaskRecord,
  { news, may, ...drawing }: CopyDrawing & { news: CopyNews; may: Rights | undefined },
): View {
  const { reader } = drawing;
  if (!may) {
    const { cards } = messagesFor(reader.locale);
    const nodes: ViewNode[] = [
      { type: 'text', text: news.news },
      { type: 'text', text: plain(cards.noLongerSeen(task.number)), muted: true },
    ];
    return { summary: news.summary, nodes };
  }
  const buttons = news.buttons ?? copyButtons(task, { reader, may });
  return { summary: news.summary, nodes: newsOnTask(task, { ...drawing, news: news.news, buttons }) };
}

/** What comes next for this reader; whoever has not said yet whether they take it on can also decline. */
export function copyButtons(
  task: ToldTask,
  { reader, may }: { reader: Pick<CopyDrawing['reader'], 'id' | 'locale'>; may: Rights },
): readonly Button[] {
  const buttons = cardButtons(task, { reader, may });
  const own = task.assignees.find(({ id }) => id === reader.id);
  if (own?.state !== 'assigned' || task.status.category !== 'todo') return buttons;
  return [...buttons.slice(0, 2), declineButton(task, reader)];
}

/** How a task stands, on one line. */
export function stateOf(task: ToldTask, { reader, now }: CopyDrawing): RichText {
  const messages = messagesFor(reader.locale);
  const { card, words } = messages;
  const due = dueSpan(task, { reader, now });
  const late = isOverdue({ ...task, category: task.status.category }, new Date(now.getTime() - JUST_DUE_MS));
  return facts([
    statusWords(task.status, messages),
    isTheirsAlone(task, reader.id) || (isClosed(task) && isNobodys(task)) ? undefined : whose(task, reader),
    due && !isClosed(task) ? (late ? card.overdueSince(due) : card.due(due)) : undefined,
    task.priority === 'normal' || isClosed(task) ? undefined : card.priority(words.priorities[task.priority]),
    progress(task, reader),
    task.project?.key,
  ]);
}

function isTheirsAlone({ assignees }: ToldTask, readerId: string): boolean {
  const on = assignees.filter(({ state }) => state !== 'declined');
  return on.length === 1 && on[0]?.id === readerId;
}

const isNobodys = ({ assignees }: ToldTask): boolean => assignees.every(({ state }) => state === 'declined');

export const isClosed = ({ status }: ToldTask): boolean =>
  status.category === 'done' || status.category === 'cancelled';

export const shortSummary = (summary: string): string => shorten(summary, 150);

const declineButton = (task: ToldTask, { locale }: { locale: string }): Button => ({
  label: messagesFor(locale).buttons.decline,
  intent: { action: 'decline', args: { task: String(task.number) } },
});
