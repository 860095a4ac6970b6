import { z } from 'zod';
import { newsHere } from '../services/card-copies.ts';
import { lastComments } from '../services/comment-task.ts';
import { rightsOf } from '../services/rights.ts';
import { subtasksOf } from '../services/subtasks.ts';
import { taskInContext } from '../services/task-in-context.ts';
import { readTask } from '../services/task-record.ts';
import { cardCopy } from '../views/card-copy.ts';
import { taskCard } from '../views/task-card.ts';
import { takeTask, taskNumber } from './arguments.ts';
import { action } from './context.ts';

const COMMENTS_SHOWN = 3;
const SUBTASKS_SHOWN = 6;

export const showTask = action({
  name: 'show',
  aliases: ['view', 'open', 'info'],
  usage: ['show <n>'],
  topic: 'look',
  access: 'member',
  effect: 'query',
  read(line) {
    const task = takeTask(line);
    return task ? { task } : {};
  },
  args: z.object({
    task: taskNumber,
    /** From what has taken a card's place */
    back: z.string().optional(),
  }),
  async run(context, { task: given, back }) {
    const inPlace = back ? { replaceForAsker: true } : {};
    const number = given ?? (await taskInContext(context));
    const seen = await readTask(context.db, { actor: context.actor, number });
    const { task } = seen;
    const may = rightsOf(seen, context.actor.personId);
    context.rememberTask(number);
    context.audit({ target: `task:${task.id}`, taskNumber: task.number });
    const news = await newsHere(context, task.id);
    if (news) {
      const reader = { ...context.actor, id: context.actor.personId };
      const view = cardCopy(task, { news, reader, may, now: context.now });
      return { kind: 'view', to: 'user', view, ...inPlace };
    }
    const comments =
      task.commentCount > 0 ? await lastComments(context, { taskId: task.id, most: COMMENTS_SHOWN }) : [];
    const subtasks =
      task.subtasks.total > 0 ? await subtasksOf(context, { taskId: task.id, most: SUBTASKS_SHOWN }) : [];
    return {
      kind: 'view',
      to: 'user',
      view: taskCard(task, {
        reader: context.actor,
        now: context.now,
        comments,
        subtasks,
        may,
      }),
      ...inPlace,
    };
  },
});
