import { isolate } from '../core/isolate.ts';
import { type Messages, messagesFor } from '../core/messages.ts';
import type { NotificationKind } from '../core/notification.ts';
import { type Button, bold, code, type RichText, type Span, text, type View } from '../core/view.ts';
import type { NotificationContent, ToldTask } from '../services/outbox-content.ts';
import { copyButtons, isClosed, newsOnTask, shortSummary } from './card-copy.ts';
import { joinAsked, joined } from './join.ts';
import { dueNow, dueSoon, escalated, overdue, reminder } from './reminder.ts';
import { itIsTimeAgain } from './repeats.ts';
import { showButton } from './task-list.ts';
import { shorten, taskName } from './words.ts';

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

/** In the language of whoever gets the message. */
const textsFor = ({ recipient }: NotificationContent): Messages => messagesFor(recipient.locale);

/** Needs the task; without it there is no message. */
function aboutTask(
  say: (task: ToldTask, content: NotificationContent, who: string, now: Date) => News | undefined,
): Tell {
  const news = (content: NotificationContent, now: Date): News | undefined =>
    content.task
      ? say(content.task, content, isolate(content.actorName ?? textsFor(content).words.somebody), now)
      : undefined;
  const tell: Tell = (content, now) => {
    const said = news(content, now);
    return said && content.task ? taskMessage(content.task, content, { ...said, now }) : undefined;
  };
  return Object.assign(tell, { news });
}

const messages: Record<NotificationKind, Tell> = {
  assigned: aboutTask((task, content, who) => {
    const { recipient, data } = content;
    const { told } = textsFor(content);
    const own = task.assignees.find(({ id }) => id === recipient.id);
    if (!own || own.state === 'declined' || isClosed(task)) return undefined;
    const again = data.rule && itIsTimeAgain(task, { rule: data.rule, recipient });
    if (again) return again;
    return {
      news: text`${told.gaveYou(bold(who))}${because(content, data.note)}`,
      summary: told.gaveYouShort(who, titled(task)),
    };
  }),
  unassigned: aboutTask((task, content, who) => {
    const { recipient, data } = content;
    const { told, buttons } = textsFor(content);
    if (task.assignees.some(({ id, state }) => id === recipient.id && state !== 'declined')) return undefined;
    return {
      news: text`${told.tookFromYou(bold(who))}${because(content, data.note)}`,
      summary: told.noLongerYours(task.number),
      buttons: [{ label: buttons.myTasks, intent: { action: 'list', args: {} } }],
    };
  }),
  accepted: aboutTask((task, content, who) => {
    const { told } = textsFor(content);
    const isOnIt = task.assignees.some(
      ({ name, state }) => name === content.actorName && state !== 'declined',
    );
    if (!isOnIt || isClosed(task)) return undefined;
    return {
      news: told.takenOn(bold(who)),
      summary: told.takenOnShort(who, titled(task)),
      buttons: [showButton(task, content.recipient)],
    };
  }),
  declined: aboutTask((task, content, who) => {
    const { told, buttons } = textsFor(content);
    return {
      news: text`${told.declined(bold(who))}${because(content, content.data.note)}`,
      summary: told.declinedShort(who, titled(task)),
      buttons: [
        {
          label: buttons.reassign,
          tone: 'primary',
          intent: { action: 'assign', args: { task: String(task.number) } },
        },
        showButton(task, content.recipient),
      ],
    };
  }),
  status_changed: aboutTask((task, content, who) => {
    const { data } = content;
    const { told } = textsFor(content);
    const move = moveTo(told, data.to);
    // The state has moved on since: its own message tells of that.
    if (!move || task.status.category !== data.to) return undefined;
    return {
      news: text`${told.moved(bold(who), move)}${because(content, data.note)}`,
      summary: told.movedShort({ who, move, task: titled(task) }),
    };
  }),
  blocked: aboutTask((task, content, who) => {
    const { told } = textsFor(content);
    if (task.status.category !== 'blocked') return undefined;
    return {
      news: text`${told.blocked(bold(who))}${because(content, content.data.note)}`,
      summary: told.blockedShort(titled(task)),
    };
  }),
  approval_asked: aboutTask((task, content, who) => {
    const { told } = textsFor(content);
    if (task.status.category !== 'review') return undefined;
    return {
      news: text`${told.approvalAsked(bold(who))}${because(content, content.data.note)}`,
      summary: told.approvalAskedShort(titled(task)),
    };
  }),
  approved: aboutTask((task, content, who) => {
    const { told } = textsFor(content);
    if (task.status.category !== 'done') return undefined;
    return {
      news: text`${told.approved(bold(who))}${because(content, content.data.note)}`,
      summary: told.approvedShort(who, titled(task)),
      buttons: [showButton(task, content.recipient)],
    };
  }),
  returned: aboutTask((task, content, who) => {
    const { told } = textsFor(content);
    if (task.status.category !== 'active') return undefined;
    return {
      news: text`${told.returned(bold(who))}${because(content, content.data.note)}`,
      summary: told.returnedShort(who, titled(task)),
    };
  }),
  nudged: aboutTask((task, content, who) => {
    const { recipient } = content;
    const { told } = textsFor(content);
    const own = task.assignees.find(({ id }) => id === recipient.id);
    if (!own || own.state === 'declined' || own.state === 'done' || isClosed(task)) return undefined;
    return {
      news: told.asks(bold(who)),
      summary: told.asksShort(who, titled(task)),
    };
  }),
  undone: aboutTask((task, content, who) => {
    const { told } = textsFor(content);
    return {
      news: told.tookBack(bold(who)),
      summary: told.tookBackShort(who, task.number),
      buttons: [showButton(task, content.recipient)],
    };
  }),
  commented: aboutTask((task, content, who) => {
    const { said, saidShort } = textsFor(content).told;
    return commentNews(task, content, { who, news: said, summary: saidShort });
  }),
  mentioned: aboutTask((task, content, who) => {
    const { mentioned, mentionedShort } = textsFor(content).told;
    return commentNews(task, content, { who, news: mentioned, summary: mentionedShort });
  }),
  due_soon: aboutTask((task, content, _who, now) => dueSoon(task, content, now)),
  due: aboutTask((task, content, _who, now) => dueNow(task, content, now)),
  overdue: aboutTask((task, content, _who, now) => overdue(task, content, now)),
  escalated: aboutTask((task, content, _who, now) => escalated(task, content, now)),
  reminder: aboutTask(reminder),
  join_asked: (content) => joinAsked(content.data, textsFor(content)),
  joined: (content) => joined(content.data, textsFor(content)),
  role_changed: (content) => {
    const { told, buttons } = textsFor(content);
    const role = roleOf(content);
    return {
      summary: told.roleShort(role),
      nodes: [
        { type: 'text', text: told.role({ who: whoDid(content), role, help: bold('help') }) },
        { type: 'actions', buttons: [{ label: buttons.help, intent: { action: 'help', args: {} } }] },
      ],
    };
  },
  handed_over: (content) => {
    const { told, buttons, words } = textsFor(content);
    const count = Number(content.data.count ?? 1);
    const former = content.data.from ?? words.somebody;
    const intent = { action: 'list', args: {} };
    return {
      summary: told.handedOverShort(count, former),
      nodes: [
        { type: 'text', text: told.handedOver({ who: whoDid(content), count, former }) },
        { type: 'actions', buttons: [{ label: buttons.myTasks, tone: 'primary', intent }] },
      ],
    };
  },
  project_joined: (content) => {
    const { told, buttons } = textsFor(content);
    const { key = told.aProject, name = '' } = content.data;
    const intent = { action: 'list', args: { query: content.data.key ?? 'all' } };
    return {
      summary: told.inProjectShort(key),
      tone: 'good',
      nodes: [
        { type: 'text', text: told.inProject({ who: whoDid(content), key: bold(key), name }) },
        { type: 'actions', buttons: [{ label: buttons.tasks, intent }] },
      ],
    };
  },
  // Drawn from more than their row: see outbox-renderers.ts
  summary: () => undefined,
  digest: () => undefined,
  channel_digest: () => undefined,
  weekly_report: () => undefined,
  card_not_posted: (content) =>
    content.task
      ? {
          summary: textsFor(content).told.notPostedShort(content.task.number),
          tone: 'attention',
          nodes: [
            { type: 'text', text: notPostedWords(content.task, content) },
            { type: 'actions', buttons: [showButton(content.task, content.recipient)] },
          ],
        }
      : undefined,
};

