import { z } from 'zod';
import { followModeOf } from '../services/follow-task.ts';
import { has } from '../services/rights.ts';
import { readTask } from '../services/task-record.ts';
import { moreOfTask } from '../views/more.ts';
import { readTaskOnly, taskNumber, theTask } from './arguments.ts';
import { action } from './context.ts';

/** What a card has no room for. */
export const moreToDo = action({
  name: 'more',
  aliases: ['menu', 'options'],
  usage: ['more <n>'],
  topic: 'look',
  access: 'member',
  effect: 'query',
  read: readTaskOnly,
  args: z.object({ task: taskNumber }),
  async run(context, { task: given }) {
    const { actor } = context;
    const number = await theTask(context, given);
    const seen = await readTask(context.db, { actor, number });
    const { task } = seen;
    context.audit({ target: `task:${task.id}`, taskNumber: number });
    const manages = has('manage', seen, actor.personId);
    const may = {
      manage: manages,
      edit: manages || task.createdBy.id === actor.personId,
      work: has('work', seen, actor.personId),
      assign: manages && (actor.roles.manager || actor.roles.admin),
    };
    const follows = await followModeOf(context, task);
    const reader = { ...actor, id: actor.personId };
    const view = moreOfTask(task, { may, follows, reader, now: context.now });
    return { kind: 'view', to: 'user', view, replaceForAsker: true };
  },
});
