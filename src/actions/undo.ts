import { z } from 'zod';
import { undoChange } from '../services/undo-change.ts';
import { undone } from '../views/undone.ts';
import { readTaskOnly, taskNumber } from './arguments.ts';
import { action } from './context.ts';

export const undoLastChange = action({
  name: 'undo',
  aliases: ['oops'],
  usage: ['undo', 'undo <n>'],
  topic: 'work',
  access: 'member',
  effect: 'change',
  read: readTaskOnly,
  args: z.object({ task: taskNumber }),
  async run(context, { task: number }) {
    const result = await undoChange(context, { number });
    context.rememberTask(result.task.number);
    return undone(result, { reader: context.actor, now: context.now });
  },
});
