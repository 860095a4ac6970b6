import { overduePace } from '../core/due-steps.ts';
import { type Messages, messagesFor } from '../core/messages.ts';
import { type Button, bold, type RichText, text } from '../core/view.ts';
import type { NotificationContent, ToldTask } from '../services/outbox-content.ts';
import { cardButtons } from './task-card.ts';

/** What is said of a task above its state; undefined when it is not true any more. */
interface Said {
  news: RichText;
  summary: string;
  /** Until the task changes */
  firstButtons: Button[];
}

export function dueSoon(task: ToldTask, content: NotificationContent, now: Date): Said | undefined {
  if (!isStillTold(task, content, now)) return undefined;
  const { reminders } = messagesFor(content.recipient.locale);
  return said(task, content, { news: reminders.soon, summary: reminders.summaries.soon });
}

export function dueNow(task: ToldTask, content: NotificationContent, now: Date): Said | undefined {
  if (!isStillTold(task, content, now)) return undefined;
  const { reminders } = messagesFor(content.recipient.locale);
  const { summaries } = reminders;
  if (task.dueHasTime) return said(task, content, { news: reminders.now, summary: summaries.now });
  return said(task, content, { news: reminders.today, summary: summaries.today });
}

export function overdue(task: ToldTask, content: NotificationContent, now: Date): Said | undefined {
  if (!isStillTold(task, content, now)) return undefined;
  const { reminders } = messagesFor(content.recipient.locale);
  const told = said(task, content, { news: reminders.overdue, summary: reminders.summaries.overdue });
  const { step, manager } = content.data;
  if (step !== 'last') return told;
  return { ...told, news: manager ? reminders.lastTo(manager) : reminders.last() };
}

/** To the manager, in the end. */
export function escalated(task: ToldTask, content: NotificationContent, now: Date): Said | undefined {
  if (!isAbout(task, content, now)) return undefined;
  const { reminders, words } = messagesFor(content.recipient.locale);
  const people = atIt(task).map(({ name }) => name);
  const label = people.length > 0 ? reminders.buttons.reassign : reminders.buttons.assign;
  return {
    news:
      people.length > 0
        ? reminders.escalated(words.and(people), overduePace[task.priority].times)
        : reminders.escalatedNobodys(),
    summary: reminders.summaries.overdue(nameOf(task)),
    firstButtons: [
      { ...button(task, label, 'assign'), tone: 'primary' },
      button(task, reminders.buttons.show, 'show'),
      snooze(task, reminders.buttons.tomorrow, 'tomorrow 9am'),
      snooze(task, reminders.buttons.until),
    ],
  };
}

/** What somebody asked for themselves, or had put off. */
export function reminder(task: ToldTask, content: NotificationContent): Said | undefined {
  const { data } = content;
  if (isClosed(task) && data.closed !== 'yes') return undefined;
  const { reminders } = messagesFor(content.recipient.locale);
  return said(task, content, {
    news: data.snoozed ? reminders.putOff : reminders.asked,
    summary: reminders.summaries.reminder,
  });
}

/** The next step and the four ways to put it off: the most buttons that a message has. */
export function snoozeButtons(task: Pick<ToldTask, 'number'>, { reminders }: Messages): Button[] {
  const { buttons } = reminders;
  return [
    snooze(task, buttons.hour, 'in 1 hour'),
    snooze(task, buttons.hours, 'in 3 hours'),
    snooze(task, buttons.tomorrow, 'tomorrow 9am'),
    snooze(task, buttons.until),
  ];
}

function said(
  task: ToldTask,
  { recipient, data, may }: NotificationContent,
  words: { news: string; summary: (task: string) => string },
): Said {
  const messages = messagesFor(recipient.locale);
  const { reminders } = messages;
  const nobodys = data.nobodys === 'yes';
  const next = cardButtons(task, { reader: recipient, may });
  const likeliest = next.find(({ intent }) => intent.action === 'done') ?? next[0];
  const first = nobodys
    ? { ...button(task, reminders.buttons.assign, 'assign'), tone: 'primary' as const }
    : likeliest;
  return {
    news: nobodys ? text`${bold(words.news)}, ${reminders.nobodys}` : text`${bold(words.news)}`,
    summary: words.summary(nameOf(task)),
    firstButtons: [...(first ? [first] : []), ...snoozeButtons(task, messages)],
  };
}

/** The same date, still open, not put off, and no later step has come. */
function isAbout(task: ToldTask, { data, snoozedUntil }: NotificationContent, now: Date): boolean {
  if (isClosed(task) || task.status.category === 'review') return false;
  if (task.dueAt?.toISOString() !== data.due) return false;
  if (snoozedUntil && snoozedUntil > now) return false;
  return !data.until || now < new Date(data.until);
}

/** And theirs: those who have it, or who made what nobody has. */
function isStillTold(task: ToldTask, content: NotificationContent, now: Date): boolean {
  if (!isAbout(task, content, now)) return false;
  const people = atIt(task);
  if (content.data.nobodys === 'yes') return people.length === 0;
  return people.some(({ id }) => id === content.recipient.id);
}

const atIt = (task: ToldTask): ToldTask['assignees'] =>
  task.assignees.filter(({ state }) => state === 'assigned' || state === 'accepted');

const isClosed = ({ status }: ToldTask): boolean =>
  status.category === 'done' || status.category === 'cancelled';

const nameOf = (task: ToldTask): string => `#${task.number} ${task.title}`;

const button = (task: Pick<ToldTask, 'number'>, label: string, action: string): Button => ({
  label,
  intent: { action, args: { task: String(task.number) } },
});

/** Without a time it opens the form. */
const snooze = (task: Pick<ToldTask, 'number'>, label: string, when?: string): Button => ({
  label,
  intent: { action: 'snooze', args: { task: String(task.number), ...(when ? { when } : {}) } },
});
