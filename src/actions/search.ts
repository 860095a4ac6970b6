import { z } from 'zod';
import { worded } from '../core/worded.ts';
import { searchTasks } from '../services/search-tasks.ts';
import { readTask } from '../services/task-record.ts';
import { taskCard } from '../views/task-card.ts';
import { taskOption } from '../views/task-option.ts';
import { optionalText, readTaskOnly, taskNumber, theTask } from './arguments.ts';
import { action } from './context.ts';

/** Teams asks for 25 at a time; nobody turns further than this. */
const MOST_FOUND = 25;
const FARTHEST = 1_000;

const count = (most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, worded('input', 'page'))
    .transform((digits) => Math.min(Number(digits), most))
    .optional();

/** What is being typed, to pick a task from: a platform's own search box. */
export const searchForTasks = action({
  name: 'find-tasks',
  usage: [],
  topic: 'look',
  access: 'member',
  effect: 'query',
  read: () => ({}),
  args: z.object({ words: optionalText(200), skip: count(FARTHEST), most: count(MOST_FOUND) }),
  async run(context, { words: typed, skip = 0, most = MOST_FOUND }) {
    const words = typed?.split(/\s+/).filter(Boolean).slice(0, 8) ?? [];
    const tasks = await searchTasks(context, { words, skip, most });
    const { search } = context.messages;
    return {
      kind: 'options',
      options: tasks.map((task) =>
        taskOption(task, { reader: context.actor, now: context.now, messages: context.messages }),
      ),
      empty: typed ? search.noTaskWith(typed) : search.noOpenTask,
    };
  },
});

/** A task's card for a conversation that somebody shows it to: as its posted cards are, without what only they see. */
export const shareTask = action({
  name: 'share',
  usage: [],
  topic: 'look',
  access: 'member',
  effect: 'query',
  read: readTaskOnly,
  args: z.object({ task: taskNumber }),
  async run(context, { task: given }) {
    const number = await theTask(context, given);
    const { task } = await readTask(context.db, { actor: context.actor, number });
    context.audit({ target: `task:${task.id}`, taskNumber: task.number });
    const view = taskCard(task, { reader: context.actor, now: context.now });
    return { kind: 'view', to: 'channel', view };
  },
});
