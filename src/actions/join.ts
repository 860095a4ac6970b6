import { z } from 'zod';
import { plain, say, text } from '../core/view.ts';
import { answerJoin, askToJoin } from '../services/join.ts';
import { listWords } from '../views/words.ts';
import { action, guestAction } from './context.ts';

export const joinTeam = guestAction({
  name: 'join',
  usage: ['join'],
  summary: 'ask to join the crew',
  topic: 'people',
  access: 'guest',
  effect: 'change',
  read: () => ({}),
  args: z.object({}),
  async run(context) {
    const { asked } = await askToJoin(context);
    if (asked.length === 0)
      return say(plain('Nobody here can let you in yet. Tell whoever installed Crewline.'));
    return say(text`I have asked ${listWords(asked.slice(0, 2))}. You will hear from me.`, {
      to: 'user',
      ack: 'I have passed it on.',
    });
  },
});

const answerArgs = z.object({
  request: z.string('This button is out of date.').max(40, 'This button is out of date.'),
});

export const approveJoin = action({
  name: 'approve-join',
  usage: [],
  summary: 'let somebody join',
  topic: 'manage',
  access: 'manager',
  effect: 'change',
  read: () => ({}),
  args: answerArgs,
  async run(context, { request }) {
    const { name } = await answerJoin(context, { request, answer: 'approved' });
    return {
      ...say(text`${name} is on the team now, as your worker. I have told them.`, {
        to: 'user',
        tone: 'good',
      }),
      replaceOriginal: true,
    };
  },
});

export const denyJoin = action({
  name: 'deny-join',
  usage: [],
  summary: 'refuse somebody who asks to join',
  topic: 'manage',
  access: 'manager',
  effect: 'change',
  read: () => ({}),
  args: answerArgs,
  async run(context, { request }) {
    const { name } = await answerJoin(context, { request, answer: 'denied' });
    return { ...say(text`${name} was not let in.`, { to: 'user' }), replaceOriginal: true };
  },
});
