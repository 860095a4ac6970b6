import { z } from 'zod';
import { text } from '../core/view.ts';
import { nudgeTask } from '../services/nudge-task.ts';
import { changed } from '../views/task-changed.ts';
import { names, taskName } from '../views/words.ts';
import { readTaskOnly, taskNumber, theTask } from './arguments.ts';
import { action } from './context.ts';

export const nudgeAssignees = action({
  name: 'nudge',
  aliases: ['ping'],
  usage: ['nudge <n>'],
  summary: 'ask those who have a task how it stands',
  topic: 'work',
  access: 'member',
  effect: 'change',
  read: readTaskOnly,
  args: z.object({ task: taskNumber }),
  async run(context, { task: given }) {
    const number = await theTask(context, given);
    const { task, nudged } = await nudgeTask(context, { number });
    return changed(task, {
      sentence: text`I have asked ${names(nudged.map(({ name }) => name))} about ${taskName(task)}.`,
      ack: `I have asked about #${number}.`,
    });
  },
});
