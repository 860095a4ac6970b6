import type { Action, Roles } from './action.ts';
import { suggest } from './command-line.ts';

/** Every action by its name and aliases. */
export interface Registry<Db, Work> {
  readonly actions: readonly Action<Db, Work>[];
  find(word: string): Action<Db, Work> | undefined;
  /** What may follow an action's own word: `create` for `project`, where `project-create` is an action too. */
  verbsOf(name: string): readonly string[];
  /** The nearest word to one that nobody knows. */
  suggest(word: string): string | undefined;
}

/** Throws when two actions claim one word: a mistake of the programmer. */
export function createRegistry<Db, Work>(actions: readonly Action<Db, Work>[]): Registry<Db, Work> {
  const byWord = new Map<string, Action<Db, Work>>();
  for (const action of actions) {
    for (const word of [action.name, ...(action.aliases ?? [])]) {
      if (byWord.has(word)) throw new Error(`Two actions are called ${word}`);
      byWord.set(word, action);
    }
  }
  const typed = [...byWord].filter(([, action]) => action.usage.length > 0).map(([word]) => word);
  const verbs = new Map<string, string[]>();
  for (const word of typed) {
    const [noun = '', verb] = word.split(/-(.*)/s);
    if (verb) verbs.set(noun, [...(verbs.get(noun) ?? []), verb]);
  }
  return {
    actions,
    find: (word) => byWord.get(word),
    verbsOf: (name) => verbs.get(name) ?? [],
    suggest: (word) => suggest(word, typed),
  };
}

/** True when a person's roles allow the action as such. */
export function mayUse<Db, Work>(action: Action<Db, Work>, roles: Roles): boolean {
  switch (action.access) {
    case 'guest':
      return false;
    case 'member':
      return true;
    case 'manager':
      return roles.manager || roles.admin;
    case 'admin':
      return roles.admin;
    default:
      return action satisfies never;
  }
}
