import { withCommands } from '../core/error-reply.ts';
import { type Messages, messagesFor } from '../core/messages.ts';
import {
  type Button,
  bold,
  type ListRow,
  plain,
  type Reply,
  type RichText,
  text,
  toPlain,
  type View,
  type ViewNode,
} from '../core/view.ts';
import type { DigestContent, DigestSection } from '../services/digest-content.ts';
import type { TaskRow } from '../services/list-tasks.ts';
import { oneLine } from './bundle.ts';
import { newsOf, notificationView } from './notification.ts';
import { taskRow } from './task-list.ts';
import { facts, type Reader } from './words.ts';

type Words = Messages['digest'];

/** Of one task */
const MOST_LINES = 2;
/** News that is about no task */
const MOST_OTHERS = 3;
/** Tasks in all: a morning's message is read on a phone. The headings say how many there are. */
const MOST_TASKS = 12;

/** Somebody's day, most pressing first, each task with what can be done about it; undefined when there is nothing in it. */
export function digestView({ sections, recipient, news }: DigestContent, now: Date): View | undefined {
  const others = news.filter(({ task }) => !task).flatMap((content) => notificationView(content, now) ?? []);
  const shown = withoutStale(sections, (task) => linesOn(task, news, now).length > 0);
  if (shown.length + others.length === 0) return undefined;
  const words = messagesFor(recipient.locale).digest;
  const counts = [
    ...shown.map(({ section, total }) => words.summary[section](total)),
    ...others.slice(0, MOST_OTHERS).map(({ summary }) => summary),
  ];
  const title = words.title(dayOf(now, recipient));
  const nodes = inBrief(shown).flatMap(({ section, total, tasks }): ViewNode[] => {
    const rows = tasks.map((task) =>
      withNews(digestRow(task, { section, reader: recipient, now, words }), linesOn(task, news, now)),
    );
    return sectionNodes({ heading: words.sections[section], total, rows, words });
  });
  if (others.length > 0) {
    const rows = others.slice(0, MOST_OTHERS).map(otherRow);
    nodes.push(...sectionNodes({ heading: words.also, total: others.length, rows, words }));
  }
  const footer: Button[] = [
    { label: words.myTasks, intent: { action: 'list', args: {} } },
    { label: words.change, intent: { action: 'settings', args: {} } },
  ];
  return {
    title,
    summary: counts.join(', '),
    nodes: [{ type: 'text', text: facts(counts) }, ...nodes, { type: 'actions', buttons: footer }],
  };
}

/** What stands there for its news alone goes with them. */
function withoutStale(
  sections: DigestContent['sections'],
  hasNews: (task: TaskRow) => boolean,
): DigestContent['sections'] {
  return sections.flatMap(({ section, total, tasks }) => {
    const left = section === 'told' ? tasks.filter(hasNews) : tasks;
    return left.length > 0 ? [{ section, total: total - (tasks.length - left.length), tasks: left }] : [];
  });
}

/** One of each section at least; the room that is left goes to the most pressing. */
function inBrief(sections: DigestContent['sections']): DigestContent['sections'] {
  let room = MOST_TASKS - sections.length;
  return sections.map((section) => {
    const tasks = section.tasks.slice(0, 1 + room);
    room -= tasks.length - 1;
    return { ...section, tasks };
  });
}

/** What was kept for the digest of this task, so that it says not only that something has happened. */
function linesOn({ number }: TaskRow, news: DigestContent['news'], now: Date): RichText[] {
  const own = news.filter(({ task }) => task?.number === number);
  return own
    .flatMap((content) => newsOf(content, now) ?? [])
    .slice(-MOST_LINES)
    .map((one) => oneLine(one.news));
}

const withNews = (row: ListRow, lines: readonly RichText[]): ListRow =>
  lines.length > 0 ? { ...row, detail: facts([...lines, row.detail]) } : row;

