import { z } from 'zod';
import { toPlain } from '../core/view.ts';
import { commentTask } from '../services/comment-task.ts';
import { noteForm } from '../views/forms.ts';
import { changed } from '../views/task-changed.ts';
import { taskName } from '../views/words.ts';
import { LONGEST_TEXT, optionalText, taskAndRest, taskNumber, theTask } from './arguments.ts';
import { action } from './context.ts';

/** A form's input takes no more on Slack. */
const LONGEST_IN_FORM = 3_000;

export const addComment = action({
  name: 'comment',
  aliases: ['note', 'say'],
  usage: ['comment <n> <text>'],
  topic: 'work',
  access: 'member',
  effect: 'change',
  read: (line) => taskAndRest(line, 'body'),
  opensForm: ({ body }) => !body,
  args: z.object({ task: taskNumber, body: optionalText(LONGEST_TEXT) }),
  async run(context, { task, body }) {
    const number = await theTask(context, task);
    if (!body) {
      const { forms } = context.messages;
      const form = noteForm({
        title: forms.commentOn(number),
        submit: forms.send,
        label: forms.comment,
        name: 'body',
        longest: LONGEST_IN_FORM,
        intent: { action: 'comment', args: { task: String(number) } },
        nonce: context.newId(),
      });
      return { kind: 'form', form };
    }
    const commented = await commentTask(context, { number, body });
    return changed(commented, {
      messages: context.messages,
      sentence: context.messages.changes.commented(taskName(commented)),
      ack: toPlain(context.messages.changes.commented(`#${number}`)),
    });
  },
});
