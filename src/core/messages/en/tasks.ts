import { counting } from '../counting.ts';
import { words } from './words.ts';

const openSubtasks = counting('en-GB', { one: 'open subtask', other: 'open subtasks' });
const whose = (people: readonly string[]): string => `${people.join(', ')}’s`;

/** Why something can't be done to a task, and who could. */
export const tasks = {
  unknown: (number: number) => `There is no task #${number} that you can see. \`list\` shows yours.`,
  cant: ({ deed, number, who }: { deed: string; number: number; who: readonly string[] }) =>
    `You can’t ${deed} #${number}. ${words.or(who)} can.`,
  claimFirst: (number: number, manager: string) => `Nobody has #${number} yet. Claim it, or ask ${manager}.`,
  /** What one can’t */
  deeds: {
    approve: 'approve',
    return: 'return',
    assign: 'assign',
    unassign: 'unassign',
    start: 'start',
    finish: 'finish',
    block: 'block',
    unblock: 'unblock',
    review: 'review',
    reopen: 'reopen',
    cancel: 'cancel',
    move: 'move',
    edit: 'edit',
    rename: 'rename',
    due: 'change the date of',
    priority: 'change the priority of',
    repeat: 'repeat',
    subtasks: 'add subtasks to',
  },
  stands: ({ number, status, deed, when }: { number: number; status: string; deed: string; when: string }) =>
    `#${number} is ${status.toLowerCase()}: ${deed} ${when}.`,
  standsAlready: ({
    number,
    status,
    deed,
    when,
  }: {
    number: number;
    status: string;
    deed: string;
    when: string;
  }) => `#${number} is already ${status.toLowerCase()}: ${deed} ${when}.`,
  /** Who brought a task into the state that it is in */
  movers: {
    todo: (who: string) => `${who} put it back to the start`,
    active: (who: string) => `${who} started it`,
    blocked: (who: string) => `${who} blocked it`,
    review: (who: string) => `${who} sent it to review`,
    done: (who: string) => `${who} finished it`,
    cancelled: (who: string) => `${who} cancelled it`,
    moved: (who: string) => `${who} put it there`,
  },
  moversYou: {
    todo: 'You put it back to the start',
    active: 'You started it',
    blocked: 'You blocked it',
    review: 'You sent it to review',
    done: 'You finished it',
    cancelled: 'You cancelled it',
    moved: 'You put it there',
  },
  closed: (number: number, status: string) => `#${number} is ${status.toLowerCase()}. Reopen it first.`,
  openSubtasks: (number: number, count: number) =>
    `#${number} has ${openSubtasks(count)}. Finish ${count === 1 ? 'it' : 'them'} first, or ask a manager to close it.`,
  waitsForApproval: (number: number, who: string) => `#${number} waits for approval by ${who}.`,
  ownPartDone: (number: number) => `Your part of #${number} is done already.`,
  oneAtATime: (first: string, next: string) => `One task at a time: \`${first}\`, then \`${next}\`.`,
  blockReason: (number: number) => `Say what holds it up, like \`status ${number} blocked no spare part\`.`,
  noStatus: (typed: string, known: string) => `There is no status “${typed}”. There are: ${known}.`,
  notInReview: (number: number, status: string) =>
    `#${number} is not in review: it is ${status.toLowerCase()} already.`,
  theirsAlready: (number: number, people: readonly string[]) => `#${number} is ${whose(people)} already.`,
  notTheirs: (number: number, people: readonly string[]) => `#${number} is not ${whose(people)}.`,
  nobodys: (number: number) => `#${number} is nobody’s.`,
  yoursAlready: (number: number) => `#${number} is yours already.`,
  taken: (number: number, people: readonly string[]) =>
    `#${number} is ${whose(people)}. A manager can give it to you.`,
  notGiven: (number: number) => `#${number} was not given to you.`,
  acceptedAlready: (number: number) => `You have accepted #${number} already.`,
  declinedAlready: (number: number) => `You have declined #${number} already.`,
  forYourself: (manager: string) =>
    `You can add tasks for yourself. To give one to somebody else, ask ${manager}.`,
  unchanged: (number: number) => `#${number} stays as it is: nothing was changed.`,
  changedMeanwhile: 'Somebody has changed this meanwhile. Close this and open it again.',
  changedTo: (value: string) =>
    `Somebody has changed this meanwhile: it is “${value}” now. Close this and open it again.`,
  empty: 'empty',
  hasPriority: (number: number, priority: string) =>
    `#${number} has ${priority.toLowerCase()} priority already.`,
  hasTitle: (number: number) => `#${number} is called that already.`,
  partOfPart: ({ number, parent }: { number: number; parent: number }) =>
    `#${number} is a subtask itself, and those have none. Add it to #${parent}: \`sub ${parent} <title>\`.`,
  archived: (key: string) => `${key} is archived: no new tasks.`,
  nothingToAsk: (number: number, status: string) =>
    `#${number} is ${status.toLowerCase()}: there is nothing to ask for.`,
  waitsInReview: (number: number, who: string) =>
    `#${number} is in review: it waits for ${who}, not for who did it.`,
  nobodysYet: (number: number) =>
    `#${number} is nobody’s yet. \`assign ${number} @who\` gives it to somebody.`,
  waitsForYou: (number: number) => `#${number} waits for you alone.`,
  allDone: (number: number) => `Everyone who has #${number} has done their part already.`,
  nudgedBy: ({ who, number, at, next }: { who: string; number: number; at: string; next: string }) =>
    `${who} nudged #${number} ${at}. Once in four hours is enough: again from ${next}.`,
  nudgedByYou: ({ number, at, next }: { number: number; at: string; next: string }) =>
    `You nudged #${number} ${at}. Once in four hours is enough: again from ${next}.`,
  nothingToUndo: 'You have changed nothing in the last 15 minutes.',
  nothingToUndoOf: (number: number) => `You have changed nothing of #${number} in the last 15 minutes.`,
  undoneAlready: (number: number) => `Your last change of #${number} is taken back already.`,
  changedSince: (number: number) =>
    `#${number} has been changed since then. \`timeline ${number}\` shows by whom.`,
  addedSince: ({ added, number, when }: { added: number; number: number; when: string }) =>
    `The last that you did was to add #${added}: \`cancel ${added}\` closes it. \`undo ${number}\` takes back what you changed of #${number} ${when}.`,
  notYoursToUndo: (number: number, who: string) =>
    `You may not change that of #${number} any more. ${who} can.`,
};
