import { type TextPart, text } from '../../view.ts';
import { counting } from '../counting.ts';
import { words } from './words.ts';

const people = counting('en-GB', { one: 'person', other: 'people' });

/** Who is on the team, and who comes and goes. */
export const team = {
  roles: { worker: 'worker', manager: 'manager', admin: 'admin' },
  heading: (total: number) => `Your team (${total})`,
  summary: (total: number) => `${people(total)} on your team`,
  nobody: 'Nobody yet.',
  with: (manager: string) => `with ${manager}`,
  silent: 'has not written yet',
  /** `role`: "a manager" */
  added: (name: TextPart, role: string) => text`${name} is on the team now, as ${role}.`,
  back: (name: TextPart, role: string) => text`${name} is back on the team, as ${role}.`,
  changedRole: (name: TextPart, role: string) => text`${name} is ${role} now.`,
  knownBy: (email: string) => `I know them by ${email} when they write to me.`,
  changed: 'The team is changed.',
  takeOff: (name: TextPart) => text`Take ${name} off the team?`,
  goesTo: (heir: string, count: number) =>
    `${words.openTasks(count)} ${count === 1 ? 'goes' : 'go'} to ${heir}.`,
  goesToNobody: (count: number, command: TextPart) =>
    text`${words.openTasks(count)} will be nobody’s; ${command} gives ${count === 1 ? 'it' : 'them'} to somebody.`,
  willLead: (name: string, keys: readonly string[]) => `${name} will manage ${words.and(keys)}.`,
  askedInPrivate: 'I have asked you in private.',
  remove: 'Remove',
  removed: (name: TextPart) => text`${name} is off the team.`,
  theirsNow: (count: number, heir: string) =>
    `${words.openTasks(count)} ${count === 1 ? 'is' : 'are'} ${heir}’s now.`,
  nobodysNow: (count: number) => `${words.openTasks(count)} ${count === 1 ? 'is' : 'are'} nobody’s now.`,
};
