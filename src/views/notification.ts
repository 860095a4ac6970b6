import { isolate } from '../core/isolate.ts';
import { messagesFor } from '../core/messages.ts';
import type { NotificationKind } from '../core/notification.ts';
import { type Button, bold, code, type RichText, text, type View } from '../core/view.ts';
import type { NotificationContent, ToldTask } from '../services/outbox-content.ts';
import { copyButtons, isClosed, newsOnTask, shortSummary } from './card-copy.ts';
import { joinAsked, joined } from './join.ts';
import { dueNow, dueSoon, escalated, overdue, reminder } from './reminder.ts';
import { itIsTimeAgain } from './repeats.ts';
import { counted, shorten, taskName } from './words.ts';

/** A direct message; undefined when there is nothing left to say. */
export function notificationView(content: NotificationContent, now: Date): View | undefined {
  const tell = messages[content.kind as NotificationKind];
  return tell?.(content, now);
}

/** What a message tells of a task, apart from how the task stands. */
export interface News {
  news: RichText;
  summary: string;
  /** What they are there for does not change with the task; left out, the card's own */
  buttons?: Button[];
  /** Until the task changes: from then on the card's own */
  firstButtons?: Button[];
}

/** News about a task that can stand beside other news; undefined when it is no longer true, or about no task. */
export function newsOf(content: NotificationContent, now: Date): News | undefined {
  return messages[content.kind as NotificationKind]?.news?.(content, now);
}

type Tell = ((content: NotificationContent, now: Date) => View | undefined) & {
  news?: (content: NotificationContent, now: Date) => News | undefined;
};

/** Needs the task; without it there is no message. */
function aboutTask(
  say: (task: ToldTask, content: NotificationContent, who: string, now: Date) => News | undefined,
): Tell {
  const news = (content: NotificationContent, now: Date): News | undefined =>
    content.task ? say(content.task, content, isolate(content.actorName ?? 'Somebody'), now) : undefined;
  const tell: Tell = (content, now) => {
    const said = news(content, now);
    return said && content.task ? taskMessage(content.task, content, { ...said, now }) : undefined;
  };
  return Object.assign(tell, { news });
}

