import { languageOf, type Messages, messagesFor } from '../core/messages.ts';
import { inLanguage } from '../core/spoken.ts';
import {
  type Button,
  join,
  type ListRow,
  plain,
  type RichText,
  toPlain,
  type View,
  type ViewNode,
} from '../core/view.ts';
import type { NotificationContent, ToldTask } from '../services/outbox-content.ts';
import { copyButtons, stateOf } from './card-copy.ts';
import { type News, newsOf, notificationView, taskMessage } from './notification.ts';
import { showButton } from './task-list.ts';
import { facts, shorten, taskName } from './words.ts';

/** A phone's screen; the rest is one word away. */
const MOST_ROWS = 8;
/** Of one task */
const MOST_LINES = 4;

/** A message of one or several pieces of news, and which of them are still true. */
export interface Told {
  view: View;
  told: ReadonlySet<string>;
}

interface Topic {
  /** Absent for news that is about no task */
  task: ToldTask | undefined;
  /** Oldest first */
  said: { content: NotificationContent; news: News }[];
}

/**
 * News to one person, oldest first, as one message: by itself as it always looks, several about one task beneath one
 * another, and a list where there are more tasks. Undefined: nothing of it is true any more.
 */
export function bundleView(
  contents: readonly NotificationContent[],
  { now, held = false }: { now: Date /** It was kept back while the person rested */; held?: boolean },
): Told | undefined {
  const topics = topicsOf(contents, now);
  const told = new Set(topics.flatMap(({ said }) => said.map(({ content }) => content.id)));
  const [first, ...others] = topics;
  if (!first) return undefined;
  const locale = first.said[0]?.content.recipient.locale ?? 'en';
  const words = messagesFor(locale).bundles;
  const spoken = (view: View): Told => ({ told, view: inLanguage(view, languageOf(locale)) });
  if (others.length > 0) return spoken(listView(topics, { words, now, held }));
  const [single, ...more] = first.said;
  const view =
    single && more.length === 0 ? notificationView(single.content, now) : topicView(first, { words, now });
  return view && spoken(view);
}

/** By task, in the order of the first news of each. */
function topicsOf(contents: readonly NotificationContent[], now: Date): Topic[] {
  const topics = new Map<string, Topic>();
  for (const content of contents) {
    const news = newsOf(content, now) ?? otherNews(content, now);
    if (!news) continue;
    const key = content.task?.id ?? content.id;
    const topic = topics.get(key) ?? { task: content.task ?? undefined, said: [] };
    topic.said.push({ content, news });
    topics.set(key, topic);
  }
  return [...topics.values()];
}

/** What is about no task, in one line. */
function otherNews(content: NotificationContent, now: Date): News | undefined {
  const view = content.task ? undefined : notificationView(content, now);
  return view && { news: plain(view.summary), summary: view.summary };
}

/** Several pieces of news about one task, beneath one another. */
function topicView({ task, said }: Topic, { words, now }: { words: Messages['bundles']; now: Date }): View {
  const lines = said.slice(-MOST_LINES).map(({ news }) => news.news);
  const earlier = said.length - lines.length;
  const news = join(earlier > 0 ? [...lines, plain(words.more(earlier))] : lines, '\n');
  const last = said.at(-1);
  const summary = last?.news.summary ?? '';
  // What comes next with the task goes before what only the last of it asks for.
  const isAnswered = said.every((one) => one.news.buttons);
  if (!task || !last) return { summary, nodes: [{ type: 'text', text: news }] };
  const { buttons, ...rest } = last.news;
  return taskMessage(task, last.content, {
    ...rest,
    ...(isAnswered && buttons ? { buttons } : {}),
    news,
    now,
  });
}

function listView(
  topics: readonly Topic[],
  { words, now, held }: { words: Messages['bundles']; now: Date; held: boolean },
): View {
  const giver = onlyGiver(topics);
  const title = held
    ? words.whileOff(topics.length)
    : giver
      ? words.gaveTasks(giver, topics.length)
      : words.newsOn(topics.length);
  const rows = topics
    .slice(0, MOST_ROWS)
    .map((topic) => rowOf(topic, { now, bare: giver !== undefined && !held }));
  const nodes: ViewNode[] = [{ type: 'list', rows, empty: plain('') }];
  const more = topics.length - rows.length;
  if (more > 0) nodes.push({ type: 'text', text: plain(words.more(more)), muted: true });
  nodes.push({ type: 'actions', buttons: [{ label: words.myTasks, intent: { action: 'list', args: {} } }] });
  return { title, summary: shorten(`${title}: ${summaryOf(topics)}`, 150), nodes };
}

/** Where all of it is that one person gave tasks, the heading says so and the rows need not. */
function onlyGiver(topics: readonly Topic[]): string | undefined {
  const all = topics.flatMap(({ said }) => said.map(({ content }) => content));
  const [first] = all;
  const alike = all.every(({ kind, actorName }) => kind === 'assigned' && actorName === first?.actorName);
  return alike ? (first?.actorName ?? undefined) : undefined;
}

const summaryOf = (topics: readonly Topic[]): string =>
  topics
    .map(({ task, said }) => (task ? `#${task.number} ${task.title}` : (said[0]?.news.summary ?? '')))
    .join(', ');

function rowOf({ task, said }: Topic, { now, bare }: { now: Date; bare: boolean }): ListRow {
  const last = said.at(-1);
  const lines = bare ? [] : said.slice(-2).map(({ news }) => oneLine(news.news));
  if (!task) return { title: join(lines, ' · ') };
  if (!last) return { title: taskName(task) };
  const { recipient: reader, may } = last.content;
  const [button = showButton(task, reader)] =
    last.news.buttons ?? last.news.firstButtons ?? copyButtons(task, { reader, may });
  return {
    title: taskName(task),
    detail: facts([...lines, stateOf(task, { reader, now })]),
    buttons: [bringingBack(button)],
  };
}

/** What is done from the list brings it again, as it is then. */
function bringingBack(button: Button): Button {
  const { action, args } = button.intent;
  return action === 'show' ? button : { ...button, intent: { action, args: { ...args, after: 'news' } } };
}

/** The words of others may be long. */
export function oneLine(news: RichText): RichText {
  const words = toPlain(news).replace(/\s+/g, ' ');
  return words.length <= 120 ? news : plain(shorten(words, 120));
}
