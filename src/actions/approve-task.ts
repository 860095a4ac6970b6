import { z } from 'zod';
import { approveTask, readReturnable, returnTask } from '../services/approve-task.ts';
import { noteForm } from '../views/forms.ts';
import { changed } from '../views/task-changed.ts';
import { taskName } from '../views/words.ts';
import { optionalText, taskAndRest, taskNumber, theTask } from './arguments.ts';
import { action } from './context.ts';

const args = z.object({ task: taskNumber, note: optionalText(1_000) });

export const approveFinishedTask = action({
  name: 'approve',
  aliases: ['approved'],
  usage: ['approve <n> [note]'],
  topic: 'manage',
  access: 'member',
  effect: 'change',
  read: (line) => taskAndRest(line, 'note'),
  args,
  async run(context, { task, note }) {
    const number = await theTask(context, task);
    const approved = await approveTask(context, { number, ...(note ? { note } : {}) });
    return changed(approved, {
      messages: context.messages,
      sentence: context.messages.changes.approved(taskName(approved)),
      ack: context.messages.changes.approvedShort(number),
    });
  },
});

/** Nobody can do better without knowing what is missing, so a button opens a form. */
export const returnFinishedTask = action({
  name: 'return',
  aliases: ['returned', 'sendback'],
  usage: ['return <n> <note>'],
  topic: 'manage',
  access: 'member',
  effect: 'change',
  read: (line) => taskAndRest(line, 'note'),
  opensForm: ({ note }) => !note,
  args,
  async run(context, { task, note }) {
    const number = await theTask(context, task);
    if (note) {
      const returned = await returnTask(context, { number, note });
      return changed(returned, {
        messages: context.messages,
        sentence: context.messages.changes.returned(taskName(returned)),
        ack: context.messages.changes.returnedShort(number),
        tone: 'neutral',
      });
    }
    await readReturnable(context, number);
    const { forms, buttons } = context.messages;
    const form = noteForm({
      title: forms.return(number),
      submit: buttons.return,
      label: forms.missing,
      intent: { action: 'return', args: { task: String(number) } },
      nonce: context.newId(),
    });
    return { kind: 'form', form };
  },
});
