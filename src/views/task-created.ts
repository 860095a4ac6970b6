import { type Reply, text } from '../core/view.ts';
import type { CreatedTask } from '../services/create-task.ts';
import { changed } from './task-changed.ts';
import { facts, names, type Reader, sayDue, taskName } from './words.ts';

/** Says back what was understood: the date above all. */
export function taskCreated(created: CreatedTask, { reader, now }: { reader: Reader; now: Date }): Reply {
  const said = facts([
    text`Added ${taskName(created)}`,
    created.assignees.length > 0 ? text`${names(created.assignees.map(({ name }) => name))}` : undefined,
    created.due ? text`due ${sayDue(created.due, { reader, now })}` : undefined,
    created.project ? text`${created.project.key}` : undefined,
  ]);
  return changed(created, { sentence: said, ack: `Added as #${created.number}.` });
}
