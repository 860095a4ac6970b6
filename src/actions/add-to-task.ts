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
  topic: 'work',
  access: 'member',
  effect: 'query',
  read: () => ({}),
  opensForm: () => true,
  args: z.object({ body: optionalText() }),
  async run(context, { body }) {
    const { messages } = context;
    const tasks = await recentTasks(context, { most: MOST_OPTIONS });
    if (tasks.length === 0) {
      return say(plain(messages.offer.noOpenTask), {
        to: 'user',
        buttons: [{ label: messages.buttons.newTask, tone: 'primary', intent: { action: 'add', args: {} } }],
      });
    }
    return { kind: 'form', form: addToTaskForm({ tasks, body }, { messages, nonce: context.newId() }) };
  },
});
