import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import type { Reply } from '../core/view.ts';
import { worded } from '../core/worded.ts';
import { changeStatus, moveToStatus, requireBlockable, statusNamed } from '../services/change-status.ts';
import type { Deed } from '../services/move-task.ts';
import { noteForm } from '../views/forms.ts';
import { statusChanged, statusMoved } from '../views/task-changed.ts';
import { optionalText, taskAndRest, taskNumber, theTask } from './arguments.ts';
import { action, type Context } from './context.ts';

const args = z.object({ task: taskNumber, note: optionalText(1_000) });

/** `done 44 45` means two tasks, and a note of numbers tells nobody anything. */
const NUMBERS = /^(?:#?\d{1,7}(?:\s*(?:,|and|y|&)\s*|\s+|$))+$/i;

function refuseNumbers(note: string | undefined, { deed, number }: { deed: string; number: number }): void {
  if (!note || !NUMBERS.test(note)) return;
  const next = /\d+/.exec(note)?.[0] ?? '';
  throw new AppError('invalid_arguments', {
    userMessage: ({ tasks }) => tasks.oneAtATime(`${deed} ${number}`, `${deed} ${next}`),
  });
}

interface Words {
  deed: Deed;
  aliases: readonly string[];
}

const written = ({ messages, actor, now }: Context) => ({ messages, reader: actor, now });

/** A verb that moves a task on: `start 42`, `done 42 pump sealed`. */
function statusAction({ deed, aliases }: Words) {
  return action({
    name: deed,
    aliases,
    usage: [`${deed} <n> [note]`],
    topic: 'work',
    access: 'member',
    effect: 'change',
    read: (line) => taskAndRest(line, 'note'),
    args,
    async run(context, { task, note }) {
      const number = await theTask(context, task);
      refuseNumbers(note, { deed, number });
      const change = await changeStatus(context, { number, deed, ...(note ? { note } : {}) });
      return statusChanged(change, { deed, ...written(context) });
    },
  });
}

export const startTask = statusAction({
  deed: 'start',
  aliases: ['begin', 'started'],
});
export const completeTask = statusAction({
  deed: 'done',
  aliases: ['complete', 'finish', 'finished', 'close', 'completed'],
});
export const unblockTask = statusAction({
  deed: 'unblock',
  aliases: ['unblocked', 'resume'],
});
export const reviewTask = statusAction({ deed: 'review', aliases: [] });
export const reopenTask = statusAction({
  deed: 'reopen',
  aliases: [],
});
export const cancelTask = statusAction({
  deed: 'cancel',
  aliases: ['drop'],
});

/** Blocking needs a reason, so a button opens a form. */
export const blockTask = action({
  name: 'block',
  aliases: ['blocked', 'stuck'],
  usage: ['block <n> <reason>'],
  topic: 'work',
  access: 'member',
  effect: 'change',
  read: (line) => taskAndRest(line, 'note'),
  opensForm: ({ note }) => !note,
  args,
  async run(context, { task, note }) {
    const number = await theTask(context, task);
    if (!note) {
      await requireBlockable(context, number);
      return askWhy(context, number);
    }
    const change = await changeStatus(context, { number, deed: 'block', note });
    return statusChanged(change, { deed: 'block', ...written(context) });
  },
});

function askWhy(context: Context, number: number): Reply {
  const { forms, buttons } = context.messages;
  const form = noteForm({
    title: forms.block(number),
    submit: buttons.block,
    label: forms.blockedBy,
    intent: { action: 'block', args: { task: String(number) } },
    nonce: context.newId(),
  });
  return { kind: 'form', form };
}

/** `status 42 in review please look`: the name of a status, as the organisation calls it, and a note. */
export const setStatus = action({
  name: 'status',
  aliases: ['move'],
  usage: ['status <n> <status> [note]'],
  topic: 'work',
  access: 'member',
  effect: 'change',
  read: (line) => taskAndRest(line, 'status'),
  args: z.object({
    task: taskNumber,
    status: z
      .string({ error: worded('input', 'status') })
      .trim()
      .min(1, worded('input', 'status'))
      .max(1_100, worded('input', 'statusTooLong')),
  }),
  async run(context, { task, status }) {
    const number = await theTask(context, task);
    const named = await statusNamed(context, status);
    return statusMoved(await moveToStatus(context, { number, status: named }), written(context));
  },
});

/** Kept beside the verbs: every reply of theirs says the same in the same way. */
export const statusActions = [
  startTask,
  completeTask,
  blockTask,
  unblockTask,
  reviewTask,
  reopenTask,
  cancelTask,
  setStatus,
];