/** What somebody said of a task, with the way to answer. */
function commentNews(
  task: ToldTask,
  content: NotificationContent,
  words: { who: string; news: Messages['told']['said']; summary: Messages['told']['saidShort'] },
): News | undefined {
  const { comment, recipient } = content;
  const { who, news, summary } = words;
  if (comment === null) return undefined;
  const reply = { action: 'comment', args: { task: String(task.number) } };
  return {
    news: news(bold(who), shorten(comment, 1_000)),
    summary: summary({ who, number: task.number, comment: shorten(comment, 100) }),
    buttons: [{ label: textsFor(content).buttons.reply, intent: reply }, showButton(task, recipient)],
  };
}

const whoDid = (content: NotificationContent): Span =>
  bold(content.actorName ?? textsFor(content).words.somebody);

/** "a manager" */
function roleOf(content: NotificationContent): string {
  const { role = 'worker' } = content.data;
  const { roles } = textsFor(content).crew;
  return role === 'admin' || role === 'manager' || role === 'worker' ? roles[role] : role;
}

function notPostedWords(task: ToldTask, content: NotificationContent): RichText {
  const { told } = textsFor(content);
  const { channelName, reason, platform } = content.data;
  const where = channelName ? `#${channelName.replace(/^#/, '')}` : told.theChannel;
  if (reason?.startsWith('may have been posted')) return told.maybeNotPosted(taskName(task), where);
  const failed = told.notPosted(taskName(task), where);
  if (platform === 'slack') return text`${failed} ${told.inviteOnSlack(code('/invite @Crewline'))}`;
  if (platform === 'teams') return text`${failed} ${told.addOnTeams}`;
  return failed;
}

/** What was said with it. */
const because = (content: NotificationContent, note: string | undefined): RichText =>
  note ? text`: ${textsFor(content).words.quoted(shorten(note, 500))}` : text``;

const titled = ({ number, title }: ToldTask): string => `#${number} ${title}`;

const moveTo = ({ moves }: Messages['told'], state: string | undefined): string | undefined =>
  Object.entries(moves).find(([name]) => name === state)?.[1];

export function taskMessage(
  task: ToldTask,
  content: NotificationContent,
  { news, summary, buttons, firstButtons, now }: News & { now: Date },
): View {
  const { recipient, may } = content;
  const own = buttons ?? firstButtons ?? copyButtons(task, { reader: recipient, may });
  const short = shortSummary(summary);
  return {
    summary: short,
    nodes: newsOnTask(task, { news, buttons: own, reader: recipient, now }),
    copy: { taskId: task.id, version: task.version, news, summary: short, ...(buttons ? { buttons } : {}) },
  };
}
