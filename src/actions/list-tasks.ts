import { z } from 'zod';
import type { Typed } from '../core/action.ts';
import type { CommandLine } from '../core/command-line.ts';
import { AppError } from '../core/errors.ts';
import { shorten } from '../core/shorten.ts';
import { worded } from '../core/worded.ts';
import { listTasks } from '../services/list-tasks.ts';
import { readFilter } from '../services/task-filter.ts';
import { type ListWords, taskList } from '../views/task-list.ts';
import { optionalText, reference } from './arguments.ts';
import { action, type Context } from './context.ts';

/** Nobody reads on for so long; further on each page would cost more than the last. */
const MOST_PAGES = 200;

export const page = z
  .string()
  .regex(/^\d{1,5}$/, worded('input', 'page'))
  .transform((digits) => Math.max(1, Number(digits)))
  .refine((number) => number <= MOST_PAGES, worded('input', 'lastPage'))
  .optional();

/** In quotes where it has spaces. Read again as a command, it says the same. */
const inQuery = (person: string): string => (/\s/.test(person) ? `@"${person}"` : `@${person}`);

/** Words and people as they were typed, people as `@` and a reference. */
function readQuery(line: CommandLine, { mentions }: Typed): Record<string, string> {
  const words: string[] = [];
  let number: string | undefined;
  while (!line.done) {
    const person = line.person();
    if (person) {
      words.push(inQuery(reference(person, mentions)));
    } else if (line.keyword('page')) {
      number = line.taskNumber() ?? '1';
    } else {
      const word = line.word();
      if (word === undefined) break;
      words.push(word);
    }
  }
  return { ...(words.length > 0 ? { query: words.join(' ') } : {}), ...(number ? { page: number } : {}) };
}

export const listMyTasks = action({
  name: 'list',
  aliases: ['tasks', 'ls', 'my'],
  usage: ['list [mine|team|@who|PROJECT|here|all] [overdue|today|week|open|done|<status>]'],
  topic: 'look',
  access: 'member',
  effect: 'query',
  read: readQuery,
  args: z.object({ query: optionalText(500), page }),
  async run(context, { query = '', page: number = 1 }) {
    const { filter, heading, empty, ...shown } = await readFilter(context, query);
    const words = { heading: heading(context.messages), empty: empty(context.messages), ...shown };
    return reply(context, { filter, number, words: { ...words, action: 'list', query } });
  },
});

export const findTasks = action({
  name: 'find',
  aliases: ['search'],
  usage: ['find <words>'],
  topic: 'look',
  access: 'member',
  effect: 'query',
  read(line) {
    const query = line.rest();
    return query ? { query } : {};
  },
  args: z.object({ query: optionalText(200), page }),
  async run(context, { query, page: number = 1 }) {
    const words = query?.split(/\s+/).filter(Boolean).slice(0, 8);
    if (!query || !words?.length) {
      throw new AppError('invalid_arguments', { userMessage: ({ input }) => input.find });
    }
    return reply(context, {
      filter: { whose: { type: 'all' }, state: { type: 'any' }, words },
      number,
      words: {
        heading: context.messages.lists.found(shorten(query, 60)),
        empty: context.messages.lists.notFound(shorten(query, 60)),
        action: 'find',
        query,
        showAssignees: true,
        showProject: true,
      },
    });
  },
});

async function reply(
  context: Context,
  { filter, number, words }: { filter: Parameters<typeof listTasks>[1]; number: number; words: ListWords },
) {
  const found = await listTasks(context, filter, number);
  const view = taskList(found, { words, reader: context.actor, now: context.now });
  // Turning a page replaces it.
  const replaceOriginal =
    context.invocation.source === 'button' &&
    number > 0 &&
    context.invocation.request.type === 'intent' &&
    'page' in context.invocation.request.args;
  return {
    kind: 'view' as const,
    to: 'user' as const,
    view,
    ...(replaceOriginal ? { replaceOriginal } : {}),
  };
}
