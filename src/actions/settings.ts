import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { shorten } from '../core/shorten.ts';
import { ownSettings } from '../services/change-settings.ts';
import { settingsView } from '../views/settings.ts';
import { optionalText } from './arguments.ts';
import { action } from './context.ts';

/** What one has set; each setting is an action of its own, see change-settings.ts. */
export const showSettings = action({
  name: 'settings',
  aliases: ['preferences', 'prefs', 'config'],
  usage: ['settings'],
  topic: 'people',
  access: 'member',
  effect: 'query',
  read(line) {
    const verb = line.word();
    return verb ? { verb } : {};
  },
  args: z.object({ verb: optionalText(60) }),
  async run(context, { verb }) {
    if (verb) {
      const typed = shorten(verb, 20);
      throw new AppError('invalid_arguments', { userMessage: ({ settings }) => settings.unknown(typed) });
    }
    const view = settingsView(await ownSettings(context), context.now);
    return { kind: 'view', to: 'user', view };
  },
});
