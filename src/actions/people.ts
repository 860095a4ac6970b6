import { z } from 'zod';
import { code, plain, text, type View } from '../core/view.ts';
import { readProfile } from '../services/profile.ts';
import { whoAmIView } from '../views/who-am-i.ts';
import { action } from './context.ts';

export const whoAmI = action({
  name: 'whoami',
  aliases: ['me'],
  usage: ['whoami'],
  summary: 'who I think you are',
  topic: 'people',
  access: 'member',
  effect: 'query',
  read: () => ({}),
  args: z.object({}),
  async run(context) {
    const { now, actor, messages } = context;
    const profile = await readProfile(context);
    const reader = { timeZone: profile.timeZone, locale: actor.locale };
    const view = whoAmIView(profile, { reader, now, messages });
    return { kind: 'view', to: 'user', view };
  },
});

/** The app was added to a personal chat: what it is for, in three lines and two buttons. */
export const welcome = action({
  name: 'welcome',
  usage: [],
  summary: 'say hello to somebody new',
  topic: 'people',
  access: 'member',
  effect: 'query',
  read: () => ({}),
  args: z.object({}),
  async run(context) {
    const first = context.actor.name.split(' ')[0] ?? context.actor.name;
    const view: View = {
      title: `Hello ${first}`,
      summary: 'Crewline keeps your crew’s tasks in this chat',
      nodes: [
        {
          type: 'text',
          text: plain(
            'I keep your crew’s tasks in this chat. Your manager gives you one, you press Done, and everyone who should know knows.',
          ),
        },
        {
          type: 'actions',
          buttons: [
            { label: 'My tasks', intent: { action: 'list', args: {} }, tone: 'primary' },
            { label: 'Help', intent: { action: 'help', args: {} } },
          ],
        },
      ],
    };
    return { kind: 'view', to: 'user', view };
  },
});

/** The app was added to a channel or team: what it will post there, and who added it. */
export const greet = action({
  name: 'greet',
  usage: [],
  summary: 'say hello to a channel',
  topic: 'setup',
  access: 'member',
  effect: 'query',
  read: () => ({}),
  args: z.object({}),
  async run(context) {
    const view: View = {
      summary: `${context.actor.name} added Crewline here`,
      nodes: [
        {
          type: 'text',
          text: text`${context.actor.name} added me here. I post the cards of tasks that are added in this channel, and keep them true. A manager shows a project’s tasks here with ${code(`${context.root}link <PROJECT>`)}.`,
        },
        {
          type: 'actions',
          buttons: [
            { label: 'New task', intent: { action: 'add', args: {} } },
            { label: 'Help', intent: { action: 'help', args: {} } },
          ],
        },
      ],
    };
    return { kind: 'view', to: 'channel', view };
  },
});
