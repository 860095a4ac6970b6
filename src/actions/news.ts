import { z } from 'zod';
import type { Reply } from '../core/view.ts';
import { newsToldHere } from '../services/news-here.ts';
import { readNotificationContent } from '../services/outbox-content.ts';
import { bundleView } from '../views/bundle.ts';
import { action, type Context } from './context.ts';
import { listMyTasks } from './list-tasks.ts';

/** News of several tasks again, after something was done from its list: without what was dealt with. */
export const showNews = action({
  name: 'news',
  usage: [],
  topic: 'look',
  access: 'member',
  effect: 'query',
  read: () => ({}),
  args: z.object({}),
  async run(context): Promise<Reply> {
    const ids = await newsToldHere(context);
    const found = ids ? await readNotificationContent(context.db, ids) : [];
    const contents = found.toSorted((a, b) => a.id.localeCompare(b.id));
    const held = contents.some(({ kind, data }) => kind === 'summary' && data.rest !== undefined);
    const drawn = bundleView(contents, { now: context.now, held });
    return drawn ? { kind: 'view', to: 'user', view: drawn.view } : myTasks(context);
  },
});

/** What is left of it where the message is not known any more, or nothing of it is news. */
async function myTasks(context: Context): Promise<Reply> {
  const bound = listMyTasks.bind({});
  return bound.ok ? bound.run(context) : { kind: 'none' };
}
