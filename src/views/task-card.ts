import { isolate } from '../core/isolate.ts';
import { messagesFor } from '../core/messages.ts';
import { statusName } from '../core/status-name.ts';
import {
  type Button,
  bold,
  join,
  type RichText,
  type Span,
  type Tone,
  text,
  type View,
  type ViewNode,
} from '../core/view.ts';
import type { CommentLine } from '../services/comment-task.ts';
import type { Rights } from '../services/rights.ts';
import type { Subtask } from '../services/subtasks.ts';
import type { TaskRecord } from '../services/task-record.ts';
import { ruleWords } from './rule-words.ts';
import {
  type Category,
  dueSpan,
  facts,
  isOverdue,
  names,
  type Reader,
  shorten,
  statusWords,
  taskLine,
  taskName,
  whenSpan,
  withLinks,
} from './words.ts';

/** On a card that many read */
const everything: Rights = { work: true, approve: true };
/** What everyone who sees a task may do with it */
const forWatchers: ReadonlySet<string> = new Set(['comment', 'claim', 'more']);
const forApprovers: ReadonlySet<string> = new Set(['approve', 'return']);

const DESCRIPTION_SHOWN = 600;
const COMMENT_SHOWN = 300;

const tones: Record<Category, Tone> = {
  todo: 'neutral',
  active: 'neutral',
  blocked: 'warning',
  review: 'attention',
  done: 'good',
  cancelled: 'neutral',
};

/** A task as it stands now: what it is, whose, until when, and what can be done with it next. */
export function taskCard(
  task: TaskRecord,
  {
    reader,
    now,
    comments = [],
    subtasks = [],
    may = everything,
  }: {
    reader: Reader;
    now: Date;
    comments?: readonly CommentLine[];
    subtasks?: readonly Subtask[];
    /** What the reader may do: without the buttons that would be refused */
    may?: Rights;
  },
): View {
  const messages = messagesFor(reader.locale);
  const { card, words } = messages;
  const { category } = task.status;
  const overdue = isOverdue({ ...task, category }, now);
  const nodes: ViewNode[] = [
    { type: 'text', text: join([taskName(task), statusFacts(task, { reader, now, overdue })], '\n') },
  ];
  if (task.statusNote)
    nodes.push({
      type: 'text',
      text: text`${words.quoted(shorten(task.statusNote, DESCRIPTION_SHOWN))} ${task.statusChangedBy.name}`,
      muted: true,
    });
  if (task.description)
    nodes.push({ type: 'text', text: withLinks(shorten(task.description, DESCRIPTION_SHOWN)) });
  if (subtasks.length > 0) nodes.push(subtaskNode(subtasks, { total: task.subtasks.total, reader }));
  nodes.push({ type: 'text', text: origin(task, { reader, now }), muted: true });
  for (const comment of comments) nodes.push(commentNode(comment, { reader, now }));
  nodes.push({ type: 'actions', buttons: cardButtons(task, { reader, may }) });
  const title = `#${task.number} ${isolate(shorten(task.title, 120))}`;
  const status = statusName(task.status, messages);
  return {
    summary: overdue ? card.summaryOverdue(title, status) : card.summary(title, status),
    tone: overdue && category !== 'blocked' ? 'warning' : tones[category],
    nodes,
  };
}

function statusFacts(
  task: TaskRecord,
  { reader, now, overdue }: { reader: Reader; now: Date; overdue: boolean },
): RichText {
  const messages = messagesFor(reader.locale);
  const { card, words } = messages;
  const due = dueSpan(task, { reader, now });
  return facts([
    statusWords(task.status, messages),
    whose(task, reader),
    due && !isClosed(task) ? (overdue ? card.overdueSince(due) : card.due(due)) : undefined,
    task.priority === 'normal' ? undefined : card.priority(words.priorities[task.priority]),
    progress(task, reader),
  ]);
}

export const progress = (
  { subtasks: { total, open } }: Pick<TaskRecord, 'subtasks'>,
  { locale }: Pick<Reader, 'locale'>,
): string | undefined => (total > 0 ? messagesFor(locale).card.subtasksDone(total - open, total) : undefined);

export function whose(
  task: Pick<TaskRecord, 'assignees' | 'assigneeMode'>,
  { locale }: Pick<Reader, 'locale'>,
): string {
  const messages = messagesFor(locale);
  const on = task.assignees.filter(({ state }) => state !== 'declined');
  if (on.length === 0) return messages.words.nobodys;
  const people = names(
    on.map(({ name }) => name),
    messages,
  );
  if (task.assigneeMode === 'anyone' || on.length === 1) return people;
  const done = on.filter(({ state }) => state === 'done').length;
  return messages.card.partsDone({ people, done, total: on.length });
}

