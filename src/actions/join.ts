import { z } from 'zod';
import { plain, say, text } from '../core/view.ts';
import { worded } from '../core/worded.ts';
import { approveJoin as approve, denyJoin as deny, type Welcomed } from '../services/answer-join.ts';
import { askToJoin } from '../services/join.ts';
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

const OUT_OF_DATE = worded('input', 'buttonOutOfDate');
const answerArgs = z.object({
  request: z.string(OUT_OF_DATE).max(40, OUT_OF_DATE),
});

const fates: Record<Welcomed['as'], string> = {
  new: 'is on the team now, as your worker. I have told them.',
  back: 'is back on the team, with the manager and the rights of before. I have told them.',
  known: 'was on the team already, and can use this account too now.',
};

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
    const welcomed = await approve(context, request);
    return {
      ...say(text`${welcomed.name} ${fates[welcomed.as]}`, { to: 'user', tone: 'good' }),
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
    const { name } = await deny(context, request);
    return { ...say(text`${name} was not let in.`, { to: 'user' }), replaceOriginal: true };
  },
});
