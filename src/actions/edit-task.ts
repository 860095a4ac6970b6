import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { text } from '../core/view.ts';
import { worded } from '../core/worded.ts';
import { setDue, setPriority } from '../services/edit-task.ts';
import { changed } from '../views/task-changed.ts';
import { priorityWords, sayDue, taskName } from '../views/words.ts';
import { optionalText, takeTask, taskAndRest, taskNumber, theTask } from './arguments.ts';
import { action } from './context.ts';

export const setDueDate = action({
  name: 'due',
  aliases: ['deadline'],
  usage: ['due <n> <when>', 'due <n> none'],
  summary: 'set the date that it is due',
  topic: 'manage',
  access: 'member',
  effect: 'change',
  read: (line) => taskAndRest(line, 'when'),
  args: z.object({ task: taskNumber, when: optionalText(100) }),
  async run(context, { task, when }) {
    const number = await theTask(context, task);
    if (!when) {
      throw new AppError('invalid_arguments', { userMessage: ({ input }) => input.when(number) });
    }
    const { task: found, due } = await setDue(context, { number, words: when });
    const said = due
      ? `is due ${sayDue(due, { reader: context.actor, now: context.now })}`
      : 'has no due date now';
    return changed(found, { sentence: text`${taskName(found)} ${said}.`, ack: `#${number} ${said}.` });
  },
});

export const setTaskPriority = action({
  name: 'priority',
  aliases: ['prio'],
  usage: ['priority <n> low|normal|high|urgent'],
  summary: 'say how pressing it is',
  topic: 'manage',
  access: 'member',
  effect: 'change',
  read(line) {
    const task = takeTask(line);
    const priority = line.priority() ?? line.word()?.toLowerCase();
    return { ...(task ? { task } : {}), ...(priority ? { priority } : {}) };
  },
  args: z.object({
    task: taskNumber,
    priority: z.enum(['low', 'normal', 'high', 'urgent'], worded('input', 'priorityOf')),
  }),
  async run(context, { task, priority }) {
    const number = await theTask(context, task);
    const found = await setPriority(context, { number, priority });
    const said = `has ${priorityWords(priority).toLowerCase()} priority now`;
    return changed(found, { sentence: text`${taskName(found)} ${said}.`, ack: `#${number} ${said}.` });
  },
});
