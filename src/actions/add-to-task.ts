import { z } from 'zod';
import { plain, say } from '../core/view.ts';
import { recentTasks } from '../services/recent-tasks.ts';
import { addToTaskForm } from '../views/forms.ts';
import { optionalText } from './arguments.ts';
import { action } from './context.ts';

/** Slack and Teams show that many options; for another task one types `comment`. */
const MOST_OPTIONS = 100;

/** A message becomes a comment: asks on which task. The form sends `comment`. */
export const addToTask = action({
  name: 'add-to-task',
  usage: [],
  summary: 'add a message to a task',
  topic: 'work',
  access: 'member',
  effect: 'query',
  read: () => ({}),
  opensForm: () => true,
  args: z.object({ body: optionalText() }),
  async run(context, { body }) {
    const tasks = await recentTasks(context, { most: MOST_OPTIONS });
    if (tasks.length === 0) {
      return say(plain('There is no open task that you can see. Add one first.'), {
        to: 'user',
        buttons: [{ label: 'New task', tone: 'primary', intent: { action: 'add', args: {} } }],
      });
    }
    return { kind: 'form', form: addToTaskForm({ tasks, body }, context.newId()) };
  },
});
