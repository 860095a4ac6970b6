import { z } from 'zod';
import { plain, say } from '../core/view.ts';
import { worded } from '../core/worded.ts';
import { noteOffer } from '../services/offer-task.ts';
import { taskOffer } from '../views/task-offer.ts';
import { optionalText } from './arguments.ts';
import { action } from './context.ts';

const OUT_OF_DATE = worded('input', 'outOfDate');

/** Somebody put the emoji for tasks on a message: asks before anything is made of it, once a message. */
export const offerTask = action({
  name: 'offer-task',
  usage: [],
  topic: 'work',
  access: 'member',
  effect: 'change',
  read: () => ({}),
  args: z.object({
    message: z.string(OUT_OF_DATE).min(1, OUT_OF_DATE).max(150, OUT_OF_DATE),
    title: optionalText(),
    description: optionalText(),
  }),
  async run(context, { message, title, description }) {
    if (!(await noteOffer(context, message))) return { kind: 'none' };
    return { kind: 'view', to: 'user', view: taskOffer({ title, description }, context.messages) };
  },
});

export const declineOffer = action({
  name: 'no-task',
  usage: [],
  topic: 'work',
  access: 'member',
  effect: 'query',
  read: () => ({}),
  args: z.object({}),
  async run({ messages }) {
    return { ...say(plain(messages.offer.notMade)), replaceOriginal: true };
  },
});
