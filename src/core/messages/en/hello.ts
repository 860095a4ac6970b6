import { type TextPart, text } from '../../view.ts';

/** Meeting somebody, and saying who they are. */
export const hello = {
  hello: (firstName: string) => `Hello ${firstName}`,
  welcome:
    'I keep your crew’s tasks in this chat. Your manager gives you one, you press Done, and everyone who should know knows.',
  welcomeShort: 'Crewline keeps your crew’s tasks in this chat',
  welcomeManager: (command: TextPart) =>
    text`I keep your crew’s tasks in this chat. Write ${command}, for example, or press New task. Whoever gets it presses Done, and you hear of it.`,
  greet: (who: string, command: TextPart) =>
    text`${who} added me. Each task that is added here gets a card, and I keep it true. A manager brings a project’s tasks here with ${command}.`,
  greetShort: (who: string) => `${who} added Crewline here`,
  stranger: (firstName: string) =>
    `Hello ${firstName}. I don’t know you yet, so I can’t show you any tasks. Shall I ask a manager to let you in?`,
  strangerBy: (firstName: string, email: string) =>
    `Hello ${firstName}. I don’t know you by ${email} yet, so I can’t show you any tasks. Shall I ask a manager to let you in?`,
  strangerShort: 'We have not met. Write to me in a direct message and I’ll ask a manager to let you in.',
  askToJoin: 'Ask to join',
};
