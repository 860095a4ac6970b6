import { messagesFor } from '../core/messages.ts';
import { type Reply, type RichText, text } from '../core/view.ts';
import type { ChangedPart, Undone } from '../services/undo-change.ts';
import { ruleWords } from './rule-words.ts';
import { changed } from './task-changed.ts';
import { facts, names, priorityWords, type Reader, sayDue, statusWords, taskName } from './words.ts';

/** What a task is again. */
export function undone(
  { task, before, restored }: Undone,
  { reader, now }: { reader: Reader; now: Date },
): Reply {
  const said = restored.map((part) => again(part, before, { reader, now }));
  return changed(task, {
    sentence: facts([text`Undone: ${taskName(task)}`, ...said]),
    ack: `Undone: #${task.number}.`,
    tone: 'neutral',
  });
}

function again(
  part: ChangedPart,
  before: Undone['before'],
  { reader, now }: { reader: Reader; now: Date },
): RichText | undefined {
  const { repeats } = messagesFor(reader.locale);
  switch (part) {
    case 'title':
      return undefined;
    case 'description':
      return text`the description of before`;
    case 'priority':
      return text`${priorityWords(before.priority)} priority`;
    case 'due':
      return before.dueAt
        ? text`due ${sayDue({ at: new Date(before.dueAt), hasTime: before.dueHasTime }, { reader, now })}`
        : text`no due date`;
    case 'status':
      return text`${statusWords({ name: before.statusName, category: before.category })}`;
    case 'mode':
      return before.assigneeMode === 'everyone' ? text`for everyone` : text`for anyone`;
    case 'assignees': {
      const on = before.assignees.filter(({ state }) => state !== 'declined');
      return on.length > 0 ? text`${names(on.map(({ name }) => name))}` : text`nobody’s yet`;
    }
    case 'repeats':
      return before.repeats
        ? text`${repeats.card(ruleWords(before.repeats.rule, reader))}`
        : text`${repeats.notAny}`;
    default:
      return part satisfies never;
  }
}
