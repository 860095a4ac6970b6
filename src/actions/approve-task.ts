import { z } from 'zod';
import { text } from '../core/view.ts';
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
  summary: 'close what was handed in for review',
  topic: 'manage',
  access: 'member',
  effect: 'change',
  read: (line) => taskAndRest(line, 'note'),
  args,
  async run(context, { task, note }) {
    const number = await theTask(context, task);
    const approved = await approveTask(context, { number, ...(note ? { note } : {}) });
    return changed(approved, {
      sentence: text`Approved: ${taskName(approved)}`,
      ack: `#${number} is approved.`,
    });
  },
});

/** Nobody can do better without knowing what is missing, so a button opens a form. */
export const returnFinishedTask = action({
  name: 'return',
  aliases: ['returned', 'sendback'],
  usage: ['return <n> <note>'],
  summary: 'hand back what is in review, and say what is missing',
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
        sentence: text`Returned: ${taskName(returned)}`,
        ack: `#${number} is returned.`,
        tone: 'neutral',
      });
    }
    await readReturnable(context, number);
    const form = noteForm({
      title: `Return #${number}`,
      submit: 'Return',
      label: 'What is missing?',
      intent: { action: 'return', args: { task: String(number) } },
      nonce: context.newId(),
    });
    return { kind: 'form', form };
  },
});
