import { z } from 'zod';
import { isStopping, readRepetition, repeatTask, stopRepeating } from '../services/repeat-task.ts';
import { repeatForm, repeatSet, repeatStopped, repetition } from '../views/repeats.ts';
import { optionalText, taskAndRest, taskNumber, theTask } from './arguments.ts';
import { action } from './context.ts';

const LONGEST_RULE = 150;

export const repeatTaskByRule = action({
  name: 'repeat',
  aliases: ['repeats', 'recur'],
  usage: [
    'repeat <n> every weekday 9am',
    'repeat <n> every 2 weeks on tue',
    'repeat <n> monthly on the 1st or next working day',
    'repeat <n> off',
  ],
  topic: 'manage',
  access: 'member',
  effect: 'change',
  read: (line) => taskAndRest(line, 'rule'),
  opensForm: ({ rule, form }) => !rule && form === 'yes',
  args: z.object({
    task: taskNumber,
    rule: optionalText(LONGEST_RULE),
    /** yes: asks for the rule */
    form: z.string().optional(),
  }),
  async run(context, { task: given, rule, form }) {
    const { messages, actor, now, root } = context;
    const written = { messages, reader: actor, now, root };
    const number = await theTask(context, given);
    if (rule && isStopping(rule)) return repeatStopped(await stopRepeating(context, { number }), messages);
    if (rule) return repeatSet(await repeatTask(context, { number, words: rule }), written);
    const found = await readRepetition(context, { number });
    context.audit({ target: `task:${found.task.id}`, taskNumber: number });
    if (form) return { kind: 'form', form: repeatForm(number, { messages, nonce: context.newId() }) };
    return repetition(found, written);
  },
});
