import type { Messages } from '../core/messages.ts';
import { code, plain, type View } from '../core/view.ts';

/** The app was added to a personal chat: what it is for, in two lines and as many buttons as there are first steps. */
export function welcomeView({ name, leads }: { name: string; leads: boolean }, messages: Messages): View {
  const { hello, buttons } = messages;
  const first = name.split(' ')[0] ?? name;
  const myTasks = { label: buttons.myTasks, intent: { action: 'list', args: {} } };
  const newTask = { label: buttons.newTask, intent: { action: 'add', args: {} } };
  const help = { label: buttons.help, intent: { action: 'help', args: {} } };
  return {
    title: hello.hello(first),
    summary: hello.welcomeShort,
    nodes: [
      {
        type: 'text',
        text: leads
          ? hello.welcomeManager(code('add "Reseal pump 3" @wes due tomorrow'))
          : plain(hello.welcome),
      },
      {
        type: 'actions',
        buttons: leads
          ? [{ ...newTask, tone: 'primary' }, myTasks, help]
          : [{ ...myTasks, tone: 'primary' }, help],
      },
    ],
  };
}

/** The app was added to a channel, a team or a group chat: what it will post there, and who added it. */
export function greeting({ who, root }: { who: string; root: string }, messages: Messages): View {
  const { hello, buttons } = messages;
  return {
    summary: hello.greetShort(who),
    nodes: [
      { type: 'text', text: hello.greet(who, code(`${root}link <PROJECT>`)) },
      {
        type: 'actions',
        buttons: [
          { label: buttons.newTask, intent: { action: 'add', args: {} } },
          { label: buttons.help, intent: { action: 'help', args: {} } },
        ],
      },
    ],
  };
}
