import { type Messages, messagesFor } from '../core/messages.ts';
import { type Reply, type RichText, text } from '../core/view.ts';
import type { CreatedTask } from '../services/create-task.ts';
import { changed } from './task-changed.ts';
import { facts, names, type Reader, sayDue, shorten, taskName } from './words.ts';

/** Says back what was understood: the date above all. */
export const taskCreated = (
  created: CreatedTask,
  context: { reader: Reader; now: Date; away?: string },
): Reply => saidBack(created, { ...context, deed: ({ changes }) => changes.added(taskName(created)) });

/** The same of a part of a task. */
export const subtaskCreated = (
  created: CreatedTask,
  { parent, ...context }: { parent: { number: number }; reader: Reader; now: Date },
): Reply =>
  saidBack(created, {
    ...context,
    deed: ({ changes }) => changes.addedPart(taskName(created), parent.number),
  });

/** What looks as if it was meant for more than the title. */
function leftInTitle({ title, due }: CreatedTask, changes: Messages['changes']): string {
  const [date] = due
    ? []
    : (/(?<!\p{L})due(?! (?:from|to|for|date|diligence)(?!\p{L}))(?: \S+){1,4}$/iu.exec(title) ?? []);
  const [priority] = /(?<!\S)!\p{L}+(?!\S)/u.exec(title) ?? [];
  const hints = [
    ...(date ? [changes.dateInTitle(shorten(date, 40))] : []),
    ...(priority ? [changes.priorityInTitle(shorten(priority, 40))] : []),
  ];
  return hints.length > 0 ? `. ${hints.join(' ')}` : '';
}

function saidBack(
  created: CreatedTask,
  {
    deed,
    reader,
    now,
    away = '',
  }: { deed: (messages: Messages) => RichText; reader: Reader; now: Date; away?: string },
): Reply {
  const messages = messagesFor(reader.locale);
  const { card, changes } = messages;
  const people = created.assignees.map(({ name }) => name);
  const said = facts([
    deed(messages),
    text`${people.length > 0 ? names(people, messages) : changes.nobodyHas}`,
    created.due ? card.due(sayDue(created.due, { reader, now })) : undefined,
    created.project ? text`${created.project.key}` : undefined,
  ]);
  return changed(created, {
    messages,
    sentence: text`${said}${away && `.${away}`}${leftInTitle(created, changes)}`,
    ack: changes.addedShort(created.number),
  });
}
