import { isolate } from '../core/isolate.ts';
import { messagesFor } from '../core/messages.ts';
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
  counted,
  dueSpan,
  facts,
  isOverdue,
  names,
  priorityWords,
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
const forWatchers: ReadonlySet<string> = new Set(['comment', 'claim']);
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
  const { category } = task.status;
  const overdue = isOverdue({ ...task, category }, now);
  const nodes: ViewNode[] = [
    { type: 'text', text: join([taskName(task), statusFacts(task, { reader, now, overdue })], '\n') },
  ];
  if (task.statusNote)
    nodes.push({
      type: 'text',
      text: text`“${shorten(task.statusNote, DESCRIPTION_SHOWN)}” ${task.statusChangedBy.name}`,
      muted: true,
    });
  if (task.description)
    nodes.push({ type: 'text', text: withLinks(shorten(task.description, DESCRIPTION_SHOWN)) });
  if (subtasks.length > 0) nodes.push(subtaskNode(subtasks, task.subtasks.total));
  nodes.push({ type: 'text', text: origin(task, { reader, now }), muted: true });
  for (const comment of comments) nodes.push(commentNode(comment, { reader, now }));
  nodes.push({ type: 'actions', buttons: cardButtons(task, may) });
  return {
    summary: `#${task.number} ${isolate(shorten(task.title, 120))}: ${task.status.name}${overdue ? ', overdue' : ''}`,
    tone: overdue && category !== 'blocked' ? 'warning' : tones[category],
    nodes,
  };
}

function statusFacts(
  task: TaskRecord,
  { reader, now, overdue }: { reader: Reader; now: Date; overdue: boolean },
): RichText {
  const due = dueSpan(task, { reader, now });
  return facts([
    text`${statusWords(task.status)}`,
    whose(task),
    due && !isClosed(task) ? (overdue ? text`overdue since ${due}` : text`due ${due}`) : undefined,
    task.priority === 'normal' ? undefined : text`${priorityWords(task.priority)} priority`,
    progress(task),
  ]);
}

export const progress = ({
  subtasks: { total, open },
}: Pick<TaskRecord, 'subtasks'>): RichText | undefined =>
  total > 0 ? text`${total - open} of ${total} subtasks done` : undefined;

export function whose(task: Pick<TaskRecord, 'assignees' | 'assigneeMode'>): RichText {
  const on = task.assignees.filter(({ state }) => state !== 'declined');
  if (on.length === 0) return text`nobody’s yet`;
  const people = names(on.map(({ name }) => name));
  if (task.assigneeMode === 'anyone' || on.length === 1) return text`${people}`;
  return text`${people} (${on.filter(({ state }) => state === 'done').length} of ${on.length} done)`;
}

/** The parts, one line each; how many more there are. */
function subtaskNode(subtasks: readonly Subtask[], total: number): ViewNode {
  const lines = subtasks.map(({ number, title, status, assignees }) =>
    facts([
      text`${taskLine({ number, title, category: status.category })}`,
      text`${statusWords(status)}`,
      assignees.length > 0 ? text`${names(assignees)}` : undefined,
    ]),
  );
  const more = total - subtasks.length;
  return { type: 'text', text: join(more > 0 ? [...lines, text`… and ${more} more`] : lines, '\n') };
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
  const changed: Span = whenSpan(task.statusChangedAt, { reader, now });
  return facts([
    task.project ? text`${task.project.key}` : undefined,
    task.parentNumber ? text`part of #${task.parentNumber}` : undefined,
    task.series?.nextAt && !isClosed(task)
      ? text`${messagesFor(reader.locale).repeats.card(ruleWords(task.series.rule, reader))}`
      : undefined,
    text`from ${task.createdBy.name}`,
    isClosed(task)
      ? text`${task.status.name.toLowerCase()} by ${task.statusChangedBy.name} ${changed}`
      : undefined,
    task.commentCount > 0 ? text`${counted(task.commentCount, 'comment')}` : undefined,
  ]);
}

const isClosed = ({ status }: Pick<TaskRecord, 'status'>): boolean =>
  status.category === 'done' || status.category === 'cancelled';

/** Whether somebody with these rights has other buttons than the card that all share. */
export const buttonsDiffer = (task: Pressable, may: Rights): boolean =>
  JSON.stringify(cardButtons(task, may)) !== JSON.stringify(cardButtons(task));

type Pressable = Pick<TaskRecord, 'number' | 'status' | 'assignees'> & {
  project: { needsApproval: boolean } | null;
};

/** What comes next in this state for whoever may do that; spent buttons are gone. Everything else is one word away. */
export function cardButtons(task: Pressable, may: Rights = everything): Button[] {
  return stateButtons(task, may).filter(({ intent: { action } }) => {
    if (forWatchers.has(action)) return true;
    return forApprovers.has(action) ? may.approve : may.work;
  });
}

function stateButtons(task: Pressable, may: Rights): Button[] {
  const button = (label: string, action: string, more: Partial<Button> = {}): Button => ({
    label,
    intent: { action, args: { task: String(task.number), after: `show ${task.number}` } },
    ...more,
  });
  const comment = button('Comment', 'comment');
  const claim = task.assignees.some(({ state }) => state !== 'declined') ? [] : [button('Claim', 'claim')];
  switch (task.status.category) {
    case 'todo':
      return [
        button('Start', 'start'),
        button('Done', 'done', { tone: 'primary' }),
        ...claim,
        button('Block', 'block'),
        comment,
      ];
    case 'active':
      return [button('Done', 'done', { tone: 'primary' }), button('Block', 'block'), comment];
    case 'blocked':
      return [button('Unblock', 'unblock', { tone: 'primary' }), comment];
    case 'review':
      // Where nobody has to approve, whoever works on it closes it.
      if (!may.approve && !task.project?.needsApproval)
        return [button('Done', 'done', { tone: 'primary' }), comment];
      return [button('Approve', 'approve', { tone: 'primary' }), button('Return', 'return'), comment];
    case 'done':
    case 'cancelled':
      return [button('Reopen', 'reopen'), comment];
    default:
      return task.status.category satisfies never;
  }
}