/** The parts, one line each; how many more there are. */
function subtaskNode(
  subtasks: readonly Subtask[],
  { total, reader }: { total: number; reader: Reader },
): ViewNode {
  const messages = messagesFor(reader.locale);
  const lines = subtasks.map(({ number, title, status, assignees }) =>
    facts([
      text`${taskLine({ number, title, category: status.category })}`,
      text`${statusWords(status, messages)}`,
      assignees.length > 0 ? names(assignees, messages) : undefined,
    ]),
  );
  const more = total - subtasks.length;
  return { type: 'text', text: join(more > 0 ? [...lines, messages.words.more(more)] : lines, '\n') };
}

function commentNode(
  { author, body, at }: CommentLine,
  { reader, now }: { reader: Reader; now: Date },
): ViewNode {
  return {
    type: 'text',
    text: text`${bold(author)} ${whenSpan(at, { reader, now })}\n${withLinks(shorten(body, COMMENT_SHOWN))}`,
  };
}

/** Where it comes from, small print. */
function origin(task: TaskRecord, { reader, now }: { reader: Reader; now: Date }): RichText {
  const messages = messagesFor(reader.locale);
  const { card, repeats, words } = messages;
  const when: Span = whenSpan(task.statusChangedAt, { reader, now });
  return facts([
    task.project?.key,
    task.parentNumber ? card.partOf(task.parentNumber) : undefined,
    task.series?.nextAt && !isClosed(task) ? repeats.card(ruleWords(task.series.rule, reader)) : undefined,
    card.from(task.createdBy.name),
    isClosed(task)
      ? card.closedBy({ status: statusName(task.status, messages), who: task.statusChangedBy.name, when })
      : undefined,
    task.commentCount > 0 ? words.comments(task.commentCount) : undefined,
  ]);
}

const isClosed = ({ status }: Pick<TaskRecord, 'status'>): boolean =>
  status.category === 'done' || status.category === 'cancelled';

/** Whether somebody with these rights has other buttons than the card that all share. */
export const buttonsDiffer = (task: Pressable, may: Rights): boolean =>
  actionsOf(task, may) !== actionsOf(task, everything);

const actionsOf = (task: Pressable, may: Rights): string =>
  cardButtons(task, { reader: { locale: 'en' }, may })
    .map(({ intent }) => intent.action)
    .join();

type Pressable = Pick<TaskRecord, 'number' | 'status' | 'assignees'> & {
  project: { needsApproval: boolean } | null;
};

interface Presser {
  reader: Pick<Reader, 'locale'>;
  may?: Rights;
}

/** What comes next in this state for whoever may do that; spent buttons are gone. Everything else is one word away. */
export function cardButtons(task: Pressable, { reader, may = everything }: Presser): Button[] {
  return stateButtons(task, { reader, may }).filter(({ intent: { action } }) => {
    if (forWatchers.has(action)) return true;
    return forApprovers.has(action) ? may.approve : may.work;
  });
}

function stateButtons(task: Pressable, { reader, may }: Required<Presser>): Button[] {
  const { buttons } = messagesFor(reader.locale);
  const button = (label: string, action: string, more: Partial<Button> = {}): Button => ({
    label,
    intent: { action, args: { task: String(task.number), after: `show ${task.number}` } },
    ...more,
  });
  const last = [
    button(buttons.comment, 'comment'),
    { label: buttons.more, intent: { action: 'more', args: { task: String(task.number) } } },
  ];
  const isTaken = task.assignees.some(({ state }) => state !== 'declined');
  switch (task.status.category) {
    case 'todo':
      return [
        button(buttons.start, 'start'),
        button(buttons.done, 'done', { tone: 'primary' }),
        isTaken ? button(buttons.block, 'block') : button(buttons.claim, 'claim'),
        ...last,
      ];
    case 'active':
      return [button(buttons.done, 'done', { tone: 'primary' }), button(buttons.block, 'block'), ...last];
    case 'blocked':
      return [button(buttons.unblock, 'unblock', { tone: 'primary' }), ...last];
    case 'review':
      // Where nobody has to approve, whoever works on it closes it.
      if (!may.approve && !task.project?.needsApproval)
        return [button(buttons.done, 'done', { tone: 'primary' }), ...last];
      return [
        button(buttons.approve, 'approve', { tone: 'primary' }),
        button(buttons.return, 'return'),
        ...last,
      ];
    case 'done':
    case 'cancelled':
      return [button(buttons.reopen, 'reopen'), ...last];
    default:
      return task.status.category satisfies never;
  }
}
