import { z } from 'zod';
import type { Reply } from '../core/view.ts';
import { worded } from '../core/worded.ts';
import { changeStatus, moveToStatus, statusNamed } from '../services/change-status.ts';
import type { Deed } from '../services/move-task.ts';
import { noteForm } from '../views/forms.ts';
import { statusChanged, statusMoved } from '../views/task-changed.ts';
import { optionalText, taskAndRest, taskNumber, theTask } from './arguments.ts';
import { action, type Context } from './context.ts';

const args = z.object({ task: taskNumber, note: optionalText(1_000) });

interface Words {
  deed: Deed;
  aliases: readonly string[];
  summary: string;
}

/** A verb that moves a task on: `start 42`, `done 42 pump sealed`. */
function statusAction({ deed, aliases, summary }: Words) {
  return action({
    name: deed,
    aliases,
    usage: [`${deed} <n> [note]`],
    summary,
    topic: 'work',
    access: 'member',
    effect: 'change',
    read: (line) => taskAndRest(line, 'note'),
    args,
    async run(context, { task, note }) {
      const number = await theTask(context, task);
      return statusChanged(await changeStatus(context, { number, deed, ...(note ? { note } : {}) }), deed);
    },
  });
}

export const startTask = statusAction({
  deed: 'start',
  aliases: ['begin', 'started'],
  summary: 'say that you are on it',
});
export const completeTask = statusAction({
  deed: 'done',
  aliases: ['complete', 'finish', 'finished', 'close', 'completed'],
  summary: 'finish a task',
});
export const unblockTask = statusAction({
  deed: 'unblock',
  aliases: ['unblocked', 'resume'],
  summary: 'go on after a block',
});
export const reviewTask = statusAction({ deed: 'review', aliases: [], summary: 'hand it over for review' });
export const reopenTask = statusAction({
  deed: 'reopen',
  aliases: [],
  summary: 'take up a closed task again',
});
export const cancelTask = statusAction({
  deed: 'cancel',
  aliases: ['drop'],
  summary: 'close a task that is not needed any more',
});

/** Blocking needs a reason, so a button opens a form. */
export const blockTask = action({
  name: 'block',
  aliases: ['blocked', 'stuck'],
  usage: ['block <n> <reason>'],
  summary: 'say what holds a task up',
  topic: 'work',
  access: 'member',
  effect: 'change',
  read: (line) => taskAndRest(line, 'note'),
  opensForm: ({ note }) => !note,
  args,
  async run(context, { task, note }) {
    const number = await theTask(context, task);
    if (!note) return askWhy(context, number);
    return statusChanged(await changeStatus(context, { number, deed: 'block', note }), 'block');
  },
});

function askWhy(context: Context, number: number): Reply {
  const form = noteForm({
    title: `Block #${number}`,
    submit: 'Block',
    label: 'What holds it up?',
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
  summary: 'move a task to any status by its name',
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
    return statusMoved(await moveToStatus(context, { number, status: named }));
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
