import { type Reply, type RichText, text } from '../core/view.ts';
import type { CreatedTask } from '../services/create-task.ts';
import { changed } from './task-changed.ts';
import { facts, names, type Reader, sayDue, taskName } from './words.ts';

/** Says back what was understood: the date above all. */
export const taskCreated = (
  created: CreatedTask,
  context: { reader: Reader; now: Date; away?: string },
): Reply => saidBack(created, { ...context, deed: text`Added ${taskName(created)}` });

/** The same of a part of a task. */
export const subtaskCreated = (
  created: CreatedTask,
  { parent, ...context }: { parent: { number: number }; reader: Reader; now: Date },
): Reply =>
  saidBack(created, { ...context, deed: text`Added ${taskName(created)} as a part of #${parent.number}` });

function saidBack(
  created: CreatedTask,
  { deed, reader, now, away = '' }: { deed: RichText; reader: Reader; now: Date; away?: string },
): Reply {
  const said = facts([
    deed,
    text`${created.assignees.length > 0 ? names(created.assignees.map(({ name }) => name)) : 'nobody has it yet'}`,
    created.due ? text`due ${sayDue(created.due, { reader, now })}` : undefined,
    created.project ? text`${created.project.key}` : undefined,
  ]);
  return changed(created, {
    sentence: text`${said}${away && `.${away}`}`,
    ack: `Added as #${created.number}.`,
  });
}
