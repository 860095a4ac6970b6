import { z } from 'zod';
import { readProfile } from '../services/profile.ts';
import { greeting, welcomeView } from '../views/welcome.ts';
import { whoAmIView } from '../views/who-am-i.ts';
import { action, guestAction } from './context.ts';

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

/** The app was added to a personal chat. */
export const welcome = action({
  name: 'welcome',
  usage: [],
  topic: 'people',
  access: 'member',
  effect: 'query',
  read: () => ({}),
  args: z.object({}),
  async run({ actor: { name, roles }, messages }) {
    const view = welcomeView({ name, leads: roles.manager || roles.admin }, messages);
    return { kind: 'view', to: 'user', view };
  },
});

const greets = {
  name: 'greet',
  usage: [],
  topic: 'setup',
  effect: 'query',
  read: () => ({}),
  args: z.object({}),
} as const;

/** Whoever sets up the app need not be on the crew: those who are shall know what it does there all the same. */
const greetAsGuest = guestAction({
  ...greets,
  access: 'guest',
  async run({ guest, root, messages }) {
    return { kind: 'view', to: 'channel', view: greeting({ who: guest.profile.name, root }, messages) };
  },
});

/** The app was added to a channel or team. */
export const greet = action({
  ...greets,
  access: 'member',
  asGuest: greetAsGuest,
  async run({ actor, root, messages }) {
    return { kind: 'view', to: 'channel', view: greeting({ who: actor.name, root }, messages) };
  },
});
