import type { Messages } from '../core/messages.ts';
import { type Option, text, toPlain } from '../core/view.ts';
import type { FoundTask } from '../services/search-tasks.ts';
import { dueSpan, facts, isOverdue, names, type Reader, shorten, statusWords } from './words.ts';

/** Slack's options are no longer. */
const LONGEST_LABEL = 75;

/** A task in a list that one picks from: its name, and a line of what tells it from others. */
export function taskOption(
  task: FoundTask,
  { reader, now, messages }: { reader: Reader; now: Date; messages: Messages },
): Option {
  const { search } = messages;
  const due = dueSpan(task, { reader, now });
  const isOpen = task.category !== 'done' && task.category !== 'cancelled';
  const detail = facts([
    statusWords({ name: task.status, category: task.category }, messages),
    task.assignees.length > 0 ? names(task.assignees, messages, 2) : undefined,
    due && isOpen ? text`${isOverdue(task, now) ? search.overdueSince : search.due} ${due}` : undefined,
    task.projectKey ?? undefined,
  ]);
  return {
    value: String(task.number),
    label: shorten(`#${task.number} ${task.title}`, LONGEST_LABEL),
    detail: toPlain(detail),
  };
}
