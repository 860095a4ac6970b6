import { words } from './words.ts';

/** User groups of Slack, tags of Teams. */
export const groups = {
  onePerson: 'That takes one person, not a group.',
  unreadable: (group: string) => `I can’t see who is in @${group}. Name the people themselves.`,
  scopeMissing:
    'I may not see who is in a group: whoever runs me must add the scope usergroups:read. Name the people themselves.',
  empty: (group: string) => `There is nobody in @${group}.`,
  tooMany: (group: string, count: number, most: number) =>
    `There are ${count} people in @${group}; ${most} are the most that I give a task to.`,
  strangers: (group: string, names: readonly string[]) =>
    `I don’t know ${words.and(names)} of @${group} yet. Ask them to send me a message first, or name the others.`,
};
