import { withCommands } from '../core/error-reply.ts';
import { type Messages, messagesFor } from '../core/messages.ts';
import {
  type Button,
  bold,
  type ListRow,
  plain,
  type Reply,
  say,
  text,
  toPlain,
  type View,
  type ViewNode,
} from '../core/view.ts';
import type { DigestContent, DigestSection } from '../services/digest-content.ts';
import type { TaskRow } from '../services/list-tasks.ts';
import { taskRow } from './task-list.ts';
import { facts, type Reader } from './words.ts';

type Words = Messages['digest'];

/** Somebody's day, most pressing first, each task with what can be done about it; undefined when there is nothing in it. */
export function digestView({ sections, recipient }: DigestContent, now: Date): View | undefined {
  if (sections.length === 0) return undefined;
  const words = messagesFor(recipient.locale).digest;
  const counts = sections.map(({ section, total }) => words.summary[section](total));
  const title = words.title(dayOf(now, recipient));
  const nodes = sections.flatMap(({ section, total, tasks }): ViewNode[] => {
    const rows = tasks.map((task) => digestRow(task, { section, reader: recipient, now, words }));
    return sectionNodes({ heading: words.sections[section], total, rows, words });
  });
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
  const snooze: Button = {
    label: words.snooze,
    intent: { action: 'snooze', args: { task: String(task.number) } },
  };
  if (task.category === 'blocked') return [button(words.unblock, 'unblock'), snooze];
  return task.category === 'todo' ? [button(words.start, 'start'), done, snooze] : [done, snooze];
}

/** Asked for by hand, it says also that there is nothing. */
export function digestAsked(
  content: DigestContent | undefined,
  { messages, now, isTurned }: { messages: Messages; now: Date; isTurned: boolean },
): Reply {
  const view = content && digestView(content, now);
  if (!view) return say(plain(messages.digest.nothingNow), { to: 'user' });
  return { kind: 'view', to: 'user', view, ...(isTurned ? { replaceOriginal: true } : {}) };
}

/** A sentence of the catalogue for everyone in the channel. */
export function channelSentence(sentence: string, root: string): Reply {
  const words = withCommands(sentence, root);
  return {
    kind: 'view',
    to: 'channel',
    view: { summary: toPlain(words), nodes: [{ type: 'text', text: words }] },
  };
}
