import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { shorten } from '../core/shorten.ts';
import { plain, say } from '../core/view.ts';
import { addHoliday, readHolidays, removeHoliday } from '../services/holidays.ts';
import { holidayDate, holidayList } from '../views/holidays.ts';
import { optionalText } from './arguments.ts';
import { action } from './context.ts';

const args = z.object({ words: optionalText(200) });

const showHolidays = action({
  name: 'holiday',
  aliases: ['holidays'],
  usage: ['holiday'],
  topic: 'setup',
  access: 'member',
  effect: 'query',
  read(line) {
    const words = line.rest();
    return words ? { words } : {};
  },
  args,
  async run(context, { words }) {
    const { actor, messages, root } = context;
    if (words && !/^list$/i.test(words)) {
      const typed = shorten(words, 20);
      throw new AppError('invalid_arguments', { userMessage: ({ holidays }) => holidays.unknown(typed) });
    }
    const days = await readHolidays(context);
    const view = holidayList(days, { messages, root, locale: actor.locale, mayChange: actor.roles.admin });
    return { kind: 'view', to: 'user', view };
  },
});

const common = {
  topic: 'setup',
  access: 'admin',
  effect: 'change',
  read(line: { rest(): string }) {
    const words = line.rest();
    return words ? { words } : ({} as Record<string, string>);
  },
  args,
} as const;

const addDayOff = action({
  ...common,
  name: 'holiday-add',
  aliases: ['holidays-add'],
  usage: ['holiday add 25.12. <name>'],
  async run(context, { words = '' }) {
    const { day, name } = await addHoliday(context, words);
    const { holidays } = context.messages;
    return say(plain(holidays.added(name, holidayDate(day, context.actor.locale))), {
      to: 'user',
      tone: 'good',
    });
  },
});

const removeDayOff = action({
  ...common,
  name: 'holiday-remove',
  aliases: ['holidays-remove'],
  usage: ['holiday remove 25.12.'],
  async run(context, { words = '' }) {
    const { day, name } = await removeHoliday(context, words);
    return say(plain(context.messages.holidays.removed(name, holidayDate(day, context.actor.locale))), {
      to: 'user',
    });
  },
});

export const holidayActions = [showHolidays, addDayOff, removeDayOff];
