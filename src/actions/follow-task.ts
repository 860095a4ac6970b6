import { z } from 'zod';
import type { ActionName } from '../core/action.ts';
import { type FollowMode, followTask, unfollowTask } from '../services/follow-task.ts';
import { followed, unfollowed } from '../views/follow.ts';
import { readTaskOnly, taskNumber, theTask } from './arguments.ts';
import { action } from './context.ts';

const common = { topic: 'work', access: 'member', effect: 'change', read: readTaskOnly } as const;
const args = z.object({ task: taskNumber });

const beginning = (mode: FollowMode, words: { name: ActionName; aliases: string[] }) =>
  action({
    ...common,
    ...words,
    usage: [`${words.name} <n>`],
    args,
    async run(context, { task }) {
      const number = await theTask(context, task);
      return followed(await followTask(context, { number, mode }), mode, context.messages);
    },
  });

const ending = (mode: FollowMode, words: { name: ActionName; aliases: string[] }) =>
  action({
    ...common,
    ...words,
    usage: [`${words.name} <n>`],
    args,
    async run(context, { task }) {
      const number = await theTask(context, task);
      return unfollowed(await unfollowTask(context, { number, mode }), mode, context.messages);
    },
  });

export const followActions = [
  beginning('watching', {
    name: 'watch',
    aliases: ['follow', 'subscribe'],
  }),
  ending('watching', {
    name: 'unwatch',
    aliases: ['unfollow', 'unsubscribe'],
  }),
  beginning('muted', {
    name: 'mute',
    aliases: ['silence'],
  }),
  ending('muted', {
    name: 'unmute',
    aliases: ['unsilence'],
  }),
];
