import { z } from 'zod';
import type { Actor, Platform } from '../core/action.ts';
import type { CommandLine } from '../core/command-line.ts';
import { messagesFor } from '../core/messages.ts';
import type { Clock, NewId } from '../core/ports.ts';
import type { View } from '../core/view.ts';
import { worded } from '../core/worded.ts';
import { listLinks } from '../services/channel-links.ts';
import { listTasks, type Whose } from '../services/list-tasks.ts';
import type { Database } from '../services/scope.ts';
import { type HomeTab, homePage, homeSpans, homeTabs } from '../views/home.ts';
import { action, type Context } from './context.ts';
import { page } from './list-tasks.ts';

const OUT_OF_DATE = worded('input', 'buttonOutOfDate');

const whose: Record<HomeTab, Whose> = {
  mine: { type: 'mine' },
  assigned: { type: 'given' },
  waiting: { type: 'waiting' },
};

/** A person's own page, wherever the platform has a place for one. */
export const openHome = action({
  name: 'home',
  usage: [],
  topic: 'look',
  access: 'member',
  effect: 'query',
  read: readChoice,
  args: z.object({
    tab: z.enum(homeTabs, OUT_OF_DATE).default('mine'),
    due: z.enum(homeSpans, OUT_OF_DATE).optional(),
    page,
  }),
  async run(context, { tab, due, page: number = 1 }) {
    const { actor, now, invocation } = context;
    const filter = { whose: whose[tab], state: { type: 'open' as const }, ...(due ? { due } : {}) };
    const [found, linkHint] = await Promise.all([
      listTasks(context, filter, number),
      howToLink(context, tab),
    ]);
    const manages = actor.roles.manager || actor.roles.admin;
    return {
      kind: 'view',
      to: 'user',
      view: homePage(found, { tab, due, manages, linkHint, reader: actor, now }),
      ...(invocation.source === 'button' ? { replaceOriginal: true } : {}),
    };
  },
});

/** The same page for whoever has it open, unasked. Throws AppError `database_unavailable`. */
export async function drawHome(
  deps: { db: Database; clock: Clock; newId: NewId; root: string },
  { actor, platform, userId, choice }: HomeOwner,
): Promise<View | undefined> {
  const asked = openHome.bind(choice);
  const bound = asked.ok ? asked : openHome.bind({});
  if (!bound.ok) return undefined;
  const place = { kind: 'direct' as const, channelId: userId };
  const request = { type: 'intent' as const, action: openHome.name, args: choice };
  const reply = await bound.run({
    ...deps,
    actor,
    now: deps.clock(),
    messages: messagesFor(actor.locale),
    work: deps.db.begin(),
    invocation: {
      ...{ key: '', platform, workspaceId: actor.workspaceId, userId, place, request },
      ...{ source: 'event', answeredSeparately: false },
      profile: async () => ({ name: actor.name }),
    },
    audit: () => undefined,
    rememberTask: () => undefined,
    endSessions: () => undefined,
    lastTask: async () => undefined,
  });
  return reply.kind === 'view' ? reply.view : undefined;
}

interface HomeOwner {
  actor: Actor;
  platform: Platform;
  userId: string;
  choice: Record<string, string>;
}

function readChoice(line: CommandLine): Record<string, string> {
  const tab = line.keyword(...homeTabs);
  const due = line.keyword(...homeSpans);
  const number = line.keyword('page') ? line.taskNumber() : undefined;
  return { ...(tab ? { tab } : {}), ...(due ? { due } : {}), ...(number ? { page: number } : {}) };
}

/** The command that shows a project in a channel, for a manager who has not done that yet. */
async function howToLink(context: Context, tab: HomeTab): Promise<string | undefined> {
  if (tab !== 'mine' || !context.actor.roles.manager) return undefined;
  const links = await listLinks(context);
  return links.length === 0 ? `${context.root}link <PROJECT>` : undefined;
}
