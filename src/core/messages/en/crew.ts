import { counting } from '../counting.ts';
import { words } from './words.ts';

const peopleWait = counting('en-GB', { one: 'person waits', other: 'people wait' });
const hours = counting('en-GB', { one: 'hour', other: 'hours' });

/** Who is who, who may what, and who may come in. */
export const crew = {
  /** After "is" and "as" */
  roles: { worker: 'a worker', manager: 'a manager', admin: 'an admin' },
  alreadyOnTeam: 'You are already on the team.',
  onlyManagers: 'Only managers can do that.',
  onlyAdmins: 'Only admins can do that.',
  ask: (people: readonly string[]) => `Ask ${words.or(people)}.`,
  notYetKnown: 'I don’t know that person yet. Ask them to send me a message first.',
  unknown: (typed: string) =>
    `I don’t know “${typed}”. Use their @name, or the e-mail address that they work with.`,
  several: (typed: string, names: string) => `There is more than one “${typed}”: ${names}.`,
  notYourReport: (manager: string) =>
    `You can see what the people you manage have done. ${manager}, who is their manager, or an admin can see this.`,
  notYourReportNorAnyones: 'You can see what the people you manage have done. An admin can see this.',
  hasRole: (name: string, role: string) => `${name} is ${role} already.`,
  otherRole: (firstName: string) => `\`team add @${firstName} manager\` gives them another role.`,
  ownRole: 'Your own role is for another admin to change.',
  badEmail: 'I can’t read that e-mail address.',
  notYourself: 'You can’t take yourself off the team. Another admin can.',
  toSomebodyElse: (name: string) => `The tasks of ${name} must go to somebody else.`,
  requestGone: 'That request is gone.',
  approvedAlready: (who: string, name: string) => `${who} has approved ${name} already.`,
  deniedAlready: (who: string, name: string) => `${who} has denied ${name} already.`,
  hasAccount: (name: string) =>
    `${name} has an account here already, with that e-mail address. If this is really them, an admin must remove the old account first; if not, refuse.`,
  managerBack: (name: string) => `${name} is a manager, and only an admin can let a manager back in.`,
  askedAlready: 'You have asked already. I’ll write to you as soon as a manager has answered.',
  refusedLately: (hoursLeft: number) =>
    `A manager has said no to your last request. You can ask again in ${hoursLeft === 1 ? 'an hour' : hours(hoursLeft)}.`,
  manyWait: (count: number) =>
    `${peopleWait(count)} to be let in already. Ask a manager to answer them, then ask again.`,
};
