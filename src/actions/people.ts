import { z } from 'zod';
import { code, plain, type View } from '../core/view.ts';
import { readProfile } from '../services/profile.ts';
import { whoAmIView } from '../views/who-am-i.ts';
import { action } from './context.ts';

export const whoAmI = action({
  name: 'whoami',
  aliases: ['me'],
  usage: ['whoami'],
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
  topic: 'people',
  access: 'member',
  effect: 'query',
  read: () => ({}),
  args: z.object({}),
  async run(context) {
    const first = context.actor.name.split(' ')[0] ?? context.actor.name;
    const { hello, buttons } = context.messages;
    const view: View = {
      title: hello.hello(first),
      summary: hello.welcomeShort,
      nodes: [
        { type: 'text', text: plain(hello.welcome) },
        {
          type: 'actions',
          buttons: [
            { label: buttons.myTasks, intent: { action: 'list', args: {} }, tone: 'primary' },
            { label: buttons.help, intent: { action: 'help', args: {} } },
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
  topic: 'setup',
  access: 'member',
  effect: 'query',
  read: () => ({}),
  args: z.object({}),
  async run(context) {
    const { hello, buttons } = context.messages;
    const { name } = context.actor;
    const view: View = {
      summary: hello.greetShort(name),
      nodes: [
        { type: 'text', text: hello.greet(name, code(`${context.root}link <PROJECT>`)) },
        {
          type: 'actions',
          buttons: [
            { label: buttons.newTask, intent: { action: 'add', args: {} } },
            { label: buttons.help, intent: { action: 'help', args: {} } },
          ],
        },
      ],
    };
    return { kind: 'view', to: 'channel', view };
  },
});
