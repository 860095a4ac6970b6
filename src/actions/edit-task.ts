import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { type TextPart, toPlain } from '../core/view.ts';
import { worded } from '../core/worded.ts';
import { setDue, setPriority } from '../services/edit-task.ts';
import { changed } from '../views/task-changed.ts';
import { sayDue, taskName } from '../views/words.ts';
import { optionalText, takeTask, taskAndRest, taskNumber, theTask } from './arguments.ts';
import { action } from './context.ts';

export const setDueDate = action({
  name: 'due',
  aliases: ['deadline'],
  usage: ['due <n> <when>', 'due <n> none'],
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
    const { changes } = context.messages;
    const date = due && sayDue(due, { reader: context.actor, now: context.now });
    const say = (task: TextPart) => (date ? changes.due(task, date) : changes.notDue(task));
    return changed(found, {
      messages: context.messages,
      sentence: say(taskName(found)),
      ack: toPlain(say(`#${number}`)),
    });
  },
});

export const setTaskPriority = action({
  name: 'priority',
  aliases: ['prio'],
  usage: ['priority <n> low|normal|high|urgent'],
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
    const { changes, words } = context.messages;
    const say = (task: TextPart) => changes.priority(task, words.priorities[priority]);
    return changed(found, {
      messages: context.messages,
      sentence: say(taskName(found)),
      ack: toPlain(say(`#${number}`)),
    });
  },
});
