import { type TextPart, text } from '../../view.ts';
import { words } from './words.ts';

/** Direct messages that nobody asked for. The short ones are all that a lock screen shows; `task` there is "#42 Reseal pump 3". */
export const told = {
  gaveYou: (who: TextPart) => text`${who} gave you a task`,
  gaveYouShort: (who: string, task: string) => `${who} gave you ${task}`,
  tookFromYou: (who: TextPart) => text`${who} took a task from you`,
  noLongerYours: (number: number) => `#${number} is no longer yours`,
  takenOn: (who: TextPart) => text`${who} has taken it on`,
  takenOnShort: (who: string, task: string) => `${who} has taken on ${task}`,
  declined: (who: TextPart) => text`${who} declined`,
  declinedShort: (who: string, task: string) => `${who} declined ${task}`,
  moves: { todo: 'reopened', review: 'handed in', done: 'finished', cancelled: 'cancelled' },
  moved: (who: TextPart, move: string) => text`${who} ${move}`,
  movedShort: ({ who, move, task }: { who: string; move: string; task: string }) => `${who} ${move} ${task}`,
  blocked: (who: TextPart) => text`${who} is blocked`,
  blockedShort: (task: string) => `Blocked: ${task}`,
  approvalAsked: (who: TextPart) => text`${who} asks for your approval`,
  approvalAskedShort: (task: string) => `To approve: ${task}`,
  approved: (who: TextPart) => text`${who} approved`,
  approvedShort: (who: string, task: string) => `${who} approved ${task}`,
  returned: (who: TextPart) => text`${who} returned it`,
  returnedShort: (who: string, task: string) => `${who} returned ${task}`,
  asks: (who: TextPart) => text`${who} asks how it stands`,
  asksShort: (who: string, task: string) => `${who} asks how ${task} stands`,
  tookBack: (who: TextPart) => text`${who} took the last change back`,
  tookBackShort: (who: string, number: number) => `${who} took the last change of #${number} back`,
  said: (who: TextPart, comment: string) => text`${who}: ${words.quoted(comment)}`,
  saidShort: ({ who, number, comment }: { who: string; number: number; comment: string }) =>
    `${who} on #${number}: ${comment}`,
  mentioned: (who: TextPart, comment: string) => text`${who} mentions you: ${words.quoted(comment)}`,
  mentionedShort: ({ who, number, comment }: { who: string; number: number; comment: string }) =>
    `${who} mentions you on #${number}: ${comment}`,
  /** `role`: "a manager" */
  role: ({ who, role, help }: { who: TextPart; role: string; help: TextPart }) =>
    text`${who} made you ${role}. ${help} shows what you can do.`,
  roleShort: (role: string) => `You are ${role} now`,
  handedOver: ({ who, count, former }: { who: TextPart; count: number; former: string }) =>
    text`${who} gave you ${words.openTasks(count)} of ${former}, who is off the team.`,
  handedOverShort: (count: number, former: string) => `You have got ${words.tasks(count)} of ${former}`,
  inProject: ({ who, key, name }: { who: TextPart; key: TextPart; name: string }) =>
    text`${who} took you into ${key} ${name}`,
  inProjectShort: (key: string) => `You are in ${key} now`,
  aProject: 'a project',
  notPosted: (task: TextPart, where: string) =>
    text`I could not post the card of ${task} in ${where}; the task itself is saved.`,
  notPostedShort: (number: number) => `I could not post the card of #${number}`,
  maybeNotPosted: (task: TextPart, where: string) =>
    text`The card of ${task} may be missing in ${where}: the answer to my message got lost. The task itself is saved.`,
  theChannel: 'the channel',
  inviteOnSlack: (command: TextPart) => text`If I am not there yet, invite me with ${command}.`,
  addOnTeams: 'If I am not there yet, add me under Manage team, Apps.',
};
