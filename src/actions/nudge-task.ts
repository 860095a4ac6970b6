import { z } from 'zod';
import { nudgeTask } from '../services/nudge-task.ts';
import { changed } from '../views/task-changed.ts';
import { names, taskName } from '../views/words.ts';
import { readTaskOnly, taskNumber, theTask } from './arguments.ts';
import { action } from './context.ts';

export const nudgeAssignees = action({
  name: 'nudge',
  aliases: ['ping'],
  usage: ['nudge <n>'],
  topic: 'work',
  access: 'member',
  effect: 'change',
  read: readTaskOnly,
  args: z.object({ task: taskNumber }),
  async run(context, { task: given }) {
    const number = await theTask(context, given);
    const { task, nudged } = await nudgeTask(context, { number });
    const { messages } = context;
    const people = names(
      nudged.map(({ name }) => name),
      messages,
    );
    return changed(task, {
      messages,
      sentence: messages.changes.asked(people, taskName(task)),
      ack: messages.changes.askedShort(number),
    });
  },
});
