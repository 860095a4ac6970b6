import { z } from 'zod';
import type { Messages } from '../core/messages.ts';
import { plain, say } from '../core/view.ts';
import { worded } from '../core/worded.ts';
import { approveJoin as approve, denyJoin as deny, type Welcomed } from '../services/answer-join.ts';
import { askToJoin } from '../services/join.ts';
import { action, guestAction } from './context.ts';

export const joinTeam = guestAction({
  name: 'join',
  usage: ['join'],
  topic: 'people',
  access: 'guest',
  effect: 'change',
  read: () => ({}),
  args: z.object({}),
  async run(context) {
    const { asked } = await askToJoin(context);
    const { join } = context.messages;
    if (asked.length === 0) return say(plain(join.nobodyToAsk));
    return say(plain(join.asked(asked.slice(0, 2))), { to: 'user', ack: join.askedShort });
  },
});

const OUT_OF_DATE = worded('input', 'buttonOutOfDate');
const answerArgs = z.object({
  request: z.string(OUT_OF_DATE).max(40, OUT_OF_DATE),
});

const fates = {
  new: ({ join }, name) => join.isNew(name),
  back: ({ join }, name) => join.isBack(name),
  known: ({ join }, name) => join.isKnown(name),
} satisfies Record<Welcomed['as'], (messages: Messages, name: string) => string>;

export const approveJoin = action({
  name: 'approve-join',
  usage: [],
  topic: 'manage',
  access: 'manager',
  effect: 'change',
  read: () => ({}),
  args: answerArgs,
  async run(context, { request }) {
    const welcomed = await approve(context, request);
    const told = fates[welcomed.as](context.messages, welcomed.name);
    return { ...say(plain(told), { to: 'user', tone: 'good' }), replaceOriginal: true };
  },
});

export const denyJoin = action({
  name: 'deny-join',
  usage: [],
  topic: 'manage',
  access: 'manager',
  effect: 'change',
  read: () => ({}),
  args: answerArgs,
  async run(context, { request }) {
    const { name } = await deny(context, request);
    const told = context.messages.join.refused(name);
    return { ...say(plain(told), { to: 'user' }), replaceOriginal: true };
  },
});
