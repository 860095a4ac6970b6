import { messagesFor } from '../core/messages.ts';
import { type Reply, type RichText, text } from '../core/view.ts';
import type { ChangedPart, Undone } from '../services/undo-change.ts';
import { ruleWords } from './rule-words.ts';
import { changed } from './task-changed.ts';
import { facts, names, type Reader, sayDue, statusWords, taskName } from './words.ts';

/** What a task is again. */
export function undone(
  { task, before, restored }: Undone,
  { reader, now }: { reader: Reader; now: Date },
): Reply {
  const messages = messagesFor(reader.locale);
  const { changes } = messages;
  const said = restored.map((part) => again(part, before, { reader, now }));
  return changed(task, {
    messages,
    sentence: facts([changes.undone(taskName(task)), ...said]),
    ack: changes.undoneShort(task.number),
    tone: 'neutral',
  });
}

function again(
  part: ChangedPart,
  before: Undone['before'],
  { reader, now }: { reader: Reader; now: Date },
): RichText | undefined {
  const messages = messagesFor(reader.locale);
  const { card, changes, repeats, words } = messages;
  switch (part) {
    case 'title':
      return undefined;
    case 'description':
      return text`${changes.formerDescription}`;
    case 'priority':
      return text`${card.priority(words.priorities[before.priority])}`;
    case 'due':
      return before.dueAt
        ? card.due(sayDue({ at: new Date(before.dueAt), hasTime: before.dueHasTime }, { reader, now }))
        : text`${changes.noDueDate}`;
    case 'status':
      return text`${statusWords({ name: before.statusName, category: before.category }, messages)}`;
    case 'mode':
      return text`${before.assigneeMode === 'everyone' ? changes.forEveryone : changes.forAnyone}`;
    case 'assignees': {
      const on = before.assignees.filter(({ state }) => state !== 'declined').map(({ name }) => name);
      return text`${on.length > 0 ? names(on, messages) : words.nobodys}`;
    }
    case 'repeats':
      return before.repeats
        ? text`${repeats.card(ruleWords(before.repeats.rule, reader))}`
        : text`${repeats.notAny}`;
    default:
      return part satisfies never;
  }
}
