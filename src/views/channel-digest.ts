import { messagesFor } from '../core/messages.ts';
import type { View, ViewNode } from '../core/view.ts';
import type { ChannelDigestContent } from '../services/channel-digest.ts';
import { dayOf, sectionNodes } from './digest.ts';
import { showButton, taskRow } from './task-list.ts';

/** How the projects of a channel stand this morning; undefined when there is nothing to say. */
export function channelDigestView(
  { reader, projects, sections }: ChannelDigestContent,
  now: Date,
): View | undefined {
  if (sections.length === 0) return undefined;
  const words = messagesFor(reader.locale).digest;
  const title = words.channelTitle(projects.slice(0, 5).join(', '), dayOf(now, reader));
  const nodes = sections.flatMap(({ section, total, tasks }): ViewNode[] =>
    sectionNodes({
      heading: words.channelSections[section],
      total,
      words,
      rows: tasks.map((task) =>
        taskRow(task, {
          words: { showAssignees: true, showProject: projects.length > 1 },
          reader,
          now,
          buttons: [showButton(task, reader)],
        }),
      ),
    }),
  );
  const counts = sections.map(({ section, total }) => `${words.channelSections[section]}: ${total}`);
  return { title, summary: counts.join(', '), nodes };
}