const messages: Record<NotificationKind, Tell> = {
  assigned: aboutTask((task, { recipient, data }, who) => {
    const own = task.assignees.find(({ id }) => id === recipient.id);
    if (!own || own.state === 'declined' || isClosed(task)) return undefined;
    const again = data.rule && itIsTimeAgain(task, { rule: data.rule, recipient });
    if (again) return again;
    const why = data.note ? text`: “${shorten(data.note, 300)}”` : text``;
    return {
      news: text`${bold(who)} gave you a task${why}`,
      summary: `${who} gave you #${task.number} ${task.title}`,
    };
  }),
  unassigned: aboutTask((task, { recipient, data }, who) => {
    if (task.assignees.some(({ id, state }) => id === recipient.id && state !== 'declined')) return undefined;
    const why = data.note ? text`: “${shorten(data.note, 300)}”` : text``;
    return {
      news: text`${bold(who)} took a task from you${why}`,
      summary: `#${task.number} is no longer yours`,
      buttons: [],
    };
  }),
  accepted: aboutTask((task, _content, who) => ({
    news: text`${bold(who)} has taken it on`,
    summary: `${who} has taken on #${task.number} ${task.title}`,
    buttons: [],
  })),
  declined: aboutTask((task, { data }, who) => ({
    news: text`${bold(who)} declined${data.note ? text`: “${shorten(data.note, 300)}”` : text``}`,
    summary: `${who} declined #${task.number} ${task.title}`,
    buttons: [
      {
        label: 'Reassign',
        tone: 'primary',
        intent: { action: 'assign', args: { task: String(task.number) } },
      },
      showButton(task),
    ],
  })),
  status_changed: aboutTask((task, { data }, who) => {
    const words = statusDeeds[data.to ?? ''];
    // The state has moved on since: its own message tells of that.
    if (!words || task.status.category !== data.to) return undefined;
    const note = data.note ? text`: “${shorten(data.note, 300)}”` : text``;
    return {
      news: text`${bold(who)} ${words}${note}`,
      summary: `${who} ${words} #${task.number} ${task.title}`,
    };
  }),
  blocked: aboutTask((task, { data }, who) => {
    if (task.status.category !== 'blocked') return undefined;
    return {
      news: text`${bold(who)} is blocked${data.note ? text`: “${shorten(data.note, 500)}”` : text``}`,
      summary: `Blocked: #${task.number} ${task.title}`,
    };
  }),
  approval_asked: aboutTask((task, { data }, who) => {
    if (task.status.category !== 'review') return undefined;
    return {
      news: text`${bold(who)} asks for your approval${quoted(data.note)}`,
      summary: `To approve: #${task.number} ${task.title}`,
    };
  }),
  approved: aboutTask((task, { data }, who) => {
    if (task.status.category !== 'done') return undefined;
    return {
      news: text`${bold(who)} approved${quoted(data.note)}`,
      summary: `${who} approved #${task.number} ${task.title}`,
      buttons: [showButton(task)],
    };
  }),
  returned: aboutTask((task, { data }, who) => {
    if (task.status.category !== 'active') return undefined;
    return {
      news: text`${bold(who)} returned it${quoted(data.note)}`,
      summary: `${who} returned #${task.number} ${task.title}`,
    };
  }),
  nudged: aboutTask((task, { recipient }, who) => {
    const own = task.assignees.find(({ id }) => id === recipient.id);
    if (!own || own.state === 'declined' || own.state === 'done' || isClosed(task)) return undefined;
    return {
      news: text`${bold(who)} asks how it stands`,
      summary: `${who} asks how #${task.number} ${task.title} stands`,
    };
  }),
  undone: aboutTask((task, _content, who) => ({
    news: text`${bold(who)} took the last change back`,
    summary: `${who} took the last change of #${task.number} back`,
    buttons: [showButton(task)],
  })),
  commented: aboutTask((task, { comment }, who) => {
    if (comment === null) return undefined;
    return {
      news: text`${bold(who)}: “${shorten(comment, 1_000)}”`,
      summary: `${who} on #${task.number}: ${shorten(comment, 100)}`,
      buttons: [
        { label: 'Reply', intent: { action: 'comment', args: { task: String(task.number) } } },
        showButton(task),
      ],
    };
  }),
  due_soon: aboutTask((task, content, _who, now) => dueSoon(task, content, now)),
  due: aboutTask((task, content, _who, now) => dueNow(task, content, now)),
  overdue: aboutTask((task, content, _who, now) => overdue(task, content, now)),
  escalated: aboutTask((task, content, _who, now) => escalated(task, content, now)),
  reminder: aboutTask(reminder),
  join_asked: ({ data }) => joinAsked(data),
  joined: ({ data }) => joined(data),
  role_changed: ({ actorName, data, recipient }) => ({
    summary: `You are ${roleOf(data, recipient)} now`,
    nodes: [
      {
        type: 'text',
        text: text`${bold(actorName ?? 'Somebody')} made you ${roleOf(data, recipient)}. ${bold('help')} shows what you can do.`,
      },
      { type: 'actions', buttons: [{ label: 'Help', intent: { action: 'help', args: {} } }] },
    ],
  }),
  handed_over: ({ actorName, data }) => ({
    summary: `You have got ${counted(Number(data.count ?? 1), 'task')} of ${data.from ?? 'somebody'}`,
    nodes: [
      {
        type: 'text',
        text: text`${bold(actorName ?? 'Somebody')} gave you ${counted(Number(data.count ?? 1), 'open task')} of ${data.from ?? 'somebody'}, who is off the team.`,
      },
      {
        type: 'actions',
        buttons: [{ label: 'My tasks', tone: 'primary', intent: { action: 'list', args: {} } }],
      },
    ],
  }),
  project_joined: ({ actorName, data }) => ({
    summary: `You are in ${data.key ?? 'a project'} now`,
    tone: 'good',
    nodes: [
      {
        type: 'text',
        text: text`${bold(actorName ?? 'Somebody')} took you into ${bold(data.key ?? 'a project')} ${data.name ?? ''}`,
      },
      {
        type: 'actions',
        buttons: [{ label: 'Tasks', intent: { action: 'list', args: { query: data.key ?? 'all' } } }],
      },
    ],
  }),
  // Drawn from more than their row: see outbox-renderers.ts
  summary: () => undefined,
  digest: () => undefined,
  channel_digest: () => undefined,
  weekly_report: () => undefined,
  card_not_posted: ({ task, data }) =>
    task
      ? {
          summary: `I could not post the card of #${task.number}`,
          tone: 'attention',
          nodes: [
            { type: 'text', text: notPostedWords(task, data) },
            { type: 'actions', buttons: [showButton(task)] },
          ],
        }
      : undefined,
};

/** "a manager" */
function roleOf({ role = 'worker' }: NotificationContent['data'], { locale }: { locale: string }): string {
  const { roles } = messagesFor(locale).crew;
  return role === 'admin' || role === 'manager' || role === 'worker' ? roles[role] : role;
}

function notPostedWords(task: ToldTask, data: NotificationContent['data']): RichText {
  const where = data.channelName ? `#${data.channelName.replace(/^#/, '')}` : 'the channel';
  if (data.reason?.startsWith('may have been posted'))
    return text`The card of ${taskName(task)} may be missing in ${where}: the answer to my message got lost. The task itself is saved.`;
  const failed = text`I could not post the card of ${taskName(task)} in ${where}; the task itself is saved.`;
  if (data.platform === 'slack')
    return text`${failed} If I am not there yet, invite me with ${code('/invite @Crewline')}.`;
  if (data.platform === 'teams')
    return text`${failed} If I am not there yet, add me under Manage team, Apps.`;
  return failed;
}

const quoted = (note: string | undefined): RichText => (note ? text`: “${shorten(note, 500)}”` : text``);

const statusDeeds: Record<string, string> = {
  todo: 'reopened',
  review: 'handed in for review',
  done: 'finished',
  cancelled: 'cancelled',
};

export function taskMessage(
  task: ToldTask,
  content: NotificationContent,
  { news, summary, buttons, firstButtons, now }: News & { now: Date },
): View {
  const { recipient, may } = content;
  const own = buttons ?? firstButtons ?? copyButtons(task, { readerId: recipient.id, may });
  const short = shortSummary(summary);
  return {
    summary: short,
    nodes: newsOnTask(task, { news, buttons: own, reader: recipient, now }),
    copy: { taskId: task.id, version: task.version, news, summary: short, ...(buttons ? { buttons } : {}) },
  };
}

export const showButton = (task: ToldTask): Button => ({
  label: 'Show',
  intent: { action: 'show', args: { task: String(task.number) } },
});
