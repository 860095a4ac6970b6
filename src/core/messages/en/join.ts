import { type TextPart, text } from '../../view.ts';
import { words } from './words.ts';

/** How somebody comes onto the team. */
export const join = {
  /** To a manager */
  asks: (who: TextPart) => text`${who} asks to join your crew.`,
  asksShort: (name: string) => `${name} asks to join`,
  asksBack: (who: TextPart) =>
    text`${who} was here before and asks to come back, with the tasks and rights of that time.`,
  asksBackAs: (who: TextPart, before: string) =>
    text`${who} was here before as ${before} and asks to come back, with the tasks and rights of that time.`,
  asksBackShort: (name: string) => `${name} was here before and asks to come back`,
  letIn: 'Let them in',
  refuse: 'Refuse',
  whetherToRefuse: (name: string) => `Refuse ${name}?`,
  isNew: (name: string) => `${name} is on the team now, as your worker. I have told them.`,
  isBack: (name: string) =>
    `${name} is back on the team, with the manager and the rights of before. I have told them.`,
  isKnown: (name: string) => `${name} was on the team already, and can use this account too now.`,
  refused: (name: string) => `${name} was not let in.`,
  /** To who asked */
  nobodyToAsk: 'Nobody here can let you in yet. Tell whoever installed Crewline.',
  asked: (people: readonly string[]) => `I have asked ${words.and(people)}. You will hear from me.`,
  askedShort: 'I have passed it on.',
  yourManager: 'Your manager',
  onTeam: 'You are on the team',
  backOnTeam: 'You are back on the team',
  welcome: (by: string, help: TextPart) =>
    text`${by} let you in. Your tasks will come here; say ${help} to see what I can do.`,
  welcomeBack: (by: string) =>
    `${by} let you back in, as who you were before: your tasks, projects and manager are the same.`,
  welcomeKnown: (by: string) => `${by} let you in with this account too. You see the same tasks from both.`,
};
