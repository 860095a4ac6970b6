import type { Roles } from '../core/action.ts';
import { code, join, plain, text, type View, type ViewNode } from '../core/view.ts';

export interface HelpEntry {
  name: string;
  aliases: readonly string[];
  usage: readonly string[];
  summary: string;
  topic: 'work' | 'manage' | 'look' | 'people' | 'setup';
}

const headings: Record<HelpEntry['topic'], string> = {
  work: 'Do',
  look: 'Look',
  manage: 'Manage',
  people: 'You',
  setup: 'Set up',
};
const order: readonly HelpEntry['topic'][] = ['work', 'look', 'manage', 'setup', 'people'];

/** All that this person can do, on one screen of a phone: the words alone, and how to learn more. */
export function helpOverview(entries: readonly HelpEntry[], { root }: { root: string }): View {
  const topics = order.flatMap((topic): ViewNode[] => {
    const words = entries
      .filter((entry) => entry.topic === topic && entry.usage.length > 0 && !isVerbOf(entry, entries))
      .map((entry) => code(entry.name));
    return words.length > 0 ? [{ type: 'text', text: text`${headings[topic]}: ${join(words, ' ')}` }] : [];
  });
  return {
    title: 'What I can do for you',
    summary: 'What I can do for you',
    nodes: [
      {
        type: 'text',
        text: text`Say ${code(`${root}done 42 pump sealed`)} when it is, or press the button on a card.`,
      },
      ...topics,
      {
        type: 'text',
        text: text`${code(`${root}help add`)} explains one. People are @names, dates are words like “fri 5pm”.`,
        muted: true,
      },
      {
        type: 'actions',
        buttons: [
          { label: 'My tasks', intent: { action: 'list', args: {} }, tone: 'primary' },
          { label: 'New task', intent: { action: 'add', args: {} } },
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
  { root, roles, verbs = [] }: { root: string; roles: Roles; verbs?: readonly HelpEntry[] },
): View {
  const usages = [
    ...entry.usage.map((usage) => text`${code(`${root}${usage}`)}`),
    ...verbs.map(({ usage, summary }) =>
      join([...usage.map((words) => text`${code(`${root}${words}`)}`), text`${summary}`], '\n'),
    ),
  ];
  const aliases =
    entry.aliases.length > 0
      ? [{ type: 'text' as const, text: text`Also: ${entry.aliases.join(', ')}`, muted: true }]
      : [];
  return {
    title: entry.name,
    summary: `${entry.name}: ${entry.summary}`,
    nodes: [
      { type: 'text', text: plain(`${entry.summary.charAt(0).toUpperCase()}${entry.summary.slice(1)}.`) },
      { type: 'text', text: join(usages, '\n') },
      ...aliases,
      ...(entry.topic === 'manage' && !roles.manager && !roles.admin
        ? [
            {
              type: 'text' as const,
              text: plain('For managers, and for tasks that you made yourself.'),
              muted: true,
            },
          ]
        : []),
    ],
  };
}