/** News that is about no task, with what can be done about it. */
function otherRow({ nodes, summary }: View): ListRow {
  const said = nodes.find((node) => node.type === 'text');
  const buttons = nodes.flatMap((node) => (node.type === 'actions' ? node.buttons : []));
  return { title: said?.text ?? plain(summary), buttons };
}

/** "Tuesday 24 November" */
export const dayOf = (now: Date, { timeZone, locale }: Reader): string =>
  new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long', day: 'numeric', month: 'long' }).format(now);

export function sectionNodes({
  heading,
  total,
  rows,
  words,
}: {
  heading: string;
  total: number;
  rows: readonly ListRow[];
  words: Pick<Words, 'more'>;
}): ViewNode[] {
  const more = total - rows.length;
  return [
    { type: 'divider' },
    { type: 'text', text: text`${bold(`${heading} (${total})`)}` },
    { type: 'list', rows, empty: plain('') },
    ...(more > 0 ? [{ type: 'text' as const, text: plain(words.more(more)), muted: true }] : []),
  ];
}

function digestRow(
  task: TaskRow,
  { section, reader, now, words }: { section: DigestSection; reader: Reader; now: Date; words: Words },
): ListRow {
  const isOwn = section === 'overdue' || section === 'today' || section === 'fresh';
  return taskRow(task, {
    words: { showAssignees: !isOwn, showProject: true },
    reader,
    now,
    buttons: buttonsOf(task, section, words),
  });
}

/** What it is read for; the digest is shown again afterwards, without what was dealt with. */
function buttonsOf(task: TaskRow, section: DigestSection, words: Words): Button[] {
  const args = { task: String(task.number), after: 'digest now' };
  const button = (label: string, action: string, more: Partial<Button> = {}): Button => ({
    label,
    intent: { action, args },
    ...more,
  });
  const show: Button = { label: words.show, intent: { action: 'show', args: { task: String(task.number) } } };
  switch (section) {
    case 'overdue':
    case 'today':
    case 'fresh':
      return ownButtons(task, { words, button });
    case 'waiting':
      return [button(words.approve, 'approve', { tone: 'primary' }), show];
    case 'late':
      return task.assignees.length > 0 ? [button(words.nudge, 'nudge'), show] : [show];
    case 'blocked':
    case 'moved':
    case 'told':
      return [show];
    default:
      return section satisfies never;
  }
}

function ownButtons(
  task: TaskRow,
  {
    words,
    button,
  }: { words: Words; button: (label: string, action: string, more?: Partial<Button>) => Button },
): Button[] {
  const done = button(words.done, 'done', { tone: 'primary' });
  const snooze = button(words.snooze, 'snooze');
  if (task.category === 'blocked') return [button(words.unblock, 'unblock'), snooze];
  return task.category === 'todo' ? [button(words.start, 'start'), done, snooze] : [done, snooze];
}

/** Asked for by hand, it says also that there is nothing. */
export function digestAsked(
  content: DigestContent | undefined,
  { messages, now, isTurned }: { messages: Messages; now: Date; isTurned: boolean },
): Reply {
  const view = content && digestView(content, now);
  const shown = view ?? nothingIn(messages.digest);
  return { kind: 'view', to: 'user', view: shown, ...(isTurned ? { replaceOriginal: true } : {}) };
}

const nothingIn = ({ nothingNow, myTasks }: Words): View => ({
  summary: nothingNow,
  nodes: [
    { type: 'list', rows: [], empty: plain(nothingNow) },
    { type: 'actions', buttons: [{ label: myTasks, intent: { action: 'list', args: {} } }] },
  ],
});

/** A sentence of the catalogue for everyone in the channel. */
export function channelSentence(sentence: string, root: string): Reply {
  const words = withCommands(sentence, root);
  return {
    kind: 'view',
    to: 'channel',
    view: { summary: toPlain(words), nodes: [{ type: 'text', text: words }] },
  };
}
