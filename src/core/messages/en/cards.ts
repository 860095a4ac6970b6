import { isolate } from '../../isolate.ts';
import { words } from './words.ts';

const because = (note: string | undefined): string => (note ? `: “${isolate(note)}”` : '');

/** Cards that are brought up to date, and what their threads tell. A name stands before each happening. */
export const cards = {
  noLongerSeen: (number: number) => `#${number} is no longer yours to see.`,
  noLongerYours: (number: number) => `#${number} is no longer yours.`,
  givenAway: ({
    number,
    by,
    to,
    when,
  }: {
    number: number;
    by: string;
    to: readonly string[];
    when: string;
  }) =>
    to.length > 0
      ? `#${number} is no longer yours: ${isolate(by)} gave it to ${words.and(to)} ${when}.`
      : `#${number} is no longer yours: ${isolate(by)} took it from you ${when}.`,
  happened: {
    todo: (note?: string) => `put it back to the start${because(note)}`,
    active: (note?: string) => `started it${because(note)}`,
    unblocked: (note?: string) => `unblocked it${because(note)}`,
    returned: (note?: string) => `returned it${because(note)}`,
    blocked: (note?: string) => `is blocked${because(note)}`,
    review: (note?: string) => `handed it in for review${because(note)}`,
    approved: (note?: string) => `approved it${because(note)}`,
    done: (note?: string) => `finished it${because(note)}`,
    cancelled: (note?: string) => `cancelled it${because(note)}`,
    moved: (status: string, note?: string) => `moved it to ${status}${because(note)}`,
    partDone: 'has done their part',
    given: (people: readonly string[]) => `gave it to ${words.and(people)}`,
    taken: (people: readonly string[]) => `took it from ${words.and(people)}`,
    claimed: 'has taken it',
    accepted: 'has taken it on',
    declined: (note?: string) => `declined${because(note)}`,
    due: (when: string) => `made it due ${when}`,
    notDue: 'took its date away',
    priority: (priority: string) => `gave it ${priority.toLowerCase()} priority`,
    title: (title: string) => `named it “${isolate(title)}”`,
    description: 'changed the description',
    undone: 'took the last change back',
    comment: (body: string) => `“${isolate(body)}”`,
    commentGone: 'took a comment back',
  },
  earlier: (count: number) => `… and ${count} earlier`,
};
