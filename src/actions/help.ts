import { z } from 'zod';
import type { Roles } from '../core/action.ts';
import { AppError } from '../core/errors.ts';
import { languageOf } from '../core/messages.ts';
import { createRegistry, mayUse } from '../core/registry.ts';
import { shorten } from '../core/shorten.ts';
import type { View } from '../core/view.ts';
import { helpOverview, helpTopic } from '../views/help.ts';
import { optionalText } from './arguments.ts';
import { type AnyAction, action, type Context } from './context.ts';

/** Help knows all other actions, so it is made of them. */
export function helpAction(others: readonly AnyAction[]): AnyAction {
  const registry = createRegistry(others);
  /** The same for everyone with the same language and roles in the same kind of place. */
  const overviews = new Map<string, View>();

  function overview({ actor: { roles, locale }, root, messages }: Context): View {
    const key = `${languageOf(locale)}${root}${roles.manager}${roles.admin}`;
    const known = overviews.get(key);
    if (known) return known;
    const made = helpOverview(others.filter((other) => mayUse(other, roles)).map(entryOf), {
      root,
      messages,
    });
    overviews.set(key, made);
    return made;
  }

  return action({
    name: 'help',
    aliases: ['?', 'hi', 'hello', 'hey', 'hola', 'ayuda', 'commands', 'start-here'],
    usage: ['help [command]'],
    topic: 'people',
    access: 'member',
    effect: 'query',
    read(line) {
      const topic = line.word();
      return topic ? { topic } : {};
    },
    args: z.object({ topic: optionalText(60) }),
    async run(context, { topic }) {
      const { roles } = context.actor;
      const { root, messages } = context;
      if (!topic) return { kind: 'view', to: 'asker', view: overview(context) };
      const found = registry.find(topic.toLowerCase());
      if (!found || !isUsable(found, roles)) throw unknownTopic(registry.suggest(topic.toLowerCase()), topic);
      const verbs = others
        .filter((other) => other.name.startsWith(`${found.name}-`) && isUsable(other, roles))
        .map(entryOf);
      return { kind: 'view', to: 'asker', view: helpTopic(entryOf(found), { root, roles, messages, verbs }) };
    },
  });
}

const isUsable = (found: AnyAction, roles: Roles): boolean => mayUse(found, roles) && found.usage.length > 0;

const entryOf = ({ name, aliases = [], usage, topic }: AnyAction) => ({
  name,
  aliases,
  usage,
  topic,
});

function unknownTopic(near: string | undefined, topic: string): AppError {
  const shown = shorten(topic, 40);
  return new AppError('invalid_arguments', {
    userMessage: ({ input }) => (near ? input.helpTopicNear(shown, near) : input.helpTopic(shown)),
  });
}
