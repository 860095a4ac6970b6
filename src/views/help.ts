import type { ActionName, Roles } from '../core/action.ts';
import type { Messages } from '../core/messages.ts';
import { code, join, plain, text, type View, type ViewNode } from '../core/view.ts';

export interface HelpEntry {
  name: ActionName;
  aliases: readonly string[];
  usage: readonly string[];
  topic: 'work' | 'manage' | 'look' | 'people' | 'setup';
}

const order: readonly HelpEntry['topic'][] = ['work', 'look', 'manage', 'setup', 'people'];

/** All that this person can do, on one screen of a phone: the words alone, and how to learn more. */
export function helpOverview(
  entries: readonly HelpEntry[],
  { root, messages: { buttons, help } }: { root: string; messages: Messages },
): View {
  const topics = order.flatMap((topic): ViewNode[] => {
    const words = entries
      .filter((entry) => entry.topic === topic && entry.usage.length > 0 && !isVerbOf(entry, entries))
      .map((entry) => code(entry.name));
    return words.length > 0
      ? [{ type: 'text', text: help.topic(help.topics[topic], join(words, ', ')) }]
      : [];
  });
  return {
    title: help.title,
    summary: help.title,
    nodes: [
      { type: 'text', text: help.done(code(`${root}done 42 pump sealed`)) },
      ...topics,
      { type: 'text', text: help.more(code(`${root}help add`)), muted: true },
      {
        type: 'actions',
        buttons: [
          { label: buttons.myTasks, intent: { action: 'list', args: {} }, tone: 'primary' },
          { label: buttons.newTask, intent: { action: 'add', args: {} } },
        ],
      },
    ],
  };
}

/** `project-create` is found under `project`. */
const isVerbOf = ({ name }: HelpEntry, entries: readonly HelpEntry[]): boolean =>
  entries.some((noun) => name.startsWith(`${noun.name}-`));

/** One command: how it is written, and its other names; `verbs` are what else begins with its word. */
export function helpTopic(
  entry: HelpEntry,
  {
    root,
    roles,
    messages: { buttons, help, summaries },
    verbs = [],
  }: { root: string; roles: Roles; messages: Messages; verbs?: readonly HelpEntry[] },
): View {
  const summary = summaries[entry.name];
  const usages = [
    ...entry.usage.map((usage) => text`${code(`${root}${usage}`)}`),
    ...verbs.map(({ name, usage }) =>
      join([...usage.map((words) => text`${code(`${root}${words}`)}`), summaries[name]], '\n'),
    ),
  ];
  const aliases =
    entry.aliases.length > 0
      ? [{ type: 'text' as const, text: plain(help.also(entry.aliases.join(', '))), muted: true }]
      : [];
  return {
    title: entry.name,
    summary: `${entry.name}: ${summary}`,
    nodes: [
      { type: 'text', text: plain(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`) },
      { type: 'text', text: join(usages, '\n') },
      ...aliases,
      ...(entry.topic === 'manage' && !roles.manager && !roles.admin
        ? [
            {
              type: 'text' as const,
              text: plain(help.forManagers),
              muted: true,
            },
          ]
        : []),
      { type: 'actions', buttons: [{ label: buttons.help, intent: { action: 'help', args: {} } }] },
    ],
  };
}
