import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import type { Sentence } from '../core/messages.ts';
import type { Reply } from '../core/view.ts';
import { worded } from '../core/worded.ts';
import {
  detailNames,
  editDetails,
  fingerprintOf,
  readDetails,
  type ShownDetails,
} from '../services/edit-details.ts';
import { renameTask } from '../services/edit-task.ts';
import { editForm, LONGEST_DESCRIPTION } from '../views/edit-form.ts';
import { changed } from '../views/task-changed.ts';
import { taskName } from '../views/words.ts';
import { optionalText, readTaskOnly, taskAndRest, taskNumber, theTask, title } from './arguments.ts';
import { action, type Context } from './context.ts';

export const renameTaskTitle = action({
  name: 'rename',
  aliases: ['retitle'],
  usage: ['rename <n> <title>'],
  topic: 'manage',
  access: 'member',
  effect: 'change',
  read: (line) => taskAndRest(line, 'title'),
  args: z.object({ task: taskNumber, title }),
  async run(context, { task, title: wanted }) {
    const number = await theTask(context, task);
    if (!wanted) {
      throw new AppError('invalid_arguments', { userMessage: ({ input }) => input.newTitle(number) });
    }
    const renamed = await renameTask(context, { number, title: wanted });
    const { messages } = context;
    return changed(renamed, {
      messages,
      sentence: messages.changes.renamed(taskName(renamed)),
      ack: messages.changes.renamedShort(number),
    });
  },
});

export const editTaskDetails = action({
  name: 'edit',
  aliases: ['change'],
  usage: ['edit <n>'],
  topic: 'manage',
  access: 'member',
  effect: 'change',
  read: readTaskOnly,
  opensForm: ({ form }) => !form,
  args: z.object({
    task: taskNumber,
    title,
    description: optionalText(LONGEST_DESCRIPTION),
    due: optionalText(100),
    priority: z.enum(['low', 'normal', 'high', 'urgent'], worded('input', 'priority')).optional(),
    mode: z.enum(['anyone', 'everyone'], worded('input', 'oneOfTwo')).optional(),
    /** Set by the form, with what it showed */
    form: z.string().optional(),
    shown: z.string().max(300, worded('input', 'formOutOfDate')).optional(),
    shownDue: z.string().max(100, worded('input', 'formOutOfDate')).optional(),
  }),
  async run(context, { task, form, shown, shownDue, ...given }) {
    const number = await theTask(context, task);
    if (!form) return openForm(context, number);
    if (!given.title) {
      const userMessage: Sentence = ({ input }) => input.title;
      throw new AppError('invalid_arguments', { userMessage, fields: { title: userMessage } });
    }
    const edited = await editDetails(context, {
      number,
      given: {
        title: given.title,
        description: given.description ?? '',
        due: given.due ?? '',
        priority: given.priority ?? 'normal',
        mode: given.mode ?? 'anyone',
      },
      shown: { fingerprints: readFingerprints(shown ?? ''), due: shownDue ?? '' },
    });
    const { messages } = context;
    const { changes, words } = messages;
    const details = words.and(edited.changed.map((name) => changes.details[name]));
    return changed(edited.task, {
      messages,
      sentence: changes.edited(taskName(edited.task), details),
      ack: changes.editedShort(number),
    });
  },
});

async function openForm(context: Context, number: number): Promise<Reply> {
  const { task, details } = await readDetails(context, number);
  context.audit({ target: `task:${task.id}`, taskNumber: number });
  const names = detailNames.filter(
    (name) => name !== 'description' || task.description.length <= LONGEST_DESCRIPTION,
  );
  const shown = names.map((name) => `${name}=${fingerprintOf(task, name)}`).join(' ');
  const carried = { shown, ...(details.due ? { shownDue: details.due } : {}) };
  return {
    kind: 'form',
    form: editForm({ number, ...details }, { carried, messages: context.messages, nonce: context.newId() }),
  };
}

function readFingerprints(shown: string): ShownDetails['fingerprints'] {
  const pairs = new Map(shown.split(' ').map((pair) => [pair.split('=')[0], pair.split('=')[1]]));
  const fingerprints: ShownDetails['fingerprints'] = {};
  for (const name of detailNames) {
    const value = pairs.get(name);
    if (value) fingerprints[name] = value;
  }
  return fingerprints;
}
