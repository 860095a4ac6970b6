import { type TextPart, text } from '../../view.ts';

/** What one can do, and how it is written. */
export const help = {
  title: 'What I can do for you',
  topics: { work: 'Do', look: 'Look', manage: 'Manage', people: 'You', setup: 'Set up' },
  topic: (name: string, commands: TextPart) => text`${name}: ${commands}`,
  done: (command: TextPart) => text`Say ${command} when it is, or press the button on a card.`,
  more: (command: TextPart) =>
    text`${command} explains one. People are @names, dates are words like “fri 5pm”.`,
  also: (words: string) => `Also: ${words}`,
  forManagers: 'For managers, and for tasks that you made yourself.',
};
