import { z } from 'zod';
import type { Reply } from '../core/view.ts';
import { worded } from '../core/worded.ts';
import {
  callOffReminder,
  isCallingOff,
  readReminders,
  setReminder,
  snoozeTask,
  wakeTask,
} from '../services/remind.ts';
import {
  reminderCalledOff,
  reminderList,
  reminderSet,
  snoozed,
  whenForm,
  woken,
} from '../views/reminders.ts';
import { optionalText, taskAndRest, taskNumber, theTask } from './arguments.ts';
import { action, type Context } from './context.ts';

/** One screen of them */
const MOST_LISTED = 8;

export const remindOfTask = action({
  name: 'remind',
  aliases: ['reminder', 'reminders'],
  usage: ['remind', 'remind <n> <when>', 'remind <n> off'],
  topic: 'work',
  access: 'member',
  effect: 'change',
  read(line) {
    line.keyword('me');
    line.keyword('of');
    return taskAndRest(line, 'when');
  },
  opensForm: ({ task, when }) => Boolean(task) && !when,
  args: z.object({
    task: taskNumber,
    when: optionalText(100),
    /** Of several, the one at this time */
    at: z.iso
      .datetime(worded('input', 'buttonOutOfDate'))
      .transform((at) => new Date(at))
      .optional(),
  }),
  async run(context, { task, when, at }) {
    const { messages } = context;
    if (!task && !when) return list(context);
    const number = await theTask(context, task);
    if (!when) return form(context, 'remind', number);
    if (isCallingOff(when)) {
      return inPlace(context, reminderCalledOff(await callOffReminder(context, { number, at }), messages));
    }
    const set = await setReminder(context, { number, words: when });
    return reminderSet(set.task, set, written(context));
  },
});

export const snoozeReminders = action({
  name: 'snooze',
  aliases: ['later'],
  usage: ['snooze [n] <when>', 'snooze [n] off'],
  topic: 'work',
  access: 'member',
  effect: 'change',
  read(line) {
    const args = taskAndRest(line, 'when');
    return args.when ? { ...args, when: args.when.replace(/^(until|till|for) +/i, '') } : args;
  },
  opensForm: ({ when }) => !when,
  args: z.object({ task: taskNumber, when: optionalText(100) }),
  async run(context, { task, when }) {
    const number = await theTask(context, task);
    if (!when) return form(context, 'snooze', number);
    if (isCallingOff(when)) {
      return inPlace(context, woken(await wakeTask(context, { number }), context.messages));
    }
    const { task: found, at } = await snoozeTask(context, { number, words: when });
    return inPlace(context, snoozed(found, at, written(context)));
  },
});

const written = ({ messages, actor, now, root }: Context) => ({ messages, reader: actor, now, root });

function form(context: Context, name: 'remind' | 'snooze', number: number): Reply {
  const { messages } = context;
  return { kind: 'form', form: whenForm(name, { number, nonce: context.newId(), messages }) };
}

async function list(context: Context): Promise<Reply> {
  const view = reminderList(await readReminders(context, MOST_LISTED), written(context));
  return { kind: 'view', to: 'user', view };
}

/** In the message that was pressed, where nobody else sees it: its other buttons are spent. */
function inPlace({ invocation: { source, place } }: Context, reply: Reply): Reply {
  const isOwn = place.kind === 'direct' || place.ephemeral === true;
  if (reply.kind !== 'view' || !isOwn || !place.messageId || source === 'command') return reply;
  return { ...reply, replaceOriginal: true };
}
